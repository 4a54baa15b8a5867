"""Corrections over a report: what people say of its words goes before what machines read there."""
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from infer.reviewing.agreeing import sort_out
from infer.reviewing.corrections import Account, Correction, Corrections, Reading, overlap
from infer.reviewing.places import evidence_at, place_of, sentence_at
from report import Evidence, Fact, Report, Review, Warning
from report.facts import ReviewAction
from report.identities import check

_SAID: Final[dict[ReviewAction, str]] = {
    "confirm": "a reviewer confirmed it", "change": "a reviewer changed it", "add": "a reviewer added it",
    "remove": "a reviewer removed it", "label": "a reviewer labelled it",
}
_OTHERWISE: Final = "a reviewer read it otherwise"
_ID_DIGITS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """The report as reviewed, and what became of the corrections that are about it."""

    report: Report
    account: Account


def corrected(report: Report, corrections: Corrections) -> Corrected:
    """Apply what is about this report; checks are made anew, and no evidence but the document's own is ever made.

    Once is as good as twice, and the order of the corrections does not matter. A reading that a decision sets aside
    stays as an `alternative` under its id; the fact in its stead has an id that every run gives it.
    """
    met = corrections.of_report(report)
    good, refused = sort_out([corrections.rows[number] for number in met], report)
    account = Account(met=frozenset(met), applied=len(good), refused=refused)
    if not good:
        return Corrected(report=report, account=account)
    facts = _facts(report, good)
    done = replace(report, facts=facts, checks=check(facts, report.meta, report.sections, report.source.text),
                   warnings=_warnings(report.warnings, facts))
    return Corrected(report=done, account=account)


def _facts(report: Report, rows: Sequence[Correction]) -> tuple[Fact, ...]:
    stating = [(row, row.states) for row in rows if row.states is not None]
    own = {fact_id(row, reading) for row, reading in stating}
    read = [fact for fact in report.facts if fact.id not in own]
    made = [_made(report.source.text, read, row, reading) for row, reading in stating]
    aside = {fact.id: row for fact in read if (row := _decider(fact, rows)) is not None}
    heirs = {fact.id: _heir(fact, made) for fact in read if fact.id in aside}
    groups = {fact.reading_of or fact.id: heir for fact in read if (heir := heirs.get(fact.id))}
    kept = [_kept(fact, aside, heirs, groups) for fact in read]
    led = {fact.reading_of for fact in kept}
    places = _ids_by_place([*made, *(fact for fact in kept if fact.status == "stated")])
    for number, (row, _) in enumerate(stating):
        fact = made[number]
        whole = places.get(row.part_of) if row.part_of else fact.parent
        made[number] = replace(fact, parent=whole, reading_of=fact.id if fact.id in led else None)
    return _in_order(_reparented(fact, heirs) for fact in (*kept, *made))


def fact_id(row: Correction, reading: Reading) -> str:
    """Where the words stand and six digits for what they count: the same in every run, whatever the value."""
    key = "|".join((str(row.end), reading.indicator or "", reading.scope, *(f"{n}={k}" for n, k in reading.by)))
    return f"h{row.start}-{hashlib.sha256(key.encode()).hexdigest()[:_ID_DIGITS]}"


def _made(text: str, read: Sequence[Fact], row: Correction, reading: Reading) -> Fact:
    """The fact that a correction states, at home among what machines read at its place."""
    there = sorted((fact for fact in read if _bounds(fact.evidence) == row.bounds),
                   key=lambda fact: (_key(fact) != reading.key, _number(fact.id)))
    place = row.place or place_of(read, row.bounds)
    context = next((fact.context for fact in there if fact.context), None) or sentence_at(text, row.bounds)
    action: ReviewAction = row.action if row.action in _SAID else "change"
    return Fact(
        id=fact_id(row, reading), indicator=reading.indicator,
        by=next((fact.by for fact in there if _key(fact) == reading.key), dict(reading.by)), value=reading.value,
        unit=reading.unit, state=reading.state, qualifier=reading.qualifier, scope=reading.scope, method="reviewed",
        confidence=1.0, reason=_SAID[action], counted=reading.counted,
        parent=there[0].parent if there else None,
        evidence=next((fact.evidence for fact in there), None) or evidence_at(text, read, row.bounds),
        context=context if place == "text" else None, review=_review(row, action, place == "form"))


def _review(row: Correction, action: ReviewAction, in_form: bool) -> Review:
    return Review(action=action, place="form" if in_form else "text", reviewer=row.reviewer, date=row.date,
                  note=row.note)


def _decider(fact: Fact, rows: Iterable[Correction]) -> Correction | None:
    """The first correction that sets the fact aside; one of its own words goes before those that overlap them."""
    found = [row for row in rows if _sets_aside(row, fact)]
    return min(found, default=None, key=lambda row: (
        row.action == "settle", row.bounds != _bounds(fact.evidence),
        row.reading is None or row.reading.key != _key(fact), row.bounds, str(row.reading)))


def _sets_aside(row: Correction, fact: Fact) -> bool:
    words = _bounds(fact.evidence)
    if row.action == "settle":
        return not fact.in_form and row.start <= words[0] and words[1] <= row.end
    if row.decides:
        return overlap(row.bounds, words)
    return row.reading is not None and row.reading.key == _key(fact) and overlap(row.bounds, words)


def _heir(fact: Fact, made: Sequence[Fact]) -> Fact | None:
    """What stands where a reading did that was set aside: of the same thing, else the first."""
    words = _bounds(fact.evidence)
    found = [one for one in made if overlap(_bounds(one.evidence), words)]
    return min(found, default=None, key=lambda one: (
        _key(one) != _key(fact), _bounds(one.evidence) != words, one.evidence.start, one.id))


def _kept(
    fact: Fact, aside: Mapping[str, Correction], heirs: Mapping[str, Fact | None], groups: Mapping[str, Fact],
) -> Fact:
    """A machine's reading beside the decisions; other readings of the same words follow it to its heir."""
    row = aside.get(fact.id)
    heir = heirs.get(fact.id) or (groups.get(fact.reading_of or fact.id) if fact.status == "alternative" else None)
    group = heir.id if heir else fact.reading_of
    if row is None:
        return replace(fact, reading_of=group)
    action: ReviewAction = "remove" if heir is None else heir.review.action if heir.review else "change"
    reason = fact.reason
    if fact.status == "stated":
        told = heir is None or _key(heir) == _key(fact) or (action == "change" and heir.evidence == fact.evidence)
        reason = _SAID[action] if told else _OTHERWISE
    review = fact.review if fact.method == "reviewed" else _review(row, action, fact.in_form)
    return replace(fact, status="alternative", reading_of=group, reason=reason, review=review)


def _ids_by_place(facts: Iterable[Fact]) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    for fact in facts:
        found.setdefault(_bounds(fact.evidence), fact.id)
    return found


def _reparented(fact: Fact, heirs: Mapping[str, Fact | None]) -> Fact:
    """Parts go with what now stands for their whole; those of a whole that is gone are nobody's."""
    if fact.parent is None or fact.parent not in heirs:
        return replace(fact, parent=None) if fact.parent == fact.id else fact
    heir = heirs[fact.parent]
    return replace(fact, parent=None if heir is None or heir.id == fact.id else heir.id)


def _in_order(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(sorted(facts, key=lambda fact: (
        *_bounds(fact.evidence), fact.status != "stated", fact.method != "reviewed", *_number(fact.id))))


def _number(name: str) -> tuple[int, str]:
    """f2 before f10."""
    return len(name), name


def _bounds(evidence: Evidence) -> tuple[int, int]:
    return evidence.start, evidence.end


def _key(fact: Fact) -> object:
    return fact.indicator, fact.scope, tuple(sorted(fact.by.items()))


def _warnings(warnings: Sequence[Warning], facts: Sequence[Fact]) -> tuple[Warning, ...]:
    """What people settled is ambiguous no more."""
    from infer.pipeline import doubts

    return tuple(warning for old in warnings for warning in (doubts(facts) if old.code == "ambiguous_cells" else [old]))
