"""What the reliability of a reading is measured by: who reads it, what the other reads, how sure each is, of what."""
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from infer.model.candidates import Candidate, Key, Place, key_of
from report import Fact

_FLOOR: Final = 1e-3
_SUREST: Final = 5.0
_MIDDLE: Final = 0.8
_STEP: Final = 0.1
_PARTS: Final = ("category", "subunit", "channel")
_TOLD_APART: Final = ("part", "none")
_DIMENSIONS: Final = ("mode", "applicant")

_EACH: Final = re.compile(r"(?:各|每)[^,，。;；、\d]{0,12}$")
"""12个村各确定1名: what each has, not what all have"""
_JOINERS: Final = "、和与及或"
_JOINT: Final = re.compile("(?:等|类|信息|情况|方面|事项|的|共|计|有|为|各|达|数|量|:|：|[,，])*")
_PAIRS: Final = ("“”", "《》", "（）", "()", "‘’", "「」")
_LEADING: Final = re.compile("公开|发布|内容|主要|是|为|有|在|通过|其中|围绕|并|的|了|共|等|各|全|及|和|我")
_SHORT: Final = 3
_LONG: Final = 12

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else the report says: how often each reading stands in it, and the form's values by indicator."""

    said: dict[Key, int]
    values: dict[tuple[str | None, tuple[tuple[str, str], ...]], frozenset[float]]
    cells: dict[tuple[str | None, tuple[tuple[str, str], ...]], frozenset[float]]

    @classmethod
    def of(cls, held: Sequence[Place], cells: Iterable[Fact]) -> "Surroundings":
        said: dict[Key, int] = {}
        values: dict[tuple[str | None, tuple[tuple[str, str], ...]], set[float]] = {}
        for place in held:
            for candidate in place.candidates:
                key = key_of(candidate.fact)
                said[key] = said.get(key, 0) + 1
                values.setdefault((key[0], key[2]), set()).add(float(key[3] or 0))
        stated: dict[tuple[str | None, tuple[tuple[str, str], ...]], set[float]] = {}
        for fact in cells:
            if fact.value is not None and fact.status == "stated":
                key = key_of(fact)
                by = tuple(one for one in key[2] if one != ("applicant", "total"))
                stated.setdefault((key[0], by), set()).add(float(fact.value))
        return cls(said, {key: frozenset(held) for key, held in values.items()},
                   {key: frozenset(held) for key, held in stated.items()})


def features_of(candidate: Candidate, around: Surroundings) -> Features:
    """Named features of one reading; all are 0 where they are not named."""
    fact = candidate.fact
    who = candidate.by
    case = f"{who}.{candidate.relation}"
    found: Features = {case: 1.0}
    if candidate.rule:
        found[f"{who}.tier"] = (candidate.rule.confidence - _MIDDLE) / _STEP
    if candidate.model:
        found[f"{case}.score"] = logit(candidate.model.confidence)
    if candidate.against and who == "rule":
        found[f"{case}.against"] = logit(candidate.against)
    kinds = _kinds(fact)
    found |= {f"{who}.{name}": 1.0 for name in kinds}
    if who != "both":
        found |= {f"{case}.{name}": 1.0 for name in kinds if name in _TOLD_APART}
    shape = name_shape(fact)
    found |= {f"{who}.name.{name}": 1.0 for name in shape}
    if candidate.relation in ("inside", "around"):
        found |= {f"{case}.name.{name}": 1.0 for name in shape}
    if fact.indicator:
        found[f"{who}.of.{fact.indicator.split('.')[0]}"] = 1.0
    return found | _said(fact, who, around)


def _kinds(fact: Fact) -> list[str]:
    kinds = {
        "each": bool(_EACH.search(_before(fact))),
        "none": fact.reason is not None, "part": any(name in fact.by for name in _PARTS),
        "dimension": any(name in fact.by for name in _DIMENSIONS), "period": "period" in fact.by,
        "small": fact.value in (1, 2), "zero": fact.value == 0 and fact.reason is None,
    }
    return [name for name, holds in kinds.items() if holds]


def name_shape(fact: Fact) -> list[str]:
    """What speaks for and against the borders of a category's or a body's name; nothing where there is none.

    far: it stands in another sentence; listed: words joined to it by 、 or 和 stand before it; apart: words between it
    and the number; odd: a bracket or quote without its other half; leading: it begins with a word that leads to names;
    short, long: under 3 and over 12 characters.
    """
    name = next((fact.by[part] for part in ("category", "subunit") if part in fact.by), None)
    if name is None:
        return []
    before = re.sub(r"\s", "", _before(fact))
    place = before.rfind(name)
    shape = {
        "far": place < 0,
        "listed": place > 0 and before[place - 1] in _JOINERS,
        "apart": place >= 0 and not _JOINT.fullmatch(before, place + len(name)),
        "odd": any(name.count(opening) != name.count(closing) for opening, closing in _PAIRS),
        "leading": bool(_LEADING.match(name)),
        "short": len(name) < _SHORT, "long": len(name) > _LONG,
    }
    return [kind for kind, holds in shape.items() if holds]


def _before(fact: Fact) -> str:
    """The words of its clause before its own."""
    return fact.context.text[: max(0, fact.evidence.start - fact.context.start)] if fact.context else ""


def _said(fact: Fact, who: str, around: Surroundings) -> Features:
    """Whether the report says the same elsewhere, or something else of the same."""
    key = key_of(fact)
    found: Features = {}
    if around.said.get(key, 0) > 1:
        found[f"{who}.echo"] = 1.0
    if len(around.values.get((key[0], key[2]), ())) > 1:
        found[f"{who}.rival"] = 1.0
    if cells := around.cells.get((key[0], key[2])):
        found["cell.same" if float(key[3] or 0) in cells else "cell.other"] = 1.0
    return found


def logit(share: float) -> float:
    """Log odds, within ±5."""
    bounded = min(max(share, _FLOOR), 1 - _FLOOR)
    return max(-_SUREST, min(_SUREST, math.log(bounded / (1 - bounded))))
