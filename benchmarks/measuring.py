"""One way of reading, measured in the process that it is alone in."""
import json
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any, Final

from benchmarks.agreement import record, write_record
from benchmarks.readers import READERS, RECORDED, Reader, Recorder, forms_of
from infer.inputs import Input, find_inputs
from infer.labelling import Labelling
from infer.pipeline import extract
from infer.results import encode
from report import Report

_FIRST: Final = "某镇2023年政府信息公开工作年度报告\n2023年，某镇主动公开政府信息12条。\n"
_MIB: Final = 2**20 if sys.platform == "darwin" else 2**10
"""Linux counts in KiB, macOS in bytes"""

Documents = Sequence[tuple[str, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a measuring process is told; `start` is the time of the clock when it was begun."""

    reader: str
    weights: str
    paths: list[str]
    folder: str
    start: float

    @classmethod
    def begun(cls, *, reader: str, weights: str, paths: Sequence[str], folder: str) -> "Job":
        return cls(reader=reader, weights=weights, paths=[*paths], folder=folder, start=time.time())

    @classmethod
    def of(cls, words: str) -> "Job":
        return cls(**json.loads(words))

    def encoded(self) -> str:
        return json.dumps(asdict(self))


def measure(job: Job) -> dict[str, Any]:
    """Read the reports of a job once; what was found goes to its folder, what it cost is returned."""
    reader = READERS[job.reader]
    documents = [(found.name, found.read()) for found in find_inputs(job.paths) if isinstance(found, Input)]
    return _in_processes(job, reader, documents) if reader.processes > 1 else _alone(job, reader, documents)


def _alone(job: Job, reader: Reader, documents: Documents) -> dict[str, Any]:
    before = time.time()
    regions = dict(forms_of(documents)) if reader.needs_forms else {}
    aside = time.time() - before
    labels = _ready(reader.make(Path(job.weights), regions))
    ready = time.time() - job.start - aside
    kept = Recorder(model=labels.model, digest=labels.model.digest) if labels.model else None
    labels = replace(labels, model=kept)
    begin, cpu = time.perf_counter(), time.process_time()
    reports = [_read(document, labels) for document in documents]
    seconds, cpu = time.perf_counter() - begin, time.process_time() - cpu
    if job.reader in RECORDED and kept:
        write_record(Path(job.folder), job.reader, record(reports, kept.spans))
        Path(job.folder, f"{job.reader}.jsonl").write_bytes(b"".join(encode(report) + b"\n" for report in reports))
    return {"reports": len(reports), "characters": sum(len(report.source.text) for report in reports),
            "read": sum(kept.read.values()) if kept else 0, "seconds": seconds, "cpu_seconds": cpu, "ready": ready,
            "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MIB}


def _in_processes(job: Job, reader: Reader, documents: Documents) -> dict[str, Any]:
    """As infer.batch reads with several jobs, but nobody begins before all are ready."""
    context = get_context("spawn")
    barrier = context.Barrier(reader.processes + 1)
    with context.Pool(reader.processes, initializer=_begin, initargs=(job.reader, job.weights, barrier)) as pool:
        barrier.wait()
        ready = time.time() - job.start
        begin = time.perf_counter()
        found = pool.map(_one, documents, chunksize=1)
        seconds = time.perf_counter() - begin
        pool.close()
        pool.join()
    own, largest = (resource.getrusage(who).ru_maxrss / _MIB
                    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {"reports": len(found), "characters": sum(length for _, length, _ in found), "read": 0, "seconds": seconds,
            "cpu_seconds": sum(cpu for _, _, cpu in found), "ready": ready,
            "peak_mib": own + reader.processes * largest}


def _begin(name: str, weights: str, barrier: Barrier) -> None:
    _labels.append(_ready(READERS[name].make(Path(weights), {})))
    barrier.wait()


def _one(document: tuple[str, bytes]) -> tuple[bytes, int, float]:
    """A report as its line, the length of its text and the processor time it took."""
    begin = time.process_time()
    report = _read(document, _labels[0])
    return encode(report), len(report.source.text), time.process_time() - begin


def _ready(labels: Labelling) -> Labelling:
    """After the first report, so that nothing is loaded later."""
    _read(("first.txt", _FIRST.encode()), labels)
    return labels


def _read(document: tuple[str, bytes], labels: Labelling) -> Report:
    name, data = document
    return extract(data, name=name, labels=labels)


_labels: list[Labelling] = []
