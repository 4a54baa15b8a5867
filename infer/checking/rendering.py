"""Checked drafts as text for a terminal, Markdown, one HTML page, JSON."""
import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from rich.cells import cell_len
from rich.text import Text

from infer.checking.findings import LEVELS, Checked, Finding, Place
from infer.checking.wording import wording
from infer.results.wording import wording as names

if TYPE_CHECKING:
    from jinja2 import Template

_WIDTH: Final = 72
_STYLES: Final = {"error": "bold red", "warning": "yellow", "note": "cyan"}
_MARKDOWN: Final = re.compile(r"([\\`*_\[\]<>#|~])")


class Format(StrEnum):
    """What the findings are written as."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    MARKDOWN = "markdown"


_SUFFIXES: Final = {".html": Format.HTML, ".htm": Format.HTML, ".json": Format.JSON, ".md": Format.MARKDOWN}


def format_of(path: Path) -> Format:
    """By the name's suffix; text where it says nothing."""
    return _SUFFIXES.get(path.suffix.lower(), Format.TEXT)


def summary(checked: Checked) -> str:
    """One line a file: its name, dots, and how it went."""
    counts = [f"{count} {word}{'' if count == 1 else 's'}" for count, word in (
        (checked.errors, "error"), (checked.warnings, "warning"), (checked.notes, "note")) if count]
    outcome = "Failed" if checked.errors else "Passed"
    name = names_of(checked)
    dots = "." * max(3, _WIDTH - cell_len(name) - len(outcome))
    return f"{name}{dots}{outcome}" + (f" ({', '.join(counts)})" if counts else "")


def names_of(checked: Checked) -> str:
    return " ".join(checked.name.split())


def render(checked: Sequence[Checked], form: Format) -> str:
    """All drafts in one document."""
    if form is Format.JSON:
        return msgspec.json.format(msgspec.json.encode(checked), indent=2).decode() + "\n"
    if form is Format.MARKDOWN:
        return "\n".join(line for one in checked for line in _markdown(one))
    if form is Format.HTML:
        return _page().render(drafts=checked, groups=[_groups(one) for one in checked], levels=wording().levels,
                              forms=names().forms, where=where, LEVELS=LEVELS)
    return "".join(f"{part}\n" for one in checked for part in text_lines(one))


def text_lines(checked: Checked) -> Iterator[Text]:
    """The summary line, then each finding with where, how much, why and what is asked for."""
    outcome = "bold red" if checked.errors else "green"
    line = Text(summary(checked))
    line.highlight_regex(r"(?:Failed|Passed)(?= \(|$)", outcome)
    yield line
    for number, finding in enumerate(checked.findings, 1):
        yield Text("")
        yield Text.assemble(f"{number:>3}. ", (wording().levels[finding.level], _STYLES[finding.level]),
                            "  ", (finding.title, "bold"))
        for label, words in _details(finding):
            yield Text.assemble("     ", (label, "dim"), f"  {words}")
    if checked.findings:
        yield Text("")


def _details(finding: Finding) -> Iterator[tuple[str, str]]:
    for place in finding.places:
        yield "位置", where(place) + quoted(place)
    for one in finding.sums:
        case = f"{one.case}：" if one.case else ""
        yield "算式", f"{case}{one.left}；{one.right}"
    if finding.slip:
        yield "可能", finding.slip
    if finding.asks:
        yield "要求", finding.asks + (f"（{finding.source}）" if finding.source else "")


def where(place: Place) -> str:
    """Part, page, table, row and column in the order in which a reader looks for them."""
    own = place.table and place.section and place.table.removesuffix("表") in place.section
    table = "表格" if own else place.table
    parts = [place.section, f"第 {place.page} 页" if place.page is not None else None, table,
             f"“{place.row}”行" if place.row else None, f"“{place.column}”列" if place.column else None]
    return "，".join(filter(None, parts))


def quoted(place: Place) -> str:
    if place.table:
        return f"，现在是“{place.words}”" if place.words else "，现在是空白"
    words = f"{place.before}【{place.words}】{place.after}" if place.words else ""
    return f"：{words}" if words and where(place) else words


def _markdown(checked: Checked) -> Iterator[str]:
    yield f"## {_plain(checked.title or names_of(checked))}\n"
    yield f"`{names_of(checked).replace('`', chr(39))}`  {_plain(summary(checked).rpartition('.')[2])}\n"
    for number, finding in enumerate(checked.findings, 1):
        yield f"{number}. **{wording().levels[finding.level]}** {_plain(finding.title)}"
        yield from (f"   - {label}：{_plain(words)}" for label, words in _details(finding))
        yield ""


def _plain(words: str) -> str:
    return _MARKDOWN.sub(r"\\\1", words)


def _groups(checked: Checked) -> list[tuple[str, list[tuple[int, Finding]]]]:
    """By level, each finding with its number in the whole list."""
    numbered = list(enumerate(checked.findings, 1))
    return [(level, [pair for pair in numbered if pair[1].level == level]) for level in LEVELS]


@cache
def _page() -> "Template":
    from jinja2 import Environment

    source = files("infer.checking").joinpath("page.html").read_text(encoding="utf-8")
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)
