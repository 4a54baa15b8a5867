"""Charts as pictures (SVG) that take their colours and letters from the page and run nothing."""
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Final

from infer.comparing.comparison import YearTold
from infer.comparing.links import Link
from infer.comparing.rates import RateRow
from infer.viewing.clean import clean

if TYPE_CHECKING:
    import altair

_WIDE: Final = 620
_HIGH: Final = 180
_ROW: Final = 24
_LONGEST: Final = 22
_LABEL: Final = 300
_INSIDE: Final = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_SIZE: Final = re.compile(r' width="\d+" height="\d+"')
_TICKS: Final = 5
_FONT: Final = "sans-serif"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """An SVG element that is one picture to assistive technology."""

    svg: str


def carry_chart(links: Sequence[Link], label: str) -> Chart | None:
    """Where two years meet: hollow for what one report carried out, filled for what the next carried in."""
    import altair

    totals = [link for link in links if link.chain == "carry" and not link.by]
    rows: list[dict[str, object]] = []
    for link in totals:
        pair = f"{link.before}→{link.after}"
        rows += [{"pair": pair, "n": term.value, "side": term.when, "bad": link.status in ("breaks", "doubtful")}
                 for term in link.terms if term.value is not None]
    most = max((int(term.value or 0) for link in totals for term in link.terms), default=0)
    if not most:
        return None
    base = _of(rows).encode(
        x=altair.X("pair:O", title=None, axis=altair.Axis(labelAngle=0), sort=None),
        y=altair.Y("n:Q", title=None, axis=altair.Axis(format="d", tickCount=min(most, _TICKS)),
                   scale=altair.Scale(domain=[0, most])))
    colour = altair.condition("datum.bad", altair.value("var(--bad)"), altair.value("var(--c1)"))
    line = base.mark_line(strokeWidth=2).encode(detail="pair:O", color=colour)
    hollow = base.transform_filter("datum.side == 'before'").mark_point(size=140, strokeWidth=2, filled=False)
    filled = base.transform_filter("datum.side == 'after'").mark_point(size=50, filled=True)
    return _drawn(line + hollow.encode(color=colour) + filled.encode(color=colour), label)


def requests_chart(years: Sequence[YearTold], figures: Mapping[int, tuple[float | None, float | None]],
                   label: str) -> Chart | None:
    """Requests received (line) and processed (dashes); where a year is missing or says nothing, the line is broken."""
    import altair

    rows: list[dict[str, object]] = [
        {"year": year, "n": value, "kind": kind} for year in _span(years)
        for kind, value in zip(("received", "processed"), figures.get(year, (None, None)), strict=True)]
    if len({row["year"] for row in rows if row["n"] is not None}) < 2 or not any(row["n"] for row in rows):
        return None
    base = _of(rows).encode(
        x=altair.X("year:O", title=None, axis=altair.Axis(labelAngle=0)), y=altair.Y("n:Q", title=None))
    layers = []
    for kind, colour, dash, shape in (("received", "var(--c1)", [1, 0], "circle"),
                                      ("processed", "var(--c2)", [6, 4], "square")):
        own = base.transform_filter(f"datum.kind == '{kind}'")
        layers += [own.mark_line(color=colour, strokeWidth=2, strokeDash=dash),
                   own.mark_point(color=colour, filled=True, size=60, shape=shape)]
    return _drawn(altair.layer(*layers), label)


def rate_chart(row: RateRow, held: Sequence[tuple[str, YearTold]], label: str) -> Chart | None:
    """Issuers side by side: a point where the rate is exact, a bar over its bounds where it is not."""
    import altair

    rows: list[dict[str, object]] = []
    names = _apart([_shortened(name) for name, _ in held])
    for number, (_, year) in enumerate(held):
        rate = next(one for one in year.rates if one.id == row["id"])
        if rate.low is not None and rate.high is not None:
            rows.append({"issuer": names[number], "low": rate.low, "high": rate.high, "exact": rate.state == "exact"})
    if not rows:
        return None
    axis = altair.Axis(labelLimit=_LABEL)
    shown = altair.Axis(format="%" if row.get("share") else "~g")
    scale = altair.Scale(domain=[0, 1]) if row.get("share") else altair.Scale(zero=True)
    base = _of(rows).encode(
        y=altair.Y("issuer:N", title=None, axis=axis, sort=names),
        x=altair.X("low:Q", title=None, axis=shown, scale=scale))
    points = base.transform_filter("datum.exact").mark_point(color="var(--c1)", filled=True, size=90)
    spans = base.transform_filter("!datum.exact").mark_bar(color="var(--c2)", height=8).encode(x2="high:Q")
    return _drawn(points + spans, label, height=_ROW * len(rows))


def interval_chart(years: Sequence[YearTold], row: RateRow, label: str) -> Chart | None:
    """One rate over an issuer's years: a point where it is exact, a bar over its bounds where it is not."""
    import altair

    rows: list[dict[str, object]] = []
    whole = altair.Scale(domain=list(_span(years)))
    for year in years:
        rate = next(one for one in year.rates if one.id == row["id"])
        if rate.low is not None and rate.high is not None:
            rows.append({"year": year.year, "low": rate.low, "high": rate.high, "exact": rate.state == "exact"})
    if len(rows) < 2:
        return None
    base = _of(rows).encode(
        x=altair.X("year:O", title=None, axis=altair.Axis(labelAngle=0), scale=whole),
        y=altair.Y("low:Q", title=None, axis=altair.Axis(format="%"), scale=altair.Scale(domain=[0, 1])))
    points = base.transform_filter("datum.exact").mark_point(color="var(--c1)", filled=True, size=90)
    spans = base.transform_filter("!datum.exact").mark_bar(color="var(--c2)", width=8).encode(y2="high:Q")
    return _drawn(points + spans, label)


def _span(years: Sequence[YearTold]) -> range:
    """The years from first to last, missing ones too."""
    return range(years[0].year, years[-1].year + 1) if years else range(0)


def _of(rows: Sequence[Mapping[str, object]]) -> "altair.Chart":
    import altair

    return altair.Chart(altair.InlineData(values=list(rows)))


def _shortened(name: str) -> str:
    line = clean(name)
    return line if len(line) <= _LONGEST else line[:_LONGEST - 1] + "…"


def _apart(names: Sequence[str]) -> list[str]:
    """Names that were cut alike, numbered."""
    return [name if names.count(name) == 1 else f"{name} {names[:number + 1].count(name)}"
            for number, name in enumerate(names)]


def _drawn(chart: "altair.LayerChart | altair.FacetChart", label: str, *, height: int = _HIGH) -> Chart:
    """The chart in the colours of the page, which are its style's variables, one picture to assistive technology."""
    import vl_convert

    made: dict[str, Any] = chart.properties(width=_WIDE, height=height, background="transparent").configure_axis(
        labelColor="currentColor", domainColor="var(--line)", gridColor="var(--line)", tickColor="var(--line)",
        labelFont=_FONT, labelFontSize=12).configure_view(stroke=None).to_dict(validate=False)
    svg = _INSIDE.sub("", vl_convert.vegalite_to_svg(made))
    head, _, rest = svg.partition(">")
    head = _SIZE.sub(' class="chart"', head.replace(' class="marks"', ""))
    return Chart(svg=f'{head} role="img" aria-label="{escape(label)}">{rest}')
