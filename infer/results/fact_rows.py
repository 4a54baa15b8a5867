"""Facts one a line: what is counted, how many, and the words that say so."""
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from infer.results.wording import dimensions_label, fact_label, indicator_order, one_line, value_label
from report.facts import Fact

LOW_CONFIDENCE: Final = 0.7
_LABEL_WIDTH: Final = 30
_VALUE_WIDTH: Final = 16
_MARK = ("【", "】")


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """The words around a fact, cut to the width there is with the evidence always in sight."""

    before: str
    words: str
    after: str
    note: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        room = options.max_width - cell_len(self.note) - (1 if self.note else 0)
        before, words, after = _cut(self.before, self.words, self.after, room)
        note = f" {self.note}" if self.note else ""
        yield Text.assemble((before, "dim"), (words, "bold"), (after, "dim"), (note, "yellow"), no_wrap=True,
                            overflow="crop")


def _cut(before: str, words: str, after: str, room: int) -> tuple[str, str, str]:
    marked = f"{_MARK[0]}{words}{_MARK[1]}"
    if cell_len(marked) > room:
        return "", _head(marked, room), ""
    left = _tail(before, max((room - cell_len(marked)) // 2, room - cell_len(marked) - cell_len(after)))
    return left, marked, _head(after, room - cell_len(marked) - cell_len(left))


def _head(text: str, room: int) -> str:
    return text if cell_len(text) <= room else set_cell_size(text, max(room - 1, 0)).rstrip() + "…" * (room > 0)


def _tail(text: str, room: int) -> str:
    return _head(text[::-1], room)[::-1]


def ordered(facts: Iterable[Fact]) -> list[Fact]:
    """By indicator as the vocabulary lists them, wholes before their parts, open facts last, then as they stand."""
    places = indicator_order()
    last = len(places)
    return sorted(facts, key=lambda fact: (places.get(fact.indicator or "", last), bool(fact.by), fact.scope != "own",
                                           fact.status != "stated", fact.evidence.start))


def collapse_zeros(facts: Sequence[Fact]) -> tuple[list[Fact], str]:
    """Facts worth a line each, and one line for the form cells that say 0 or nothing."""
    quiet = [fact for fact in facts if fact.method == "table" and not fact.value and not fact.ambiguous]
    shown = [fact for fact in facts if fact not in quiet]
    if len(quiet) == 1:
        return list(facts), ""
    said: dict[str, list[str]] = {}
    for fact in quiet:
        said.setdefault("为 0" if fact.value == 0 else value_label(fact), []).append(_short_label(fact))
    return shown, "；".join(f"{state}：{'、'.join(names)}" for state, names in said.items())


def _short_label(fact: Fact) -> str:
    return dimensions_label(fact) or fact_label(fact)


def fact_table(facts: Sequence[Fact]) -> Table:
    """One line for each fact; what is said in several places with one value stands once."""
    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column(width=_LABEL_WIDTH, overflow="fold")
    table.add_column(width=_VALUE_WIDTH, justify="right", overflow="fold")
    table.add_column(ratio=1, no_wrap=True)
    for label, fact, times in _merged(facts):
        doubtful = fact.ambiguous or fact.status == "alternative" or _is_unsure(fact)
        style = "yellow" if doubtful else "" if fact.value else "dim"
        table.add_row(label, Text(value_label(fact), style=style), _snippet(fact, times))
    return table


def _is_unsure(fact: Fact) -> bool:
    """A number outside the vocabulary is never sure of what it counts; that goes without saying."""
    return fact.indicator is not None and fact.confidence < LOW_CONFIDENCE


def _merged(facts: Sequence[Fact]) -> Iterator[tuple[RenderableType, Fact, int]]:
    said: dict[tuple[object, ...], list[Fact]] = {}
    for fact in facts:
        said.setdefault((fact_label(fact), dimensions_label(fact), value_label(fact), fact.status), []).append(fact)
    above = None
    for (label, *_), same in said.items():
        yield _row_label(same[0], under=above == label), same[0], len(same)
        above = label


def _row_label(fact: Fact, *, under: bool) -> RenderableType:
    """Below a line of the same indicator only the dimensions; the words of an open fact never take a second line."""
    label, dimensions = fact_label(fact), dimensions_label(fact)
    if under and dimensions:
        return Padding(Text(dimensions), (0, 0, 0, 2))
    whole = f"{label}（{dimensions}）" if dimensions else label
    return Text(whole) if fact.indicator else Text(_tail(whole, _LABEL_WIDTH))


def _snippet(fact: Fact, times: int) -> Snippet:
    words, context = fact.evidence, fact.context
    if context is None or not context.start <= words.start <= words.end <= context.end:
        return Snippet(before=_place(fact), words=one_line(words.text), after="", note=_note(fact, times))
    start, end = words.start - context.start, words.end - context.start
    return Snippet(before=one_line(context.text[:start]), words=one_line(words.text),
                   after=one_line(context.text[end:]), note=_note(fact, times))


def _place(fact: Fact) -> str:
    return "表格 " if fact.evidence.table is not None else ""


def _note(fact: Fact, times: int) -> str:
    notes = [f"{times}处"] if times > 1 else []
    if fact.status == "alternative":
        notes.append("未采用的读法")
    if fact.ambiguous:
        notes.append("有歧义")
    if _is_unsure(fact):
        notes.append(f"把握 {fact.confidence:.2f}")
    if fact.evidence.page is not None:
        notes.append(f"第{fact.evidence.page}页")
    return "，".join(notes)
