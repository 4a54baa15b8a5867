"""Which names are one issuer's, as the user's file tells it; other names stand for themselves."""
import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from infer.panel.issuers import issuer_key
from report.errors import GongkaiError

_COLUMNS: Final = ("issuer", "name")


class BadIssuers(GongkaiError):
    """One line: what is wrong with a file of issuers."""


class Register:
    """Names by which bodies are to be known, by folded name as printed."""

    def __init__(self, known: Mapping[str, str] | None = None) -> None:
        self._known = dict(known or {})

    @classmethod
    def read(cls, path: Path) -> "Register":
        """From a CSV in UTF-8 with the columns issuer (as printed) and name; no name, no change. BadIssuers."""
        return cls(dict(_rows(path)))

    def name_of(self, printed: str | None) -> str:
        """The name as folded, or as the file has it; empty where nothing is printed."""
        key = issuer_key(printed or "")
        return self._known.get(key, key)


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if not set(_COLUMNS) <= set(reader.fieldnames or ()):
                raise BadIssuers(f"{path}: no columns {' and '.join(_COLUMNS)}")
            for row in reader:
                printed, name = ((row[column] or "").strip() for column in _COLUMNS)
                if printed and name:
                    yield issuer_key(printed), issuer_key(name)
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadIssuers(f"{path}: no CSV in UTF-8: {error}") from None
