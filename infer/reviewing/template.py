"""Rows for a reviewer: the facts of a report that are worth a look, those most likely wrong first."""
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from infer.results.check_rows import check_label
from infer.results.fact_rows import LOW_CONFIDENCE, LOW_OF_A_CELL, unsettled
from infer.results.notes import note_label
from infer.results.wording import dimensions_label, fact_label, one_line, value_label
from infer.reviewing.corrections import Correction, Reading, overlap, text_hash
from infer.reviewing.rows import cells_of, read_cell
from report import Check, Fact, Report

_AROUND: Final = 40
_RIVALS: Final = 3
_SAYS_NOTHING: Final = 9
_SAME_WORDS: Final = "与另一行同一处原文"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """How soon a fact should be looked at (0: first) and why, in Chinese."""

    rank: int
    words: tuple[str, ...]


def rows_of(report: Report, *, every: bool = False) -> list[dict[str, str]]:
    """A row for each fact in doubt, and for what else its words state; `every`: for all facts.

    What somebody has reviewed already is left out.
    """
    doubts = doubts_of(report)
    open_facts = [fact for fact in report.facts if fact.review is None]
    listed = [fact for fact in open_facts if fact.id in doubts or (every and fact.status == "stated")]
    asked = {fact.id for fact in listed}
    beside = [fact for fact in open_facts if fact.status == "stated" and fact.id not in asked
              and any(_share(fact, other) for other in listed)]
    ranked = sorted([*listed, *beside], key=lambda fact: (
        _rank(fact, [*listed, *beside], doubts), fact.evidence.start, fact.evidence.end))
    rows: dict[object, dict[str, str]] = {}
    for fact in ranked:
        row = _row(report, fact, doubts.get(fact.id))
        rows.setdefault((row["read"], row["was"]), row)
    return list(rows.values())


def _share(one: Fact, other: Fact) -> bool:
    return overlap((one.evidence.start, one.evidence.end), (other.evidence.start, other.evidence.end))


def _rank(fact: Fact, listed: Sequence[Fact], doubts: Mapping[str, Doubt]) -> int:
    """Facts of the same words stand together, as soon as the first of them."""
    return min((doubts[one.id].rank for one in listed if one.id in doubts and (one is fact or _share(one, fact))),
               default=_SAYS_NOTHING)


def doubts_of(report: Report) -> dict[str, Doubt]:
    """By fact: failed checks, readings that were not taken, what is ambiguous, unreadable or unsure."""
    failed = _failed(report)
    open_places = {fact.id for fact in unsettled(report.facts)}
    groups: Mapping[str, list[Fact]] = defaultdict(list)
    for fact in report.facts:
        if fact.reading_of:
            groups[fact.reading_of].append(fact)
    found: dict[str, Doubt] = {}
    for fact in report.facts:
        if fact.review is not None or (fact.status == "alternative" and fact.id not in open_places):
            continue
        reasons = sorted([*failed.get(fact.id, ()), *_reasons(fact, fact.id in open_places)])
        if reasons:
            rivals = list(_rivals(fact, groups.get(fact.reading_of or "", ())))
            found[fact.id] = Doubt(rank=reasons[0][0],
                                   words=tuple(dict.fromkeys([*(words for _, words in reasons), *rivals])))
    return found


def _failed(report: Report) -> Mapping[str, list[tuple[int, str]]]:
    """By fact the failed checks that it stands in; those where the reading is likely at fault go first."""
    facts = {fact.id: fact for fact in report.facts}
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for check in report.checks:
        if check.status == "fail":
            words = f"勾稽不符：{check_label(check, facts)}"
            for name in dict.fromkeys((*check.left.facts, *check.right.facts)):
                if _adds(check, facts.get(name)):
                    found[name].append((0 if check.fault == "reading" else 5, words))
    return found


def _adds(check: Check, fact: Fact | None) -> bool:
    """Cells of 0 and blanks cannot be told wrong by a sum, but by one that names them alone."""
    return fact is not None and (bool(fact.value) or len(check.left.facts) + len(check.right.facts) <= 2)


def _reasons(fact: Fact, left_open: bool) -> Iterator[tuple[int, str]]:
    if left_open:
        yield 1, f"未采用：{note_label(fact.reason)}" if fact.reason else f"未采用，把握 {fact.confidence:.2f}"
    if fact.ambiguous:
        yield 2, f"有歧义：{note_label(fact.reason)}" if fact.reason else "有歧义"
    if fact.state == "unreadable":
        yield 3, "无法辨认"
    unsure = LOW_OF_A_CELL if fact.in_form else LOW_CONFIDENCE
    if fact.status == "stated" and fact.indicator and fact.confidence < unsure:
        yield 4, f"把握 {fact.confidence:.2f}"


def _rivals(fact: Fact, readings: Sequence[Fact]) -> Iterator[str]:
    others = [one for one in readings if one.id != fact.id and one.status == "alternative"]
    for one in others[:_RIVALS]:
        by = dimensions_label(one)
        yield f"另一读法：{fact_label(one)}{f'（{by}）' if by else ''} {value_label(one)}"


def _row(report: Report, fact: Fact, doubt: Doubt | None) -> dict[str, str]:
    row = Correction(
        origin="", sha256=report.source.sha256, text_sha256=text_hash(report.source.text), document=report.source.name,
        start=fact.evidence.start, end=fact.evidence.end, words=fact.evidence.text, action=None,
        place="form" if fact.in_form else "text", reading=Reading(
            indicator=fact.indicator, by=tuple(sorted(fact.by.items())), scope=fact.scope, value=fact.value,
            unit=fact.unit, state=fact.state, qualifier=fact.qualifier, counted=fact.counted))
    dimensions = dimensions_label(fact)
    return {
        **cells_of(row), "read": read_cell(row), "was": fact.status, "sentence": _sentence(report.source.text, fact),
        "name": f"{fact_label(fact)}（{dimensions}）" if dimensions else fact_label(fact),
        "doubt": "；".join(doubt.words) if doubt else _SAME_WORDS if fact.status == "stated" else "",
    }


def _sentence(text: str, fact: Fact) -> str:
    """The words in theirs, on one line."""
    start, end, around = fact.evidence.start, fact.evidence.end, fact.context
    first = max(around.start if around else 0, start - _AROUND)
    last = min(around.end if around else len(text), end + _AROUND)
    return f"{one_line(text[first:start])}【{one_line(text[start:end])}】{one_line(text[end:last])}"
