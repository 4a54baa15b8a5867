"""No pattern of the program blows up on texts made for it, nor on repeated words, which any text may hold."""

import re
from typing import Final

import pytest

from tests.robustness.patterns import all_patterns
from tests.robustness.pumping import Attack, attacks, growth

REPEATED: Final = (
    "□",
    "我",
    "本年",
    "各单位",
    "单位",
    "类",
    "目前",
    "-",
    "1-",
    "5 ",
    "一",
    "公开",
    "信息",
    "政府信息",
    "申请",
    "(1)",
    "、",
    ",",
    "其中",
    "的",
    "条",
    "1条",
    "#",
    "#、",
    '"',
    "年",
    "1",
    "1.",
    " ",
    "等",
    "县区",
    "网站",
    "均",
    "予以",
    "上",
    "(",
    ")",
    "万",
    "a",
    "1,",
    "月",
    "1月1日",
    "局",
    "委员会",
    "|",
    "\n",
    "<p>",
    "[1]",
)
FEW: Final = 128
LONG: Final = 2
"""attacks of a pattern that are made long; all others only show what doubles with each step"""
SHORT: Final = 32
MANY: Final = 256
MOST_GROWTH: Final = 2.6
"""A search that tries each place of a run grows with its square; sentences are at most 1,500 characters."""
OWN: Final = frozenset({r"([^;:]+)\ and\ ([^;:]+)\ more"})
"""matches notes that the program wrote itself, of a line"""


@pytest.fixture(scope="module")
def patterns() -> dict[str, re.Pattern[str]]:
    return {name: pattern for name, pattern in all_patterns().items() if pattern.pattern not in OWN}


@pytest.mark.slow
def test_no_pattern_blows_up_on_what_is_made_for_it(patterns: dict[str, re.Pattern[str]]) -> None:
    slow = []
    for pattern in patterns.values():
        for number, attack in enumerate(attacks(pattern)):
            power = _grows(pattern, attack, MANY if number < LONG else SHORT)
            slow += [f"{power:.1f}  {attack}  {pattern.pattern[:120]}"] if power > MOST_GROWTH else []
    assert not slow, "\n".join(slow)


@pytest.mark.slow
def test_no_pattern_blows_up_on_repeated_words(patterns: dict[str, re.Pattern[str]]) -> None:
    slow = [
        f"{power:.1f}  {words!r}  {pattern.pattern[:120]}"
        for pattern in patterns.values()
        for words in REPEATED
        if (power := _grows(pattern, Attack("", words, "x"), FEW)) > MOST_GROWTH
    ]
    assert not slow, "\n".join(slow)


def _grows(pattern: re.Pattern[str], attack: Attack, largest: int = MANY) -> float:
    """Measured again where it is too much: other work disturbs a measurement, never twice alike."""
    power = growth(pattern, attack, largest)
    return power if power <= MOST_GROWTH else min(power, *(growth(pattern, attack, largest) for _ in range(2)))


@pytest.mark.slow
def test_every_place_that_holds_patterns_is_looked_into(patterns: dict[str, re.Pattern[str]]) -> None:
    texts = {pattern.pattern for pattern in patterns.values()}
    assert len(texts) > 1_000
    # held by a module, of a rule, of a TOML file that is compiled where it is used, in a call
    assert {r"\|", r"\d+"} <= texts
    assert any("历年累计" in text for text in texts)
    assert any("同意公开" in text and text.endswith("$") for text in texts)
    assert any("自然人|商业企业" in text for text in texts)


@pytest.mark.parametrize(
    "text", ["(?:a+)+b", "(?:数量|数|量)*#", "a*a*b", "(?:约|近|约计|计)+$"]
)
def test_a_pattern_that_blows_up_is_noticed(text: str) -> None:
    pattern = re.compile(text)
    assert any(growth(pattern, attack, 2 * MANY) > MOST_GROWTH for attack in attacks(pattern))


@pytest.mark.parametrize(
    "text", ["a+b", "(?:总数|数|量)*#", "\\d++(?:\\.\\d*+)?条", "(?>a*)b", "(?:公开|信息){1,3}$"]
)
def test_a_pattern_that_does_not_is_left_alone(text: str) -> None:
    pattern = re.compile(text)
    assert all(_grows(pattern, attack) <= MOST_GROWTH for attack in attacks(pattern))
