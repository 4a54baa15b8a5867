"""The rule labeller: running text to spans, sentence by sentence."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from infer.rules.applying import apply_match
from infer.rules.areas import tell_areas_apart
from infer.rules.channels import channels_in, named_accounts
from infer.rules.context import Context, Reading, Surroundings, TopicMap, context_of, mark, subject_of
from infer.rules.disclosure import Disclosure, read_disclosure
from infer.rules.matching import match_rule
from infer.rules.nones import empty_sections, find_nones
from infer.rules.patterns import lexicon, pattern
from infer.rules.prose import Prose, Sentence, prose_of, sentences
from infer.rules.quantities import Quantity, find_bare, find_quantities, mask_distractors
from infer.rules.respectively import Share, shares_of
from infer.rules.scope import is_upward, last_year_word, temporal_scope
from infer.rules.spans import FRAMED, count_span, disclosed_spans, open_span
from infer.rules.state import LabellerState
from report import Document, Section, Span, SpanType
from report.folding import fold
from report.spans import Scope

_TOLD_ANYWHERE = ("requests.", "reconsideration.", "litigation.", "complaints.", "fees.")
_OWN_OF_LAST_YEAR = ("items_previous_year", "carried_in")
_LASTING = frozenset(
    {
        "proposals",
        "requests",
        "reconsideration",
        "litigation",
        "litigation.direct",
        "litigation.after_reconsideration",
        "documents.normative",
        "documents.regulations",
        "trainings",
        "requests.list",
        "proactive",
    }
)
_RECENT = {"proactive": "proactive.recent"}
_ACROSS_LINES = frozenset({"proactive.recent"})
_AT_HAND = ("staff.", "organization.")
"""what an office has, which does not add up over the years"""
MOST_QUANTITIES = 5000


def label(
    doc: Document,
    *,
    skip: Sequence[tuple[int, int]] = (),
    sections: Sequence[Section] = (),
    year: int | None = None,
    issuer: str | None = None,
    reading: Reading | None = None,
    title_end: int | None = None,
) -> tuple[Span, ...]:
    """Quantities, statements of none, categories and channels of the running text outside `skip`.

    `title_end`: where the report's title ends, at which a sentence begins. `reading`: what read_running_text gave for
    the same text, where the caller has it already.
    """
    reading = reading or read_running_text(doc, skip)
    prose = reading.prose
    topics = TopicMap(prose, sections)
    state = LabellerState(year=year, issuer=issuer, accounts=named_accounts(prose.text))
    spans: list[Span] = []
    taken = 0
    ends = [] if title_end is None else [bisect_left(prose.folded.starts, title_end)]
    for sentence in sentences(reading.masked, sorted([*_heading_bounds(prose, sections), *ends])):
        inside, taken = _inside(reading.quantities, taken, sentence)
        spans += _label_sentence(reading, sentence, inside, topics, state)
        spans += find_nones(reading, sentence, topics, year)
    spans += empty_sections(doc.text, sections)
    return tuple(sorted(tell_areas_apart(doc, spans, issuer), key=lambda span: (span.start, span.end)))


def _inside(quantities: Sequence[Quantity], taken: int, sentence: Sentence) -> tuple[list[Quantity], int]:
    end = taken
    while end < len(quantities) and quantities[end].start < sentence.end:
        end += 1
    return list(quantities[taken:end]), end


def read_running_text(doc: Document, skip: Sequence[tuple[int, int]] = ()) -> Reading:
    """The view of the running text outside `skip`, distractors masked, quantities and bare numbers of lists found."""
    prose = prose_of(doc, skip)
    masked = mask_distractors(prose.text)
    quantities = find_quantities(masked)
    quantities = sorted(quantities + find_bare(masked, quantities), key=lambda quantity: quantity.start)
    kept = tuple(quantities[:MOST_QUANTITIES])
    return Reading(prose, masked, mark(masked, kept), kept, cut=len(quantities) > len(kept))


def _heading_bounds(prose: Prose, sections: Sequence[Section]) -> list[int]:
    """View offsets where a heading begins or ends, so that a heading run into its text is no part of the sentence."""
    starts = prose.folded.starts
    bounds: list[int] = []
    for section in sections:
        begin = bisect_left(starts, section.start)
        title = re.sub(r"\s", "", fold(section.title).text)
        place = prose.text.find(title, begin, begin + len(title) + 12) if title else -1
        bounds += [begin] if place < 0 else [begin, place + len(title)]
    return sorted(bounds)


def _label_sentence(
    reading: Reading, sentence: Sentence, quantities: list[Quantity], topics: TopicMap, state: LabellerState
) -> list[Span]:
    _enter(reading, sentence, state)
    spans: list[Span] = []
    before: Context | None = None
    shares = shares_of(reading, sentence, quantities) if "分别" in reading.marked[sentence.start : sentence.end] else {}
    for n, quantity in enumerate(quantities):
        context = context_of(
            reading,
            quantity,
            Surroundings(
                sentence=sentence,
                previous=quantities[n - 1] if n else None,
                previous_context=before,
                consumed=state.consumed,
                following=quantities[n + 1] if n + 1 < len(quantities) else None,
                frames=(*state.frames, *state.recent),
                topic=topics.at(quantity.start),
                year=state.year,
            ),
        )
        share = shares.get(quantity.start)
        spans += _label_share(reading, context, share, state) if share else _label_quantity(reading, context, state)
        before = context
    state.colon = reading.masked[sentence.end - 1 : sentence.end] == ":"
    return spans


def _label_share(reading: Reading, context: Context, share: Share, state: LabellerState) -> list[Span]:
    """One number of A、B分别N件、M件, read under its own name."""
    name = reading.prose.text[share.start : share.end]
    group = next(state.groups)
    if channels_in(name, state.accounts) and lexicon().words["macro.pub"].search(share.tail):
        place = reading.prose.to_document(share.start, share.end)
        return [
            count_span(reading, context, "proactive.total", "own", FRAMED, group),
            Span(start=place[0], end=place[1], type=SpanType.CHANNEL, confidence=FRAMED, group=group),
        ]
    year = last_year_word(name)
    words = share.tail if year else name + share.tail
    match = match_rule(
        replace(context, left=words, label=words, right="", frames=(*filter(None, [subject_of(name)]), *context.frames))
    )
    if match is None or match.indicator in (None, "disputes.joint"):
        disclosed = year is not None and pattern("disclosure.total").fullmatch(share.tail)
        indicator = "proactive.total" if disclosed else None
    else:
        indicator = match.indicator
    if indicator is None or (year and state.year and year not in (state.year, state.year - 1)):
        return open_span(reading, context)
    return [
        count_span(
            reading, context, indicator, "previous_year" if year and state.year and year < state.year else "own", FRAMED
        )
    ]


def _enter(reading: Reading, sentence: Sentence, state: LabellerState) -> None:
    """Carry the subject over into a sentence that goes on with it."""
    if state.colon or pattern("labeller.continues").match(reading.masked, sentence.start):
        return
    paragraph = reading.masked[max(0, sentence.start - 1) : sentence.start] == "\n"
    state.last, state.last_disclosure = (), None
    recent = tuple(_RECENT.get(frame, frame) for frame in state.frames if frame in _LASTING)
    state.recent = tuple(frame for frame in recent if frame in _ACROSS_LINES) if paragraph else recent
    state.frames = ()


def _label_quantity(reading: Reading, context: Context, state: LabellerState) -> list[Span]:
    aside = _set_aside(reading, context) or _other_figure(reading, context, state)
    if aside is not None:
        return aside
    match = match_rule(context)
    indicator = (match.indicator or "") if match else ""
    scope = _period(reading, context, indicator, state)
    if scope == "other_year" or (scope == "change" and not indicator.endswith("items_change")):
        return open_span(reading, context)
    if context.topic == "problems" and not indicator.startswith(_TOLD_ANYWHERE):
        return open_span(reading, context)
    reference = _reference(context)
    if reference is not None:
        state.frames = reference
        return open_span(reading, context)
    if match is not None:
        return apply_match(reading, context, match, state, scope)
    return _label_disclosure(reading, context, state, scope)


def _set_aside(reading: Reading, context: Context) -> list[Span] | None:
    """A number of what was sent upward, planned, looked at, or left out of account; None where it is none of these."""
    if is_upward(context):
        return open_span(reading, context, "upward")
    planned = pattern("labeller.planned").search(re.split(r"[;。]", context.left)[-1])
    after = pattern("labeller.seen").match(context.right) or pattern("labeller.not_included").match(context.right)
    return open_span(reading, context) if planned or after else None


def _other_figure(reading: Reading, context: Context, state: LabellerState) -> list[Span] | None:
    """Another year's or the new figure of what was counted just before; None where the words compare nothing."""
    if not state.last or not _same_kind(context, state.last[0]):
        return None
    words = lexicon().words
    if words["scope.towards"].search(context.left):
        return _restate(reading, context, state, "own")
    return _compared(reading, context, state) if words["scope.compared"].search(context.left) else None


def _period(reading: Reading, context: Context, indicator: str, state: LabellerState) -> str:
    if indicator.endswith(_OWN_OF_LAST_YEAR):
        return "own"
    scope = temporal_scope(reading, context)
    if scope in ("other_year", "change"):
        return scope
    if scope == "cumulative" and indicator.startswith(_AT_HAND):
        return "own"
    if (
        pattern("labeller.cumulated").search(context.left)
        and state.last
        and (state.last[0].indicator in (indicator, "proactive.total"))
    ):
        return "cumulative"
    return "previous_year" if lexicon().words["scope.from"].search(context.left) else scope


def _label_disclosure(reading: Reading, context: Context, state: LabellerState, scope: str) -> list[Span]:
    disclosure = read_disclosure(
        reading, context, total_known=state.total_known, issuer=state.issuer, accounts=state.accounts
    )
    if disclosure is None:
        return open_span(reading, context)
    state.frames = ("proactive",)
    state.total_known = state.total_known or (disclosure.total and scope == "own")
    disclosure = _parallel(disclosure, context, state)
    state.last = disclosed_spans(reading, context, disclosure, scope, next(state.groups))
    state.last_disclosure = disclosure
    return list(state.last)


def _parallel(disclosure: Disclosure, context: Context, state: LabellerState) -> Disclosure:
    """刊登规章5件,规范性文件9件: what follows in the same row was disclosed in the same place."""
    last = state.last_disclosure
    kinds = last is not None and last.channel is not None and (last.category is not None or last.enumerated)
    if last is None or not kinds or disclosure.category is None or disclosure.channel:
        return disclosure
    return disclosure if re.search(r"其中|[:(]", context.left) else replace(disclosure, channel=last.channel)


def _reference(context: Context) -> tuple[str, ...] | None:
    """36件申请中, 在网站的82条信息中, 办结的90件中: a number said again to open a list; the frames of that list."""
    match = pattern("labeller.reference").match(context.right)
    if match is None:
        return None
    noun = match["noun"] or match["noun2"] or ""
    if "申请" in noun or (not noun and pattern("labeller.answered").search(context.left)):
        return ("requests", "requests.list")
    if "信息" in noun:
        return ("proactive",)
    if not noun:
        return ("proactive",) if context.quantity.measure == "条" and match[0][0] in "中里" else None
    return ("proposals",)


def _same_kind(context: Context, last: Span) -> bool:
    return (context.quantity.kind == "rate") == (last.type is SpanType.RATE) and (context.quantity.kind == "money") == (
        last.type is SpanType.FEE
    )


def _compared(reading: Reading, context: Context, state: LabellerState) -> list[Span]:
    """比上年的1204条, 2013年为26件: another year's figure of what was counted just before; its own year's by its year word."""
    year = last_year_word(reading.prose.text[context.left_start : context.quantity.start])
    if year is not None and state.year is not None and year not in (state.year, state.year - 1):
        return open_span(reading, context)
    return _restate(reading, context, state, "own" if year is not None and year == state.year else "previous_year")


def _restate(reading: Reading, context: Context, state: LabellerState, scope: Scope) -> list[Span]:
    """Another figure of what was counted just before."""
    group = next(state.groups)
    return [
        count_span(reading, context, state.last[0].indicator, scope, FRAMED, group),
        *(replace(span, group=group) for span in state.last[1:]),
    ]
