"""Does a rule of indicators.toml fit a quantity?"""

from dataclasses import dataclass
from functools import cache

from infer.rules.context import Context
from infer.rules.patterns import Rule, pattern, rules

_OTHER_BUSINESS = frozenset({"proposals", "consultations"})
_INFORMATION = frozenset({"条", "篇", "份"})
_TWO_PART = frozenset({"documents", "litigation"})
UNLESS_REACH = 60


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that fits, its indicator, and how many characters after the quantity it read as the label."""

    rule: Rule
    indicator: str | None
    label_after: int


def family_frames(indicator: str) -> tuple[str, ...]:
    """What a sentence that counts the indicator is about, the narrower first."""
    family, *rest = indicator.split(".")
    return (f"{family}.{rest[0]}", family) if family in _TWO_PART and len(rest) == 2 else (family,)


def match_rule(context: Context) -> Match | None:
    """The first rule that fits."""
    head, left = context.head.rsplit(";", 1)[-1], context.left.rsplit(";", 1)[-1][-UNLESS_REACH:]
    for rule in _rules_of(context.quantity.kind, context.quantity.measure):
        frame = _frame(rule, context) if rule.frames else ""
        if frame is not None and _fits(rule, context, head, left):
            indicator = rule.indicator.replace("{frame}", frame) if rule.indicator else None
            return Match(rule, indicator, _label_after(rule, context))
    return None


@cache
def _rules_of(kind: str, measure: str) -> tuple[Rule, ...]:
    """The rules for quantities of this kind and measure word, in order."""
    return tuple(rule for rule in rules() if kind in rule.kinds and (not rule.measures or measure in rule.measures))


def _label_after(rule: Rule, context: Context) -> int:
    if rule.label_before and rule.label_before.search(context.label):
        return 0
    pattern = rule.label_after or rule.right
    after = pattern.match(context.right) if pattern else None
    return after.end() if after else 0


def _frame(rule: Rule, context: Context) -> str | None:
    return next((frame for frame in context.frames if frame in rule.frames), None)


def _fits(rule: Rule, context: Context, head: str, left: str) -> bool:
    """`head` and `left`: the clause's part of the context's."""
    if rule.topics and context.topic not in rule.topics:
        return False
    if context.year is not None and not rule.years[0] <= context.year <= rule.years[1]:
        return False
    if rule.never and rule.never.search(head):
        return False
    if rule.unless and rule.unless.search(left):
        return False
    return _words_fit(rule, context) and not _misplaced(rule, context)


def _words_fit(rule: Rule, context: Context) -> bool:
    if (
        rule.label_before
        and not rule.label_before.search(context.label)
        and not (
            rule.label_after
            and pattern("matching.unlabelled").search(context.label)
            and rule.label_after.match(context.right)
        )
    ):
        return False
    if (
        rule.left
        and not rule.left.search(context.label)
        and (context.label == context.left or not rule.left.search(context.left))
    ):
        return False
    if any(
        pattern and not pattern.search(words)
        for pattern, words in ((rule.head, context.head), (rule.near, context.near))
    ):
        return False
    return not rule.right or rule.right.match(context.right) is not None


def _misplaced(rule: Rule, context: Context) -> bool:
    """Outcomes of requests are not read where files are classified (依申请公开80件 of 500件文件) or other business is told."""
    if rule.indicator == "response.interpretations":
        return "proactive" in context.frames and "类" in context.left
    if (rule.indicator or "").endswith(".decisions"):
        return "proactive" in context.frames and context.quantity.measure in _INFORMATION
    if not (rule.indicator or "").startswith("requests."):
        return False
    if pattern("matching.file_classes").search(context.head):
        return True
    return bool(context.frames and context.frames[0] in _OTHER_BUSINESS and "申请" not in context.left)
