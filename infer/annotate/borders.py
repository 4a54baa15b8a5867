"""The rules' names with the borders that the guidelines ask for (guidelines, sections 3 and 5)."""
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from report import Span, SpanType

_LEAST = 2
"""characters that a name keeps"""


def by_guidelines(spans: Iterable[Span], text: str) -> Iterator[Span]:
    """CATEGORY without 信息 at its end, CHANNEL with the whole name; no span grows into another."""
    held = tuple(spans)
    taken = {place for span in held for place in range(span.start, span.end)}
    for span in held:
        if span.type is SpanType.CATEGORY:
            yield _shortened(span, text)
        elif span.type is SpanType.CHANNEL:
            yield _whole(span, text, taken - set(range(span.start, span.end)))
        else:
            yield span


def _shortened(span: Span, text: str) -> Span:
    words = _ending("after_category").sub("", text[span.start : span.end])
    return replace(span, end=span.start + len(words)) if len(words) >= _LEAST else span


def _whole(span: Span, text: str, taken: set[int]) -> Span:
    start, end = span.start, span.end
    while (before := _ending("before_channel").search(text, 0, start)) and not taken & set(range(*before.span())):
        start = before.start()
    behind = (len(words) for words in _words()["behind_channel"]
              if text.startswith(words, end) and not taken & set(range(end, end + len(words))))
    return replace(span, start=start, end=end + next(behind, 0))


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("infer").joinpath("annotate", "borders.toml").read_text(encoding="utf-8"))


@cache
def _ending(name: str) -> re.Pattern[str]:
    return re.compile(f"(?:{_words()[name]})$")
