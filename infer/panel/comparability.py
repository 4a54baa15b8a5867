"""How far a figure means the same from form to form, from the vocabulary, the forms and comparability.toml."""
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from infer.panel.columns import form_splits, short_cells
from infer.panel.data import data
from infer.panel.labels import DIMENSIONS
from infer.results.wording import indicator_label
from report.facts import Fact
from report.vocabulary import Indicator, vocabulary

Basis = Literal["2014", "2019", "2021", "short", "prose"]
Grade = Literal["comparable", "changed", "absent"]
FORMS: Final[tuple[Basis, ...]] = ("2014", "2019", "2021")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One indicator, or its split by a dimension, in a form or in text; `reference`: the newest form with it."""

    indicator: str
    dimension: str | None
    form: Basis
    grade: Grade
    reference: str | None
    why: str
    see: tuple[str, ...] = ()

    @property
    def row(self) -> dict[str, str | None]:
        return {"indicator": self.indicator, "indicator_zh": indicator_label(self.indicator),
                "dimension": self.dimension, "form": self.form, "comparability": self.grade,
                "reference": self.reference, "why": self.why, "see": " ".join(self.see) or None}


@cache
def comparisons() -> tuple[Comparison, ...]:
    """Every indicator in every form, then its splits, in the order of the vocabulary."""
    return tuple(one for indicator in vocabulary().indicators.values() for one in _of(indicator))


@cache
def _graded() -> dict[tuple[str, str | None, str], Grade]:
    return {(one.indicator, one.dimension, one.form): one.grade for one in comparisons()}


def grade_of(fact: Fact, form: str) -> Grade | None:
    """The grade of a fact by where its words stand: in a cell of the report's form, or in running text."""
    if fact.indicator is None or fact.indicator not in vocabulary():
        return None
    dimension = next((name for name in DIMENSIONS if fact.by.get(name, "total") != "total"), None)
    basis = _basis(fact, vocabulary()[fact.indicator], form)
    grades = _graded()
    whole = grades[fact.indicator, None, basis]
    return grades.get((fact.indicator, dimension, basis), whole) if whole == "comparable" else whole


def _basis(fact: Fact, indicator: Indicator, form: str) -> Basis:
    """A cell that the report's form does not have is of a table beside it: a provincial one's, or another form's."""
    if not fact.in_form:
        return "prose"
    carrying = [one for one in FORMS if one in indicator.forms]
    if form not in carrying and form not in FORMS[1:] and indicator.id in short_cells():
        return "short"
    return next((one for one in carrying if one == form), carrying[-1] if carrying else "short")


def _of(indicator: Indicator) -> Iterator[Comparison]:
    reference = indicator.forms[-1] if indicator.forms else None
    for form in FORMS:
        yield _whole(indicator, form, reference)
    yield _short(indicator, reference)
    prose = "prose" if reference else "prose_alone"
    yield _made(indicator, None, "prose", "changed", reference, _general(prose, reference))
    for dimension in DIMENSIONS:
        if dimension in indicator.by:
            yield from _split(indicator, dimension)


def _whole(indicator: Indicator, form: Basis, reference: str | None) -> Comparison:
    grade: Grade = "comparable" if form in indicator.forms else "absent"
    told: Grade = "changed" if grade == "comparable" else "absent"
    for entry in data("comparability")[told]:
        if form in entry["form"].split() and indicator.id in entry["indicators"]:
            return _made(indicator, None, form, told, reference, entry["why"], entry.get("see"))
    if grade == "absent":
        general = "absent" if reference else "unknown_form"
    else:
        general = "reference" if form == reference else "comparable"
    return _made(indicator, None, form, grade, reference, _general(general, reference))


def _short(indicator: Indicator, reference: str | None) -> Comparison:
    carried = indicator.id in short_cells()
    return _made(indicator, None, "short", "changed" if carried else "absent", reference,
                 _general("short" if carried else "absent", reference))


def _split(indicator: Indicator, dimension: str) -> Iterator[Comparison]:
    """Splits by category are the offices' own and have no row."""
    carrying = [form for form in FORMS if (indicator.id, dimension) in form_splits().get(form, ())]
    reference = carrying[-1] if carrying else None
    for form in FORMS:
        if form in carrying:
            why = _general("reference" if form == reference else "split", reference)
            yield _made(indicator, dimension, form, "comparable", reference, why)
        else:
            yield _made(indicator, dimension, form, "absent", reference, _general("split_absent", dimension))
    short = (indicator.id, dimension) in form_splits().get("short", ())
    yield _made(indicator, dimension, "short", "changed" if short else "absent", reference,
                _general("short", None) if short else _general("split_absent", dimension))
    yield _made(indicator, dimension, "prose", "changed", reference, _general("split_prose", dimension))


def _general(name: str, filled: str | None) -> str:
    words: str = data("comparability")["general"][name]
    return words.format(filled)


def _made(indicator: Indicator, dimension: str | None, form: Basis, grade: Grade, reference: str | None, why: str,
          see: list[str] | None = None) -> Comparison:
    return Comparison(indicator=indicator.id, dimension=dimension, form=form, grade=grade, reference=reference, why=why,
                      see=tuple(see or ()))
