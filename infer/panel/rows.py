"""One report as rows: its facts, its line of the wide table, and what is wrong with it by itself."""
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

from infer.panel.columns import Cell, wide_cells
from infer.panel.comparability import grade_of
from infer.panel.issuers import Issuer, issuer
from infer.panel.likeness import Likeness, likeness
from infer.panel.regions import Region, find_region
from infer.results.wording import indicator_label, one_line
from report.facts import Evidence, Fact, Report
from report.vocabulary import vocabulary

Value = str | int | float | bool | None
Row = dict[str, Value]
Statuses = Literal["stated", "alternative", "all"]
_DIMENSIONS: Final = ("applicant", "channel", "mode", "category", "subunit", "period")
_LISTED: Final = frozenset({"applicant", "channel", "mode"})
_TAKEN_BY_AREA: Final = (None, "zone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which facts become rows: of what status, how sure at least, numbers outside the vocabulary, look-alikes."""

    status: Statuses = "stated"
    min_confidence: float = 0.0
    open_facts: bool = False
    lookalikes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A problem of one report by itself: its code and what it is, in words."""

    problem: str
    detail: str
    group: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What a panel keeps of a report. No rows where it is not an annual report; `likeness` is None there."""

    report: Row
    facts: tuple[Row, ...] = ()
    remarks: tuple[Remark, ...] = ()
    likeness: Likeness | None = None


@dataclass(slots=True)
class _Wide:
    """The line of the wide table in the making."""

    values: Row = field(default_factory=dict)
    conflicts: int = 0


def rows_of(report: Report, selection: Selection) -> Rows:
    own = _identity(report)
    if report.meta.kind != "report" and not selection.lookalikes:
        return Rows(report=own, remarks=(Remark(problem="not_a_report", detail=f"taken for: {report.meta.kind}"),))
    remarks = list(_missing(report))
    chosen = [fact for fact in report.facts if _chosen(fact, selection)]
    failed = _failed_checks(report)
    facts = tuple(_fact_row(fact, own, failed, remarks) for fact in chosen)
    wide = _wide([fact for fact in chosen if fact.status == "stated"], remarks)
    line: Row = {**own, **wide.values, "facts": len(facts), "conflicts": wide.conflicts}
    return Rows(report=line, facts=facts, remarks=tuple(remarks), likeness=likeness(report))


def _chosen(fact: Fact, selection: Selection) -> bool:
    return ((selection.status in ("all", fact.status)) and fact.confidence >= selection.min_confidence
            and (fact.indicator is not None or selection.open_facts))


def _identity(report: Report) -> Row:
    meta = report.meta
    name = issuer(meta.issuer) if meta.issuer else None
    region = find_region(name.key if name else None, name.group if name else None, meta.report_year)
    statuses = [check.status for check in report.checks]
    return {
        "issuer": meta.issuer, "issuer_key": name.key if name else None, "issuer_group": name.group if name else None,
        "level": _level(name, region), "region_code": region.code, "region": region.name, "region_note": region.note,
        "year": meta.report_year, "form": meta.form, "kind": meta.kind, "title": meta.title,
        "period_start": meta.period_start, "period_end": meta.period_end, "published_on": meta.published_on,
        "index_number": meta.index_number, "document_number": meta.document_number,
        "checks_passed": statuses.count("pass"), "checks_failed": statuses.count("fail"),
        "warnings": " ".join(dict.fromkeys(warning.code for warning in report.warnings)) or None,
        "document": report.source.name, "document_sha256": report.source.sha256,
        "gongkai": report.producer.gongkai, "vocabulary": report.producer.vocabulary,
    }


def _level(name: Issuer | None, region: Region) -> str | None:
    if name is None:
        return None
    return region.level or name.level if name.level in _TAKEN_BY_AREA else name.level


def _missing(report: Report) -> Iterator[Remark]:
    if not report.meta.issuer:
        yield Remark(problem="no_issuer", detail="the report names no issuer")
    if report.meta.report_year is None:
        yield Remark(problem="no_year", detail="the report names no year")


def _failed_checks(report: Report) -> dict[str, str]:
    """Ids of failed checks by the fact that takes part in them."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for check in report.checks:
        if check.status == "fail":
            for fact in (*check.left.facts, *check.right.facts):
                found[fact][check.id] = None
    return {fact: " ".join(ids) for fact, ids in found.items()}


def _fact_row(fact: Fact, own: Row, failed: dict[str, str], remarks: list[Remark]) -> Row:
    carried = ("issuer", "issuer_key", "level", "region_code", "year", "form", "document", "document_sha256")
    return {
        **{name: own[name] for name in carried},
        "fact_id": fact.id, "indicator": fact.indicator,
        "indicator_zh": indicator_label(fact.indicator) if fact.indicator else None,
        **{name: fact.by.get(name) or None for name in _DIMENSIONS},
        "value": _exact(fact, remarks), "unit": fact.unit or None, "state": fact.state, "qualifier": fact.qualifier,
        "scope": fact.scope, "method": fact.method, "confidence": fact.confidence, "status": fact.status,
        "ambiguous": fact.ambiguous, "failed_checks": failed.get(fact.id), "counted": fact.counted or None,
        "comparability": grade_of(fact, str(own["form"])), "reason": fact.reason or None, **_place(fact.evidence),
        "context": (fact.context.text or None) if fact.context else None,
    }


def _place(evidence: Evidence) -> Row:
    return {"evidence": evidence.text or None, "evidence_start": evidence.start, "evidence_end": evidence.end,
            "page": evidence.page, "table_number": evidence.table, "table_row": evidence.row,
            "table_column": evidence.column}


def _exact(fact: Fact, remarks: list[Remark]) -> float | None:
    """The value where a double keeps it; every format has doubles and none has more."""
    if fact.value is None:
        return None
    value = float(fact.value)
    if value == fact.value:
        return value
    remarks.append(Remark(problem="too_large", group=fact.indicator, detail=f"{fact.id}: {fact.value} {fact.unit}"))
    return None


def _wide(facts: list[Fact], remarks: list[Remark]) -> _Wide:
    """One value for each cell of this office's own year; none where the report states two."""
    said: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if column := _column(fact):
            if fact.unit == vocabulary()[fact.indicator or ""].unit:
                said[column].append(fact)
            elif fact.value is not None:
                remarks.append(Remark(problem="other_unit", group=fact.indicator, detail=_said(fact)))
    wide = _Wide()
    for column, cell in said.items():
        values = {fact.value for fact in cell if fact.value is not None}
        if len(values) == 1:
            (value,) = values
            wide.values[column] = float(value) if float(value) == value else None
        elif values:
            wide.conflicts += 1
            remarks.append(_conflict(column, cell))
    return wide


def _column(fact: Fact) -> str | None:
    """The wide table's column, if the fact is of the office's own year and split by listed keys alone."""
    by = {name: key for name, key in fact.by.items() if (name, key) != ("applicant", "total")}
    if fact.indicator not in vocabulary().indicators or fact.scope != "own" or len(by) > 1 or not by.keys() <= _LISTED:
        return None
    dimension, key = next(iter(by.items()), (None, None))
    return wide_cells().get(Cell(indicator=fact.indicator or "", dimension=dimension, key=key))


def _conflict(column: str, cell: list[Fact]) -> Remark:
    said = ", ".join(dict.fromkeys(_said(fact) for fact in cell if fact.value is not None))
    return Remark(problem="conflicting_values", group=cell[0].indicator, detail=f"{column}: {said}")


def _said(fact: Fact) -> str:
    place = "form" if fact.in_form else "text"
    words = f" {one_line(fact.evidence.text)}" if place == "text" else ""
    return f"{fact.value} {fact.unit} ({place}{words})"
