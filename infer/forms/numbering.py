"""The column of sequence numbers before the labels (序号: 1, 1.1, 2), whose numbers are no values of the row before."""

import itertools
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from infer.forms.chains import Chain, Match
from infer.forms.view import LetterView
from report.forms import forms

HEAD_REACH = 40
FEWEST_WITH_HEAD, FEWEST_WITHOUT = 2, 5
NEXT_WEIGHT, LATER_WEIGHT = 2, 1
_NUMBER = re.compile(r"[\s|](\d{1,2}(?:\.\d{1,2}){0,2})[\s|]*$")
_BARE_TAIL = re.compile(r"[\d.]+$")
_BEFORE_LABEL = re.compile(r"(?:[一二三四五六七八九十]{1,2}+[)]?[、.:,]?|其中[:,]?|[\s|(\"'《])*$")
_LIST_NUMBER = re.compile(r"(?<=\d)\d[.、)]$")
WINDOW = 24

Path = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """`places`: where the number before a label begins, by the label's place; `lost`: labels without one.

    `codes`: a column of codes stands between the indicators and their units.
    """

    places: Mapping[int, int]
    lost: frozenset[int] = frozenset()
    codes: bool = False


NO_NUMBERS = Numbering(places={})


def find_numbering(chain: Chain, view: LetterView) -> Numbering:
    """The sequence numbers of a table, and whether its indicators have codes."""
    return replace(_find_numbers(chain, view), codes=_has_codes(chain, view))


def _find_numbers(chain: Chain, view: LetterView) -> Numbering:
    """Numbers set off from the values by their rising order; where all runs together, each as what follows the last."""
    labels = [match for match in chain.matches if chain.element(match).kind == "row" or chain.element(match).optional]
    headed = _has_head(chain, labels, view)
    if len(labels) < FEWEST_WITH_HEAD:
        return NO_NUMBERS
    rising = _longest_rise([found for match in labels if (found := _set_off(match, view))])
    if len(rising) >= FEWEST_WITH_HEAD and headed:
        return Numbering(places={label: place for label, place, _ in rising})
    if len(rising) >= max(FEWEST_WITHOUT, len(labels) - 1) and _is_counted([path for _, _, path in rising]):
        return Numbering(places={label: place for label, place, _ in rising})
    if not headed:
        return NO_NUMBERS
    touched = frozenset(match.start for match in labels if _touching(match, view))
    return _run_together(labels, view) if _are_glued(labels, touched, view) else Numbering(places={}, lost=touched)


def _has_codes(chain: Chain, view: LetterView) -> bool:
    """Heads that put a column of codes between the indicators and their units."""
    first = next((match for match in chain.matches if chain.element(match).kind == "row"), None)
    if first is None or chain.table.layout != "statistics":
        return False
    heads = view.folded.text[max(0, view.places[chain.start] - HEAD_REACH) : view.places[first.start]]
    columns = forms().columns
    return (
        re.search(rf"(?:{'|'.join(columns.frame)})[\s|]*(?:{'|'.join(columns.codes)})[\s|]*(?:计量)?单位", heads)
        is not None
    )


def _has_head(chain: Chain, labels: Sequence[Match], view: LetterView) -> bool:
    """序号 among the heads, before the head of the indicators."""
    if not labels:
        return False
    end = view.places[labels[0].start]
    start = max(0, view.places[chain.start] - HEAD_REACH)
    heads = view.folded.text[start:end]
    frame = re.search("|".join(forms().columns.frame), heads)
    return any(word in heads[: frame.start() if frame else None] for word in forms().columns.sequence)


def _set_off(match: Match, view: LetterView) -> tuple[int, int, Path] | None:
    """The label's place, the number's place, and the number."""
    start, window = _window(match, view)
    found = _NUMBER.search(window)
    return (match.start, start + found.start(1), _path(found[1])) if found else None


def _window(match: Match, view: LetterView) -> tuple[int, str]:
    end = view.places[match.start]
    start = max(0, end - WINDOW)
    window = view.folded.text[start:end]
    before = _BEFORE_LABEL.search(window)
    window = window[: before.start()] if before else window
    return start, _LIST_NUMBER.sub("", window)


def _path(words: str) -> Path:
    return tuple(int(part) for part in words.split("."))


def _following(path: Path) -> list[Path]:
    """What can be counted after a number: its first part, the next beside it, the next above."""
    beside = [(*path[:n], path[n] + 1) for n in reversed(range(len(path)))]
    return [(*path, 1), *beside]


def _is_counted(paths: Sequence[Path]) -> bool:
    steps = itertools.pairwise(paths)
    return all(after in _following(before) for before, after in steps)


def _longest_rise(found: Sequence[tuple[int, int, Path]]) -> list[tuple[int, int, Path]]:
    """The rows whose numbers rise; a value that happens to stand before a label breaks the order and falls out."""
    best: list[tuple[int, int]] = []
    for n, (_, _, path) in enumerate(found):
        options = [(0, -1)]
        for m in range(n):
            if found[m][2] < path:
                weight = NEXT_WEIGHT if path in _following(found[m][2]) else LATER_WEIGHT
                options.append((best[m][0] + weight, m))
        best.append(max(options))
    rising: list[tuple[int, int, Path]] = []
    n = max(range(len(best)), key=lambda n: best[n][0], default=-1)
    while n >= 0:
        rising.append(found[n])
        n = best[n][1]
    return rising[::-1]


def _touching(match: Match, view: LetterView) -> str:
    """The digits that touch a label or, if that has one, its own list number."""
    _, window = _window(match, view)
    found = _BARE_TAIL.search(window)
    return found.group() if found else ""


def _are_glued(labels: Sequence[Match], touched: Collection[int], view: LetterView) -> bool:
    """Digits touch the labels, a lone 1 the first of them."""
    return len(touched) * 5 >= len(labels) * 4 and _touching(labels[0], view) == "1"


def _run_together(labels: Sequence[Match], view: LetterView) -> Numbering:
    """Each number as the one that follows the last, at the end of the digits before its label."""
    places: dict[int, int] = {}
    lost: set[int] = set()
    expected: list[Path] = [(1,)]
    for match in labels:
        start, window = _window(match, view)
        words = _touching(match, view)
        path = next((path for path in expected if words.endswith(_words(path))), None)
        if path is None:
            lost.add(match.start)
            continue
        places[match.start] = start + len(window) - len(_words(path))
        expected = sorted(_following(path), key=len, reverse=True)
    return Numbering(places=places, lost=frozenset(lost))


def _words(path: Path) -> str:
    return ".".join(map(str, path))
