"""How long and how large one document may make its process."""
import math
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Final

from infer.read.extra import why_not

MEGABYTE: Final = 1_000_000
_GRACE: Final = 5
_PICTURES: Final = 10
PICTURED: Final = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"})
"""suffixes of what may have pages that are pictures"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Seconds for a document, and megabytes that it may add to its process; 0 is no bound.

    Memory is bounded on Linux only: elsewhere the system does not hold a process to its address space.
    """

    seconds: float = 60.0
    megabytes: int = 2000

    def of(self, name: str) -> "Bounds":
        """Those of one document: pages that are pictures take seconds each, where they can be read at all."""
        if PurePath(name).suffix.lower() not in PICTURED or why_not() is not None:
            return self
        return replace(self, seconds=self.seconds * _PICTURES)

    @property
    def too_long(self) -> str:
        return f"took longer than {self.seconds:g} s"

    @property
    def too_large(self) -> str:
        return f"needed more than {self.megabytes:,} MB of memory"

    def __str__(self) -> str:
        return f"{self.seconds:g} s, {self.megabytes} MB"


UNBOUNDED: Final = Bounds(seconds=0, megabytes=0)


def cap_memory(bounds: Bounds) -> None:
    """Let this process grow by so much and no further."""
    if not bounds.megabytes or sys.platform != "linux":
        return
    import resource

    held = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = held + bounds.megabytes * MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))


@contextmanager
def ended_by_the_system(bounds: Bounds) -> Iterator[None]:
    """Should the parent have died, nobody watches the clock: the kernel ends this process in C code too."""
    if not bounds.seconds or not hasattr(signal, "alarm"):
        yield
        return
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(math.ceil(bounds.seconds) + _GRACE)
    try:
        yield
    finally:
        signal.alarm(0)
