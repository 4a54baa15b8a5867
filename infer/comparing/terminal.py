"""The comparison for people on a terminal: what does not hold first, with the words of both reports."""
from collections.abc import Iterator, Sequence

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from infer.comparing.comparison import Comparison, Copies, IssuerTold, YearTold
from infer.comparing.links import Link, Term
from infer.comparing.rates import RateRow, data
from infer.comparing.readings import Quote
from infer.comparing.telling import cell_label, expression, form_label, rate_text, said, subject, values
from infer.results.snippets import Snippet
from infer.results.wording import one_line
from infer.viewing.clean import clean

_INDENT = (0, 0, 0, 2)
_DEEPER = (0, 0, 0, 6)
_STYLES = {"holds": "green", "may_hold": "green", "breaks": "bold red", "doubtful": "yellow", "missing": "dim"}
_MARKS = {"holds": "✓", "may_hold": "✓?", "breaks": "✗", "doubtful": "?", "missing": "·"}
_SHORT = 46


def render(comparison: Comparison, console: Console, *, full: bool = False) -> str:
    """As this console would show it; `full` also lists the identities that hold and every copied paragraph."""
    with console.capture() as captured:
        for part in _parts(comparison, full=full):
            console.print(part)
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def _parts(comparison: Comparison, *, full: bool) -> Iterator[RenderableType]:
    for issuer in comparison.issuers:
        if len(issuer.years) > 1 or any(year.versions for year in issuer.years):
            yield from _issuer(issuer, full=full)
    yield from _side_by_side(comparison, full=full)
    yield from _asides(comparison)


def _zh(section: str, key: str, *filled: object) -> str:
    return said(section, key, *filled)[0]


def _issuer(issuer: IssuerTold, *, full: bool) -> Iterator[RenderableType]:
    held = [year.year for year in issuer.years]
    yield Rule(Text(clean(f"{issuer.name}  {held[0]}–{held[-1]}"), style="bold"), align="left", style="dim")
    yield Padding(_identity(issuer), _INDENT)
    for key, style in (("breaks", "bold red"), ("doubtful", "bold yellow")):
        found = issuer.of("breaks" if key == "breaks" else "doubtful")
        if found:
            yield Text(f"\n{_zh('page', key)} {len(found)}", style=style)
        for link in found:
            yield from _finding(link)
    yield from _versions(issuer)
    yield from _carry([link for link in issuer.links if link.chain == "carry"])
    yield from _others([link for link in issuer.links if link.chain != "carry"], full=full)
    yield from _copies(issuer.copies, full=full)
    yield from _rates_over_years(issuer.years, full=full)
    yield Text("")


def _identity(issuer: IssuerTold) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    names = "；".join(f"{name} {_spans(years)}" for name, years in issuer.names.items())
    forms = "；".join(f"{change.before}→{change.after} {form_label(change.old)[0]} → {form_label(change.new)[0]}"
                     for change in issuer.form_changes) or form_label(issuer.years[0].form)[0]
    said_of = _zh("page", "checked", len(issuer.links), *issuer.counts())
    for key, value in (("names", names), ("years", _spans([year.year for year in issuer.years])),
                       ("missing_years", "、".join(map(str, issuer.missing_years)) or _zh("page", "no_gap")),
                       ("forms", forms), ("state", said_of)):
        grid.add_row(_zh("page", key), Text(clean(value)))
    return grid


def _spans(years: Sequence[int]) -> str:
    """2019–2021、2023."""
    spans: list[list[int]] = []
    for year in years:
        if spans and spans[-1][-1] == year - 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    return "、".join(f"{one[0]}–{one[-1]}" if len(one) > 1 else str(one[0]) for one in spans)


def _finding(link: Link) -> Iterator[RenderableType]:
    mark, style = _MARKS[link.status], _STYLES[link.status]
    yield Padding(Text.assemble(
        (f"{mark} ", style), f"{_zh('chains', link.chain)}·{clean(subject(link)[0])} ",
        (f"{link.before}→{link.after}  ", "dim"), (expression(link), style)), _INDENT)
    for term in link.terms:
        yield Padding(_term(term), _DEEPER)
    for note in link.notes:
        yield Padding(Text(_zh("notes", note), style="dim"), _DEEPER)
    for document, status in link.versions:
        yield Padding(Text(_zh("page", "other_version", clean(document), _zh("statuses", status)), style="dim"),
                      _DEEPER)


def _term(term: Term) -> Table:
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=1, no_wrap=True)
    grid.add_row(Text(str(term.year)), Text(values(term)[0], style="bold"), _snippet(term.quote))
    grid.add_row("", "", Text(clean(term.document), style="dim", overflow="ellipsis", no_wrap=True))
    for quote in term.also:
        grid.add_row("", Text(_zh("page", "also_said"), style="dim"), _snippet(quote))
    return grid


def _snippet(quote: Quote | None) -> RenderableType:
    if quote is None:
        return Text("")
    return Snippet(before=clean(quote.before), words=clean(quote.words), after=clean(quote.after))


def _versions(issuer: IssuerTold) -> Iterator[RenderableType]:
    told = [(year, version) for year in issuer.years for version in year.versions]
    if told:
        yield Text(f"\n{_zh('page', 'versions')}", style="bold cyan")
    for year, version in told:
        yield Padding(Text(clean(f"{year.year} {_zh('versions', version.why)}：{version.document}"
                                 f"（{year.document}）")), _INDENT)
    for year in issuer.years:
        for difference in year.differences:
            words = " / ".join(f"{quote.words}（{quote.document}）" for quote in difference.quotes)
            name = cell_label(difference.indicator, difference.by)[0]
            yield Padding(Text(clean(f"{year.year} {name}：{words}"), style="yellow"), _INDENT)


def _carry(links: Sequence[Link]) -> Iterator[RenderableType]:
    """A row for each pair of years; applicants of whom every report says 0 are left out."""
    if not links:
        return
    worth = dict.fromkeys(subject(link)[0] for link in links if not link.by or any(
        value for term in link.terms for value in term.values) or link.status in ("breaks", "doubtful"))
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    table.add_column("")
    for name in worth:
        table.add_column(name, justify="right")
    for pair in dict.fromkeys((link.before, link.after) for link in links):
        cells = {subject(link)[0]: link for link in links if (link.before, link.after) == pair}
        table.add_row(f"{pair[0]}→{pair[1]}", *(_cell(cells.get(name)) for name in worth))
    yield Text(f"\n{_zh('page', 'carry_chain')}  ", style="bold cyan", end="")
    yield Text(_zh("formulas", "carry"), style="dim")
    yield Padding(table, _INDENT)
    yield Padding(Text(_zh("page", "chain_key"), style="dim"), _INDENT)


def _cell(link: Link | None) -> Text:
    if link is None:
        return Text("")
    return Text(f"{expression(link)} {_MARKS[link.status]}", style=_STYLES[link.status])


def _others(links: Sequence[Link], *, full: bool) -> Iterator[RenderableType]:
    shown = [link for link in links if full or (link.chain in ("items", "in_force") and any(
        value for term in link.terms for value in term.values))]
    if not shown:
        return
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for _ in range(3):
        table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for link in shown:
        table.add_row(f"{link.before}→{link.after}", Text(clean(_of(link))), Text(
            f"{_MARKS[link.status]} {_zh('statuses', link.status)}", style=_STYLES[link.status]), expression(link))
    yield Text(f"\n{_zh('page', 'other_chains')}", style="bold cyan")
    yield Padding(table, _INDENT)


def _of(link: Link) -> str:
    name = subject(link)[0]
    return name if len(name) <= _SHORT else name[:_SHORT] + "…"


def _copies(copies: Sequence[Copies], *, full: bool) -> Iterator[RenderableType]:
    if not any(one.paragraphs for one in copies):
        return
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    for name in ("", _zh("page", "prose"), *(_zh("likeness", key) for key in ("same", "figures", "near")),
                 _zh("page", "copied_share")):
        table.add_column(name, justify="right" if name else "left")
    for one in copies:
        share = "" if one.share is None else f"{one.share:.0%}"
        table.add_row(f"{one.before}→{one.after}", *(f"{size:,}" for size in (
            one.prose, one.same, one.figures, one.near)), share)
    yield Text(f"\n{_zh('page', 'copied')}", style="bold cyan")
    yield Padding(table, _INDENT)
    for one in copies if full else ():
        for copied in one.paragraphs:
            yield Padding(Text.assemble((f"{one.before}→{one.after} {_zh('likeness', copied.likeness)} ", "dim"),
                                        clean(copied.after)), _DEEPER)


def _rows(*, full: bool) -> list[RateRow]:
    return [row for row in data()["rate"] if full or row.get("main")]


def _rates_over_years(years: Sequence[YearTold], *, full: bool) -> Iterator[RenderableType]:
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    table.add_column("")
    for year in years:
        table.add_column(str(year.year), justify="right")
    for row in _rows(full=full):
        said_of = [next(rate_text(row, rate) for rate in year.rates if rate.id == row["id"]) for year in years]
        if any(said_of):
            table.add_row(row["zh"], *said_of)
    yield Text(f"\n{_zh('page', 'rates')}", style="bold cyan")
    yield Padding(table, _INDENT)


def _side_by_side(comparison: Comparison, *, full: bool) -> Iterator[RenderableType]:
    """A table for each year of which several issuers' reports are at hand, newest first."""
    years = sorted({year.year for issuer in comparison.issuers for year in issuer.years}, reverse=True)
    for number in years:
        held = [(issuer.name, year) for issuer in comparison.issuers for year in issuer.years if year.year == number]
        if len(held) > 1:
            yield from _beside(number, held, full=full)


def _beside(number: int, held: Sequence[tuple[str, YearTold]], *, full: bool) -> Iterator[RenderableType]:
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    table.add_column(_zh("page", "issuer"), overflow="fold")
    rows = _rows(full=full)
    for row in rows:
        table.add_column(row["zh"], justify="right", overflow="fold")
    for name, year in held:
        rates = {rate.id: rate for rate in year.rates}
        table.add_row(clean(name), *(rate_text(row, rates[row["id"]]) for row in rows))
    yield Rule(Text(f"{_zh('page', 'side_by_side')} {number}", style="bold"), align="left", style="dim")
    yield Padding(table, _INDENT)
    yield Text(_zh("page", "bounded"), style="dim")


def _asides(comparison: Comparison) -> Iterator[RenderableType]:
    if comparison.suspected:
        yield Text(f"\n{_zh('page', 'suspected')}  ", style="bold yellow", end="")
        yield Text(_zh("page", "suspected_how"), style="dim")
    for one in comparison.suspected:
        yield Padding(Text(clean(f"{one.issuers[0]} — {one.issuers[1]}：{_zh('suspicions', one.why)}")), _INDENT)
    if comparison.left_out:
        yield Text(f"\n{_zh('page', 'left_out')}", style="bold yellow")
    for left in comparison.left_out:
        yield Padding(Text(one_line(f"{left.document}：{_zh('why', left.why)}")), _INDENT)
