"""Documents behind URLs: folders and patterns of any filesystem that pyarrow or fsspec knows, in the local order."""
import errno
import os
import pickle
import re
import tempfile
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import quote

from infer.inputs import SUFFIXES, Input, Missing, find_inputs, is_document_name
from report.errors import GongkaiError

_URL: Final = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]+)://(?P<user>[^/@]*@)?(?P<host>[^/]*)(?P<path>.*)", re.DOTALL)
_QUERY: Final = re.compile(r"\?(?:\w+=[^&?]*)(?:&\w+=[^&?]*)*$")
_MAGIC: Final = re.compile(r"[*?[]")
_LINE: Final = 200


class NoStore(GongkaiError):
    """A URL's filesystem cannot be had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored(Input):
    """A document of a store: `store` is a URL of it, `key` the document's path there."""

    store: str
    key: str

    def read(self) -> bytes:
        with _filesystem(self.store).open_input_stream(self.key) as stream:
            return bytes(stream.readall())


def is_url(argument: str) -> bool:
    return _URL.match(argument) is not None


def why_not(error: BaseException) -> str:
    """One line why a document could not be fetched, the local one where it is not there."""
    if isinstance(error, FileNotFoundError):
        return os.strerror(errno.ENOENT)
    return " ".join((getattr(error, "strerror", None) or str(error) or type(error).__name__).split())[:_LINE]


class Listing:
    """What the arguments name, listed once for the whole of a run and kept on the disk."""

    def __init__(self, arguments: Sequence[str]) -> None:
        self._arguments = list(arguments)
        self._kept: Any = None

    def find(self) -> Iterator[Input | Missing]:
        """The documents, anew each time; those of the local disk alone as they are now."""
        if not any(map(is_url, self._arguments)):
            yield from find_inputs(self._arguments)
            return
        if self._kept is None:
            self._kept = tempfile.TemporaryFile()  # noqa: SIM115
            weakref.finalize(self, self._kept.close)
            for found in find_documents(self._arguments):
                pickle.dump(found, self._kept)
        end = self._kept.seek(0, os.SEEK_END)
        at = 0
        while at < end:
            self._kept.seek(at)
            found = pickle.load(self._kept)  # noqa: S301
            at = self._kept.tell()
            yield found


def find_documents(arguments: Sequence[str]) -> Iterator[Input | Missing]:
    """Documents behind paths and URLs, each once."""
    seen: set[str] = set()
    for argument in arguments:
        for found in _find(argument) if is_url(argument) else find_inputs([argument]):
            if len(arguments) > 1 and isinstance(found, Input):
                if found.name in seen:
                    continue
                seen.add(found.name)
            yield found


def require_stores(arguments: Sequence[str]) -> None:
    """NoStore where a URL's filesystem is unknown or its package is not installed."""
    for argument in arguments:
        if is_url(argument):
            _opened(argument)


def _find(url: str) -> Iterator[Input | Missing]:
    import pyarrow as pa

    try:
        yield from _found(url)
    except (OSError, pa.ArrowException) as error:
        yield Missing(name=_shown(url), reason=why_not(error))


def _found(url: str) -> Iterator[Input | Missing]:
    from pyarrow.fs import FileType

    filesystem, path = _opened(url)
    if _MAGIC.search(path):
        yield from _by_pattern(url, filesystem, path)
        return
    info = filesystem.get_file_info(path)
    if info.type == FileType.File:
        yield _stored(url, info)
    elif info.type == FileType.NotFound:
        yield Missing(name=_shown(url), reason="no such file or folder")
    else:
        yield from _in_folder(url, filesystem, path)


def _by_pattern(url: str, filesystem: Any, path: str) -> Iterator[Input | Missing]:
    """Each part of the path is matched by itself; a folder that matches is searched through."""
    from pyarrow.fs import FileType

    if "**" in path:
        yield Missing(name=_shown(url), reason="** is for local paths; a folder is searched through as it is")
        return
    parts = PurePosixPath(path).parts
    fixed = next(number for number, part in enumerate(parts) if _MAGIC.search(part))
    level = [str(PurePosixPath(*parts[:fixed]))]
    found: list[Any] = []
    for part in parts[fixed:]:
        found = [info for folder in level for info in _listed(filesystem, folder) if _matches(info.base_name, part)]
        level = [info.path for info in found if info.type == FileType.Directory]
    if not found:
        yield Missing(name=_shown(url), reason="no file matches")
    for info in sorted(found, key=lambda info: str(info.path)):
        if info.type == FileType.File:
            yield _stored(url, info)
        else:
            yield from _in_folder(url, filesystem, info.path)


def _matches(name: str, part: str) -> bool:
    return fnmatchcase(name, part) and (part.startswith(".") or not name.startswith("."))


def _in_folder(url: str, filesystem: Any, folder: str) -> Iterator[Input | Missing]:
    from pyarrow.fs import FileType

    empty, waiting = True, [folder]
    while waiting:
        infos = _listed(filesystem, waiting.pop())
        for info in infos:
            if info.type == FileType.File and is_document_name(info.base_name):
                empty = False
                yield _stored(url, info)
        # files first, then folder by folder, as of a local one
        waiting += [info.path for info in reversed(infos)
                    if info.type == FileType.Directory and not info.base_name.startswith(".")]
    if empty:
        yield Missing(name=_name(url, folder), reason=f"no document in this folder ({' '.join(sorted(SUFFIXES))})")


def _listed(filesystem: Any, folder: str) -> list[Any]:
    """By name; links to folders of the local disk are not followed."""
    from pyarrow.fs import FileSelector, FileType

    infos = [info for info in filesystem.get_file_info(FileSelector(folder, allow_not_found=True))
             if not (info.type == FileType.Directory and filesystem.type_name == "local"
                     and os.path.islink(info.path))]
    return sorted(infos, key=lambda info: str(info.base_name))


def _stored(url: str, info: Any) -> Stored:
    stamp = (info.size, info.mtime_ns) if info.mtime_ns is not None and info.size is not None else None
    return Stored(name=_name(url, info.path), path=None, store=url, key=info.path, stamp=stamp)


def _name(url: str, path: str) -> str:
    """A document's URL, without who asks for it and how."""
    parts = _parts(url)
    inside, host = path.lstrip("/"), parts["host"]
    if host and (inside == host or inside.startswith(f"{host}/")):
        return f"{parts['scheme']}://{inside}"
    return f"{parts['scheme']}://{host}/{inside}"


def _shown(url: str) -> str:
    """An argument without user, password and options."""
    parts = _parts(url)
    return f"{parts['scheme']}://{parts['host']}{parts['path']}"


def _parts(url: str) -> re.Match[str]:
    found = _URL.match(_QUERY.sub("", url))
    if found is None:
        raise NoStore(f"{url} is no URL")
    return found


@cache
def _filesystem(url: str) -> Any:
    return _opened(url)[0]


@cache
def _opened(url: str) -> tuple[Any, str]:
    """Its filesystem and the path there: pyarrow's own, else one of fsspec."""
    import pyarrow as pa
    from pyarrow.fs import FileSystem

    query, parts = _QUERY.search(url), _parts(url)
    begin = f"{parts['scheme']}://{parts['user'] or ''}{parts['host']}"
    try:
        # pyarrow decodes a path, which here stands as it is
        return tuple(FileSystem.from_uri(begin + quote(parts["path"]) + (query[0] if query else "")))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError):
        return _of_fsspec(begin + parts["path"])


def _of_fsspec(url: str) -> tuple[Any, str]:
    from pyarrow.fs import FSSpecHandler, PyFileSystem

    try:
        import fsspec

        filesystem, path = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError, OSError) as error:
        raise NoStore(f"{_shown(url)}: {why_not(error)}") from error
    return PyFileSystem(FSSpecHandler(filesystem)), path
