"""A rule that fits, applied: the spans it gives and the subject it leaves for the numbers after it."""

import re

from infer.rules.context import Context, Reading
from infer.rules.matching import Match, family_frames
from infer.rules.names import trim
from infer.rules.patterns import Rule
from infer.rules.spans import DIRECT, FRAMED, as_scope, count_span, open_span
from infer.rules.state import LabellerState
from report import Span, SpanType

_FAMILIES = frozenset(
    {
        "proactive",
        "requests",
        "reconsideration",
        "litigation",
        "consultations",
        "proposals",
        "staff",
        "trainings",
        "documents",
        "procurement",
        "fees",
        "licensing",
        "other_services",
        "penalties",
        "coercion",
        "administrative_fees",
    }
)


def apply_match(reading: Reading, context: Context, match: Match, state: LabellerState, scope: str) -> list[Span]:
    rule, indicator = match.rule, match.indicator
    state.consumed = context.quantity.end + match.label_after
    if indicator is None:
        return open_span(reading, context)
    if indicator == "disputes.joint":
        return _joint(reading, context)
    state.frames = _frames_of(indicator, rule, context, state)
    confidence = FRAMED if rule.frames else DIRECT
    part = _item_name(reading, context) if rule.category else None
    if indicator == "proposals.received" and part is None:
        part = _proposal_kind(reading, context)
    group = next(state.groups) if part else None
    spans = [count_span(reading, context, indicator, as_scope(scope), confidence, group)]
    if part:
        start, end = reading.prose.to_document(*part)
        spans.append(Span(start=start, end=end, type=SpanType.CATEGORY, confidence=confidence, group=group))
    state.last = tuple(spans)
    return spans


def _frames_of(indicator: str, rule: Rule, context: Context, state: LabellerState) -> tuple[str, ...]:
    family = indicator.split(".")[0]
    if family == "response":
        return (indicator,)
    if family not in _FAMILIES:
        return state.frames
    if family == "requests":
        kind = (
            "requests.categories"
            if rule.category
            else "requests.applicants"
            if _names_applicant(context)
            else "requests.list"
        )
        return (kind, "requests.list", "requests")
    return family_frames(indicator)


def _names_applicant(context: Context) -> bool:
    return (
        bool(re.search(r"自然人|商业企业|科研机构|公益组织|法律服务机构", context.left))
        or "requests.applicants" in context.frames
    )


def _item_name(reading: Reading, context: Context) -> tuple[int, int] | None:
    start = context.left_start + max((match.end() for match in re.finditer(r"[,;:(。]|其中", context.left)), default=0)
    begin, end = trim(reading.marked, start, context.quantity.start)
    asked = re.match(r"(?:申请)?(?:内容)?(?:主要)?(?:涉及|要求公开|申请公开|反映|关于)", reading.marked[begin:end])
    begin += asked.end() if asked else 0
    return (begin, end) if begin < end else None


def _proposal_kind(reading: Reading, context: Context) -> tuple[int, int] | None:
    """人大代表建议5件、政协提案8件: the kind is a category where the sentence counts both kinds."""
    sentence = reading.marked[context.sentence.start : context.sentence.end]
    if not (
        re.search(r"(?:人大|代表)[^,;#政]{0,12}#", sentence)
        and re.search(r"(?:政协|委员)[^,;#]{0,12}#|提案[^,;#]{0,4}#", sentence)
    ):
        return None
    if re.search(r"(?:人大|代表)[^,;#]{0,12}政协", context.left):
        return None
    match = re.search(
        r"(?:各级|全国|省|市|县|区)*(?:人大|政协)[^,;#、]{0,12}?(?:建议|提案|议案|意见)(?=[^,;#]{0,6}$)", context.left
    )
    return (context.left_start + match.start(), context.left_start + match.end()) if match else None


def _joint(reading: Reading, context: Context) -> list[Span]:
    """行政复议、行政诉讼0件: zero holds for both; another number cannot be divided and stays open."""
    if context.quantity.value != 0:
        return open_span(reading, context)
    return [
        count_span(reading, context, indicator, "own", DIRECT)
        for indicator in ("reconsideration.total", "litigation.total")
    ]
