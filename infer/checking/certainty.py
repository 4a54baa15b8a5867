"""Whether what was read may be held against the report: two readings that do not know of each other must agree.

Of a cell: the form reader's, and the plain look at the line it stands in. Of the running text: the rules' and the
model's.
"""
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from infer.checking.layout import APPLICANT, layout
from infer.checking.places import Draft
from report.facts import Fact
from report.identities.cells import is_certain

_NUMBER: Final = re.compile(r"[-+−－]?[\d０-９][\d０-９,，.．]*")
_BETWEEN: Final = re.compile(r"[\s|｜]*(?:(?:件|条|个|项|次|万元|元)[\s|｜]*)?")
_TOUCHING: Final = re.compile(r"[\d０-９.．,，]")


def is_sure(fact: Fact, draft: Draft) -> bool:
    """Both readings of the place agree."""
    if fact.method == "table":
        return is_certain(fact) and _stands_alone(fact, draft.text)
    return fact.method == "both" and not fact.ambiguous


def all_sure(facts: Iterable[Fact], draft: Draft) -> bool:
    return all(is_sure(fact, draft) for fact in facts)


def row_is_plain(row: Sequence[Fact], draft: Draft) -> bool:
    """Read without the form: the row's cells follow one another, and nothing but white space or bars stands between."""
    cells = sorted((fact for fact in row if fact.value is not None), key=lambda fact: fact.evidence.start)
    keys = list(layout().applicants)
    places = [keys.index(fact.by.get(APPLICANT, keys[-1])) for fact in cells]
    if places != sorted(places):
        return False
    return all(_BETWEEN.fullmatch(draft.text, one.evidence.end, other.evidence.start)
               for one, other in pairwise(cells))


def _stands_alone(fact: Fact, text: str) -> bool:
    """A whole number by itself or an empty cell, no piece cut from a longer run of digits."""
    start, end = fact.evidence.start, fact.evidence.end
    if fact.value is None:
        return True
    before, after = text[start - 1:start] if start else "", text[end:end + 1]
    return bool(_NUMBER.search(fact.evidence.text)) and not _TOUCHING.match(before) and not _TOUCHING.match(after)
