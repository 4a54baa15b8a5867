"""An explanation for people on a terminal: the words, each reading with what made it sure or not, the checks."""
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from infer.explaining import Explanation, Involved, Measured, Mover, Told
from infer.results.check_rows import check_words
from infer.results.notes import mover_label, note_label
from infer.results.snippets import Listing
from infer.results.wording import dimensions_label, fact_label, one_line, value_label, wording
from report.facts import Evidence, Fact, Review

MOVERS_SHOWN: Final = 5
FACTS_SHOWN: Final = 6
_INDENT: Final = (0, 0, 0, 2)
_DEEPER: Final = (0, 0, 0, 4)
_MARKS: Final = {"pass": ("✓", "green"), "fail": ("✗", "bold red"), "unknown": ("?", "yellow")}
_CHECKED: Final = {(True, False): "勾稽相符", (False, True): "勾稽不符", (True, True): "勾稽有的相符有的不符",
                   (False, False): "没有勾稽可核"}
_TAKEN, _LEFT = ("●", "bold"), ("○", "yellow")


def render(found: Sequence[Explanation], console: Console, *, full: bool = False) -> str:
    """The explanations as this console would show them, colours included."""
    with console.capture() as captured:
        console.print(explanations(found, full=full))
    return "\n".join(line.rstrip() for line in captured.get().rstrip().splitlines()) + "\n"


def explanations(found: Sequence[Explanation], *, full: bool = False) -> Group:
    """One block a fact; `full` shows every fact, every feature and the ids behind a check."""
    shown = found if full or len(found) <= FACTS_SHOWN + 1 else found[:FACTS_SHOWN]
    parts = [part for one in shown for part in _explanation(one, full=full)]
    if len(shown) < len(found):
        rest = " ".join(one.fact.id for one in found[len(shown):])
        parts.append(Padding(Text(f"另有 {len(found) - len(shown)} 个，-v 全部说明：{rest}", style="dim"), _INDENT))
    return Group(*parts)


def _explanation(one: Explanation, *, full: bool) -> Iterator[RenderableType]:
    fact = one.fact
    title = Text.assemble((fact.id, "bold"), "  ", (_what(fact), "bold"), "  ", (value_label(fact), "bold cyan"))
    yield Rule(title, align="left", style="dim")
    yield Padding(_identity(one), _INDENT)
    yield Text("\n读法", style="bold cyan")
    for told in one.readings:
        yield from _reading(told, one, full=full)
    if one.checks:
        yield Text("\n勾稽", style="bold cyan")
    facts = {behind.id: behind for behind in one.behind}
    for involved in one.checks:
        yield from _check(involved, facts, full=full)
    yield Text()


def _what(fact: Fact) -> str:
    dimensions = dimensions_label(fact)
    label = fact_label(fact) if fact.indicator else f"指标之外：{fact_label(fact)}"
    return f"{label}（{dimensions}）" if dimensions else label


def _identity(one: Explanation) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    said = one.sentence
    if said.words.strip() or said.before.strip():
        grid.add_row("原文", Text.assemble(_joined(said.before), (f"【{one_line(said.words)}】", "bold"),
                                         _joined(said.after)))
    else:
        grid.add_row("原文", Text("空格", style="dim"))
    if one.fact.indicator:
        keys = ((f"  {name}={key}", "dim") for name, key in one.fact.by.items())
        grid.add_row("指标", Text.assemble(one.fact.indicator, *keys))
    grid.add_row("出处", Text(f"{one_line(one.report)}，{_place(one.fact.evidence)}"))
    grid.add_row("结论", _verdict(one))
    if one.fact.review:
        grid.add_row("核对", Text(one_line(_reviewed(one.fact.review))))
    if one.note:
        grid.add_row("说明", Text(wording().missing[one.note], style="yellow"))
    return grid


def _reviewed(review: Review) -> str:
    """Who decided, when, and what they said of it."""
    who = "，".join(filter(None, (review.reviewer or "未署名", review.date)))
    return f"{who}：{review.note}" if review.note else who


def _joined(text: str) -> str:
    return "".join(one_line(line) for line in text.splitlines())


def _place(words: Evidence) -> str:
    """Where the words stand: pages and cells as people count them, characters as the result does."""
    page = f"第 {words.page} 页，" if words.page is not None else ""
    cell = f"表 {words.table + 1} " if words.table is not None else ""
    cell += f"第 {words.row + 1} 行" if words.row is not None else ""
    cell += f"第 {words.column + 1} 列" if words.column is not None else ""
    return f"{page}{f'{cell}，' if cell else ''}字符 {words.start}–{words.end}"


def _verdict(one: Explanation) -> Text:
    fact = one.fact
    if fact.status == "stated":
        asked = f"（须 {one.take:.2f}）" if one.take is not None and fact.indicator else ""
        return Text(f"采用，{_by(fact.method)}，把握 {fact.confidence:.2f}{asked}{_doubt(fact)}")
    own = "" if _is_unsure(fact) else f"，把握 {fact.confidence:.2f}"
    return Text(f"未采用，{_by(fact.method)}{own}{_doubt(fact)}", style="yellow")


def _doubt(fact: Fact) -> str:
    reasons = [*(["有歧义"] if fact.ambiguous else []), *([note_label(fact.reason)] if fact.reason else [])]
    return f"：{'，'.join(reasons)}" if reasons else ""


def _is_unsure(fact: Fact) -> bool:
    """Not taken for its confidence alone, which the reason names."""
    return fact.status == "alternative" and f"{fact.confidence:.2f}" in (fact.reason or "")


def _by(method: str) -> str:
    return wording().methods[method]


def _reading(told: Told, one: Explanation, *, full: bool) -> Iterator[RenderableType]:
    """The reading in a line, then how its confidence came about."""
    fact = told.fact
    mark, style = _TAKEN if fact.status == "stated" else _LEFT
    line = Text.assemble((f"{mark} {fact.id}", style), f"  {_by(told.by)}  {_what(fact)}  {value_label(fact)}",
                         f"  把握 {fact.confidence:.2f}")
    yield Padding(line, _INDENT)
    if fact.reason and fact.id != one.fact.id and not _is_unsure(fact):
        yield Padding(Listing(text=note_label(fact.reason), style="yellow"), _DEEPER)
    if told.measured:
        yield Padding(Listing(text="；".join(_scores(told.measured, fact)), style="dim"), _DEEPER)
        yield Padding(_arithmetic(told.measured, full=full), _DEEPER)


def _scores(measured: Measured, fact: Fact) -> Iterator[str]:
    yield wording().relations[measured.relation]
    if measured.tier is not None:
        yield f"规则的等级 {measured.tier:.2f}"
    if measured.score is not None:
        yield f"模型的得分 {measured.score:.3f}"
    before, after = measured.before_checks, fact.confidence
    if before == after:
        yield f"算得 {after:.3f}"
    else:
        way = "仍为" if f"{before:.3f}" == f"{after:.3f}" else "升至" if after > before else "降至"
        yield f"算得 {before:.3f}，{_CHECKED[measured.held, measured.failed]}，{way} {after:.3f}"


def _arithmetic(measured: Measured, *, full: bool) -> Table:
    """Log odds: where all readings begin, what each feature adds, and what the features not shown add together."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_column(style="dim", overflow="fold")
    moving = [mover for mover in measured.movers if full or mover.moved]
    shown, rest = (moving, []) if full else (moving[:MOVERS_SHOWN], moving[MOVERS_SHOWN:])
    grid.add_row(f"{measured.intercept:+.2f}", "起点")
    for mover in shown:
        grid.add_row(_signed(mover.moved), mover_label(mover.name), _product(mover, full=full))
    if rest:
        grid.add_row(_signed(sum(mover.moved for mover in rest)), f"其余 {len(rest)} 项，-v 全部列出", style="dim")
    return grid


def _signed(moved: float) -> Text:
    return Text(f"{moved:+.2f}", style="green" if moved > 0 else "red" if moved < 0 else "dim")


def _product(mover: Mover, *, full: bool) -> str:
    product = "" if mover.value == 1 else f"{mover.value:.2f} × {mover.weight:+.2f}"
    return "  ".join(filter(None, (mover.name, product))) if full else product


def _check(involved: Involved, facts: Mapping[str, Fact], *, full: bool) -> Iterator[RenderableType]:
    check = involved.check
    label, sides, details = check_words(check, facts)
    mark, style = _MARKS[check.status]
    line = Text.assemble((mark, style), " ", (label, "bold"), f"  {sides}" if sides else "")
    if check.fault:
        line.append(f"  {wording().faults[check.fault]}", style="yellow")
    if not involved.kept:
        line.append("  试算，未采用的读法也算在内", style="yellow")
    yield Padding(line, _INDENT)
    yield from (Padding(Listing(text=detail, style="dim"), _DEEPER) for detail in details)
    if full:
        ids = (f"{name} {' '.join(side.facts)}" for name, side in (("左", check.left), ("右", check.right)) if side.facts)
        yield Padding(Text(f"{check.id}  {'；'.join(ids)}", style="dim"), _DEEPER)
