"""A Ray cluster against the local engine: the same bytes with a node killed in the middle, throughput, memory.

    python -m benchmarks.cluster [equal | throughput | cost | memory | writing] [COUNT]

The nodes are processes of this machine (ray.cluster_utils.Cluster): a head without cores, and nodes of one core each.
Documents are those of `gongkai annotate synthesize`. `equal` kills a node with SIGKILL when a third has its record.
`throughput` is from the first document to the last, start of cluster and readers left out, with rules and model; `busy`
is the share of it that each reader was at a document. `cost` is the processor time of one process, which other work on
the machine hardly changes. `memory` is the peak of the process that writes, `writing` how fast that could be. Figures
go to benchmarks/cluster.json.
"""
import json
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from benchmarks.keeping import Measure, measure_one
from benchmarks.kills import COMMAND, ROOT, digest, write_documents

RESULTS: Final = Path(__file__).resolve().with_name("cluster.json")
SMALLEST: Final = 1000
REAL: Final = ROOT.parent / "shared" / "real"
_LOOK: Final = 0.05


def synthesize(folder: Path, count: int) -> Path:
    subprocess.run([*COMMAND, "annotate", "synthesize", "-o", str(folder), "--count", str(count), "--quiet"],
                   cwd=ROOT, check=True)
    return folder / "sources"


@contextmanager
def nodes(count: int) -> Iterator[Any]:
    """A cluster of so many nodes of one core."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    from ray.cluster_utils import Cluster

    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    try:
        for _ in range(count):
            made.add_node(num_cpus=1)
        yield made
    finally:
        made.shutdown()


def run(folder: Path, output: Path, *more: str, watch: Callable[[int, int], None] | None = None) -> dict[str, Any]:
    """A run; `watch` is told its process and how many records it has, many times a second.

    Reading begins with the first document, which in a block of a cluster is told with those behind it.
    """
    begin = time.perf_counter()
    partial = output.with_name(output.name + ".manifest.partial")
    with subprocess.Popen([*COMMAND, "extract", str(folder), "-o", str(output), "--quiet", *more], cwd=ROOT,
                          stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            if watch is not None:
                watch(process.pid, partial.read_bytes().count(b"\n") if partial.exists() else 0)
            time.sleep(_LOOK)
    if process.returncode not in (0, 1):
        raise RuntimeError(f"exit status {process.returncode}")
    held = records(output)
    first, last = (datetime.fromisoformat(held[at]["at"]) for at in (0, -1))
    before = sum(record["seconds"] for record in held[:16 if "ray" in more else 1])
    return {"documents": len(held), "seconds": round(time.perf_counter() - begin, 1),
            "reading_seconds": round((last - first).total_seconds() + before, 1),
            "documents_seconds": round(sum(record["seconds"] for record in held), 1)}


def records(output: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.with_name(output.name + ".manifest").open("rb")]


def equal(place: Path, count: int) -> dict[str, Any]:
    folder = synthesize(place / "in", count)
    local = run(folder, place / "local.jsonl", "--rules-only")
    killed: list[int] = []
    with nodes(2) as cluster:
        victim = cluster.list_all_nodes()[-1].all_processes["raylet"][0].process.pid

        def kill(_: int, read: int) -> None:
            if not killed and read > count // 3:
                os.kill(victim, signal.SIGKILL)
                killed.append(read)

        far = run(folder, place / "ray.jsonl", "--rules-only", *_engine(cluster), watch=kill)
    names = [record["name"] for record in records(place / "ray.jsonl")]
    wanted = [record["name"] for record in records(place / "local.jsonl")]
    return {"documents": len(wanted), "killed_after": killed, "local_seconds": local["seconds"],
            "ray_seconds": far["seconds"], "lost": len(set(wanted) - set(names)),
            "twice": len(names) - len(set(names)),
            "same_bytes": digest(place / "local.jsonl") == digest(place / "ray.jsonl"),
            "same_manifest": [_lasting(one) for one in records(place / "local.jsonl")]
            == [_lasting(one) for one in records(place / "ray.jsonl")]}


def _lasting(record: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key not in ("at", "seconds")}


def _engine(cluster: Any) -> list[str]:
    return ["--engine", "ray", "--ray-address", cluster.address]


def throughput(place: Path, count: int) -> dict[str, Any]:
    """Both engines with one process and two, in turn."""
    folder = synthesize(place / "in", count)
    runs = []
    for jobs in (1, 2):
        runs.append({"engine": "local", "workers": jobs,
                     **run(folder, place / f"local{jobs}.jsonl", "-j", str(jobs))})
        with nodes(jobs) as cluster:
            runs.append({"engine": "ray", "workers": jobs,
                         **run(folder, place / f"ray{jobs}.jsonl", *_engine(cluster))})
    for one in runs:
        one["reports_a_second"] = round(count / one["reading_seconds"], 2)
        one["busy"] = round(one["documents_seconds"] / one["workers"] / one["reading_seconds"], 2)
    return {"runs": runs, "load_average": round(os.getloadavg()[0], 1),
            "same_bytes": len({digest(path) for path in place.glob("*.jsonl")}) == 1}


def cost(place: Path, count: int) -> dict[str, Any]:
    """Of synthetic reports, and of the real ones beside the repository where they are."""
    found = {"synthetic": _cost(synthesize(place / "in", count))}
    return found | {"real": _cost(REAL)} if REAL.is_dir() else found


def _cost(folder: Path) -> dict[str, Any]:
    """Core seconds a report, and bytes of what goes in and comes out."""
    import zstandard

    from infer.batch.reading import answer
    from infer.choice import Choice
    from infer.inputs import Input, find_inputs
    from infer.labelling import labelling
    from infer.model.reliability import Mode
    from infer.results import encode

    documents = [one for one in find_inputs([str(folder)]) if isinstance(one, Input)]
    found: dict[str, Any] = {"documents": len(documents)}
    modes: tuple[Mode, ...] = ("rules", "both")
    for mode in modes:
        labels = labelling(Choice(mode=mode))
        begin = time.process_time()
        answers = [answer(one, encode, labels) for one in documents]
        found[f"core_seconds_{mode}"] = round((time.process_time() - begin) / len(documents), 3)
    data = [one.result for one in answers if isinstance(one.result, bytes)]
    packed = zstandard.ZstdCompressor(level=9).compress(b"\n".join(data))
    sizes = {"in": sum(one.size or 0 for one in answers), "out": sum(map(len, data)), "out_zst": len(packed)}
    return found | {f"bytes_{name}": round(size / len(documents)) for name, size in sizes.items()}


def memory(place: Path, count: int) -> dict[str, Any]:
    """Peak of the writing process with few documents and with many, small ones read by rules."""
    runs = []
    for size in (SMALLEST, count):
        write_documents(place / f"in{size}", size)
        peak: list[int] = []

        def look(pid: int, _: int, peak: list[int] = peak) -> None:
            try:
                lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
            except OSError:
                return
            peak.extend(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))

        with nodes(2) as cluster:
            done = run(place / f"in{size}", place / f"out{size}.jsonl", "--rules-only", *_engine(cluster), watch=look)
        runs.append({**done, "writer_peak_mib": round(max(peak) / 1024, 1)})
    return {"runs": runs, "growth": round(runs[1]["writer_peak_mib"] / runs[0]["writer_peak_mib"], 3)}


def writing(place: Path, count: int) -> dict[str, Any]:
    """Results a second that one process takes from blocks and writes, by format: no cluster is faster than that."""
    import pyarrow as pa

    from infer.batch.answers import Answer
    from infer.batch.bounds import UNBOUNDED
    from infer.batch.cluster.working import unpacked
    from infer.batch.journal import Journal
    from infer.batch.manifest import Made
    from infer.batch.places import Places
    from infer.batch.reading import answer
    from infer.batch.running import Step
    from infer.batch.staying import Settings
    from infer.choice import Choice
    from infer.inputs import Held, Input, find_inputs
    from infer.labelling import labelling
    from infer.results import encode
    from infer.results.formats import Format

    labels = labelling(Choice(mode="rules"))
    documents = [one for one in find_inputs([str(synthesize(place / "in", 160))]) if isinstance(one, Input)]
    held = [pickle.dumps(answer(one, encode, labels)) for one in documents]
    found: dict[str, Any] = {"documents": count, "bytes": round(sum(map(len, held)) / len(held))}
    block = pa.table({"number": list(range(len(held))), "held": pa.array(held, pa.large_binary())})
    settings = Settings(made=Made(gongkai="", vocabulary="", forms="", rules="", model=None, options=""),
                        bounds=UNBOUNDED)
    for form in (Format.JSONL, Format.ZST, Format.PARQUET):
        journal = Journal(Places(path=place / f"out.{form.value}", form=form), settings, lambda: iter(()))
        journal.prepare(again=False)
        begin = time.perf_counter()
        for at in range(0, count, len(held)):
            for number, said in unpacked(block):
                if isinstance(said, Answer):
                    journal.write(Step(document=Held(name=f"{at + number}", path=None, data=b""), answer=said))
        journal.finish()
        found[form.value] = round(count / (time.perf_counter() - begin))
    return found


MEASURES: Final[Mapping[str, tuple[Measure, int]]] = {
    "equal": (equal, 2000), "throughput": (throughput, 160), "cost": (cost, 200), "memory": (memory, 8000),
    "writing": (writing, 4800)}


if __name__ == "__main__":
    sys.exit(measure_one(sys.argv[1:], MEASURES, RESULTS))
