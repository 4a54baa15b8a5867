"""The formulas of report/identities.toml, expanded to one case for each key of `over`."""
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from report.errors import VocabularyError
from report.identities.rules import IdentityRow, Relation, SumRow, rules
from report.vocabulary import Indicator, vocabulary

Key = tuple[str, tuple[tuple[str, str], ...]]
WHOLE_REPORT = "report"
TOTAL = ("applicant", "total")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """An operand: the cell it takes and what the form calls it; `optional` where only some editions have it."""

    key: Key
    name: str
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An identity for one applicant, one row or the whole report."""

    id: str
    subject: str
    formula: str
    forms: frozenset[str]
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    relation: Relation
    partial: bool
    needs: tuple[Key, ...]
    unless: tuple[Key, ...]
    group: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedSum:
    """What the text states as one figure and the form in parts; `words` must match at the figure, if given."""

    indicator: str
    parts: tuple[str, ...]
    words: str | None


@cache
def cases() -> tuple[Case, ...]:
    """All cases, in the file's order."""
    return tuple(case for row in rules()["identity"] for case in expand(row))


@cache
def stated_sums() -> tuple[StatedSum, ...]:
    """The sums that text states and the form leaves to the reader."""
    return tuple(_stated_sum(row) for row in rules()["stated_sum"])


def key_of(indicator: str, by: dict[str, str]) -> Key:
    """How a cell is looked up: applicant=total is the whole."""
    return indicator, tuple(sorted(item for item in by.items() if item != TOTAL)) if by else ()


def expand(row: IdentityRow) -> Iterator[Case]:
    """One case for each key of `over`; raise VocabularyError for an indicator or key that is not listed."""
    over = row.get("over")
    if over is None:
        yield _case(row, WHOLE_REPORT, None, {})
    elif over == "row":
        for indicator in _under(row["rows"], row["forms"]):
            yield _case(row, f"row={indicator.id}", indicator, {})
    else:
        for key in vocabulary().dimensions[over]:
            yield _case(row, f"{over}={key}", None, {over: key})


def _case(row: IdentityRow, subject: str, bound: Indicator | None, by: dict[str, str]) -> Case:
    def terms(words: list[str], *, optional: bool = False) -> tuple[Term, ...]:
        return tuple(term for word in words for term in _terms(word, row["forms"], bound, by, optional))

    return Case(
        id=row["id"], subject=subject, formula=row["zh"], forms=frozenset(row["forms"]),
        left=terms(row["left"]) + terms(row.get("optional", []), optional=True), right=terms(row["right"]),
        relation=row.get("relation", "="), partial=row.get("partial", False),
        needs=tuple(term.key for term in terms(row.get("needs", []))),
        unless=tuple(term.key for term in terms(row.get("unless", []))), group=row.get("group"),
    )


def _terms(word: str, forms: list[str], bound: Indicator | None, by: dict[str, str], optional: bool) -> Iterator[Term]:
    name, own_by = _parse(word)
    indicators = [bound] if bound else _under(name, forms)
    for indicator in indicators:
        words = "，".join(_key_words(*item) for item in own_by.items())
        yield Term(key=key_of(indicator.id, {**by, **own_by}), name=words or official_name(indicator.id),
                   optional=optional)


def _parse(word: str) -> tuple[str, dict[str, str]]:
    parts = word.split()
    name = "" if "=" in parts[0] else parts[0]
    by = dict(part.split("=", 1) for part in parts if "=" in part)
    return name, by


def _under(name: str, forms: list[str]) -> list[Indicator]:
    """The indicator named, or those of the forms under PREFIX.*, without the prefix's own total."""
    if not name.endswith(".*"):
        return [vocabulary()[name]]
    prefix = name.removesuffix("*")
    found = [indicator for indicator in vocabulary().indicators.values() if indicator.id.startswith(prefix)
             and indicator.id != prefix + "total" and set(forms) & set(indicator.forms)]
    if not found:
        raise VocabularyError(f"report/identities.toml: no indicator of the forms {forms} under {name}")
    return found


def _key_words(dimension: str, key: str) -> str:
    try:
        return vocabulary().dimensions[dimension][key]
    except KeyError:
        raise VocabularyError(f"report/identities.toml: no {dimension}={key} in report/vocabulary.toml") from None


def official_name(indicator: str) -> str:
    """The first of the wordings that the vocabulary gives."""
    return vocabulary()[indicator].zh.split("；")[0] if indicator in vocabulary() else indicator


def _stated_sum(row: SumRow) -> StatedSum:
    if "prefix" in row:
        parts = tuple(i.id for i in _under(row["prefix"] + ".*", ["2019", "2021"]))
        return StatedSum(indicator=row["prefix"] + ".total", parts=parts, words=None)
    return StatedSum(indicator=row["indicator"], parts=tuple(row["parts"]), words=row.get("words"))
