"""The running text as one line of reading: form tables cut out, wrapped lines and stray spaces closed."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from infer.rules.patterns import lexicon
from report import Document
from report.folding import Folded, fold

_LATIN = re.compile(r"[0-9A-Za-z]")
_WORDS_OR_SPACE = re.compile(r"\S+|\s")
_HEADING = re.compile(
    r"[ \t]*(?:[一二三四五六七八九十]{1,3}[、.,是]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、)]|[①-⑳]|第[一二三四五六七八九十]|附件|[-*#|])"
)
_STOP = re.compile(r"[。!?！？\n]+|(?<=[\u4e00-\u9fff%])\.(?=[\u4e00-\u9fff])")
_SENTENCE_END = "。!?！？;:"
_PAGE_NUMBER = re.compile(r"(?m)^[ \t]*-{1,2}[ \t]*\d{1,4}[ \t]*-{1,2}[ \t]*\n|(?<=其)\s*\d{1,3}\s*(?=中)")
LONGEST_SENTENCE = 1500
_MIN_WRAPPED_LINE = 15
_NUMBER_LINE = re.compile(r"\d[\d.]{0,9}")
_CLOSERS = re.compile(r"[ \t]*[,、。;)\]%]")
_MEASURE_LINE = re.compile(r"[ \t]*(?:余|多|万)?(?:条|件|人次|次|篇|份|个|元|万元|%|起|宗|项|期|名|人)")


@dataclass(frozen=True, slots=True)
class Prose:
    """The view `text` (folded, one paragraph a line) with a map back to the document.

    `skipped`: ranges of the document that were left out, in order.
    """

    text: str
    folded: Folded
    skipped: tuple[tuple[int, int], ...] = ()

    def to_document(self, start: int, end: int) -> tuple[int, int]:
        """Bounds of view[start:end] in Document.text."""
        return self.folded.to_original(start, end)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Half-open bounds of a sentence in Prose.text."""

    start: int
    end: int


def prose_of(doc: Document, skip: Sequence[tuple[int, int]] = ()) -> Prose:
    """The document's running text without the ranges in `skip` (form tables)."""
    folded = _without_page_numbers(fold(doc.text))
    return replace(_compact(folded, _kept(folded, skip)), skipped=tuple(sorted(skip)))


def _without_page_numbers(folded: Folded) -> Folded:
    """Without lines that are a page's number, and without one that fell into a word (其3中)."""
    noise = [match.span() for match in _PAGE_NUMBER.finditer(folded.text)]
    if not noise:
        return folded
    dropped = {i for start, end in noise for i in range(start, end)}
    kept = [i for i in range(len(folded.text)) if i not in dropped]
    return Folded(
        "".join(folded.text[i] for i in kept),
        tuple(folded.starts[i] for i in kept),
        tuple(folded.ends[i] for i in kept),
    )


def _kept(folded: Folded, skip: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Bounds in the folded text of what stands outside the ranges of the document."""
    done = 0
    for start, end in sorted(skip):
        first, last = bisect_left(folded.starts, start), bisect_left(folded.starts, end)
        if done < first:
            yield done, first
        done = max(done, last)
    if done < len(folded.text):
        yield done, len(folded.text)


def _compact(folded: Folded, kept: Iterable[tuple[int, int]]) -> Prose:
    view: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def push(words: str, first: int, last: int) -> None:
        view.append(words)
        starts.extend(folded.starts[first:last])
        ends.extend(folded.ends[first:last])

    text = folded.text
    for start, end in kept:
        if view and view[-1] != "\n":
            push("\n", start, start + 1)
        for match in _WORDS_OR_SPACE.finditer(text, start, end):
            i = match.start()
            if not match[0].isspace():
                push(match[0], i, match.end())
            elif not view or view[-1] in "\n ":
                continue
            elif _is_break(text, i):
                push("\n", i, i + 1)
            elif _parts_words(text, i, view[-1][-1]):
                push(" ", i, i + 1)
    words = "".join(view)
    for regional, standard in lexicon().regional.items():
        words = words.replace(regional, standard)
    return Prose(words, Folded(words, tuple(starts), tuple(ends)))


def _parts_words(text: str, i: int, before: str) -> bool:
    after = text[i : i + 40].lstrip()[:1]
    return bool(_LATIN.match(before) and after and _LATIN.match(after))


def _is_break(text: str, i: int) -> bool:
    if text[i] != "\n":
        return False
    line_start = text.rfind("\n", 0, i) + 1
    line = text[line_start:i].strip()
    if not line:
        return False
    following, breaks = _next_line(text, i)
    if _NUMBER_LINE.fullmatch(following) and line[-1] not in _SENTENCE_END:
        after = _next_line(text, text.index(following, i) + len(following))[0]
        if _MEASURE_LINE.match(after):
            return False
    return not _continues(line, following, breaks > 1)


def _next_line(text: str, i: int) -> tuple[str, int]:
    """The next line that is not blank (cut at 80 characters) and how many line ends lie before it."""
    count, j = 0, i
    while j < len(text) and text[j].isspace():
        count += text[j] == "\n"
        j += 1
    end = text.find("\n", j)
    return text[j : end if 0 <= end < j + 80 else j + 80].strip(), count


def _continues(line: str, following: str, gap: bool) -> bool:
    """Whether a line end is only a wrap: a number or punctuation cut off, or a long line broken inside a sentence."""
    if not following:
        return False
    if _CLOSERS.match(following) or line[-1] in ",、(":
        return True
    if line[-1].isdigit() and _MEASURE_LINE.match(following):
        return True
    if _NUMBER_LINE.fullmatch(following) and line[-1] not in _SENTENCE_END and not gap:
        return len(line) >= _MIN_WRAPPED_LINE
    if gap or line[-1] in _SENTENCE_END or _HEADING.match(following):
        return False
    return (len(line) >= _MIN_WRAPPED_LINE and not _HEADING.match(line)) or len(line) >= 2 * _MIN_WRAPPED_LINE


def sentences(text: str, bounds: Sequence[int] = ()) -> list[Sentence]:
    """Split at 。！？, line ends and `bounds`; a full stop counts where it stands between Chinese characters."""
    cuts = [match.span() for match in _STOP.finditer(text)] + [(bound, bound) for bound in bounds]
    found: list[Sentence] = []
    start = 0
    for cut_start, cut_end in sorted(cuts):
        if cut_start > start:
            found += _pieces(text, start, cut_start)
        start = max(start, cut_end)
    if start < len(text):
        found += _pieces(text, start, len(text))
    return found


def _pieces(text: str, start: int, end: int) -> Iterator[Sentence]:
    """A sentence, cut behind a comma where it is longer than any that is written."""
    while end - start > LONGEST_SENTENCE:
        comma = max(text.rfind(mark, start, start + LONGEST_SENTENCE) for mark in ";,、")
        cut = comma + 1 if comma > start else start + LONGEST_SENTENCE
        yield Sentence(start, cut)
        start = cut
    yield Sentence(start, end)
