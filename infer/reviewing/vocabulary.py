"""words.toml as read: the columns of the sheet and what may stand in them."""
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from report.folding import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Each by its other names as well, folded; `scales`: base unit and factor."""

    columns: tuple[str, ...]
    named: Mapping[str, Mapping[str, str]]
    scales: Mapping[str, tuple[str, Decimal]]

    def meant(self, kind: str, word: str) -> str | None:
        """The column, action, state... that the word names."""
        return self.named[kind].get(plain(word))


@cache
def words() -> Words:
    data = tomllib.loads(files("infer.reviewing").joinpath("words.toml").read_text(encoding="utf-8"))
    scales = {unit: (base, Decimal(factor)) for unit, (base, factor) in data.pop("scales").items()}
    named = {kind: {plain(word): name for name, others in rows.items() for word in (name, *others)}
             for kind, rows in data.items()}
    return Words(columns=tuple(data["columns"]), named=named, scales=scales)


def plain(word: str) -> str:
    """Half width, small letters, no blanks."""
    return "".join(fold(word).text.split()).casefold()
