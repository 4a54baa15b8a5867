"""One assembler for spans of the model and of the rules, and for the cells of the forms."""

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from infer.assemble.dimensions import channel_of, part_dimension, request_dimensions, said_of_all
from infer.assemble.nesting import Item, nest
from infer.assemble.words import Amount, Words
from infer.forms import FormCell
from infer.recognition import sureness
from infer.rules import read_running_text
from infer.rules.channels import named_accounts
from infer.rules.context import Reading
from infer.rules.totality import outcome_of_all
from report import Document, Evidence, Fact, Span, SpanType, vocabulary
from report.facts import State
from report.folding import fold
from report.numerals import to_number
from report.spans import Scope

_QUANTITIES = frozenset({SpanType.COUNT, SpanType.FEE, SpanType.RATE})
_RECEIVED = re.compile(r"收到|受理|接收|接到|新收|收取|接受|收悉|登记")
_ALL = re.compile(r"(?:均|全部|都|系)(?:为|是|由|系|以|通过|来自)?([^,;。#]{2,14})")
_ONE = re.compile(r"(?:^|,)(?:该申请|申请人)?(?:为|是|系|由|以|通过|来自)([^,;。#]{2,14})")
_NAMED_AFTER = re.compile(
    r"(?:为|是|系|由|以|通过)?([^,;。、#]{2,12}?(?:申请|提出|提交|方式|形式|递交|渠道))(?=[,;。、]|$)"
)
_ANY = re.compile(r"任何|等|各种|网站|平台")
_PART = re.compile(r"其中|(?:申请|收到的)中[,，]")
_COUNTED_START = re.compile(
    r"^(?:[\s,;、。:()\"】和及与]|[①-⑳⑴-⒇]|[一二三四五六七八九十]是|[(（]?[一二三四五六七八九十\d]{1,2}[)）、.]|其中|并|共|已|有|了|的|对|将|在|由|从|除|为|以)++"
)
_COUNTED_END = re.compile(
    r"(?:达到?|为|共计?|合计|不少于|不到|超过|约|近|仅|占|含|的|了|由|将|对|和|及|各|[\s,;、。:(\"【])+$"
)
_COUNTED_NOUN = re.compile(r"[\u4e00-\u9fff]{2,12}(?=[,;。:()、]|$)")
_COUNTED_VERB = re.compile(r"(?:有|开设|设立|召开|举办|开展|组织|全县|全市|全区|全镇)$")
_SHORTEST_NAME, _LONGEST_NAME = 2, 40
_PERIODS = frozenset({"cumulative", "previous_year"})


def assemble(
    doc: Document,
    *,
    cells: Sequence[FormCell],
    regions: Sequence[tuple[int, int]],
    spans: Sequence[Span],
    reading: Reading | None = None,
) -> tuple[Fact, ...]:
    """Facts of the forms and of the running text, in document order."""
    reading = reading or read_running_text(doc, regions)
    return numbered([*text_facts(doc, spans, reading), *cell_facts(doc, cells)])


def numbered(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts in document order, named f1, f2, … in it."""
    held = sorted(facts, key=lambda fact: (fact.evidence.start, fact.evidence.end, fact.status != "stated"))
    names = {fact.id: f"f{n}" for n, fact in enumerate(held, start=1)}
    return tuple(
        replace(
            fact, id=names[fact.id], parent=names.get(fact.parent or ""), reading_of=names.get(fact.reading_of or "")
        )
        for fact in held
    )


def cell_facts(doc: Document, cells: Sequence[FormCell]) -> list[Fact]:
    """The facts of official forms, not yet numbered."""
    return [*itertools.chain.from_iterable(_cell_facts(doc, cell, f"c{n}") for n, cell in enumerate(cells))]


def text_facts(doc: Document, spans: Sequence[Span], reading: Reading, *, key: str = "t") -> list[Fact]:
    """The facts of one labeller's spans, not yet numbered; their ids begin with `key`."""
    words = Words(reading)
    accounts = named_accounts(words.prose.text)
    companions = _companions(spans)
    facts: list[Fact] = []
    items: list[Item] = []
    previous_end = 0
    for n, span in enumerate(spans):
        if span.type not in _QUANTITIES and span.type is not SpanType.NONE:
            continue
        made = _facts_of(
            doc,
            words,
            span,
            companions.get(span.group, ()),
            accounts,
            f"{key}{n}",
            after_applicant=bool(facts) and "applicant" in facts[-1].by,
        )
        facts += made
        if made and span.type in _QUANTITIES:
            start, end = words.view(span)
            items.append(
                Item(
                    id=made[-1].id,
                    family=(made[0].indicator or "").split(".")[0],
                    words=words.item(span),
                    new_sentence=bool(re.search(r"[。!?\n]", words.prose.text[previous_end:start])),
                )
            )
            previous_end = end
    parents = nest(items)
    return [replace(fact, parent=parents[fact.id]) if fact.id in parents else fact for fact in facts]


def _companions(spans: Sequence[Span]) -> dict[int | None, tuple[Span, ...]]:
    grouped: dict[int | None, tuple[Span, ...]] = {}
    for span in spans:
        if span.group is not None and span.type in (SpanType.CATEGORY, SpanType.CHANNEL):
            grouped[span.group] = (*grouped.get(span.group, ()), span)
    return grouped


def _facts_of(
    doc: Document,
    words: Words,
    span: Span,
    companions: Iterable[Span],
    accounts: dict[str, str],
    key: str,
    *,
    after_applicant: bool,
) -> list[Fact]:
    if span.type is SpanType.NONE:
        return _none_facts(doc, words, span, key)
    amount = words.amount(doc, span)
    if amount is None:
        return []
    item = words.item(span)
    by = _linked(doc, companions, accounts)
    if span.scope in _PERIODS:
        by["period"] = span.scope
    fact = _quantity_fact(doc, words, span, amount, item, by, key)
    outcome = _outcome_of_all(words, span, fact)
    if outcome is not None:
        return [fact, replace(fact, id=fact.id + "of_all", indicator=outcome)]
    if span.indicator == "requests.new" and "category" not in by:
        return _request_facts(fact, item, words.said_after(span), after_applicant=after_applicant)
    return [fact]


def _outcome_of_all(words: Words, span: Span, fact: Fact) -> str | None:
    quantity = words.quantity(span)
    if quantity is None or fact.indicator is None or fact.by:
        return None
    return outcome_of_all(quantity, fact.indicator, words.said_after(span))


def _linked(doc: Document, companions: Iterable[Span], accounts: dict[str, str]) -> dict[str, str]:
    by: dict[str, str] = {}
    for span in companions:
        name = re.sub(r"\s+", "", doc.text[span.start : span.end])
        if span.type is SpanType.CHANNEL:
            key = channel_of(name, accounts)
            if key:
                by["channel"] = key
        else:
            by[part_dimension(name)] = name
    return by


def _request_facts(fact: Fact, item: str, tail: str, *, after_applicant: bool) -> list[Fact]:
    """收到信函申请1条 says both: one request, and one by letter; 其中信函1条 says only the second."""
    dimensions = request_dimensions(item, after_applicant=after_applicant)
    if dimensions is None:
        return [replace(fact, indicator=None, by={}, unit=fact.evidence.text[-1:], counted=counted(item, tail))]
    if len(dimensions) > 1:
        return [_part_of(fact, dimension) for dimension in dimensions] if fact.value == 0 else [fact]
    after = _NAMED_AFTER.match(tail)
    if not dimensions and after:
        return [_part_of(fact, dimension) for dimension in said_of_all(after[1])] or [fact]
    received = _RECEIVED.search(item) and not _PART.search(item)
    parts = [_part_of(fact, dimension) for dimension in dimensions]
    if received or not parts:
        parts = [
            fact,
            *parts,
            *(_part_of(fact, dimension) for dimension in _said_of_all(tail, fact) if dimension not in dimensions),
        ]
    return parts


def _part_of(fact: Fact, dimension: dict[str, str]) -> Fact:
    return replace(fact, id=fact.id + next(iter(dimension.values())), by={**fact.by, **dimension})


def _said_of_all(tail: str, fact: Fact) -> list[dict[str, str]]:
    """…3件,均为信函方式,申请人均为自然人: what every one of them was; of a single one no 均 is needed."""
    said = (_ALL, _ONE) if fact.value == 1 else (_ALL,)
    found = [dimension for words in said for match in words.finditer(tail) for dimension in said_of_all(match[1])]
    return [dimension for n, dimension in enumerate(found) if dimension not in found[:n]]


def _quantity_fact(
    doc: Document, words: Words, span: Span, amount: Amount, item: str, by: dict[str, str], key: str
) -> Fact:
    indicator = span.indicator if span.scope in ("own", *_PERIODS) else None
    unit = vocabulary()[indicator].unit if indicator else _open_unit(amount)
    return Fact(
        id=key,
        indicator=indicator,
        by=by if indicator else {},
        value=to_number(amount.value),
        unit=unit,
        state=_state(amount.value),
        qualifier=amount.qualifier,
        scope=span.scope,
        method=span.method,
        confidence=span.confidence,
        counted=None if indicator else counted(item, words.tail(span)),
        evidence=evidence(doc, span.start, span.end),
        context=evidence(doc, *words.sentence(span)),
    )


def _none_facts(doc: Document, words: Words, span: Span, key: str) -> list[Fact]:
    indicator = vocabulary()[span.indicator or ""]
    fact = Fact(
        id=key,
        indicator=indicator.id,
        value=0,
        unit=indicator.unit,
        state="zero",
        scope=span.scope,
        method=span.method,
        confidence=span.confidence,
        reason="statement of none",
        evidence=evidence(doc, span.start, span.end),
        context=evidence(doc, *words.sentence(span)),
    )
    said = fold(fact.evidence.text).text
    modes = [] if span.indicator != "requests.new" or _ANY.search(said) else request_dimensions(said)
    return [_part_of(fact, dimension) for dimension in modes or () if "mode" in dimension] or [fact]


def _open_unit(amount: Amount) -> str:
    return "1" if amount.unit in ("%", "‰") else "元" if amount.unit.endswith("元") else amount.unit


def _state(value: Decimal | int | float) -> State:
    return "zero" if value == 0 else "value"


def counted(item: str, tail: str) -> str | None:
    """What an open number counts, as far as its own clause says: the words before it, else those after it."""
    clause = re.split(r"[,;。:(]", item)[-1]
    before = _COUNTED_END.sub("", _COUNTED_START.sub("", clause))
    noun = _COUNTED_NOUN.match(tail)
    if noun and (len(before) < _SHORTEST_NAME or _COUNTED_VERB.search(before)):
        before = noun[0]
    return before[-_LONGEST_NAME:] if len(before) >= _SHORTEST_NAME else None


def _cell_facts(doc: Document, cell: FormCell, key: str) -> list[Fact]:
    scope: Scope = "cumulative" if cell.by.get("period") == "cumulative" else "own"
    fact = Fact(
        id=key,
        indicator=cell.indicator,
        by=dict(cell.by),
        value=cell.value,
        unit=cell.unit,
        state=cell.state,
        scope=scope,
        method="table",
        confidence=cell.confidence,
        ambiguous=cell.ambiguous,
        reason=cell.note,
        reading_of=key if cell.alternatives else None,
        evidence=evidence(doc, cell.start, cell.end, table=cell.table, row=cell.row, column=cell.column),
    )
    others = [
        replace(
            fact,
            id=f"{key}~{n}",
            value=other.value,
            state=_state(other.value),
            status="alternative",
            confidence=min(0.4, cell.confidence),
            reason="another split of the same digits",
            evidence=evidence(doc, other.start, other.end, table=cell.table, row=cell.row, column=cell.column),
        )
        for n, other in enumerate(cell.alternatives)
    ]
    return [fact, *others]


def evidence(
    doc: Document, start: int, end: int, *, table: int | None = None, row: int | None = None, column: int | None = None
) -> Evidence:
    """The words of a range, with page and box where the document has lines."""
    page, box = None, None
    if doc.lines:
        k = bisect_right(doc.lines, start, key=lambda line: line.start) - 1
        if k >= 0 and doc.lines[k].end >= start:
            page, box = doc.lines[k].page, doc.lines[k].box
    return Evidence(
        start=start, end=end, text=doc.text[start:end], page=page, box=box, table=table, row=row, column=column,
        recognised=sureness(doc, start, end) if doc.recognised else None,
    )
