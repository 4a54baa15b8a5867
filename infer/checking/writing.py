"""What a proof-reader would mark: gaps left open, traces of drafting, personal data, digits and punctuation."""
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from infer.checking.findings import Finding, Place
from infer.checking.lexicon import lexicon
from infer.checking.places import Draft
from infer.checking.wording import FIRST_YEAR_OF_2021, found
from infer.results.wording import one_line

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SIGNS: Final = "10X98765432"
_SHOWN: Final = 5
_LEFT_SEEN: Final = 3
_OFTEN: Final = 2
_OLD_NOTICE: Final = re.compile(r"国办公开办函〔2019〕60号")


def check_writing(draft: Draft) -> Iterator[Finding]:
    yield from _listed("placeholder", "writing.placeholder", draft)
    yield from _listed("draft", "writing.draft", draft)
    yield from _listed("separator", "writing.separator", draft)
    yield from _personal(draft)
    yield from _matched("fraction", "writing.fraction", draft)
    yield from _matched("punctuation", "writing.punctuation", draft)
    if draft.report.source.media != "pdf":  # the spaces of a PDF are of our making
        yield from _matched("split", "writing.split", draft)
    yield from _digits(draft)
    yield from _selves(draft)
    yield from _title(draft)
    yield from _citation(draft)


def _listed(name: str, kind: str, draft: Draft) -> Iterator[Finding]:
    seen: list[tuple[int, int]] = []
    for pattern in lexicon().lists[name]:
        for match in re.finditer(pattern, draft.text):
            start, end = match.span()
            if not any(start < stop and begin < end for begin, stop in seen):
                seen.append((start, end))
    for start, end in sorted(seen)[:_SHOWN]:
        yield found(kind, draft, places=[draft.of_words(start, end)], words=_around(draft, start, end))


def _matched(name: str, kind: str, draft: Draft) -> Iterator[Finding]:
    for match in list(re.finditer(lexicon().writing[name], draft.text))[:_SHOWN]:
        if "\t" not in match[0]:
            yield found(kind, draft, places=[draft.of_words(*match.span())], words=_around(draft, *match.span()))


def _around(draft: Draft, start: int, end: int) -> str:
    """The words with a little before and behind, so that the title can be read alone."""
    begin, finish = draft.sentence(start, start)
    return one_line(draft.text[max(begin, start - 8):max(end, min(finish, end + 4))])


def _personal(draft: Draft) -> Iterator[Finding]:
    words = lexicon().writing
    for match in re.finditer(words["identity"], draft.text):
        if _is_identity(match[0]):
            yield found("writing.identity", draft, places=[_masked(draft, match)])
    cells = [(fact.evidence.start, fact.evidence.end) for fact in draft.cells()]
    for match in re.finditer(words["mobile"], draft.text):
        if any(start < match.end() and match.start() < end for start, end in cells):
            continue  # cells that ran together
        place = _masked(draft, match)
        yield found("writing.mobile", draft, places=[place], words=place.words)


def _masked(draft: Draft, match: re.Match[str]) -> Place:
    """The place without the number itself, which a list of findings must not spread."""
    hidden = match[0][:_LEFT_SEEN] + "*" * (len(match[0]) - 2 * _LEFT_SEEN) + match[0][-_LEFT_SEEN:]
    return replace(draft.of_words(*match.span()), words=hidden)


def _is_identity(digits: str) -> bool:
    """The last sign of an identity number follows from the others (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return _SIGNS[total % 11] == digits[-1].upper()


def _digits(draft: Draft) -> Iterator[Finding]:
    """Full-width digits among half-width ones; a report that uses one kind throughout is left alone."""
    words = lexicon().writing
    wide = list(re.finditer(words["full_width"], draft.text))
    narrow = len(re.findall(words["half_width"], draft.text)) - len(wide)
    if wide and narrow >= _OFTEN and len(wide) < narrow:
        yield found("writing.digits", draft, places=[draft.of_words(*match.span()) for match in wide[:_SHOWN]],
                    words=_around(draft, *wide[0].span()))


def _selves(draft: Draft) -> Iterator[Finding]:
    issuer = draft.report.meta.issuer or ""
    for row in lexicon().selves:
        if not re.search(row["never"], issuer):
            continue
        matches = list(re.finditer(row["words"], draft.text))
        if matches:
            yield found("writing.office", draft, issuer=issuer, words=matches[0][0],
                        places=[draft.of_words(*match.span()) for match in matches[:_SHOWN]])


def _title(draft: Draft) -> Iterator[Finding]:
    title = draft.report.meta.title
    if draft.report.meta.kind == "report" and not title:
        yield found("reading.title", draft)
    elif draft.report.meta.kind == "report" and title and not re.search(r"[2２][0０]\d|二[〇○零]", title):
        evidence = draft.report.meta_evidence.get("title")
        yield found("writing.title", draft, places=[draft.of_evidence(evidence)] if evidence else [], title=title)


def _citation(draft: Draft) -> Iterator[Finding]:
    if draft.year is not None and draft.year >= FIRST_YEAR_OF_2021:
        for match in _OLD_NOTICE.finditer(draft.text):
            yield found("writing.citation", draft, places=[draft.of_words(*match.span())], year=draft.year,
                        words=match[0])
