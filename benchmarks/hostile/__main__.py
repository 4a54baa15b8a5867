"""Hostile and broken documents through the reader of many: what becomes of each, and what it costs.

    python -m benchmarks.hostile [COUNT] [--jobs 2] [--first 0] [--family papers.fonts]     2,000 where no COUNT is given
    python -m benchmarks.hostile 20000 --jobs 2                                             the whole test; about an hour

Each document is made in the process that reads it. benchmarks/hostile.json holds what was found.
"""
import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.hostile.judging import Outcome, finish, summary
from benchmarks.hostile.watching import Hostile, costs, documents
from infer.batch import Failure, extract_each
from infer.batch.bounds import Bounds
from infer.labelling import Choice

RESULTS: Final = Path(__file__).resolve().parent.parent / "hostile.json"
_STEP: Final = 200


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hostile")
    parser.add_argument("count", type=int, nargs="?", default=2_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--family")
    parser.add_argument("--rules-only", action="store_true")
    parser.add_argument("--timeout", type=float, default=Bounds().seconds)
    parser.add_argument("--memory", type=int, default=Bounds().megabytes)
    given = parser.parse_args()
    bounds = Bounds(seconds=given.timeout, megabytes=given.memory)
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder, "costs")
        named = list(documents(given.first, given.count, ledger, given.family))
        begin = time.monotonic()
        found = list(_watched(named, bounds, given.jobs, Choice(mode="rules" if given.rules_only else "both")))
        table = summary(named, found, costs(ledger)) | {"seconds": round(time.monotonic() - begin), "bounds": str(bounds)}
    print(shown(table))
    if given.family is None and not given.first:
        RESULTS.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return int(bool(table["faults"]))


def _watched(named: Sequence[Hostile], bounds: Bounds, jobs: int, choice: Choice) -> Iterator[Outcome]:
    for number, outcome in enumerate(extract_each(named, finish, choice=choice, jobs=jobs, bounds=bounds), start=1):
        if isinstance(outcome, Failure) and outcome.cause != "document":
            print(f"{outcome.name}: {outcome.cause}: {outcome.reason}", file=sys.stderr, flush=True)
        if number % _STEP == 0:
            print(f"{number} of {len(named)}", file=sys.stderr, flush=True)
        yield outcome  # type: ignore[misc]


def shown(table: dict[str, Any]) -> str:
    """The summary for a person."""
    lines = [f"{table['documents']} documents, {table['answers']} answers in {table['seconds']} s; each within {table['bounds']}"]
    for name in ("outcomes", "reasons"):
        lines += ["", name, *(f"  {count:6} {kind}" for kind, count in table[name].items())]
    for name in ("slowest", "largest", "limits", "faults"):
        lines += ["", name, *(f"  {line}" for line in table[name])]
    return "\n".join([*lines, "", f"{table['unwatched']} whose process ended with them, or that noted nothing"])


if __name__ == "__main__":
    sys.exit(main())
