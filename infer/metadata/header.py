"""The block of keys and values that a site sets above a report, in every layout it comes down in."""
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from infer.metadata.dates import Dated, find_dates
from infer.metadata.view import LINE, View
from infer.metadata.words import key_fields, short_keys, value_pattern

HEAD = 2500
TAIL = 400
LONGEST_VALUE = 90
_DATE_FIELDS = ("published", "made", "updated")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Entry:
    """A key's field and the range of its value in the view, which may be empty."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Key:
    field: str
    start: int
    end: int


@cache
def _key_pattern() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, key_fields()), key=len, reverse=True))
    return re.compile(rf"(?P<open>[\[【(]?)(?P<word>{words})(?P<close>[\]】)]?)(?P<mark>[:|]*)")


def read_entries(view: View, head_end: int) -> list[Entry]:
    """Entries of the head of the page, then those of its foot, where some sites set them."""
    head = list(_keys(view, 0, min(head_end, len(view.text))))
    foot = list(_keys(view, max(head_end, len(view.text) - TAIL), len(view.text)))
    return [*_entries(view, head, head_end), *_entries(view, foot, len(view.text))]


def _keys(view: View, start: int, end: int) -> Iterator[_Key]:
    for match in _key_pattern().finditer(view.text, start, end):
        if _stands_as_key(view, match):
            yield _Key(key_fields()[match["word"]], match.start(), match.end())


def _stands_as_key(view: View, match: re.Match[str]) -> bool:
    before = view.text[match.start() - 1] if match.start() else "|"
    parted = bool(view.gaps[match.start()]) or not ("一" <= before <= "龥" or before in "《\"")
    closed = bool(match["open"] and match["close"])
    if match["word"] in short_keys() and not closed:
        return parted and (bool(match["mark"]) or (view.gaps[match.end()] == LINE and view.gaps[match.start()] == LINE))
    return (parted and bool(match["mark"] or closed or view.gaps[match.end()])) or ":" in match["mark"]


def _entries(view: View, keys: Sequence[_Key], end: int) -> Iterator[Entry]:
    for i, key in enumerate(keys):
        limit = keys[i + 1].start if i + 1 < len(keys) else end
        yield Entry(key.field, key.end, max(key.end, _value_end(view, key.end, min(limit, key.end + LONGEST_VALUE))))


def _value_end(view: View, start: int, limit: int) -> int:
    if start >= len(view.text) or start >= limit:
        return start
    bar = view.text.find("|", start, limit)
    stops = [limit, view.line_end(start), *([bar] if bar >= 0 else [])]
    return min(stops)


def first_value(view: View, entries: Sequence[Entry], field: str) -> tuple[int, int] | None:
    """The first value of a field that has the field's shape."""
    shape = value_pattern(field)
    for entry in entries:
        if entry.field == field:
            found = shape.match(view.text, entry.start, _word_end(view, entry))
            if found and _DIGIT.search(found.group()) and "报告" not in found.group():
                return found.start(), found.end()
    return None


def _word_end(view: View, entry: Entry) -> int:
    """Up to the gap behind which a value of Latin letters and digits is followed by other words."""
    for position in range(entry.start + 1, entry.end):
        if view.gaps[position] and not view.text[position].isascii():
            return position
    return entry.end


def first_date(view: View, entries: Sequence[Entry]) -> Dated | None:
    """The date of publication, before that of writing, before that of the last change."""
    for field in _DATE_FIELDS:
        for entry in entries:
            if entry.field == field:
                found = next(find_dates(view.text, entry.start, entry.end, compact=True), None)
                if found and found.start - entry.start <= 4:
                    return found
    return None
