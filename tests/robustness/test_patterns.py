"""No pattern of the program takes exponential time on repeated words, which any text may hold."""
import dataclasses
import re
import signal
import sys
from collections.abc import Iterator
from types import FrameType
from typing import Final

import pytest

from infer import extract
from tests.conftest import ROOT

REPEATED: Final = (
    "□", "我", "本年", "各单位", "单位", "类", "目前", "-", "1-", "5 ", "一", "公开", "信息", "政府信息", "申请", "(1)", "、", ",", "其中",
    "的", "条", "1条", "#", "#、", '"', "年", "1", "1.", " ", "等", "县区", "网站", "均", "予以", "上", "(", ")", "万", "a", "1,", "月",
    "1月1日", "局", "委员会", "|", "\n", "<p>", "[1]")
TIMES: Final = 60
MOST_SECONDS: Final = 0.5


class _TooSlow(Exception):
    pass


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise _TooSlow


def _patterns() -> dict[str, re.Pattern[str]]:
    """Every compiled pattern that a module of ours or a cached function of it holds, by its text."""
    for path in sorted((ROOT / "examples").glob("[0-9]*.*")):
        extract(path)
    names = [name for name in sys.modules if name.partition(".")[0] in ("infer", "report")]
    held = [value for name in names for value in vars(sys.modules[name]).values()]
    held += [value() for value in held if hasattr(value, "cache_info") and value.cache_info().maxsize is None
             and not value.__wrapped__.__code__.co_argcount]
    return {pattern.pattern: pattern for pattern in _inside(held, {}) if isinstance(pattern.pattern, str)}


def _inside(value: object, seen: dict[int, object]) -> Iterator[re.Pattern[str]]:
    if id(value) in seen:
        return
    seen[id(value)] = value
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from _inside(list(value.values()), seen)
    elif isinstance(value, list | tuple | set | frozenset):
        for part in value:
            yield from _inside(part, seen)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from _inside([getattr(value, field.name) for field in dataclasses.fields(value)], seen)


def _blows_up(pattern: re.Pattern[str], words: str) -> bool:
    signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
    try:
        pattern.search(words)
        pattern.fullmatch(words)
    except _TooSlow:
        return True
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return False


@pytest.mark.slow
def test_no_pattern_takes_exponential_time() -> None:
    before = signal.signal(signal.SIGVTALRM, _interrupt)
    patterns = _patterns()
    try:
        slow = [f"{words!r}: {text[:120]}" for text, pattern in patterns.items() for words in REPEATED
                if _blows_up(pattern, words * TIMES + "x")]
    finally:
        signal.signal(signal.SIGVTALRM, before)
    assert len(patterns) > 300
    assert not slow, "\n".join(slow)


def test_a_pattern_that_takes_exponential_time_is_noticed() -> None:
    before = signal.signal(signal.SIGVTALRM, _interrupt)
    try:
        assert _blows_up(re.compile("(?:a+)+b"), "a" * TIMES + "x")
        assert not _blows_up(re.compile("a+b"), "a" * TIMES + "x")
    finally:
        signal.signal(signal.SIGVTALRM, before)
