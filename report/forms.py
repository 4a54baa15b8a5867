"""The official forms, from forms.toml: tables, their labels in every known wording, and what each cell is."""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from report.errors import VocabularyError
from report.vocabulary import Vocabulary, vocabulary

ElementKind = Literal["head", "column", "row"]
Layout = Literal["columns", "applicants", "groups", "statistics"]
LAYOUTS = frozenset({"columns", "applicants", "groups", "statistics"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CellKey:
    """What a cell states; `indicator` None is a cell that the vocabulary does not name."""

    indicator: str | None
    by: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return " ".join([self.indicator or "", *(f"{name}={key}" for name, key in self.by)]).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A label of a form: official wording first. `scale` is the money unit that the form prints ('' for none).

    `part` names the row in the table's sums; `number` is its Arabic list number.
    """

    kind: ElementKind
    words: tuple[str, ...]
    cells: tuple[CellKey, ...] = ()
    number: str | None = None
    optional: bool = False
    scale: str | None = None
    part: str = ""
    mentions: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """The parts add up to the total, each named by `Element.part`."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTable:
    """A table of a form: its labels in printed order and what proves that words are this table and not prose.

    `headings` are the section headings under which it stands.
    """

    id: str
    form: str
    layout: Layout
    minimum: int
    minimum_elements: int
    needs: frozenset[str]
    elements: tuple[Element, ...]
    sums: tuple[Sum, ...]
    bounds: tuple[tuple[str, str], ...]
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnWords:
    """Column heads of the statistics tables, by what the column holds.

    `bodies` end the name of an office or place, `offices` are such names as a whole; `sequence` heads a column
    before the labels, `codes` one before the values, `remarks` one behind them.
    """

    skip: tuple[str, ...]
    sequence: tuple[str, ...]
    codes: tuple[str, ...]
    remarks: tuple[str, ...]
    bodies: tuple[str, ...]
    offices: tuple[str, ...]
    previous: tuple[str, ...]
    own: tuple[str, ...]
    cumulative: tuple[str, ...]
    frame: tuple[str, ...]
    period: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """All tables, and the words that every table shares. `scales` are money units as multiples of 元."""

    version: int
    digest: str
    tables: tuple[FormTable, ...]
    notes: tuple[str, ...]
    frames: tuple[str, ...]
    states: Mapping[str, tuple[str, ...]]
    measures: tuple[str, ...]
    scales: Mapping[str, Decimal]
    applicants: tuple[str, ...]
    applicant_words: Mapping[str, tuple[str, ...]]
    outcomes: frozenset[str]
    columns: ColumnWords


def parse_forms(text: str, known: Vocabulary) -> Forms:
    """Read a forms file; raise VocabularyError where it names what the vocabulary does not."""
    data = tomllib.loads(text)
    tables = tuple(_table(row, known) for row in data["table"])
    return Forms(
        version=data["version"],
        digest=hashlib.sha256(text.encode()).hexdigest()[:12],
        tables=tables,
        notes=tuple(data["notes"]),
        frames=tuple(data["frames"]),
        states={state: tuple(words) for state, words in data["states"].items()},
        measures=tuple(data["units"]["measures"]),
        scales={unit: Decimal(factor) for unit, factor in data["units"]["scales"].items()},
        applicants=tuple(data["applicants"]["columns"]),
        applicant_words={name: tuple(words) for name, words in data["applicants"]["words"].items()},
        outcomes=frozenset(data["applicants"]["outcomes"]),
        columns=ColumnWords(**{name: tuple(words) for name, words in data["columns"].items()}),
    )


@cache
def forms() -> Forms:
    """The forms that ship with gongkai."""
    return parse_forms(files("report").joinpath("forms.toml").read_text(encoding="utf-8"), vocabulary())


def forms_digest() -> str:
    """Version and first 12 hex digits of the SHA-256 of forms.toml, as results name it."""
    return f"{forms().version}+{forms().digest}"


def _table(row: Mapping[str, Any], known: Vocabulary) -> FormTable:
    if row["layout"] not in LAYOUTS:
        raise VocabularyError(f"forms.toml: table {row['id']} has the unknown layout {row['layout']!r}")
    elements = tuple(_element(entry, row["id"], known) for entry in row["elements"])
    return FormTable(
        id=row["id"],
        form=row["form"],
        layout=row["layout"],
        minimum=row["minimum"],
        elements=elements,
        minimum_elements=row.get("minimum_elements", row["minimum"]),
        needs=frozenset(row.get("needs", ())),
        sums=tuple(Sum(total=entry["total"], parts=tuple(entry["parts"])) for entry in row.get("sums", ())),
        bounds=tuple((entry["whole"], entry["part"]) for entry in row.get("bounds", ())),
        headings=tuple(row.get("headings", ())),
    )


def _element(entry: Mapping[str, Any], table: str, known: Vocabulary) -> Element:
    kinds: list[ElementKind] = [kind for kind in ("head", "column", "row") if kind in entry]
    if len(kinds) != 1:
        raise VocabularyError(f"forms.toml: an element of {table} is not one of head, column and row")
    cells = tuple(_key(words, known) for words in entry.get("cells", ()))
    return Element(
        kind=kinds[0],
        words=tuple(entry[kinds[0]]),
        cells=cells,
        number=entry.get("number"),
        optional=entry.get("optional", False),
        scale=entry.get("scale"),
        note=entry.get("note"),
        part=entry.get("part", str(cells[0]) if cells else ""),
        mentions=tuple(entry.get("mentions", ())),
    )


def _key(words: str, known: Vocabulary) -> CellKey:
    if not words:
        return CellKey(indicator=None)
    indicator, *dimensions = words.split(" ")
    by = tuple(sorted(_dimensions(dimensions)))
    for name, key in by:
        if name not in known[indicator].by or key not in known.dimensions.get(name, {}):
            raise VocabularyError(f"forms.toml: {words}: the vocabulary has no {name}={key}")
    return CellKey(indicator=known[indicator].id, by=by)


def _dimensions(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    for word in words:
        name, _, key = word.partition("=")
        yield name, key
