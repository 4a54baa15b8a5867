"""Failed checks: what does not agree, by how much, and whose fault it seems."""
import re
from collections.abc import Iterator, Mapping

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from infer.results.notes import note_label
from infer.results.snippets import Listing
from infer.results.wording import (
    dimensions_label,
    fact_label,
    indicator_label,
    key_label,
    number_text,
    one_line,
    value_label,
    wording,
)
from report.checks import Check, Side
from report.facts import Fact, Report
from report.vocabulary import vocabulary

_LINE = (0, 0, 0, 2)
_DETAIL = (0, 0, 0, 4)
_SIGNS = {("fail", False): "≠", ("fail", True): "＜", ("pass", False): "＝", ("pass", True): "≥"}
_UNKNOWN_SIGN = "？"
_ADDEND_KEY = re.compile(r"[a-z_]+(?= \d)")


def failed_checks(report: Report) -> Iterator[RenderableType]:
    """A heading and some lines for each failed check, once where a text stands twice; nothing where all hold."""
    facts = {fact.id: fact for fact in report.facts}
    failed = [check for check in report.checks if check.status == "fail"]
    said = {check_words(check, facts): check for check in failed}
    if failed:
        yield Text(f"\n✗ 勾稽不符 {len(failed)} 项", style="bold red")
    for (label, sides, details), check in said.items():
        yield Padding(_titled(label, sides, check), _LINE)
        yield from (Padding(Listing(text=detail, style="dim"), _DETAIL) for detail in details)


def check_words(check: Check, facts: Mapping[str, Fact]) -> tuple[str, str, tuple[str, ...]]:
    """A check's name, both sides with what stands between them, and lines on where they come from."""
    return check_label(check, facts), _headline(check, facts), tuple(_details(check, facts))


def _titled(label: str, sides: str, check: Check) -> Text:
    line = Text.assemble((label, "bold"), f"  {sides}" if sides else "")
    if check.fault:
        line.append(f"  {wording().faults[check.fault]}", style="yellow")
    return line


def _headline(check: Check, facts: Mapping[str, Fact]) -> str:
    """Both sides in the words of the family, or with the sign between them that holds or does not."""
    sign = _SIGNS.get((check.status, "≥" in check.formula), _UNKNOWN_SIGN)
    words = wording().headlines.get(_family(check) or "", f"{{left}} {sign} {{right}}")
    share = any(facts[name].unit == "1" for name in check.right.facts if name in facts)
    return words.format(left=_side(check.left, share=share), right=_side(check.right, share=share))


def _side(side: Side, *, share: bool = False) -> str:
    if isinstance(side.value, str):
        return one_line(side.value)
    if side.value is None:
        return "无"
    return f"{number_text(round(side.value * 100, 2))}%" if share else _figure(side.value)


def _figure(value: int | float) -> str:
    """A year has no comma."""
    return str(value) if isinstance(value, int) and 1900 < value < 2100 else number_text(value)


def _details(check: Check, facts: Mapping[str, Fact]) -> Iterator[str]:
    sides = [said for side in (check.left, check.right) if (said := _sum(side))]
    if sides:
        yield one_line("；".join(sides))
    elif _family(check) is None:
        yield one_line(check.formula)
    if check.repair:
        yield f"改动一处即全部相符：{_repair(check.repair, facts)}"
    if check.note:
        yield note_label(check.note)


def _sum(side: Side) -> str | None:
    """What a side adds up and to what, or the words it was read from; ids say nothing to a reader."""
    expression, value = _ADDEND_KEY.sub(_addend, side.expression), str(side.value)
    if not re.search(r"[^\x00-\x7f]", expression):
        return None
    if re.search(r" [+/] ", expression):
        return f"{expression.replace(' / ', ' ÷ ')} = {_side(side)}"
    return expression if expression.endswith(f" {value}") else f"【{expression}】"


def _addend(match: re.Match[str]) -> str:
    """The key of a dimension before its number, in Chinese."""
    return next((keys[match[0]] for keys in vocabulary().dimensions.values() if match[0] in keys), match[0])


def _repair(repair: str, facts: Mapping[str, Fact]) -> str:
    """FACT_ID=VALUE as what that fact counts, its value now and the value proposed."""
    identity, _, value = repair.partition("=")
    fact = facts.get(identity)
    return repair if fact is None else f"{_named(fact)} {value_label(fact)} → {value}"


def _named(fact: Fact) -> str:
    dimensions = dimensions_label(fact)
    return f"{fact_label(fact)}（{dimensions}）" if dimensions else fact_label(fact)


def check_label(check: Check, facts: Mapping[str, Fact]) -> str:
    """Family and case: 申请收支平衡（自然人）. A family without a name goes by its formula."""
    family = _family(check)
    indicator = check.id.removeprefix(f"{family}.") if family else ""
    about = [indicator_label(indicator) if indicator in vocabulary() else "", *_subject(check.subject, facts)]
    name = wording().checks[family] if family else one_line(check.formula)
    case = "，".join(dict.fromkeys(word for word in about if word and word != name))
    return f"{name}（{case}）" if case else name


def _family(check: Check) -> str | None:
    return max((name for name in wording().checks if f"{check.id}.".startswith(f"{name}.")), key=len, default=None)


def _subject(subject: str, facts: Mapping[str, Fact]) -> Iterator[str]:
    """The parts of a subject: KEY=VALUE with commas or spaces between, a heading with `section=`, or one word."""
    if subject.startswith("section="):
        yield one_line(subject.partition("=")[2])
        return
    for part in subject.replace(",", " ").split():
        name, equals, value = part.partition("=")
        if value in facts:
            yield f"【{one_line(facts[value].evidence.text)}】"
        elif name != "level":
            yield "、".join(_key(name, one) for one in value.split("+")) if equals else _word(name)


def _key(name: str, value: str) -> str:
    known = key_label(name, value)
    return known if known != value else _word(value)


def _word(word: str) -> str:
    """An indicator or a word of wording.toml in Chinese; any other as it is."""
    return indicator_label(word) if word in vocabulary() else wording().subjects.get(word, one_line(word))
