"""Whose report it is, as the report itself says."""
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from infer.metadata.dates import Dated, find_dates
from infer.metadata.header import Entry
from infer.metadata.title import QUOTED, Title
from infer.metadata.view import View
from infer.metadata.words import pattern, value_pattern

Range = tuple[int, int]
LONGEST_ORGAN = 40
INTRODUCTION = 1500
NAMED_TWICE = 2
_SEAL = re.compile(r"\((?:盖章|公章|印章)\)$")
_AREA = re.compile(r"[镇乡村区县市省州盟旗街]$|街道$|园区$")


def find_issuer(
    view: View, title: Title | None, titles: Sequence[Title], entries: Sequence[Entry],
) -> Range | None:
    """The title's organ, made fuller by signature or publisher; else signature, publisher, introduction, source."""
    signed = [organ for organ, _ in signatures(view)]
    published = [organ for organ in _keyed(view, entries, "publisher") if organ]
    names = [name for name in (title, *titles) if name and name.rank >= QUOTED]
    told = (_in_title(view, name) or _in_brackets(view, name) for name in names)
    in_title = next((organ for organ in told if organ), None)
    if in_title:
        return _fuller(view, in_title, [*signed, *published])
    others = (*signed, *published, *_introduced(view), *_spoken(view, titles), *_keyed(view, entries, "source"))
    return next(iter(others), None) or _addressed(view)


def signatures(view: View) -> Iterator[tuple[Range, Dated]]:
    """An organ's name alone on a line and a date alone behind it, the last pair first."""
    found = []
    for dated in find_dates(view.text, 0, len(view.text)):
        alone = view.gaps[dated.start] and view.gaps[dated.end] and "年" in view.text[dated.start:dated.end]
        organ = _before(view, dated.start) if alone else None
        if organ:
            found.append((organ, dated))
    return reversed(found)


def _before(view: View, end: int) -> Range | None:
    start = end - 1
    while start > max(0, end - LONGEST_ORGAN) and not view.gaps[start]:
        start -= 1
    if not view.gaps[start] or (start and view.text[start - 1] in ":|,、"):
        return None
    seal = _SEAL.search(view.text, start, end)
    return _organ(view, start, seal.start() if seal else end)


def _organ(view: View, start: int, end: int) -> Range | None:
    """The range if it is the name of an organ and nothing else."""
    name = view.text[start:end]
    ending = re.fullmatch(rf"[一-龥()0-9A-Za-z·]*?{pattern('issuer', 'organ').pattern}", name)
    foreign = (value_pattern("not_an_organ").search(name) or pattern("issuer", "running").search(name)
               or pattern("issuer", "no_name").match(name))
    if not ending or foreign or not 2 <= len(name) <= LONGEST_ORGAN:
        return None
    return (start, end) if re.match(r"[一-龥]{2}", name) else None


def _in_title(view: View, title: Title) -> Range | None:
    start, end = title.start, title.core
    before = pattern("issuer", "before").match(view.text, start, end)
    start = before.end() if before else start
    while ahead := pattern("issuer", "ahead").match(view.text, start, end):
        start = ahead.end()
    if start >= end:
        return None
    if title.year is not None and start <= title.year_start < end:
        end = title.year_start
    name = view.text[start:end]
    if name.endswith("人民") and view.text.startswith("政府", end):
        end += 2
    while behind := pattern("issuer", "behind").search(view.text, start, end):
        end = behind.start()
    name = view.text[start:end]
    torn = pattern("issuer", "torn").search(name)
    return (start, end) if re.match(r"[一-龥]{2}", name) and end - start <= LONGEST_ORGAN and not torn else None


def _in_brackets(view: View, title: Title) -> Range | None:
    """年度报告(X管理委员会), 年度报告——X局: the organ behind the title."""
    bracketed = pattern("issuer", "bracketed").match(view.text, title.end, view.line_end(title.end - 1))
    return _organ(view, *bracketed.span("organ")) if bracketed else None


def _keyed(view: View, entries: Sequence[Entry], field: str) -> Iterator[Range]:
    for entry in entries:
        if entry.field == field and entry.end > entry.start:
            end = entry.end
            for position in range(entry.start + 1, entry.end):
                if view.gaps[position]:
                    end = position
                    break
            organ = _organ(view, entry.start, end)
            if organ:
                yield organ


def _fuller(view: View, base: Range, others: Sequence[Range]) -> Range:
    """A longer name of the same body: more before it, or behind the name of an area the body that governs it."""
    name = view.text[slice(*base)]
    for start, end in others:
        other = view.text[start:end]
        if len(other) > len(name) and (other.endswith(name) or (name in other and _AREA.search(name))):
            return start, end
    return base


def _introduced(view: View) -> Iterator[Range]:
    for name in ("compiled", "announced"):
        for match in pattern("issuer", name).finditer(view.text, 0, INTRODUCTION):
            organ = _organ(view, *_stripped(view, *match.span(1)))
            if organ:
                yield organ


def _stripped(view: View, start: int, end: int) -> Range:
    before = pattern("issuer", "before").match(view.text, start, end)
    return (before.end() if before and before.end() < end else start), end


def _spoken(view: View, titles: Sequence[Title]) -> Iterator[Range]:
    for title in titles:
        organ = _in_title(view, title)
        if organ and _organ(view, *organ):
            yield organ


def _addressed(view: View) -> Range | None:
    """The name that goes with 我镇, 我局: of that kind, and named more than once."""
    own = Counter(pattern("issuer", "own").findall(view.text))
    if not own:
        return None
    kind = own.most_common(1)[0][0]
    names: Counter[str] = Counter()
    for match in re.finditer(rf"(?=([一-龥]{{2}}){kind})", view.text):
        names[match[1] + kind] += 1
    for name, count in names.most_common():
        start = view.text.index(name)
        named = count >= NAMED_TWICE and not pattern("issuer", "no_part").match(name)
        if named and _organ(view, start, start + len(name)):
            return start, start + len(name)
    return None
