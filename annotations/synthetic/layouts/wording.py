"""The labels of report/forms.toml as printed: numbers before them, punctuation, notes, drift."""
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Final

from annotations.synthetic.layouts.values import Look
from report.forms import Element, FormTable, forms

UNNUMBERED: Final = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableWording:
    """What a table prints around its labels: heading lines, what stands before a label, heads without meaning."""

    heading: tuple[str, ...]
    number: str
    prefix: Mapping[str, str]
    usual: Mapping[str, str]
    frame: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRow:
    """A row of a provincial edition: its element by the official wording, the wording and list number printed."""

    official: str
    words: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wordings:
    """All of wording.toml; editions are from old to new, each with the first year that it serves."""

    words: Mapping[str, str]
    tables: Mapping[str, TableWording]
    editions: tuple[tuple[int, tuple[EditionRow, ...]], ...]


@cache
def wordings() -> Wordings:
    """The wordings that ship with gongkai."""
    data = tomllib.loads(files("annotations.synthetic.layouts").joinpath("wording.toml").read_text(encoding="utf-8"))
    tables = {
        name: TableWording(
            heading=tuple(row["heading"]), number=row.get("number", ""), prefix=row.get("prefix", {}),
            usual=row.get("usual", {}), frame=row.get("frame", {}),
        )
        for name, row in data["tables"].items()
    }
    editions = [
        (row["since"], tuple(EditionRow(official=o, words=w, number=n) for o, w, n in row["rows"]))
        for row in data["editions"]
    ]
    return Wordings(words=data["words"], tables=tables, editions=tuple(editions))


@cache
def form_table(name: str) -> FormTable:
    """A table of report/forms.toml."""
    return next(table for table in forms().tables if table.id == name)


@dataclass(frozen=True, slots=True)
class Labeller:
    """Words one table's labels as one office does."""

    table: str
    look: Look
    random: Random

    @property
    def own(self) -> TableWording:
        return wordings().tables[self.table]

    def label(self, element: Element, *, wording: str | None = None, number: str | None = None) -> str:
        """The label with what stands before it; `wording` and `number` where an edition has its own."""
        wording = self._drifted(element.words) if wording is None else wording
        number = element.number or UNNUMBERED if number is None else number
        prefix = self.own.prefix.get(element.words[0], "")
        return prefix + self.split(f"{number}{self.own.number}" if number else "", self.printed(wording))

    def head(self, element: Element) -> str:
        return self.split("", self.printed(self._drifted(element.words)))

    def frame(self, name: str) -> str:
        return self.split("", self.own.frame[name])

    def printed(self, wording: str) -> str:
        return wordings().words.get(wording, wording)

    def split(self, number: str, words: str) -> str:
        """The words behind their number, with a blank inside where the look splits words."""
        if len(words) < 4 or not self.look.split_words or self.random.random() >= self.look.split_words:
            return number + words
        place = self.random.randrange(2, len(words) - 1)
        return f"{number}{words[:place]} {words[place:]}"

    def _drifted(self, words: Sequence[str]) -> str:
        usual = self.own.usual.get(words[0], words[0])
        if len(words) < 2 or not self.look.drift or self.random.random() >= self.look.drift:
            return usual
        return self.random.choice([wording for wording in words if wording != usual])
