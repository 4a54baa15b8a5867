"""The words of a comparison in Chinese and English: what an identity is of, what its figures are, how a rate is put."""
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final, cast

from infer.comparing.links import Link, Term
from infer.comparing.rates import Rate, RateRow, data
from infer.results.wording import indicator_label, key_label, number_text, wording
from infer.viewing.wording import english

Pair = tuple[str, str]
"""Chinese and English"""
_RELATIONS: Final = {("=", True): "=", ("=", False): "≠", (">=", True): "≥", (">=", False): "<", ("<=", True): "≤",
                     ("<=", False): ">"}
_SHOWN: Final = 4


@cache
def _data() -> Mapping[str, Mapping[str, list[str]]]:
    text = files("infer.comparing").joinpath("wording.toml").read_text(encoding="utf-8")
    return cast(Mapping[str, Mapping[str, list[str]]], tomllib.loads(text))


def said(section: str, key: str, *filled: object) -> Pair:
    """A wording of wording.toml, its holes filled."""
    zh, en = _data()[section][key]
    for one in filled:
        zh, en = zh.replace("{}", str(one), 1), en.replace("{}", str(one), 1)
    return zh, en


def form_label(form: str) -> Pair:
    return wording().forms[form], english().forms.get(form, form)


def cell_label(indicator: str, by: Mapping[str, str]) -> Pair:
    """An indicator with its parts."""
    keys = [(key_label(name, key), _key(name, key)) for name, key in by.items()]
    zh, en = indicator_label(indicator), english().indicators.get(indicator, indicator)
    return (f"{zh}（{'·'.join(one for one, _ in keys)}）" if keys else zh,
            f"{en} ({', '.join(one for _, one in keys)})" if keys else en)


def _key(dimension: str, key: str) -> str:
    return english().dimensions.get(dimension, {}).get(key) or english().scopes.get(key) or key.replace("_", " ")


def subject(link: Link) -> Pair:
    """What of its chain a link is about: an applicant, a kind of document, an indicator."""
    if link.chain != "carry":
        return cell_label(link.indicator, link.by)
    if not link.by:
        return said("page", "total")
    (name, key), = link.by.items()
    return key_label(name, key), _key(name, key)


def values(term: Term) -> Pair:
    """The figure, or all that it may be, or why there is none."""
    if term.missing:
        return said("missing", term.missing)
    if term.value is not None:
        return number_text(term.value), number_text(term.value)
    shown = [number_text(value) for value in term.values[:_SHOWN]]
    more = "…" if len(term.values) > _SHOWN else ""
    return f" {said('page', 'or')[0]} ".join(shown) + more, " or ".join(shown) + more


def expression(link: Link) -> str:
    """Both sides in figures, ? where one is not known for certain."""
    sides = {side: "".join(_operand(term, first=number == 0) for number, term in enumerate(
        one for one in link.terms if one.side == side)) for side in ("left", "right")}
    stands = link.status in ("holds", "may_hold")
    relation = "?" if link.status == "missing" else _RELATIONS[link.relation, stands]
    return f"{sides['left']} {relation} {sides['right']}"


def _operand(term: Term, *, first: bool) -> str:
    sign = "" if first and term.sign > 0 else " − " if term.sign < 0 else " + "
    if term.value is not None:
        number = number_text(term.value)
        return f"{sign}({number})" if term.value < 0 and sign else f"{sign}{number}"
    return f"{sign}{'□' if term.missing else '[' + '|'.join(map(number_text, term.values[:_SHOWN])) + ']'}"


def rate_text(row: RateRow, rate: Rate) -> str:
    """48.0%, 48.1–61.9%, ≥ 3.2, — for nothing to divide by, empty for nothing known; ? where a figure is doubtful."""
    if rate.state == "none":
        return "—"
    if rate.state == "unknown" or rate.low is None:
        return ""
    doubt = "" if rate.sure else "?"
    if rate.state == "exact":
        return _number(row, rate.low) + doubt
    if rate.high is None:
        return f"≥ {_number(row, rate.low)}{doubt}"
    return f"{_number(row, rate.low).removesuffix('%')}–{_number(row, rate.high)}{doubt}"


def _number(row: RateRow, value: float) -> str:
    if not row.get("share"):
        return f"{value:,.2f}"
    shown = f"{value * 100:.1f}%"
    return "<0.1%" if shown == "0.0%" and value > 0 else ">99.9%" if shown == "100.0%" and value < 1 else shown


def formula_text(row: RateRow) -> Pair:
    """Above and below the line, in the words of the forms."""
    zh = f"{'＋'.join(_quantity(name)[0] for name in row['above'])} ÷ {'＋'.join(_quantity(n)[0] for n in row['below'])}"
    en = (f"{' + '.join(_quantity(name)[1] for name in row['above'])} / "
          f"{' + '.join(_quantity(name)[1] for name in row['below'])}")
    times = f" × {row['per']}" if row.get("per", 1) != 1 else ""
    return zh + times, en + times


def _quantity(name: str) -> Pair:
    return said("quantities", name)


def sources(row: RateRow) -> Pair:
    """Where a formula comes from: the articles of the regulation, the forms, the literature."""
    held = data()["sources"]
    zh, en = [], []
    if "articles" in row:
        words = said("page", "articles", row["articles"])
        zh.append(held["regulation"]["zh"] + words[0].removeprefix("条例"))
        en.append(f"{held['regulation']['en']}, {words[1]}")
    zh += [held[name]["zh"] for name in row["sources"]]
    en += [held[name]["en"] for name in row["sources"]]
    return "；".join(zh), "; ".join(en)
