"""A report for people on a terminal: failed checks first, then its numbers by subject, each with its words."""
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from textwrap import wrap

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from infer.results.check_rows import failed_checks
from infer.results.fact_rows import Widths, collapse_zeros, fact_table, open_table, ordered, unsettled, widths
from infer.results.matrices import Matrix, cell_text, read_matrices
from infer.results.notes import note_label, warning_label
from infer.results.snippets import Listing
from infer.results.wording import OTHER_GROUP, group_of, one_line, wording
from report.facts import Fact, Report, Warning

PLAIN_WIDTH = 100
_INDENT = (0, 0, 0, 2)
_CUT = "…"
_HEADING_CHARACTERS = (4, 2)
_ROW_LABEL_WIDTH = 40
_ROWS_NAMED = 3
_OUTSIDE_SHOWN = 12
_WORTH_A_LOOK = 0.3


def render_plain(report: Report, *, full: bool = False, width: int = PLAIN_WIDTH) -> str:
    """The view without colours, as it goes into files and pipes."""
    console = Console(file=StringIO(), width=width, no_color=True, force_terminal=False, legacy_windows=False)
    return render(report, console, full=full)


def render(report: Report, console: Console, *, full: bool = False) -> str:
    """The view as this console would show it, colours included."""
    with console.capture() as captured:
        console.print(view(report, full=full))
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def view(report: Report, *, full: bool = False) -> Group:
    """The whole view; `full` also shows rows of zeros, readings that lost, and every number outside the vocabulary."""
    return Group(*_header(report), *failed_checks(report), *_warnings(report), *_groups(report, full=full))


def _header(report: Report) -> Iterator[RenderableType]:
    meta = report.meta
    yield Rule(Text(one_line(meta.title or report.source.name), style="bold"), align="left", style="dim")
    if meta.kind != "report":
        words = next((_quoted(warning) for warning in report.warnings if warning.code == _kind_code(report)), "")
        yield Padding(Text.assemble((wording().kinds[meta.kind], "bold red"), (words, "dim")), _INDENT)
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in _identity(report):
        if value:
            grid.add_row(name, Text(one_line(value)))
    yield Padding(grid, _INDENT)


def _kind_code(report: Report) -> str:
    return f"kind_{report.meta.kind}"


def _identity(report: Report) -> Iterator[tuple[str, str | None]]:
    meta, passed = report.meta, sum(check.status == "pass" for check in report.checks)
    failed = sum(check.status == "fail" for check in report.checks)
    unknown = len(report.checks) - passed - failed
    yield "机关", meta.issuer or "未找到"
    yield "年度", str(meta.report_year) if meta.report_year else "未找到"
    yield "表格", wording().forms[meta.form]
    yield "发布", meta.published_on
    yield "索引", "  ".join(filter(None, (meta.index_number, meta.document_number)))
    yield "文件", report.source.name
    stated = [fact for fact in report.facts if fact.status == "stated"]
    outside = sum(fact.indicator is None for fact in stated)
    numbers = f"{len(stated)} 个数" + (f"（{outside} 个在指标之外）" if outside else "")
    checks = f"勾稽 {passed} 项相符，{failed} 项不符" + (f"，{unknown} 项无法核对" if unknown else "")
    yield "内容", f"{numbers}；{checks}"
    yield "读法", _readers(report.facts)


def _readers(facts: Sequence[Fact]) -> str | None:
    """Who read how many of the numbers, and how many readings were not taken; nothing where there is one reader."""
    held = Counter[str](fact.method for fact in facts if fact.status == "stated")
    left, open_places = sum(fact.status == "alternative" for fact in facts), len(unsettled(facts))
    named = "，".join(f"{zh} {held[method]}" for method, zh in wording().methods.items() if method in held)
    rest = "，".join([*([f"{open_places} 个把握不足，未采用"] if open_places else []),
                     *([f"另有 {left - open_places} 种读法未采用"] if left > open_places else [])])
    return "；".join(filter(None, (named, rest))) if len(held) > 1 or rest else None


def _warnings(report: Report) -> Iterator[RenderableType]:
    """What the first line has not said already."""
    warnings = [warning for warning in report.warnings if warning.code != _kind_code(report)]
    if warnings:
        yield Text(f"\n! 提示 {len(warnings)} 条", style="bold yellow")
    for warning in warnings:
        yield Padding(Text.assemble(warning_label(warning), (_quoted(warning), "dim")), _INDENT)


def _quoted(warning: Warning) -> str:
    return f"  【{_short(warning.evidence.text)}】" if warning.evidence else ""


def _short(text: str, limit: int = 40) -> str:
    line = one_line(text)
    return line if len(line) <= limit else line[: limit - 1] + _CUT


def _groups(report: Report, *, full: bool) -> Iterator[RenderableType]:
    facts = [fact for fact in report.facts if fact.status == "stated"]
    if not report.facts:
        yield Text("\n没有读到任何数", style="yellow")
    matrices = read_matrices(facts)
    inside = {fact.id for matrix in matrices for fact in matrix.facts()}
    rest = ordered(fact for fact in facts if fact.id not in inside)
    columns = widths([*rest, *unsettled(report.facts)])
    both = report.producer.model is not None and any(fact.method == "both" for fact in report.facts)
    for group in wording().groups:
        listed = [fact for fact in rest if fact.indicator and group_of(fact.indicator) == group.zh]
        tables = [matrix for matrix in matrices if group_of(matrix.group_indicator) == group.zh]
        if tables or listed:
            yield Text(f"\n{group.zh}", style="bold cyan")
            yield from _listed(listed, columns, full=full, by=full and both)
            yield from (Padding(_matrix(matrix, full=full), _INDENT) for matrix in tables)
    yield from _outside([fact for fact in rest if group_of(fact.indicator) == OTHER_GROUP], columns, full=full)
    yield from _not_taken(report.facts, columns, full=full)


def _listed(facts: Sequence[Fact], columns: Widths, *, full: bool, by: bool) -> Iterator[RenderableType]:
    shown, zeros = (list(facts), "") if full else collapse_zeros(facts)
    if shown:
        yield Padding(fact_table(shown, columns, by=by), _INDENT)
    if zeros:
        yield Padding(Listing(text=zeros, style="dim"), _INDENT)


def _outside(facts: Sequence[Fact], columns: Widths, *, full: bool) -> Iterator[RenderableType]:
    """Numbers of no indicator, the first of them unless all are asked for."""
    if not facts:
        return
    yield Text(f"\n{OTHER_GROUP}", style="bold cyan")
    shown = facts if full or len(facts) <= _OUTSIDE_SHOWN + 1 else facts[:_OUTSIDE_SHOWN]
    yield Padding(open_table(shown, columns), _INDENT)
    if len(shown) < len(facts):
        yield Padding(Text(f"另有 {len(facts) - len(shown)} 个，extract -v 全部列出", style="dim"), _INDENT)


def _not_taken(facts: Sequence[Fact], columns: Widths, *, full: bool) -> Iterator[RenderableType]:
    """Places of which no reading was sure enough, and on demand the readings that lost to a surer one."""
    waiting = unsettled(facts)
    shown = waiting if full else [fact for fact in waiting if fact.confidence >= _WORTH_A_LOOK]
    if waiting:
        yield Text(f"\n? 把握不足，未采用 {len(waiting)} 个", style="bold yellow")
    if shown:
        yield Padding(fact_table(ordered(shown), columns, by=True), _INDENT)
    if len(shown) < len(waiting):
        more = "另有" if shown else "其中"
        yield Padding(Text(f"{more} {len(waiting) - len(shown)} 个把握不到 {_WORTH_A_LOOK:.2f}，extract -v 全部列出",
                           style="dim"), _INDENT)
    lost = [fact for fact in facts if fact.status == "alternative" and fact not in waiting]
    if full and lost:
        yield Text(f"\n未采用的读法 {len(lost)} 种，同处另有更可靠的", style="bold cyan")
        yield Padding(fact_table(ordered(lost), columns, by=True), _INDENT)


def _matrix(matrix: Matrix, *, full: bool) -> Group:
    quiet = {} if full else {row: said for row in matrix.rows if (said := matrix.quiet(row)) is not None}
    parts: list[RenderableType] = [Grid(matrix=matrix, rows=[row for row in matrix.rows if row not in quiet])]
    if quiet:
        parts.append(Listing(text="；".join(_quiet_rows(matrix, quiet)), style="dim"))
    return Group(*parts[len(quiet) == len(matrix.rows):], *_doubts(matrix))


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A form table; its headings stand in short lines where long ones leave the rows too little room."""

    matrix: Matrix
    rows: Sequence[str]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        tables = [self._table(characters) for characters in _HEADING_CHARACTERS]
        fitting = (table for table in tables if console.measure(table).maximum <= options.max_width)
        yield next(fitting, tables[-1])

    def _table(self, characters: int) -> Table:
        matrix = self.matrix
        table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="dim")
        table.add_column(matrix.corner, overflow="fold", max_width=_ROW_LABEL_WIDTH, vertical="top")
        for zh in matrix.columns.values():
            table.add_column("\n".join(wrap(zh, characters)), justify="right", no_wrap=True)
        for row in self.rows:
            cells = matrix.cells[row]
            table.add_row(Text(matrix.rows[row]), *(_cell(cells.get(column, ())) for column in matrix.columns))
        return table


def _quiet_rows(matrix: Matrix, quiet: Mapping[str, str]) -> Iterator[str]:
    """全为 0：规章；8 行全为 —"""
    for said in dict.fromkeys(quiet.values()):
        names = [matrix.rows[row] for row in quiet if quiet[row] == said]
        yield f"全为 {said}：{'、'.join(names)}" if len(names) <= _ROWS_NAMED else f"{len(names)} 行全为 {said}"


def _cell(facts: Sequence[Fact]) -> Text:
    style = "yellow" if any(fact.ambiguous for fact in facts) else "dim" if _is_nothing(facts) else ""
    return Text(cell_text(facts), style=style)


def _is_nothing(facts: Sequence[Fact]) -> bool:
    return all(not fact.value for fact in facts)


def _doubts(matrix: Matrix) -> Iterator[RenderableType]:
    doubtful = [fact for fact in matrix.facts() if fact.ambiguous]
    if doubtful:
        reasons = "；".join(dict.fromkeys(note_label(fact.reason) for fact in doubtful if fact.reason))
        yield Listing(text=f"? {len(doubtful)} 格存疑" + (f"：{reasons}" if reasons else ""), style="yellow")
