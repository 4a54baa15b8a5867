"""The comparison as one HTML file: no network, no script but two buttons', every word of a report escaped."""
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from typing import Final

from infer.comparing.charts import Chart, carry_chart, interval_chart, rate_chart, requests_chart
from infer.comparing.comparison import Comparison, IssuerTold, YearTold
from infer.comparing.links import Link
from infer.comparing.rates import Rate, RateRow, data
from infer.comparing.telling import (
    Pair,
    cell_label,
    expression,
    form_label,
    formula_text,
    rate_text,
    said,
    sources,
    subject,
    values,
)
from infer.results.wording import number_text
from infer.viewing.clean import clean

GENERATOR: Final = b'<meta name="generator" content="gongkai compare">'
MARKS: Final = {"holds": "✓", "may_hold": "✓?", "breaks": "✗", "doubtful": "?", "missing": "·"}
_POLICY: Final = ("default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; base-uri 'none'; "
                  "form-action 'none'")
_CHARTED: Final = 30
"""issuers, and issuers of a year, that get charts: beyond, a table says it better"""
_DISCLOSURE: Final = "disclosure"
_RECEIVED: Final = "reviews"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A chart, which escapes its own words, and what stands above it; `keys`: with the two lines of requests."""

    svg: str
    caption: Pair
    keys: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A rate as printed, the figures that it divides, and what to know of it."""

    text: str
    sum: str
    why: Pair | None


def page(comparison: Comparison, *, title: str | None = None, language: str = "zh") -> str:
    """The whole page."""
    import jinja2
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    style, script = _file("page.css"), _file("page.js")
    breaks = sum(len(one.of("breaks")) for one in comparison.issuers)
    doubtful = sum(len(one.of("doubtful")) for one in comparison.issuers)
    several = [one for one in comparison.issuers if len(one.years) > 1 or any(year.versions for year in one.years)]
    return environment.from_string(_file("page.html")).render(
        comparison=comparison, title=(clean(title),) * 2 if title else said("page", "title"), language=language,
        marks=MARKS, policy=_POLICY.format(script=_digest(script), style=_digest(style)), style=style,
        script=script, findings=(breaks, doubtful) if breaks or doubtful else None, rates=data()["rate"],
        issuers=[_issuer(one, charted=number < _CHARTED) for number, one in enumerate(several)],
        beside=list(_beside(comparison)), said=said, subject=subject, expression=expression, values=values,
        cell_label=cell_label, form_label=form_label, formula_text=formula_text, sources=sources, clean=clean,
        other_version=_other_version)


def _file(name: str) -> str:
    return files("infer.comparing").joinpath(name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _other_version(document: str, status: str) -> Pair:
    zh, en = (said("page", "other_version", clean(document), one) for one in said("statuses", status))
    return zh[0], en[1]


def _issuer(told: IssuerTold, *, charted: bool) -> dict[str, object]:
    return {
        "told": told, "counts": said("page", "checked", len(told.links), *told.counts()),
        "charts": list(_charts(told)) if charted else [], "carry": _carry(told.links),
        "others": [link for link in told.links if link.chain != "carry" and _worth(link)],
        "rates": list(_rates(told.years)), "copies": any(one.paragraphs for one in told.copies)}


def _worth(link: Link) -> bool:
    """Not one of figures that are all 0."""
    return link.status in ("breaks", "doubtful") or any(value for term in link.terms for value in term.values)


def _carry(links: Sequence[Link]) -> dict[str, object]:
    """Applicants as columns, those of whom every report says 0 left out; a row for each pair of years."""
    chain = [link for link in links if link.chain == "carry"]
    columns = list(dict.fromkeys(subject(link) for link in chain if not link.by or _worth(link)))
    rows = []
    for pair in dict.fromkeys((link.before, link.after) for link in chain):
        cells = {subject(link): link for link in chain if (link.before, link.after) == pair}
        rows.append((f"{pair[0]}→{pair[1]}", [cells.get(name) for name in columns]))
    return {"columns": columns, "rows": rows}


def _charts(told: IssuerTold) -> Iterator[Figure]:
    by_id = {row["id"]: row for row in data()["rate"]}
    received = {year.year: (_point(year, _RECEIVED), _point(year, _DISCLOSURE)) for year in told.years}
    disclosure = by_id[_DISCLOSURE]
    captions = said("page", "requests_chart"), said("page", "carry_chart"), said("page", "disclosure_chart")
    labels = [_label(told.name, caption) for caption in captions]
    charts = (requests_chart(told.years, received, labels[0]), carry_chart(told.links, labels[1]),
              interval_chart([year for year in told.years if year.form != "2014"], disclosure, labels[2]))
    for number, (caption, chart) in enumerate(zip(captions, charts, strict=True)):
        if chart is not None:
            yield _figure(chart, caption, keys=number == 0)


def _label(name: str, caption: Pair) -> str:
    return f"{clean(name)}: {caption[0]} / {caption[1]}"


def _figure(chart: Chart, caption: Pair, *, keys: bool = False) -> Figure:
    return Figure(svg=chart.svg, caption=caption, keys=keys)


def _point(year: YearTold, rate: str) -> float | None:
    """What stands below the line of a rate, where it is known for certain."""
    below = next(one.below for one in year.rates if one.id == rate)
    return below[0] if below[0] == below[1] else None


def _rates(years: Sequence[YearTold]) -> Iterator[tuple[RateRow, list[Cell]]]:
    for row in data()["rate"]:
        cells = [_cell(row, year) for year in years]
        if any(cell.text for cell in cells):
            yield row, cells


def _cell(row: RateRow, year: YearTold) -> Cell:
    rate = next(one for one in year.rates if one.id == row["id"])
    notes = [said("rate_notes", note) for note in rate.notes]
    why = ("；".join(zh for zh, _ in notes), "; ".join(en for _, en in notes)) if notes else None
    text = rate_text(row, rate)
    return Cell(text=text, sum=_sum(rate) if text else "", why=why)


def _sum(rate: Rate) -> str:
    return f"{_span(rate.above)} / {_span(rate.below)}"


def _span(bounds: tuple[float, float | None]) -> str:
    low, high = bounds
    if high is None:
        return f"≥{number_text(low)}"
    return number_text(low) if low == high else f"{number_text(low)}–{number_text(high)}"


def _beside(comparison: Comparison) -> Iterator[Mapping[str, object]]:
    """Each year of which several issuers' reports are at hand, newest first."""
    for number in sorted({year.year for one in comparison.issuers for year in one.years}, reverse=True):
        held = [(one.name, year) for one in comparison.issuers for year in one.years if year.year == number]
        if len(held) < 2:
            continue
        columns = [row for row in data()["rate"] if any(_cell(row, year).text for _, year in held)]
        charts = []
        for row in (row for row in columns if row.get("main") and len(held) <= _CHARTED):
            chart = rate_chart(row, held, _label(str(number), (row["zh"], row["en"])))
            charts += [_figure(chart, (row["zh"], row["en"]))] if chart else []
        yield {"year": number, "columns": columns, "charts": charts,
               "rows": [(name, year.form, [_cell(row, year) for row in columns]) for name, year in held]}
