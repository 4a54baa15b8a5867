"""A connection to a Ray cluster, or one of this machine's own for the length of a run."""
import logging
import os
import socket
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Final

from infer.batch.workers import NoWorker

ADDRESS_VARIABLE: Final = "RAY_ADDRESS"
HERE: Final = "local"
_PATIENCE: Final = 10.0
_STORE: Final = 256 * 2**20
_CLUSTERS: Final = "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"
_NEEDED: Final = ("ray", "pyarrow", "pandas")


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Which cluster reads, and with how many processes at most; without an address one is started here."""

    address: str = HERE
    jobs: int | None = None
    verbose: bool = False


def installed() -> bool:
    """Whether the extra is."""
    return all(find_spec(name) is not None for name in _NEEDED)


def where(address: str | None, jobs: int | None, *, verbose: bool = False) -> Where:
    """As Ray itself would, but a cluster that happens to run on this machine is not joined unasked."""
    return Where(address=address or os.environ.get(ADDRESS_VARIABLE) or HERE, jobs=jobs, verbose=verbose)


@contextmanager
def connected(to: Where) -> Iterator[Any]:
    """The module ray, connected. NoWorker, in one line, where there is no such cluster."""
    _require_answer(to.address)
    ray = _load(to)
    here = to.address == HERE
    more = {"num_cpus": to.jobs, "object_store_memory": _STORE} if here else {}
    with _off_standard_output(to):
        try:
            ray.init(address=to.address, include_dashboard=False if here else None, log_to_driver=to.verbose,
                     logging_level=_level(to), **more)
        except (ConnectionError, RuntimeError, ValueError, OSError) as error:
            raise NoWorker(f"no Ray cluster at {to.address}: {_one_line(error)}") from error
        try:
            yield ray
        finally:
            ray.shutdown()


@contextmanager
def _off_standard_output(to: Where) -> Iterator[None]:
    """What a cluster has to say would stand among the results."""
    from ray._private import worker

    def say(data: dict[str, Any], *_: Any, **__: Any) -> None:
        if to.verbose:
            sys.stderr.writelines(f"{line}\n" for line in data.get("lines", ()))

    before = getattr(worker, "print_to_stdstream", None)
    worker.print_to_stdstream = say
    try:
        yield
    finally:
        worker.print_to_stdstream = before


def _level(to: Where) -> int:
    return logging.WARNING if to.verbose else logging.CRITICAL


def _require_answer(address: str) -> None:
    """Ray itself would wait for ever where nobody listens."""
    if address.startswith("ray://"):
        raise NoWorker(f"{address}: give HOST:PORT of the head (6379), on a machine of the cluster")
    host, mark, port = address.rpartition(":")
    if not mark:
        if address not in (HERE, "auto"):
            raise NoWorker(f"no Ray cluster at {address}: that is not HOST:PORT")
        return
    try:
        socket.create_connection((host, int(port)), _PATIENCE).close()
    except (OSError, ValueError) as error:
        raise NoWorker(f"no Ray cluster at {address}: {getattr(error, 'strerror', None) or error}") from error


def _load(to: Where) -> Any:
    """Ray says nothing to its makers, and no more to the user than the local engine does."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    if to.address == HERE:
        # Ray's own switch: processes of a cluster of one machine listen on 127.0.0.1 alone
        os.environ[_CLUSTERS] = "0"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import ray
        import ray.data

        context = ray.data.DataContext.get_current()
        context.execution_options.preserve_order = True
        context.execution_options.verbose_progress = False
        context.enable_progress_bars = False
        context.print_on_execution_start = False
        # one block in, one block out: what is read again after a death has the places that it had
        context.target_max_block_size = None
    for name in ("ray", "ray.data"):
        logging.getLogger(name).setLevel(_level(to))
    return ray


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:300]
