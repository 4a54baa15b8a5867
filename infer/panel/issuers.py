"""What the name of an issuing body tells: its folded spelling, its level, the place it is of."""
import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from report.errors import GongkaiError
from report.folding import fold

_GOVERNMENT: Final = re.compile("(?:人民)?政府(?:办公[厅室])?$")
_COLUMNS: Final = ("issuer", "name", "level", "region_code")


class BadIssuers(GongkaiError):
    """One line: what is wrong with a file of issuers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """What a panel says of a body; None where nobody knows."""

    name: str | None
    level: str | None
    region_code: str | None


def folded(name: str) -> str:
    """Simplified characters, half width, no white space: 雲河縣 人民政府 is 云河县人民政府."""
    return re.sub(r"\s+", "", fold(name).text)


def place_of(name: str) -> str:
    """The body without the words that say it is a government: 云河县人民政府办公室 and 云河县政府 are 云河县."""
    return _GOVERNMENT.sub("", folded(name))


def level_of(name: str) -> str | None:
    """The level that the name tells, None where it tells none."""
    place = place_of(name)
    for one, pattern, unless in _levels():
        if pattern.fullmatch(place) and not (unless and unless.fullmatch(place)):
            return one
    return None


@cache
def _levels() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...]:
    data = _data()
    return tuple((row["id"], re.compile(row["name"].replace("{provinces}", data["provinces"])),
                  re.compile(row["unless"]) if "unless" in row else None) for row in data["level"])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("infer.panel").joinpath("issuers.toml").read_text(encoding="utf-8"))


def levels() -> dict[str, tuple[str, str]]:
    """Each level in Chinese and English."""
    return {row["id"]: (row["zh"], row["en"]) for row in _data()["level"]}


class Register:
    """Bodies by folded name, as a file of the user's tells them; what it does not know comes from the name."""

    def __init__(self, known: Mapping[str, Issuer] | None = None) -> None:
        self._known = dict(known or {})

    @classmethod
    def read(cls, path: Path) -> "Register":
        """From a CSV with the columns issuer, name, level, region_code (all but the first may be empty). BadIssuers."""
        return cls(dict(_rows(path)))

    def of(self, printed: str | None) -> Issuer:
        if not printed:
            return Issuer(name=None, level=None, region_code=None)
        name = folded(printed)
        known = self._known.get(name)
        told = known.level if known and known.level else level_of((known and known.name) or name)
        return Issuer(name=(known and known.name) or name, level=told, region_code=known.region_code if known else None)


def _rows(path: Path) -> Iterator[tuple[str, Issuer]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if "issuer" not in (reader.fieldnames or ()):
                raise BadIssuers(f"{path}: no column issuer; {', '.join(_COLUMNS)} are read")
            for row in reader:
                told = {column: (row.get(column) or "").strip() or None for column in _COLUMNS}
                if told["level"] and told["level"] not in levels():
                    raise BadIssuers(f"{path}, line {reader.line_num}: no level {told['level']}; {', '.join(levels())}")
                if told["issuer"]:
                    yield folded(told["issuer"]), Issuer(
                        name=told["name"], level=told["level"], region_code=told["region_code"])
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadIssuers(f"{path}: no CSV in UTF-8: {error}") from None
