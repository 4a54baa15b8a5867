"""A result as its golden file: one fact a line, without what every edit of the program or the text changes."""

import json
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from report.checks import Check
from report.facts import Evidence, Fact, Report

_DEFAULTS: Final[dict[str, object]] = {"scope": "own", "status": "stated"}
_FACT_FIELDS: Final = (
    "indicator",
    "by",
    "value",
    "state",
    "unit",
    "scope",
    "qualifier",
    "method",
    "status",
    "ambiguous",
    "counted",
)


def golden_text(report: Report) -> str:
    """JSON in sections: identity, sections, facts, checks, warnings; every entry on a line of its own."""
    parts = {
        "source": [
            {
                "media": report.source.media,
                "encoding": report.source.encoding,
                "pages": report.source.pages,
                "characters": len(report.source.text),
            }
        ],
        "meta": [{name: value} for name, value in msgspec.to_builtins(report.meta).items() if value is not None],
        "sections": [
            {
                "number": section.number,
                "topic": section.topic,
                "title": section.title,
                "start": section.start,
                "end": section.end,
            }
            for section in report.sections
        ],
        "facts": [_fact(fact) for fact in report.facts],
        "checks": [_check(check) for check in report.checks if check.status != "pass"],
        "passed": [{check: count} for check, count in _passed(report)],
        "warnings": [{"code": warning.code, **_place(warning.evidence)} for warning in report.warnings],
    }
    return "{\n" + ",\n".join(f'"{name}": {_listed(entries)}' for name, entries in parts.items()) + "\n}\n"


def _listed(entries: list[dict[str, Any]]) -> str:
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
    return f"[\n{lines}\n]" if entries else "[]"


def _fact(fact: Fact) -> dict[str, Any]:
    said = {
        name: value
        for name in _FACT_FIELDS
        if (value := getattr(fact, name)) not in (None, False, {}) or (name, value) == ("value", 0)
    }
    return {name: value for name, value in said.items() if _DEFAULTS.get(name) != value} | _place(fact.evidence)


def _place(evidence: Evidence | None) -> dict[str, Any]:
    if evidence is None:
        return {}
    page = {} if evidence.page is None else {"page": evidence.page}
    return {"at": [evidence.start, evidence.end], "text": evidence.text, **page}


def _check(check: Check) -> dict[str, Any]:
    return {
        "check": check.id,
        "subject": check.subject,
        "status": check.status,
        "left": check.left.value,
        "right": check.right.value,
        "fault": check.fault,
    }


def _passed(report: Report) -> Iterator[tuple[str, int]]:
    names = [check.id for check in report.checks if check.status == "pass"]
    return ((name, names.count(name)) for name in sorted(set(names)))
