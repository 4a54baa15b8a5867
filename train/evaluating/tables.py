"""The figures as rows of words, for the terminal and the page."""
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from report import SpanType
from train.evaluating.bootstrap import Interval
from train.evaluating.captions import wording
from train.evaluating.cases import VIEWS, Case
from train.evaluating.faults import BORDER, NOTHING, confusion, faults
from train.evaluating.measuring import Measures, Rates
from train.evaluating.running import SetResult
from train.scoring import NOTHING as NO_SCORE
from train.scoring import Mark

Row = tuple[str, ...]
NAMED = frozenset({"who", "view", "average", "dimension"})
"""columns whose words are keys of the captions' names"""
WORDS = NAMED | {"value", "label", "should", "given", "confidence"}
"""columns that hold no number"""


@dataclass(frozen=True, slots=True)
class Table:
    """`name` and `heads` are keys of the captions."""

    name: str
    heads: Row
    rows: tuple[Row, ...]


def tables(result: SetResult) -> tuple[Table, ...]:
    """Every table of a set but the matrix."""
    found, rules = result.measures, result.rules.measures if result.rules else None
    return (
        _summary(result), _averages(found), _groups(found, rules), _labels("types", found, rules),
        _labels("labels", found, rules), _confused(found), *_calibration(found))


def number(value: float | None, digits: int = 3) -> str:
    return wording().nothing if value is None else f"{value:.{digits}f}"


def interval(value: Interval | None) -> str:
    return wording().nothing if value is None else f"{number(value[0])} .. {number(value[1])}"


def _rates(one: Rates) -> Row:
    return number(one.precision), number(one.recall), number(one.f1)


def _counts(one: Rates) -> Row:
    return str(one.right), str(one.found), str(one.known)


def _summary(result: SetResult) -> Table:
    heads = ("view", "precision", "recall", "f1", "interval", "right", "found", "known")
    if result.rules is None:
        return Table("summary", heads, tuple(_views(result.measures)))
    none = wording().nothing
    rows = [("model", *row) for row in _views(result.measures)]
    rows += [("rules", *row) for row in _views(result.rules.measures)]
    rows += [("difference", name, none, none, none if one.f1 is None else f"{one.f1:+.3f}", interval(one.interval),
              none, none, none) for name, one in result.rules.differences.items()]
    return Table("summary", ("who", *heads), tuple(rows))


def _views(found: Measures) -> Iterator[Row]:
    for name, view in found.views.items():
        yield name, *_rates(view.rates), interval(view.interval), *_counts(view.rates)


def _averages(found: Measures) -> Table:
    rows = ((view, name, number(one.precision), number(one.recall), number(one.f1), str(one.support))
            for view, held in found.seqeval.items() for name, one in held.items())
    return Table("averages", ("view", "average", "precision", "recall", "f1", "spans"), tuple(rows))


def _groups(found: Measures, rules: Measures | None) -> Table:
    heads = ("dimension", "value", "documents", "spans", "precision", "recall", "f1", "types_f1")
    rows = tuple(
        (dimension, value, str(one.documents), str(one.spans), number(one.precision), number(one.recall),
         number(one.f1), number(one.types_f1), *((number(rules.by_group[dimension][value].f1),) if rules else ()))
        for dimension, held in found.by_group.items() for value, one in held.items())
    return Table("groups", (*heads, "rules_f1") if rules else heads, rows)


def _labels(name: str, found: Measures, rules: Measures | None) -> Table:
    heads = ("label", "right", "found", "known", "precision", "recall", "f1")
    held = found.by_type if name == "types" else found.by_label
    beside = (rules.by_type if name == "types" else rules.by_label) if rules else {}
    nothing = Rates.of(NO_SCORE)
    rows = tuple((label, *_counts(one), *_rates(one),
                  *((number(beside.get(label, nothing).f1),) if rules else ()))
                 for label, one in held.items())
    return Table(name, (*heads, "rules_f1") if rules else heads, rows)


def _confused(found: Measures) -> Table:
    rows = tuple((one.known, one.given, str(one.count)) for one in found.confusion)
    return Table("confused", ("should", "given", "count"), rows)


def _calibration(found: Measures) -> Iterator[Table]:
    if found.calibration is not None:
        rows = tuple((f"{one.low:.1f} .. {one.high:.1f}", str(one.spans), number(one.confidence), number(one.right))
                     for one in found.calibration.bins)
        yield Table("calibration", ("confidence", "spans", "mean", "share"), rows)


def matrix(cases: Sequence[Case]) -> Table:
    """What type was given for which; on the diagonal what is right, borders included."""
    view = VIEWS["type"]
    counts = Counter({(one.known, one.given): one.count
                      for one in confusion(fault for case in cases for fault in faults(case, view))})
    for case in cases:
        same: Counter[Mark] = Counter(view.of(case.known)) & Counter(view.of(case.found))
        counts.update((tag, tag) for _, _, tag in same.elements())
    seen = {name for pair in counts for name in pair}
    types = [kind.value for kind in SpanType if kind.value in seen]
    columns = (*types, BORDER, NOTHING)
    rows = tuple((row, *(str(counts[row, column]) if counts[row, column] else "" for column in columns))
                 for row in (*types, NOTHING))
    return Table("matrix", ("should", *columns), rows)
