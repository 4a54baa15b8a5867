"""How much memory and time `gongkai panel` takes: results of the examples, repeated under new names and issuers.

    python -m benchmarks.panel 1000 4000 --formats parquet csv
"""
import argparse
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from infer.batch import extract_each
from infer.inputs import find_inputs
from infer.panel.formats import PanelFormat
from infer.results import encode
from report.facts import Report

ROOT: Final = Path(__file__).resolve().parent.parent
_RUN: Final = """
import resource, sys, time
from infer.cli import app
begun = time.monotonic()
try:
    app(['panel', sys.argv[1], '-o', sys.argv[2], '-q', *sys.argv[3:]])
except SystemExit as end:
    if end.code:
        raise
print(time.monotonic() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One run."""

    reports: int
    format: str
    seconds: float
    peak: float
    size: float


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", nargs="+", type=int)
    parser.add_argument("--formats", nargs="+", default=[form.value for form in PanelFormat])
    asked = parser.parse_args(arguments)
    print("| reports | format | seconds | peak memory, MiB | file, MiB |\n| ---: | --- | ---: | ---: | ---: |")
    for one in measure(asked.counts, asked.formats):
        print(f"| {one.reports:,} | {one.format} | {one.seconds:.1f} | {one.peak:.0f} | {one.size:.1f} |", flush=True)


def measure(counts: Sequence[int], formats: Sequence[str]) -> Iterator[Measured]:
    reports = [report for report in extract_each(find_inputs([str(ROOT / "examples")]), _same)
               if isinstance(report, Report)]
    with TemporaryDirectory() as folder:
        for count in counts:
            results = Path(folder, f"{count}.jsonl")
            with results.open("wb") as file:
                file.writelines(encode(report) + b"\n" for report in islice(_repeated(reports), count))
            for form in formats:
                yield _measured(results, Path(folder, f"panel.{form}"), count)
            results.unlink()


def _same(report: Report) -> Report:
    return report


def _repeated(reports: Sequence[Report]) -> Iterator[Report]:
    """As many issuers as reports, so that nothing is found to be a copy by its name alone."""
    number = 0
    while True:
        for report in reports:
            number += 1
            name = f"{number}_{report.source.name}"
            source = replace(report.source, name=name, sha256=sha256(name.encode()).hexdigest())
            yield replace(report, source=source, meta=replace(report.meta, issuer=f"{report.meta.issuer}{number}"))


def _measured(results: Path, output: Path, count: int) -> Measured:
    ran = subprocess.run([sys.executable, "-c", _RUN, str(results), str(output)], capture_output=True, text=True,
                         check=True, cwd=ROOT)
    seconds, peak = map(float, ran.stdout.split()[-2:])
    return Measured(reports=count, format=output.suffix[1:], seconds=seconds, peak=peak,
                    size=output.stat().st_size / 2**20)


if __name__ == "__main__":
    main()
