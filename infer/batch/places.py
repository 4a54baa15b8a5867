"""Where a run keeps what: its output under way, the finished one, and what earlier runs left."""
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from infer.batch.grouped import GroupedStore
from infer.batch.manifest import Place, read_manifest
from infer.batch.stores import PlainStore, Store
from infer.results.formats import Format

_FRAME: Final = 4 * 2**20
_PART: Final = 32 * 2**20
_ROWS: Final = 1000
_NO_LIMIT: Final = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An output with its manifest."""

    data: Path
    manifest: Path
    form: Format

    def store(self) -> Store:
        rows = self.data.with_name(self.data.name + ".rows")
        if self.form is Format.ZST:
            from infer.batch.frames import Frames

            return GroupedStore(Frames(self.data), rows, most_rows=_NO_LIMIT, most_bytes=_FRAME)
        if self.form is Format.PARQUET:
            from infer.batch.dataset import Dataset

            return GroupedStore(Dataset(self.data), rows, most_rows=_ROWS, most_bytes=_PART)
        return PlainStore(self.data, self.form)

    def files(self) -> tuple[Path, ...]:
        return *self.store().files(), self.manifest

    def last(self) -> Place | None:
        """Where its last result stands."""
        place = None
        for record, _ in read_manifest(self.manifest):
            place = record.place or place
        return place

    @property
    def finished(self) -> bool:
        """Whether data and manifest belong together, from the first result to the last."""
        return self.manifest.exists() and self.data.exists() and self.store().holds(self.last(), whole=True)

    def move(self, to: "Kept") -> None:
        """The manifest goes last, so that data without one is all that a kill in between can leave."""
        for ours, theirs in zip(self.files(), to.files(), strict=True):
            if ours.exists():
                ours.replace(theirs)
        sync_folder(to.data)

    def remove(self) -> None:
        for path in reversed(self.files()):
            remove(path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """All files of an output, by the name that the user gave."""

    path: Path
    form: Format

    @property
    def done(self) -> Kept:
        return Kept(data=self.path, manifest=self._beside(".manifest"), form=self.form)

    @property
    def partial(self) -> Kept:
        return Kept(data=self._beside(".partial"), manifest=self._beside(".manifest.partial"), form=self.form)

    @property
    def lock(self) -> Path:
        return self._beside(".lock")

    @property
    def again(self) -> Path:
        """Stands as long as a run that trusts no finished output is under way."""
        return self._beside(".again")

    def earlier(self) -> Iterator[Kept]:
        """What was set aside because a document before it changed, the last first."""
        numbers = (path.name.removeprefix(f"{self.path.name}.earlier") for path in
                   self.path.parent.glob(f"{_literal(self.path.name)}.earlier*"))
        for number in sorted({int(one) for one in numbers if one.isdecimal()}, reverse=True):
            yield self._earlier(number)

    def _earlier(self, number: int) -> Kept:
        return Kept(data=self._beside(f".earlier{number}"), manifest=self._beside(f".earlier{number}.manifest"),
                    form=self.form)

    def set_aside(self, one: Kept) -> None:
        """Make room where `one` stands; its results can still be fetched."""
        latest = next(self.earlier(), None)
        number = int(latest.data.name.rpartition(".earlier")[2]) + 1 if latest else 0
        one.move(self._earlier(number))

    def mend(self) -> None:
        """Bring together what a kill between two renamings left apart."""
        for manifest, data in ((self.partial.manifest, self.partial.data), (self.done.manifest, self.done.data)):
            if not manifest.exists() or data.exists():
                continue
            owner = next((one for one in self.earlier() if not one.manifest.exists()), None) or self._renamed(manifest)
            if owner is None:
                manifest.unlink()
            else:
                manifest.replace(owner.manifest)

    def _renamed(self, manifest: Path) -> Kept | None:
        """The finished output, where it is this manifest's."""
        claimed = Kept(data=self.path, manifest=manifest, form=self.form)
        return self.done if claimed.finished else None

    def clear(self) -> None:
        """Take away everything but the finished output."""
        for one in self.earlier():
            one.remove()
        self.partial.remove()
        self.again.unlink(missing_ok=True)

    def _beside(self, suffix: str) -> Path:
        return self.path.with_name(self.path.name + suffix)


def _literal(name: str) -> str:
    return "".join(f"[{character}]" if character in "*?[" else character for character in name)


def remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def sync_folder(path: Path) -> None:
    """Put a renaming on the disk; a system that cannot open folders does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
