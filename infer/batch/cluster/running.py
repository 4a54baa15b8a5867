"""Many documents read by a Ray cluster, their results in the order of the documents."""
import errno
import os
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from infer.batch.answers import Answer, Failure, missing
from infer.batch.cluster.starting import Where, connected
from infer.batch.cluster.working import Order, Trouble, packed, read_block, unpacked
from infer.batch.running import Step, crew
from infer.batch.workers import NoWorker, Ready, Setup
from infer.inputs import Held, Input, Missing

_BLOCK: Final = 16
"""documents that are read again where a worker dies among them"""
_ROUNDS: Final = 4
_PER_CORE: Final = 500
_WINDOW: Final = (1000, 50_000)
_HELD: Final = 64 * 2**20


class Cluster:
    """As infer.batch.running.Crew, on the workers of a cluster; one that dies costs no document."""

    def __init__(self, ray: Any, setup: Setup, jobs: int | None) -> None:
        self._ray = ray
        self._setup = replace(setup, choice=replace(setup.choice, folder=_anywhere(setup.choice.folder)))
        self._jobs = jobs
        self._ready: Ready | None = None

    def ready(self) -> Ready:
        """What reads, as one process of this machine says; a worker that would read by anything else is refused."""
        if self._ready is None:
            with crew(self._setup, 1) as readers:
                self._ready = readers.ready()
        return self._ready

    def run(self, steps: Iterable[Step]) -> Iterator[Step]:
        """Each step in its order, answered or kept; a window of documents is held, however many there are."""
        order = Order(run=uuid.uuid4().hex, setup=self._setup, producer=self.ready().producer)
        for window in _windows(steps, self._most()):
            yield from self._read(window, order)

    def _cores(self) -> int:
        return max(1, min(self._jobs or 2**31, int(self._ray.cluster_resources().get("CPU", 1))))

    def _most(self) -> int:
        least, most = _WINDOW
        return min(most, max(least, _PER_CORE * self._cores()))

    def _read(self, window: list[Step], order: Order) -> Iterator[Step]:
        todo = [(number, step.document) for number, step in enumerate(window)
                if not step.done and isinstance(step.document, Input)]
        answers = self._answers(todo, order) if todo else iter(())
        for number, step in enumerate(window):
            if not step.done:
                step.answer = (missing(step.document) if isinstance(step.document, Missing)
                               else _taken(next(answers, None), number, step.document))
            yield step

    def _answers(self, todo: Sequence[tuple[int, Input]], order: Order) -> Iterator[tuple[int, Answer[Any] | Trouble]]:
        import ray.data
        from ray.exceptions import RayError

        size = max(1, min(_BLOCK, len(todo) // (_ROUNDS * self._cores())))
        blocks = [packed([(number, _portable(document)) for number, document in todo[at:at + size]])
                  for at in range(0, len(todo), size)]
        found = ray.data.from_blocks(blocks).map_batches(
            partial(read_block, order=order), batch_size=None, batch_format="pyarrow", zero_copy_batch=True,
            num_cpus=1, concurrency=self._jobs)
        try:
            for block in found.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0):
                yield from unpacked(block)
        except RayError as error:
            raise NoWorker(f"the cluster gave up: {' '.join(str(error).split())[:300]}") from error


def _windows(steps: Iterable[Step], most: int) -> Iterator[list[Step]]:
    """Steps in lists of at most so many, cut where what is kept of earlier runs weighs too much."""
    window: list[Step] = []
    held = 0
    for step in steps:
        window.append(step)
        held += len(getattr(step.kept, "result", None) or b"")
        if len(window) >= most or held >= _HELD:
            yield window
            window, held = [], 0
    if window:
        yield window


def _taken(found: tuple[int, Answer[Any] | Trouble] | None, number: int, document: Input) -> Answer[Any]:
    """The next answer, which must be the document's."""
    if found is None or found[0] != number:
        raise NoWorker(f"{document.name}: the cluster lost its answer")
    answer = found[1]
    if isinstance(answer, Trouble):
        raise NoWorker(answer.reason)
    failure = answer.result
    if (isinstance(failure, Failure) and failure.cause == "input" and failure.reason == os.strerror(errno.ENOENT)
            and document.path is not None and document.path.exists()):
        raise NoWorker(f"{document.name} is on this machine and not on the worker's: the folder must be shared by all, "
                       f"or the documents in an object store")
    return answer


def _portable(document: Input) -> Input:
    """A document as another process finds it, whatever folder it runs in."""
    if document.path is not None:
        return replace(document, path=document.path.absolute())
    # standard input is this process's
    return Held(name=document.name, path=None, data=document.read()) if type(document) is Input else document


def _anywhere(folder: str | None) -> str | None:
    return str(Path(folder).absolute()) if folder and Path(folder).exists() else folder


@contextmanager
def cluster(setup: Setup, to: Where) -> Iterator[Cluster]:
    """A cluster for a run."""
    with connected(to) as ray:
        yield Cluster(ray, setup, to.jobs)
