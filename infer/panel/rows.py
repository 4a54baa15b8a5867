"""A report as rows: one a fact, and one for the whole report."""
import hashlib
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from infer.panel.columns import Key, key_of
from infer.panel.issuers import Register
from report import Fact, vocabulary
from report.facts import Report
from report.folding import fold

Row = dict[str, Any]
_PARTS: Final = ("applicant", "mode", "channel", "category", "subunit", "period")
_EXACT: Final = 2**53
_FIGURES: Final = 8
"""fewer stated figures may be alike by chance"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which facts become rows: alternatives too, numbers outside the vocabulary too, and how sure they must be."""

    alternatives: bool = False
    open_facts: bool = False
    least: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two stated figures of one thing: which the wide table holds, None for neither."""

    key: Key
    values: tuple[float, ...]
    taken: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabled:
    """A report as rows; `text` and `figures` are digests by which copies are known, None where there is too little."""

    report: Row
    facts: list[Row]
    figures_of: dict[Key, float]
    text: str
    figures: str | None
    conflicts: list[Conflict] = field(default_factory=list)
    inexact: list[str] = field(default_factory=list)


def tabled(report: Report, register: Register, choice: Choice) -> Tabled:
    """The rows of a report."""
    issuer = register.of(report.meta.issuer)
    about: Row = {
        "document": report.source.name, "sha256": report.source.sha256, "issuer": report.meta.issuer,
        "issuer_name": issuer.name, "level": issuer.level, "region_code": issuer.region_code,
        "year": report.meta.report_year, "form": report.meta.form, "kind": report.meta.kind,
        "published_on": report.meta.published_on}
    taken = [fact for fact in report.facts if _chosen(fact, choice)]
    figures_of, conflicts = _figures([fact for fact in taken if fact.status == "stated"])
    stated = sorted((str(key), value) for key, value in figures_of.items() if value)
    return Tabled(
        report=about, facts=[about | _fact(fact) for fact in taken], figures_of=figures_of, conflicts=conflicts,
        text=_digest(re.sub(r"[\W_]+", "", fold(report.source.text).text)),
        figures=_digest(repr(stated)) if len(stated) >= _FIGURES else None,
        inexact=[fact.id for fact in taken if fact.value is not None and not _exact(fact.value)])


def _chosen(fact: Fact, choice: Choice) -> bool:
    if fact.confidence < choice.least or (fact.indicator is None and not choice.open_facts):
        return False
    return choice.alternatives or fact.status == "stated"


def _fact(fact: Fact) -> Row:
    words = fact.evidence
    return {
        "fact": fact.id, "indicator": fact.indicator,
        "indicator_zh": vocabulary()[fact.indicator].zh if fact.indicator else None,
        **{name: None if (name, fact.by.get(name)) == ("applicant", "total") else fact.by.get(name) for name in _PARTS},
        "value": _number(fact.value), "unit": fact.unit, "state": fact.state, "qualifier": fact.qualifier,
        "scope": fact.scope, "method": fact.method, "confidence": fact.confidence, "status": fact.status,
        "ambiguous": fact.ambiguous, "counted": fact.counted, "evidence": words.text or None, "start": words.start,
        "end": words.end, "page": words.page, "table": words.table, "row": words.row, "column": words.column}


def _exact(value: float) -> bool:
    return math.isfinite(value) and abs(value) <= _EXACT


def _number(value: float | None) -> float | None:
    """As a double, exactly; what a double cannot hold is left out and told."""
    return float(value) if value is not None and _exact(value) else None


def _figures(facts: list[Fact]) -> tuple[dict[Key, float], list[Conflict]]:
    """One value for each column of the wide table; a form's cell goes before the text, and else there is none."""
    said: dict[Key, list[tuple[bool, float]]] = {}
    for key, in_form, value in _keyed(facts):
        said.setdefault(key, []).append((in_form, value))
    figures: dict[Key, float] = {}
    conflicts = []
    for key, found in said.items():
        values = tuple(dict.fromkeys(value for _, value in found))
        cells = {value for in_form, value in found if in_form}
        if len(values) == 1 or len(cells) == 1:
            figures[key] = next(iter(cells or values))
        if len(values) > 1:
            conflicts.append(Conflict(key=key, values=values, taken=figures.get(key)))
    return figures, conflicts


def _keyed(facts: list[Fact]) -> Iterator[tuple[Key, bool, float]]:
    for fact in facts:
        key, value = key_of(fact.indicator, fact.by), _number(fact.value)
        if key is not None and value is not None and fact.scope == "own" and not fact.ambiguous:
            yield key, fact.in_form, value


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()
