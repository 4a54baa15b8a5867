"""Faults of real texts at increasing strength: F1, wrong numbers and refused documents of each.

    python -m benchmarks.robustness [--faults typos,pinyin] [--reports 10] [--jobs 2] [--wrong]

All faults over all reports write benchmarks/robustness.json and the tables of docs/robustness.md; `--wrong` shows each
wrong number that the reports as they are do not give.
"""
import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.robustness.faults import all_faults
from benchmarks.robustness.measuring import CLEAN, Job, Measured, measure_all
from benchmarks.robustness.tables import PAGE, RESULTS, rendered

STRENGTHS: Final = (0.25, 0.5, 1.0)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.robustness")
    parser.add_argument("--faults", type=lambda words: words.split(","))
    parser.add_argument("--reports", type=int)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--wrong", action="store_true")
    given = parser.parse_args()
    names = given.faults or [fault.name for fault in all_faults()]
    jobs = [Job(fault=CLEAN, strength=0, reports=given.reports)]
    jobs += [Job(fault=name, strength=strength, reports=given.reports) for name in names for strength in STRENGTHS]
    found = measure_all(jobs, given.jobs)
    for line in shown(found, wrong=given.wrong):
        print(line)
    if not given.faults and not given.reports:
        RESULTS.write_text(json.dumps(recorded(found), indent=1) + "\n", encoding="utf-8")
        write_page(PAGE)
    return 0


def recorded(found: Sequence[Measured]) -> dict[str, Any]:
    """What robustness.json keeps."""
    rows = [{"fault": one.job.fault, "strength": one.job.strength, "mode": mode, "f1": round(score.f1, 4),
             "wrong_in_100": round(score.wrong_in_100, 2), "refused": score.refused, "right": score.right,
             "wrong": score.wrong, "missed": score.missed}
            for one in found for mode, score in one.scores.items()]
    return {"reports": reports_measured(), "rows": rows}


def reports_measured() -> int:
    from benchmarks.robustness.clean import clean_reports

    return sum(1 for _ in clean_reports())


def shown(found: Sequence[Measured], *, wrong: bool) -> Iterator[str]:
    """A line for each measurement, and what is wrong where that is asked for."""
    known = {mode: set(score.faulty) for mode, score in found[0].scores.items()}
    for one in found:
        told = "   ".join(f"{mode} F1 {score.f1:.3f} wrong {score.wrong_in_100:.2f} refused {score.refused}"
                          for mode, score in one.scores.items())
        yield f"{one.job.fault:18} {one.job.strength:4}   {told}"
        if wrong:
            yield from (f"    {mode}: {line}" for mode, score in one.scores.items()
                        for line in score.faulty if line not in known[mode])


def write_page(page: Path) -> None:
    page.write_text(rendered(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
