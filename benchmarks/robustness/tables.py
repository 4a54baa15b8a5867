"""The generated parts of docs/robustness.md: faults against strength, hostile documents."""

import json
from collections.abc import Iterator
from typing import Any, Final

from benchmarks.readme import ROOT, replace_part
from benchmarks.robustness.faults import all_faults

RESULTS: Final = ROOT / "benchmarks" / "robustness.json"
HOSTILE: Final = ROOT / "benchmarks" / "hostile.json"
PAGE: Final = ROOT / "docs" / "robustness.md"
_STRENGTHS: Final = (0.0, 0.25, 0.5, 1.0)
_MODES: Final = (("both", "rules and model"), ("rules", "rules alone"))
_CLEAN: Final = "none"


def rendered(page: str) -> str:
    """The page with its tables as they should be now."""
    for part, path, render in (("faults", RESULTS, faults_part), ("hostile", HOSTILE, hostile_part)):
        words = render(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else "Not measured yet."
        page = replace_part(page, part, words)
    return page


def faults_part(data: dict[str, Any]) -> str:
    """One table a way of reading."""
    return "\n".join(
        [f"{data['reports']} reports.", *(line for mode, title in _MODES for line in _table(data, mode, title))]
    )


def _table(data: dict[str, Any], mode: str, title: str) -> Iterator[str]:
    rows = {(row["fault"], row["strength"]): row for row in data["rows"] if row["mode"] == mode}
    heads = [f"{what} {strength:g}" for what in ("F1", "wrong") for strength in _STRENGTHS]
    yield from (
        "",
        f"{title[0].upper()}{title[1:]}:",
        "",
        f"| fault | {' | '.join(heads)} | refused |",
        f"| --- |{' ---: |' * 9}",
    )
    for fault in all_faults():
        held = [rows[fault.name if strength else _CLEAN, strength] for strength in _STRENGTHS]
        cells = [f"{row['f1']:.3f}" for row in held] + [f"{row['wrong_in_100']:.1f}" for row in held]
        refused = sum(row["refused"] for row in held)
        yield f"| {fault.meaning.replace('|', '/')} (`{fault.name}`) | {' | '.join(cells)} | {refused} |"


def hostile_part(data: dict[str, Any]) -> str:
    """What became of hostile documents."""
    outcomes = data["outcomes"]
    return "\n".join(
        [
            "| | |",
            "| --- | ---: |",
            f"| documents | {data['documents']:,} |",
            f"| read | {outcomes.get('read', 0):,} |",
            f"| refused with one line | {outcomes.get('document', 0):,} |",
            f"| ended at a limit, with one line | {outcomes.get('limit', 0):,} |",
            f"| else: crashes, documents lost or twice, over limits, broken results | {len(data['faults']):,} |",
            f"| kinds of document | {len(data['families']):,} |",
            f"| longest time of one | {data['slowest'][0].split(' s')[0]} s |",
            f"| largest process at its peak | {data['largest_process_megabytes']:,} MB |",
            f"| limits of each | {data['bounds']} |",
        ]
    )
