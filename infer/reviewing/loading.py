"""Corrections out of what the user names: sheets, labelled documents, folders of them."""
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from infer.reviewing.cells import BadCell
from infer.reviewing.corrections import BadCorrections, Correction, Corrections, Refused
from infer.reviewing.rows import correction_of
from infer.reviewing.sheet import read_sheet

_LABELLED: Final = ".json"


@dataclass(slots=True)
class _Found:
    rows: list[Correction] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def load(paths: Iterable[str | Path]) -> Corrections:
    """All of them together. BadCorrections (one line, the file first) or OSError where a file cannot be used."""
    found = _Found()
    labelled: list[Path] = []
    for path in dict.fromkeys(map(Path, paths)):
        if path.is_dir():
            labelled += _documents(path)
        elif path.suffix.lower() == _LABELLED:
            labelled.append(path)
        else:
            _load_sheet(path, found)
    if labelled:
        _load_labels(labelled, found)
    return Corrections.of(found.rows, found.refused, found.notes)


def _documents(folder: Path) -> list[Path]:
    held = sorted(path for path in folder.rglob(f"*{_LABELLED}")
                  if not any(part.startswith(".") for part in path.relative_to(folder).parts))
    if not held:
        raise BadCorrections(f"{folder}: no labelled documents (*{_LABELLED}) in this folder")
    return held


def _load_sheet(path: Path, found: _Found) -> None:
    try:
        sheet = read_sheet(path.read_bytes())
    except BadCorrections as error:
        raise BadCorrections(f"{path}: {error}") from None
    for number, cells in sheet.rows:
        origin = f"{path}, row {number}"
        if cells is None:
            found.refused.append(Refused(origin=origin, reason="it has more cells than the head has columns"))
            continue
        try:
            row = correction_of(cells, origin)
        except BadCell as error:
            found.refused.append(Refused(origin=origin, reason=str(error)))
            continue
        found.rows += [row] if row else []
    if sheet.unknown:
        found.notes.append(f"{path}: columns that mean nothing here were left alone: {', '.join(sheet.unknown)}")


def _load_labels(paths: Sequence[Path], found: _Found) -> None:
    from infer.reviewing.labels import corrections_of_labels

    rows, refused = corrections_of_labels(paths)
    found.rows += rows
    found.refused += refused
