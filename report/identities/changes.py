"""比上年增加N条 where this year's figure and last year's both stand."""
import re
from collections.abc import Iterator, Sequence

from report.checks import Check, Side
from report.facts import Fact
from report.identities.cells import fault_of, of_this_year
from report.identities.figures import admits, figure, rate_agrees
from report.identities.formulas import key_of
from report.identities.rules import rules

PREVIOUS = "previous_year"
RATE = "1"
WORDS_BEFORE = 8


def check_changes(facts: Sequence[Fact], text: str) -> list[Check]:
    """One check for each stated difference that stands by both of its figures."""
    said = [fact for fact in facts if fact.status == "stated" and not fact.in_form and fact.value is not None]
    current = {key_of(fact.indicator, fact.by): fact for fact in reversed(of_this_year(said)) if fact.indicator}
    differences = [(fact, sign) for fact in said if (sign := _sign(fact, text))]
    return [check for previous in said if previous.indicator and _is_previous(previous)
            if (now := current.get(_key(previous.indicator, previous)))
            for difference, sign in differences if _stands_by(difference, now, previous)
            for check in _check(difference, sign, now, previous)]


def _is_previous(fact: Fact) -> bool:
    return fact.scope == PREVIOUS or fact.by.get("period") == PREVIOUS


def _key(indicator: str, fact: Fact) -> tuple[str, tuple[tuple[str, str], ...]]:
    return key_of(indicator, {name: key for name, key in fact.by.items() if name != "period"})


def _sign(fact: Fact, text: str) -> int:
    before = text[max(0, fact.evidence.start - WORDS_BEFORE):fact.evidence.start]
    words = rules()["changes"]
    return 1 if re.search(words["up"], before) else -1 if re.search(words["down"], before) else 0


def _stands_by(difference: Fact, now: Fact, previous: Fact) -> bool:
    within = rules()["changes"]["within"]
    return difference.id not in (now.id, previous.id) and all(
        abs(difference.evidence.start - fact.evidence.start) <= within for fact in (now, previous))


def _check(difference: Fact, sign: int, now: Fact, previous: Fact) -> Iterator[Check]:
    is_rate = difference.unit == RATE
    if (is_rate and not previous.value) or now.qualifier or previous.qualifier:
        return
    value = (figure(now) - figure(previous)) / (figure(previous) if is_rate else 1)
    holds = (rate_agrees(difference, sign * value) if is_rate
             else admits(figure(difference), difference.qualifier, sign * value))
    facts = [now, previous, difference]
    yield Check(
        id=f"previous_year.{now.indicator}", subject=f"difference={difference.id}", formula="本年－上年＝增减",
        left=Side(expression=f"{now.value} - {previous.value}", value=value, facts=(now.id, previous.id)),
        right=Side(expression=difference.evidence.text, value=sign * figure(difference), facts=(difference.id,)),
        status="pass" if holds else "fail", fault=None if holds else fault_of(facts),
    )
