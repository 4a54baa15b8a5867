"""An evaluation as one self-contained HTML page: tables, confusion, and the worst errors in context."""
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files
from itertools import pairwise
from string import Template
from typing import Final

from annotations.scheme import Label, scheme
from infer.results.wording import indicator_label
from train.evaluating.captions import Caption, wording
from train.evaluating.faults import KINDS, NOTHING, Fault, Kind, faults, worst_first
from train.evaluating.running import Evaluation, SetResult
from train.evaluating.tables import NAMED, WORDS, Table, matrix, number, tables
from train.scoring import Mark

CONTEXT: Final = 40
"""characters shown on either side of an error"""
MOST: Final = 150
"""errors of one class that a page shows"""
_FOLDED: Final = frozenset({"averages", "groups", "labels", "confused"})
_FEW: Final = 12
"""rows that are shown unasked"""
_LINE_END: Final = "↵"


class Html(str):
    """Words that are markup already."""

    __slots__ = ()


def element(name: str, *children: str, **attributes: str) -> Html:
    """An element; children that are no Html are escaped. `kind` is the class attribute."""
    said = "".join(f' {"class" if key == "kind" else key}="{escape(value)}"' for key, value in attributes.items())
    inside = "".join(one if isinstance(one, Html) else escape(one) for one in children)
    return Html(f"<{name}{said}>{inside}</{name}>")


def render(evaluation: Evaluation) -> str:
    """The page."""
    words = wording()
    sets = evaluation.sets
    links = [element("a", one.of.name, href=f"#set{number}") for number, one in enumerate(sets)]
    return Template(_file("page.html")).substitute(
        title=f"{words.title.zh} · {words.title.en}", css=_file("page.css"), heading=_both(words.title),
        model=escape(str(evaluation.model["folder"])), sha256=escape(str(evaluation.model["sha256"])),
        nav=element("nav", *links) if len(links) > 1 else "",
        sets=_joined(_set(one, f"set{number}") for number, one in enumerate(sets)))


def _file(name: str) -> str:
    return files("train.evaluating").joinpath(name).read_text(encoding="utf-8")


def _joined(parts: Iterable[str]) -> Html:
    return Html("\n".join(parts))


def _both(caption: Caption) -> Html:
    """Chinese, and English beside it where it is other words."""
    if caption.zh == caption.en:
        return element("span", caption.zh)
    return Html(element("span", caption.zh, lang="zh") + " " + element("span", caption.en, lang="en"))


def _set(result: SetResult, anchor: str) -> Html:
    found = [fault for case in result.cases for fault in faults(case)]
    shown = list(tables(result))
    shown.insert(1 + [table.name for table in shown].index("types"), matrix(result.cases))
    return element(
        "section", element("h2", result.of.name), _facts(result), *(_block(table, result) for table in shown),
        element("h3", _both(wording().tables["faults"])), _note("faults"), _legend(),
        *(_kind(kind, [fault for fault in found if fault.kind == kind]) for kind in KINDS), id=anchor, kind="set")


def _facts(result: SetResult) -> Html:
    found, heads = result.measures, wording().heads
    rows = (("documents", str(found.documents)), ("spans", str(found.views["label"].rates.known)),
            ("documents_right", f"{found.documents_right:.1%}"), ("document_f1", number(found.document_f1)))
    return element("dl", *(element("div", element("dt", _both(heads[name])), element("dd", value))
                           for name, value in rows), kind="facts")


def _note(name: str, more: str = "") -> Html:
    note = wording().notes.get(name)
    return element("p", _both(note), more, kind="note") if note else Html("")


def _block(table: Table, result: SetResult) -> Html:
    """A table under its heading; a long one is folded."""
    found = result.measures.calibration
    more = f" {number(found.error)}" if table.name == "calibration" and found else ""
    inside = (_note(table.name, more), element("div", _grid(table), kind="wide", tabindex="0"))
    heading = element("h3", _both(wording().tables[table.name]))
    if table.name not in _FOLDED or len(table.rows) <= _FEW:
        return element("section", heading, *inside)
    return element("details", element("summary", heading, element("span", f"{len(table.rows)}", kind="count")), *inside)


def _grid(table: Table) -> Html:
    """Columns of words stand left, numbers right; in the matrix what is right is set apart."""
    heads = element("tr", *(element("th", _head(head), kind="words" if head in WORDS else "number", scope="col")
                            for head in table.heads))
    rows = (element("tr", *(_cell(table, head, cell, row[0]) for head, cell in zip(table.heads, row, strict=True)))
            for row in table.rows)
    return element("table", element("thead", heads), element("tbody", *rows), kind=table.name)


def _head(head: str) -> Html:
    words = wording()
    caption = words.heads.get(head) or words.names.get(head)
    return _both(caption) if caption else element("span", head)


def _cell(table: Table, head: str, cell: str, row: str) -> Html:
    kind = "words" if head in WORDS else "number"
    if table.name == "matrix" and head == row != NOTHING:
        kind += " right"
    if head in NAMED:
        return element("td", _both(wording().names[cell]), kind=kind)
    return element("td", _label(cell) if head in ("label", "should", "given") else cell, kind=kind)


def _label(tag: str) -> Html:
    """A label as the scheme writes it, with its Chinese name; other words as they are."""
    names = wording().names
    if tag in names:
        return _both(names[tag])
    label = Label.parse(tag)
    kind = scheme().types[label.type]
    scope = scheme().scopes[label.scope].zh if label.scope != "own" else ""
    said = [kind.zh, indicator_label(label.indicator) if label.indicator else "", scope]
    return element("span", element("b", tag), " ", element("span", " · ".join(filter(None, said)), lang="zh"),
                   kind="tag", style=f"--color: {kind.color}")


def _legend() -> Html:
    marks = wording().marks
    return element("p", *(element("mark", _both(marks[name]), kind=name) for name in ("known", "found")), kind="legend")


def _kind(kind: Kind, found: Sequence[Fault]) -> Html:
    shown = worst_first(found)[:MOST]
    count = f"{len(found)}" if len(shown) == len(found) else f"{len(shown)} / {len(found)}"
    head = element("summary", element("h4", _both(wording().kinds[kind])), element("span", count, kind="count"))
    return element("details", head, *map(_fault, shown), kind="faults", open="open")


def _fault(fault: Fault) -> Html:
    sure = [] if fault.confidence is None else [element("span", f"{fault.confidence:.2f}", kind="sure")]
    start = fault.place[0]
    return element(
        "article", element("header", element("b", fault.doc.name), f" : {start} ", *sure),
        element("p", *_context(fault), kind="text", lang="zh"), element("dl", *_labels(fault)))


def _labels(fault: Fault) -> Iterator[Html]:
    heads, nothing = wording().heads, wording().names["nothing"]
    for name, mark in (("should", fault.known), ("given", fault.found)):
        said = _both(nothing) if mark is None else _label(mark[2])
        yield element("div", element("dt", _both(heads[name])), element("dd", said))


def _context(fault: Fault) -> Iterator[str]:
    """The words with 40 characters on either side, cut where a mark begins or ends."""
    text, (first, last) = fault.doc.text, fault.place
    start, end = max(0, first - CONTEXT), min(len(text), last + CONTEXT)
    cuts = sorted({start, end, *(place for mark in (fault.known, fault.found) if mark for place in mark[:2])})
    yield "…" if start else ""
    for here, there in pairwise(cuts):
        words = text[here:there].replace("\n", _LINE_END)
        kind = " ".join(name for name, mark in (("known", fault.known), ("found", fault.found))
                        if mark and _inside(mark, here, there))
        yield element("mark", words, kind=kind) if kind else words
    yield "…" if end < len(text) else ""


def _inside(mark: Mark, start: int, end: int) -> bool:
    return mark[0] <= start and end <= mark[1]
