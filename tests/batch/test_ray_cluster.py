"""A Ray cluster of several nodes gives what the local engine gives, also where a node dies in the middle."""
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from infer.batch import Failure
from infer.batch.cluster.documents import find_documents
from infer.batch.cluster.running import cluster
from infer.batch.cluster.starting import Where
from infer.batch.running import Step
from infer.batch.workers import NoWorker, Setup
from infer.inputs import Input, Missing, find_inputs
from tests.batch.made import TEXT, write_reports
from tests.batch.objects import BUCKET, serving
from tests.batch.test_workers import BOUNDS, RULES, documents, trouble
from tests.conftest import ROOT

pytestmark = [pytest.mark.ray, pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

COMMAND = [sys.executable, "-c", "from infer.cli import main; main()", "extract", "--rules-only"]
DOCUMENTS = 100
QUICK = {"health_check_initial_delay_ms": 0, "health_check_period_ms": 500, "health_check_timeout_ms": 1000,
         "health_check_failure_threshold": 3}


@pytest.fixture(scope="module")
def installed() -> None:
    if find_spec("ray") is None:
        reason = "no Ray: pip install 'gongkai[ray]'"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="module")
def nodes(installed: None) -> Iterator[Any]:
    """A head that reads nothing and two nodes of one core; processes all of them."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    from ray.cluster_utils import Cluster

    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False,
                                                         "_system_config": QUICK})
    for _ in range(2):
        made.add_node(num_cpus=1)
    yield made
    made.shutdown()


def ray_run(nodes: Any, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen([*COMMAND, "--engine", "ray", "--ray-address", nodes.address, *arguments], cwd=ROOT,
                            stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def local_run(*arguments: str) -> tuple[int, list[str]]:
    done = subprocess.run([*COMMAND, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr.splitlines()


def results(nodes: Any, found: Sequence[Input | Missing]) -> list[str]:
    with cluster(Setup(choice=RULES, finish=trouble, bounds=BOUNDS), Where(address=nodes.address)) as readers:
        answers = [step.result for step in readers.run(Step(document=one) for one in found)]
    return [f"{one.name}: {one.reason}" if isinstance(one, Failure) else one for one in answers]


def test_each_trouble_costs_its_own_document(nodes: Any, tmp_path: Path) -> None:
    objects = {f"in/{name}.txt": TEXT.format(1).encode() for name in ("a", "denied", "kill")}
    with serving(objects) as (options, asked):
        found = results(nodes, [
            *documents(tmp_path, "a", "kill", "b", "hang", "exit", "memory", "fault", "c"),
            *find_inputs([str(tmp_path / "none.txt")]),
            *find_documents([f"s3://user:password@{BUCKET}/in?{options}"])])
    assert found[:-2] == [
        "a", "kill.txt: the process that read it ended (SIGKILL, as the system does where memory runs out)", "b",
        "hang.txt: took longer than 2 s", "exit.txt: the process that read it ended (exit status 3)",
        "memory.txt: needed more than 400 MB of memory", "fault.txt: internal error: ZeroDivisionError", "c",
        f"{tmp_path}/none.txt: no such file or folder", "a"]
    assert found[-2].startswith(f"s3://{BUCKET}/in/denied.txt: When reading information for key")
    assert found[-1].startswith(f"s3://{BUCKET}/in/kill.txt: the process that read it ended")
    assert "GET in/a.txt" in asked


def test_a_node_that_dies_costs_no_document(nodes: Any, tmp_path: Path) -> None:
    """The last test: a node is gone afterwards."""
    write_reports(tmp_path / "in", DOCUMENTS)
    said = local_run(str(tmp_path / "in"), "-o", str(tmp_path / "local.jsonl"))
    far = ray_run(nodes, str(tmp_path / "in"), "-o", str(tmp_path / "ray.jsonl"))
    records = tmp_path / "ray.jsonl.manifest.partial"
    deadline = time.monotonic() + 60
    while not (records.exists() and records.read_bytes().count(b"\n") > DOCUMENTS // 10):
        assert far.poll() is None, far.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.kill(nodes.list_all_nodes()[-1].all_processes["raylet"][0].process.pid, signal.SIGKILL)
    assert records.exists()
    out, errors = far.communicate(timeout=90)
    assert (far.returncode, [line.replace("ray.jsonl", "local.jsonl") for line in errors.splitlines()]) == said
    assert out == ""
    assert (tmp_path / "ray.jsonl").read_bytes() == (tmp_path / "local.jsonl").read_bytes()
    assert manifest(tmp_path / "ray.jsonl") == manifest(tmp_path / "local.jsonl")
    # each engine takes the other's output as its own
    assert "is up to date" in local_run(str(tmp_path / "in"), "-o", str(tmp_path / "ray.jsonl"))[1][0]


def manifest(output: Path) -> list[dict[str, object]]:
    """Without when and how long."""
    lines = output.with_name(output.name + ".manifest").read_text(encoding="utf-8").splitlines()
    return [{key: value for key, value in json.loads(line).items() if key not in ("at", "seconds")} for line in lines]


@pytest.mark.usefixtures("installed")
def test_a_cluster_that_does_not_answer_is_one_line() -> None:
    with pytest.raises(NoWorker, match=r"no Ray cluster at 127\.0\.0\.1:1: "), cluster(
            Setup(choice=RULES, finish=trouble), Where(address="127.0.0.1:1")):
        pass


ALONE = """
from infer.batch.cluster.starting import Where, connected
with connected(Where(jobs=1)) as ray:
    try:
        from ray._common.usage.usage_lib import usage_stats_enabled
    except ImportError:
        from ray._private.usage.usage_lib import usage_stats_enabled
    print(usage_stats_enabled(), ray.nodes()[0]["NodeManagerAddress"])
"""


@pytest.mark.usefixtures("installed")
def test_a_cluster_of_one_machine_is_not_to_be_reached_and_tells_its_makers_nothing() -> None:
    environment = {key: value for key, value in os.environ.items() if key != "RAY_USAGE_STATS_ENABLED"}
    done = subprocess.run([sys.executable, "-c", ALONE], cwd=ROOT, env=environment, capture_output=True, text=True,
                          check=True)
    assert done.stdout == "False 127.0.0.1\n"
