"""Facts of a report as the page holds them."""
from collections.abc import Mapping, Sequence

from infer.results.fact_rows import LOW_CONFIDENCE, LOW_OF_A_CELL, ordered, unsettled
from infer.results.notes import note_label
from infer.results.wording import number_text
from infer.viewing.clean import clean
from infer.viewing.offsets import Utf16
from infer.viewing.shown import ShownFact
from report.facts import Evidence, Fact, Report, Review


def numbered(report: Report) -> list[Fact]:
    """The facts in the order of the page: by indicator as the vocabulary lists them, open facts last."""
    return ordered(report.facts)


def is_low(fact: Fact) -> bool:
    """Unsure of what it counts or how many; a number outside the vocabulary is never sure of the first."""
    return fact.indicator is not None and fact.confidence < (LOW_OF_A_CELL if fact.in_form else LOW_CONFIDENCE)


def show_facts(facts: Sequence[Fact], places: Utf16) -> tuple[ShownFact, ...]:
    waiting = {fact.id for fact in unsettled(facts)}
    numbers = {fact.id: number for number, fact in enumerate(facts)}
    return tuple(_show(fact, places, numbers, is_open=fact.id in waiting) for fact in facts)


def _show(fact: Fact, places: Utf16, numbers: Mapping[str, int], *, is_open: bool) -> ShownFact:
    words, context = fact.evidence, fact.context
    return ShownFact(
        id=fact.id, indicator=fact.indicator, counted=clean(fact.counted) if fact.counted else None,
        by=tuple((name, clean(key)) for name, key in fact.by.items()), shown=_number(fact), unit=clean(fact.unit),
        qualifier=fact.qualifier, state=fact.state, scope=fact.scope, method=fact.method,
        confidence=round(fact.confidence, 4), stated=fact.status == "stated", ambiguous=fact.ambiguous,
        low=is_low(fact), form=fact.in_form, open=is_open, group=fact.reading_of,
        reason=(note_label(fact.reason), clean(fact.reason)) if fact.reason else None,
        review=_review(fact.review) if fact.review else None, parent=numbers.get(fact.parent) if fact.parent else None,
        start=places.at(words.start), end=places.at(words.end),
        context=(places.at(context.start), places.at(context.end)) if context else None,
        page=words.page, box=words.box, cell=_cell(words))


def _number(fact: Fact) -> str:
    if fact.value is None:
        return ""
    return f"{number_text(fact.value * 100)}%" if fact.unit == "1" else number_text(fact.value)


def _review(review: Review) -> str:
    """Who decided, when, and what they said of it."""
    return clean(" · ".join(filter(None, (review.reviewer, review.date, review.note)))) or "—"


def _cell(words: Evidence) -> tuple[int, int, int] | None:
    if words.table is None or words.row is None or words.column is None:
        return None
    return words.table, words.row, words.column
