"""Pulled documents as files of a corpus folder, without writing over what was changed there by hand."""
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from annotations.corpus import AnnotatedDocument
from annotations.corpus.document import SUFFIX, encode, write_document
from annotations.labelstudio.tasks import task_key

_RECORD: Final = ".pulled"
_UNSAFE: Final = re.compile(r'[\0-\x1f\x7f<>:"/\\|?*\s]+')
_KEY_DIGITS: Final = 8
_LONGEST_STEM: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """Names of files; kept: changed here since the last pull, so that the server's version was not written."""

    new: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def file_name(doc: AnnotatedDocument) -> str:
    """li@example.com/04_town-1a2b3c4d.json: a folder for each annotator; the key keeps apart what has one name."""
    stem = _UNSAFE.sub("_", Path(doc.name).stem)[:_LONGEST_STEM]
    annotator = _UNSAFE.sub("_", doc.annotator or "unknown").lstrip(".") or "unknown"
    return f"{annotator}/{stem}-{task_key(doc)[:_KEY_DIGITS]}{SUFFIX}"


def save(docs: Iterable[AnnotatedDocument], folder: Path, *, overwrite: bool = False) -> Saved:
    """Write the files; one that was changed here since the last pull is kept, unless `overwrite`."""
    written = _read_record(folder)
    done: dict[str, list[str]] = {"new": [], "updated": [], "unchanged": [], "kept": []}
    for doc in docs:
        name, data = file_name(doc), encode(doc)
        what = _what_to_do(folder / name, data, written.get(name), overwrite=overwrite)
        done[what].append(name)
        if what in ("new", "updated"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            write_document(folder / name, doc)
        if what != "kept":
            written[name] = _digest(data)
    (folder / _RECORD).write_text(json.dumps(written, indent=0, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
    return Saved(**{what: tuple(names) for what, names in done.items()})


def _what_to_do(path: Path, data: bytes, last: str | None, *, overwrite: bool) -> str:
    if not path.exists():
        return "new"
    there = path.read_bytes()
    if there == data:
        return "unchanged"
    return "updated" if overwrite or _digest(there) == last else "kept"


def _read_record(folder: Path) -> dict[str, str]:
    """What the last pull wrote, by digest, so that a change made by hand is seen; lost, every change counts as one."""
    try:
        found = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(digest) for name, digest in found.items()} if isinstance(found, dict) else {}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
