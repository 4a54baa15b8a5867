"""Indicators of openness as intervals: exact where all they need is stated, bounded by the sums where it is not."""
import tomllib
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import inf
from typing import Final, Literal, NotRequired, TypedDict, cast

from infer.comparing.figures import Figure, figure_of
from infer.comparing.readings import Kept, Quote
from report.errors import VocabularyError
from report.identities.figures import same
from report.identities.formulas import Key, key_of
from report.vocabulary import vocabulary

Bounds = tuple[float, float]
State = Literal["exact", "bounded", "none", "unknown"]
_FORMS: Final = ("2019", "2021")
_ROUNDS: Final = 4
UNKNOWN: Final[Bounds] = (0, inf)


class RateRow(TypedDict):
    """A [[rate]] as written."""

    id: str
    zh: str
    en: str
    above: list[str]
    below: list[str]
    main: NotRequired[bool]
    share: NotRequired[bool]
    per: NotRequired[int]
    sources: list[str]
    articles: NotRequired[str]
    about: dict[str, str]


class _Sum(TypedDict):
    editions: list[str]
    whole: str
    parts: list[str]


class _Balance(TypedDict):
    editions: list[str]
    left: list[str]
    right: list[str]


class _File(TypedDict):
    quantities: dict[str, dict[str, str]]
    sum: list[_Sum]
    balance: list[_Balance]
    closed: dict[str, str]
    sources: dict[str, dict[str, str]]
    rate: list[RateRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """An indicator of one report. `exact`: low == high; `none`: nothing to divide by; `unknown`: nothing is known.

    Above and below the line stand least and most, None for no limit. `sure`: every figure is read without doubt.
    """

    id: str
    state: State
    low: float | None
    high: float | None
    above: tuple[float, float | None]
    below: tuple[float, float | None]
    sure: bool
    notes: tuple[str, ...]
    quotes: tuple[Quote, ...]


@cache
def data() -> _File:
    """rates.toml as written."""
    return cast(_File, tomllib.loads(files("infer.comparing").joinpath("rates.toml").read_text(encoding="utf-8")))


def rates(report: Kept) -> tuple[Rate, ...]:
    """Every indicator, in the file's order."""
    figures = {name: _figures(report, name) for name in data()["quantities"]}
    stated = {name: _added(found) for name, found in figures.items() if found}
    narrowed = _narrowed(stated, report.form)
    bounds, odd = (narrowed, frozenset[str]()) if narrowed else _hulls(stated, report.form)
    return tuple(_rate(row, figures, bounds, odd, report.form) for row in data()["rate"])


def _figures(report: Kept, name: str) -> list[Figure]:
    """The cells behind a quantity; none where the report's form has no such thing."""
    return [figure_of(report, key) for key in _keys(name, report.form)]


@cache
def _keys(name: str, form: str) -> tuple[Key, ...]:
    by_edition = data()["quantities"][name]
    words = by_edition.get(form) or (by_edition.get("forms") if form in _FORMS else None) or (
        by_edition.get("text") if form not in _FORMS and form != "2014" else None) or by_edition.get("all")
    return tuple(key for word in _words(words or "") for key in _cells(word, form))


def _words(words: str) -> Iterator[list[str]]:
    """An indicator with the keys behind it."""
    group: list[str] = []
    for word in words.split():
        if group and "=" not in word:
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _cells(words: list[str], form: str) -> Iterator[Key]:
    name, by = words[0], dict(one.split("=", 1) for one in words[1:])
    if not name.endswith(".*"):
        if name not in vocabulary():
            raise VocabularyError(f"infer/comparing/rates.toml: no indicator {name}")
        yield key_of(name, by)
        return
    for indicator in vocabulary().indicators.values():
        if indicator.id.startswith(name[:-1]) and not indicator.id.endswith(".total") and form in indicator.forms:
            yield key_of(indicator.id, by)


def _added(figures: Sequence[Figure]) -> Bounds:
    return sum(figure.least for figure in figures), sum(figure.most for figure in figures)


def _narrowed(stated: Mapping[str, Bounds], form: str) -> dict[str, Bounds] | None:
    """What the sums leave open of each quantity; None where the report's figures contradict one another."""
    bounds = dict(stated)
    for _ in range(_ROUNDS):
        for whole, parts in _sums(form):
            present = [part for part in parts if part in bounds]
            if whole not in bounds or len(present) < len([part for part in parts if _keys(part, form)]):
                continue
            if not _fit(bounds, [whole], present):
                return None
        for row in data()["balance"]:
            if form in row["editions"] and not _fit(bounds, row["left"], row["right"]):
                return None
    return bounds


def _sums(form: str) -> Iterator[tuple[str, list[str]]]:
    """Each sum of the edition: its whole and the parts that the edition has."""
    for row in data()["sum"]:
        if form in row["editions"]:
            yield row["whole"], [part for part in row["parts"] if _keys(part, form)]


def _fit(bounds: dict[str, Bounds], left: Sequence[str], right: Sequence[str]) -> bool:
    """Narrow every quantity to what the other ones allow; False where nothing is left of one."""
    for names, others in ((left, right), (right, left)):
        total = _total(bounds, others)
        for name in names:
            rest = _total(bounds, [one for one in names if one != name])
            low, high = max(bounds[name][0], total[0] - rest[1]), min(bounds[name][1], total[1] - rest[0])
            if low > high and not same(low, high):
                return False
            bounds[name] = (low, max(low, high))
    return True


def _total(bounds: Mapping[str, Bounds], names: Sequence[str]) -> Bounds:
    return sum(bounds[name][0] for name in names), sum(bounds[name][1] for name in names)


def _hulls(stated: Mapping[str, Bounds], form: str) -> tuple[dict[str, Bounds], frozenset[str]]:
    """Wholes that their parts contradict, as wide as both; and the names of all that such a sum touches."""
    bounds, odd = dict(stated), set[str]()
    for whole, parts in _sums(form):
        if whole not in stated or not all(part in stated for part in parts):
            continue
        (low, high), (least, most) = stated[whole], _total(stated, parts)
        if least > high or most < low:
            bounds[whole] = (min(low, least), max(high, most))
            odd.update((whole, *parts))
    return bounds, frozenset(odd)


def _rate(row: RateRow, figures: Mapping[str, Sequence[Figure]], bounds: Mapping[str, Bounds], odd: Set[str],
          form: str) -> Rate:
    names = _below(row, form)
    known = [figure for name in (*row["above"], *names) for figure in figures[name]]
    if any(name not in bounds for name in (*row["above"], *names)):
        return _unknown(row, "absent")
    if all(figure.missing for figure in known):
        return _unknown(row, "unstated")
    above, below = _total(bounds, row["above"]), _total(bounds, names)
    contradicted = bool(odd & {*row["above"], *names})
    rest = UNKNOWN if contradicted else _rest(row, names, bounds, form)
    return _made(row, known, (above, below), _divided(row, above, below, rest), contradicted=contradicted)


def _made(row: RateRow, known: Sequence[Figure], sides: tuple[Bounds, Bounds], value: Bounds, *,
          contradicted: bool) -> Rate:
    (above, below), (low, high) = sides, value
    sure = not contradicted and all(figure.sure for figure in known if not figure.missing)
    doubt = "contradicted" if contradicted else "unsure" if not sure else None
    notes = [*([doubt] if doubt else []), *(["blanks"] if any(figure.missing for figure in known) else []),
             *(["text_differs"] if any(figure.also for figure in known) else [])]
    state: State = "none" if below == (0, 0) else "unknown" if _is_empty(row, low, high) else (
        "exact" if same(low, high) else "bounded")
    told = state in ("exact", "bounded")
    return Rate(id=row["id"], state=state, low=low if told else None, high=_finite(high) if told else None,
                above=(above[0], _finite(above[1])), below=(below[0], _finite(below[1])), sure=sure,
                notes=tuple(notes), quotes=tuple(one.readings[0].quote for one in known if one.readings))


def _unknown(row: RateRow, note: str) -> Rate:
    return Rate(id=row["id"], state="unknown", low=None, high=None, above=(0, None), below=(0, None), sure=False,
                notes=(note,), quotes=())


def _below(row: RateRow, form: str) -> list[str]:
    """The quantities below the line, as this edition counts what was closed."""
    closed = data()["closed"]
    return [closed.get(form, closed["other"]) if name == "closed" else name for name in row["below"]]


def _parts(names: Sequence[str], form: str) -> list[str] | None:
    """What adds up to the whole below the line; that itself where it is given by its parts."""
    if len(names) > 1:
        return list(names)
    return max((parts for whole, parts in _sums(form) if whole == names[0]), key=len, default=None)


def _rest(row: RateRow, names: Sequence[str], bounds: Mapping[str, Bounds], form: str) -> Bounds:
    """What else is part of the whole below the line; unlimited where no sum tells."""
    parts = _parts(names, form) if row.get("share") else None
    if parts is None or not set(row["above"]) <= set(parts):
        return UNKNOWN
    return _total(bounds, [part for part in parts if part not in row["above"]])


def _divided(row: RateRow, above: Bounds, below: Bounds, rest: Bounds) -> Bounds:
    """Above by below; of a share the rest of the whole bounds it too, and it is at most 1."""
    low = above[0] / below[1] if below[1] else 0.0
    high = above[1] / below[0] if below[0] else inf
    if not row.get("share"):
        per = row.get("per", 1)
        return low * per, high * per
    if above[0] + rest[1]:
        low = max(low, above[0] / (above[0] + rest[1]))
    if above[1] + rest[0] and above[1] < inf:
        high = min(high, above[1] / (above[1] + rest[0]))
    return min(low, 1.0), min(high, 1.0)


def _is_empty(row: RateRow, low: float, high: float) -> bool:
    return low == 0 and (high == inf or bool(row.get("share") and high == 1))


def _finite(value: float) -> float | None:
    return None if value == inf else value
