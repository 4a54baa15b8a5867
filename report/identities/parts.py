"""其中 lists against their wholes, and shares recomputed from their numbers."""
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from report.checks import Check, CheckStatus, Side
from report.facts import Fact
from report.identities.cells import fault_of
from report.identities.figures import bounds, figure, rate_agrees
from report.identities.formulas import official_name
from report.identities.rules import rules
from report.vocabulary import vocabulary

COUNTED = "counted"
KIND = "kind"
UNNAMED = "open"
RATE = "1"
MONEY = "元"
OPEN_LIST = "the list does not claim to be complete"
OVERLAP = "one piece of information may count in several of the parts"
APPROXIMATE = "the figures are approximate"


def check_parts(facts: Sequence[Fact], text: str) -> list[Check]:
    """One check for each list of parts in the text; the form's own 其中 rows have identities of their own."""
    by_id = {fact.id: fact for fact in facts if fact.value is not None}
    lists: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in by_id.values():
        whole = by_id.get(fact.parent or "")
        dimension = dimension_of(fact, whole) if whole is not None and _comparable(fact, whole) else None
        if whole is not None and dimension:
            lists[whole.id, dimension].append(fact)
    return [_check_list(_whole_of(by_id[whole], parts, by_id), dimension, parts, text)
            for (whole, dimension), parts in lists.items()]


def _comparable(part: Fact, whole: Fact) -> bool:
    return (not part.in_form and RATE not in (part.unit, whole.unit)
            and (part.unit == MONEY) == (whole.unit == MONEY))


def dimension_of(part: Fact, whole: Fact) -> str | None:
    """What tells the part from the whole: a dimension, a family of indicators, or the office's words."""
    if part.indicator is None:
        return COUNTED
    if part.indicator != whole.indicator:
        return _family(part.indicator, whole)
    return "+".join(sorted({name for name, _ in part.by.items() - whole.by.items()})) or None


def _family(part: str, whole: Fact) -> str | None:
    for family in rules()["family"]:
        found, of = re.search(family["part"], part), re.search(family["whole"], whole.indicator or "")
        if found and of and not whole.by and found.groups() == of.groups():
            return family["name"]
    return None


def _whole_of(whole: Fact, parts: list[Fact], by_id: dict[str, Fact]) -> Fact:
    """The whole that was read, unless the parts add up exactly to what it is itself a part of."""
    wholes = [whole, *_above(whole, by_id), *_undivided(parts[0], by_id)]
    exact = (above for above in wholes if above.value == _sum(parts))
    return next(exact, whole)


def _sum(parts: list[Fact]) -> int | float:
    return sum(map(figure, parts))


def _check_list(whole: Fact, dimension: str, parts: list[Fact], text: str) -> Check:
    complete = _claims_to_be_complete(whole, dimension, parts, text)
    status, note = _judge(whole, dimension, parts, complete)
    return Check(
        id=f"parts_of_whole.{whole.indicator or UNNAMED}", subject=f"whole={whole.id} by={dimension}",
        formula="各部分之和＝总数", left=_parts_side(parts), status=status, note=note,
        right=Side(expression=f"{_name(whole)} {whole.value}", value=whole.value, facts=(whole.id,)),
        fault=fault_of([whole, *parts]) if status == "fail" else None,
    )


def _judge(whole: Fact, dimension: str, parts: list[Fact], complete: bool) -> tuple[CheckStatus, str | None]:
    low, high = (sum(figures) for figures in zip(*map(_bounds, parts), strict=True))
    least, most = _bounds(whole)
    if low > most:
        may_overlap = dimension in rules()["parts"]["overlapping"] and all(_bounds(part)[0] <= most for part in parts)
        return ("unknown", OVERLAP) if may_overlap else ("fail", None)
    if high < least:
        return ("fail", None) if complete else ("unknown", OPEN_LIST)
    if complete or _sum(parts) == figure(whole):
        return "pass", None
    return "unknown", APPROXIMATE


def _bounds(fact: Fact) -> tuple[int | float, int | float]:
    return bounds(figure(fact), fact.qualifier)


def _claims_to_be_complete(whole: Fact, dimension: str, parts: list[Fact], text: str) -> bool:
    """By 分别 before the list, by a sum after it, by naming the rest (其他) or every part that the vocabulary has."""
    words = rules()["parts"]
    first, last = min(part.evidence.start for part in parts), max(part.evidence.end for part in parts)
    before, after = text[whole.evidence.end:first], text[last:whole.evidence.start]
    return (_names_every_part(whole, dimension, parts) or re.search(words["complete_before"], before) is not None
            or re.search(words["complete_after"], after) is not None
            or any(_is_remainder(part, dimension) for part in parts))


def _names_every_part(whole: Fact, dimension: str, parts: list[Fact]) -> bool:
    if dimension in vocabulary().dimensions:
        return set(vocabulary().dimensions[dimension]) - {"total"} <= {part.by[dimension] for part in parts}
    stem = (whole.indicator or "").removesuffix("total")
    siblings = {name for name in vocabulary().indicators if name.startswith(stem)} - {whole.indicator}
    return dimension == KIND and siblings <= {part.indicator for part in parts}


def _is_remainder(part: Fact, dimension: str) -> bool:
    words = rules()["parts"]
    named = part.by.get(dimension) or part.counted or ""
    return (re.search(words["remainder"], named) is not None
            or re.search(words["remainder_indicators"], part.indicator or "") is not None)


def _parts_side(parts: list[Fact]) -> Side:
    return Side(expression=" + ".join(f"{_name(part)} {part.value}" for part in parts),
                value=_sum(parts), facts=tuple(part.id for part in parts))


def _name(fact: Fact) -> str:
    return "，".join(fact.by.values()) or (official_name(fact.indicator) if fact.indicator else fact.counted or "")


def check_rates(facts: Sequence[Fact], text: str) -> list[Check]:
    """N条,占N% against the part and its whole; a share without both numbers is no check."""
    by_id = {fact.id: fact for fact in facts if fact.value is not None and not fact.in_form}
    in_order = sorted(by_id.values(), key=lambda fact: fact.evidence.start)
    checks = []
    for previous, rate in zip([None, *in_order], in_order, strict=False):
        part = by_id.get(rate.parent or "") or _share_of(rate, previous, text)
        if rate.unit == RATE and part and part.unit != RATE and (whole := _shared_whole(rate, part, by_id)):
            checks.append(_check_rate(rate, part, whole))
    return checks


def _shared_whole(rate: Fact, part: Fact, by_id: dict[str, Fact]) -> Fact | None:
    """The whole that the share agrees with, else the nearest; none where the part is read as part of nothing."""
    above = [whole for whole in _above(part, by_id) if whole.value and whole.unit != RATE]
    wholes = [*above, *(whole for whole in _undivided(part, by_id) if whole.value)] if above else []
    agreeing = (whole for whole in wholes if rate_agrees(rate, figure(part) / figure(whole)))
    return next(agreeing, wholes[0] if wholes else None)


def _undivided(part: Fact, by_id: dict[str, Fact]) -> Iterator[Fact]:
    """What the text states of the same indicator as a whole."""
    return (fact for fact in by_id.values() if part.indicator and fact.indicator == part.indicator and not fact.by)


def _above(part: Fact, by_id: dict[str, Fact]) -> Iterator[Fact]:
    """The wholes from the nearest outwards: the share of a part of a part may be of either."""
    while part.parent and part.parent in by_id:
        part = by_id[part.parent]
        yield part


def _share_of(rate: Fact, previous: Fact | None, text: str) -> Fact | None:
    """The figure right before, where 占 leads from it to the share."""
    between = text[previous.evidence.end:rate.evidence.start] if previous else ""
    return previous if re.search(rules()["parts"]["share"], between) else None


def _check_rate(rate: Fact, part: Fact, whole: Fact) -> Check:
    share = figure(part) / figure(whole)
    exact = part.qualifier is None and whole.qualifier is None
    status: CheckStatus = "pass" if rate_agrees(rate, share) else "fail" if exact else "unknown"
    return Check(
        id=f"rates.{part.indicator or UNNAMED}", subject=f"rate={rate.id}", formula="部分÷总数＝占比",
        left=Side(expression=f"{_name(part)} {part.value} / {_name(whole)} {whole.value}", value=round(share, 6),
                  facts=(part.id, whole.id)),
        right=Side(expression=rate.evidence.text, value=rate.value, facts=(rate.id,)), status=status,
        fault=fault_of([rate, part, whole]) if status == "fail" else None,
        note=APPROXIMATE if status == "unknown" else None,
    )
