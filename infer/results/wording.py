"""What ids are called in Chinese, for people who read the result on a screen."""
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from report.facts import Fact
from report.vocabulary import vocabulary

OTHER_GROUP = "其他数字"
_CONTROL = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Indicators shown together: those whose id begins with one of the prefixes."""

    zh: str
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixWording:
    """A form table: the id of a cell's indicator is its row's key, a dot, its column's key."""

    corner: str
    rows: Mapping[str, str]
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """wording.toml as read."""

    states: Mapping[str, str]
    qualifiers: Mapping[str, str]
    scopes: Mapping[str, str]
    forms: Mapping[str, str]
    kinds: Mapping[str, str]
    faults: Mapping[str, str]
    methods: Mapping[str, str]
    relations: Mapping[str, str]
    movers: Mapping[str, str]
    missing: Mapping[str, str]
    warnings: Mapping[str, str]
    notes: Mapping[str, str]
    checks: Mapping[str, str]
    headlines: Mapping[str, str]
    subjects: Mapping[str, str]
    heads: Mapping[str, str]
    groups: tuple[Group, ...]
    matrices: tuple[MatrixWording, ...]


@cache
def wording() -> Wording:
    data = tomllib.loads(files("infer.results").joinpath("wording.toml").read_text(encoding="utf-8"))
    groups = tuple(Group(zh=row["zh"], indicators=tuple(row["indicators"])) for row in data.pop("group"))
    return Wording(groups=groups, matrices=tuple(MatrixWording(**row) for row in data.pop("matrix")), **data)


def one_line(text: str) -> str:
    """Words of a document as they may stand on a terminal: white space folded, control characters gone."""
    return " ".join(text.translate(_CONTROL).split())


def group_of(indicator: str | None) -> str:
    """The heading under which facts of this indicator are shown."""
    area = (indicator or "").split(".")[0]
    return next((group.zh for group in wording().groups if area in group.indicators), OTHER_GROUP)


@cache
def indicator_order() -> Mapping[str, int]:
    return {indicator: i for i, indicator in enumerate(vocabulary().indicators)}


def indicator_label(indicator: str) -> str:
    """First of the official wordings, with the head it stands under in its form; a total is that head itself."""
    if indicator not in vocabulary():
        return indicator
    zh = vocabulary()[indicator].zh.split("；")[0]
    group, _, own = indicator.rpartition(".")
    head = None if own == "total" else wording().heads.get(group)
    return zh if head is None or zh.startswith(head) else f"{head}：{zh}"


def fact_label(fact: Fact) -> str:
    return indicator_label(fact.indicator) if fact.indicator else one_line(fact.counted or "未命名")


def dimensions_label(fact: Fact) -> str:
    """Scope and dimension keys in Chinese, `·` between them; empty for a whole of the report's own year."""
    scope = scope_label(fact)
    keys = [key_label(dimension, key) for dimension, key in fact.by.items()]
    return "·".join(dict.fromkeys([*([scope] if scope else []), *keys]))


def scope_label(fact: Fact) -> str | None:
    """Whose figure it is, where it is not this report's own."""
    return wording().scopes.get(fact.scope)


def key_label(dimension: str, key: str) -> str:
    """A dimension's key in Chinese; free keys are the report's own words."""
    if dimension == "period":
        return wording().scopes.get(key, key)
    return vocabulary().dimensions.get(dimension, {}).get(key, one_line(key))


def value_label(fact: Fact) -> str:
    """The number with its unit, or what stands in its place; shares as percentages, 约 and 以上 as said."""
    if fact.value is None:
        return wording().states.get(fact.state, fact.state)
    share = fact.unit == "1"
    number = f"{number_text(fact.value * 100)}%" if share else f"{number_text(fact.value)} {fact.unit}".rstrip()
    return wording().qualifiers.get(fact.qualifier or "", "{}").format(number)


def cell_label(fact: Fact) -> str:
    """As `value_label`, without the unit that a form's column already says; money keeps its unit."""
    if fact.value is None or fact.unit == "元":
        return value_label(fact)
    return number_text(fact.value)


def number_label(fact: Fact) -> str:
    """The bare number, as a form's cell has it."""
    return "" if fact.value is None else number_text(fact.value)


def number_text(value: int | float) -> str:
    """Thousands apart, no zeros behind the point."""
    whole = round(value, 6)
    return f"{int(whole):,}" if whole == int(whole) else f"{whole:,.6f}".rstrip("0")
