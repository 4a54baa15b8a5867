"""Hostile and broken documents through `gongkai extract`: what becomes of each, and what it costs.

    python -m benchmarks.hostile [COUNT] [--jobs 2] [--first 0] [--family papers.fonts]    2,000 where no COUNT is given
    python -m benchmarks.hostile 20000                                                      the whole test; hours

They are written to a folder, so many at a time, and read by the command as a user gives it, with its limits.
benchmarks/hostile.json holds what was found.
"""

import argparse
import json
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import Any, Final

from benchmarks.hostile.judging import Tally
from benchmarks.hostile.runs import numbers, run, write_documents
from infer.batch.bounds import Bounds

RESULTS: Final = Path(__file__).resolve().parent.parent / "hostile.json"
_AT_ONCE: Final = 500


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hostile")
    parser.add_argument("count", type=int, nargs="?", default=2_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--family")
    parser.add_argument("--rules-only", action="store_true")
    parser.add_argument("--timeout", type=float, default=Bounds().seconds)
    parser.add_argument("--memory", type=int, default=Bounds().megabytes)
    parser.add_argument("--at-once", type=int, default=_AT_ONCE, help="documents of one run of the command")
    given = parser.parse_args()
    tally = tallied(given)
    print(shown(tally.summary()))
    return int(bool(tally.faults))


def tallied(given: argparse.Namespace) -> Tally:
    """Run after run, until all are read; what is known so far is kept after each."""
    options = [f"--jobs={given.jobs}", f"--timeout={given.timeout}", f"--memory={given.memory}"]
    options += ["--rules-only"] * given.rules_only
    tally = Tally(bounds=Bounds(seconds=given.timeout, megabytes=given.memory))
    left = numbers(given.first, given.count, given.family)
    begin = time.monotonic()
    while wanted := list(islice(left, given.at_once)):
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            names = write_documents(place, wanted)
            tally.add(place, names, run(place, options))
        tally.seconds = time.monotonic() - begin
        if given.family is None and not given.first:
            RESULTS.write_text(json.dumps(tally.summary(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(
            f"{tally.documents} of {given.count}, {tally.seconds:.0f} s, {len(tally.faults)} faults",
            file=sys.stderr,
            flush=True,
        )
    return tally


def shown(table: dict[str, Any]) -> str:
    """The summary for a person."""
    lines = [
        f"{table['documents']} documents in {table['seconds']} s; each within {table['bounds']}; "
        f"largest process {table['largest_process_megabytes']} MB"
    ]
    for name in ("outcomes", "reasons"):
        lines += ["", name, *(f"  {count:6} {kind}" for kind, count in table[name].items())]
    for name in ("slowest", "limits", "faults"):
        lines += ["", name, *(f"  {line}" for line in table[name])]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
