"""The identities between two years: those of chains.toml, and what a report says again of earlier years."""
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Final, Literal, NotRequired, TypedDict, cast

from infer.comparing.links import Identity, Operand, Relation, When
from infer.comparing.readings import Kept
from report.errors import VocabularyError
from report.identities.formulas import Key
from report.vocabulary import FREE_DIMENSIONS, vocabulary

CUMULATIVE: Final = ("period", "cumulative")
PREVIOUS: Final = ("period", "previous_year")
_WHOLE: Final = "total"


class _Row(TypedDict):
    id: str
    subjects: list[str]
    left: list[str]
    right: list[str]
    over: NotRequired[str]
    relation: NotRequired[Relation]
    loose: NotRequired[bool]


@cache
def _rows() -> list[_Row]:
    text = files("infer.comparing").joinpath("chains.toml").read_text(encoding="utf-8")
    return cast(list[_Row], tomllib.loads(text)["chain"])


@cache
def identities() -> tuple[Identity, ...]:
    """One for each subject and key; raise VocabularyError for an indicator that the vocabulary does not name."""
    return tuple(made for row in _rows() for made in _expanded(row))


def _expanded(row: _Row) -> Iterator[Identity]:
    dimension = row.get("over")
    keys = [key for key in vocabulary().dimensions[dimension] if key != _WHOLE] if dimension else []
    for subject in row["subjects"]:
        for by in ((), *(((dimension, key),) for key in keys if dimension)):
            left = tuple(_operand(words, subject, by) for words in row["left"])
            right = tuple(_operand(words, subject, by) for words in row["right"])
            yield Identity(chain=row["id"], subject=right[0].key, left=left, right=right,
                           relation=row.get("relation", "="), loose=row.get("loose", False))


def _operand(words: str, subject: str, by: tuple[tuple[str, str], ...]) -> Operand:
    sign: Literal[1, -1] = -1 if words.startswith("- ") else 1
    when, name = words.removeprefix("- ").split()
    indicator = name.format(subject)
    if indicator not in vocabulary() or when not in ("before", "after"):
        raise VocabularyError(f"infer/comparing/chains.toml: {words}")
    return Operand(when=cast(When, when), key=(indicator, by), sign=sign)


def restatements(before: Kept, after: Kept) -> Iterator[Identity]:
    """What the later report says of the earlier year, and what it has counted up since; parts by listed keys only.

    Counts that run over years in which no report is at hand can only have grown.
    """
    apart = (after.year or 0) - (before.year or 0)
    for key in after.cells:
        indicator, by = key
        own = (indicator, tuple(item for item in by if item[0] != "period"))
        if any(name in FREE_DIMENSIONS for name, _ in by):
            continue
        if PREVIOUS in by and apart == 1 and own in before.cells:
            yield Identity(chain="previous_year", subject=own, left=(Operand(when="before", key=own),),
                           right=(Operand(when="after", key=key),))
        if CUMULATIVE in by and key in before.cells:
            yield Identity(
                chain="cumulative", subject=own, right=(Operand(when="after", key=key),),
                left=(Operand(when="before", key=key), Operand(when="after", key=own)),
                relation="=" if apart == 1 else "<=", loose=not _by_form(key, (before, after)))


def _by_form(key: Key, reports: Sequence[Kept]) -> bool:
    """In running text 累计 may begin in any year; the form's column is the same count each year."""
    return all(report.cells[key].form for report in reports)
