"""Facts one a line: what is counted, how many, and the words that say so."""
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from rich.cells import cell_len
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from infer.results.notes import note_label
from infer.results.snippets import Snippet
from infer.results.wording import (
    dimensions_label,
    fact_label,
    indicator_order,
    number_label,
    one_line,
    scope_label,
    value_label,
    wording,
)
from report.facts import Fact

LOW_CONFIDENCE: Final = 0.9
LOW_OF_A_CELL: Final = 0.7
_INDENT: Final = 2
_LABEL_WIDTHS: Final = (18, 32)
_VALUE_WIDTHS: Final = (8, 18)
_NAMES_OF_ZEROS: Final = 8
_FIRST_NAMES: Final = 3
_WHOLE: Final = "总数"


@dataclass(frozen=True, slots=True, kw_only=True)
class Widths:
    """Columns that every list of a report shares."""

    label: int
    value: int


def widths(facts: Iterable[Fact]) -> Widths:
    """As wide as the longest label and value, within limits that leave room for the words."""
    named = [fact for fact in facts if fact.indicator]
    labels = [max(cell_len(fact_label(fact)), _INDENT + cell_len(dimensions_label(fact))) for fact in named]
    return Widths(label=_within(labels, *_LABEL_WIDTHS),
                  value=_within([cell_len(value_label(fact)) for fact in named], *_VALUE_WIDTHS))


def _within(sizes: list[int], least: int, most: int) -> int:
    return min(max([least, *sizes]), most)


def ordered(facts: Iterable[Fact]) -> list[Fact]:
    """By indicator as the vocabulary lists them, wholes before their parts; open facts last, shares last of all."""
    places = indicator_order()
    last = len(places)
    return sorted(facts, key=lambda fact: (
        places.get(fact.indicator or "", last), fact.indicator is None and fact.unit == "1", bool(fact.by),
        fact.scope != "own" and fact.indicator is not None, fact.status != "stated", fact.evidence.start))


def collapse_zeros(facts: Sequence[Fact]) -> tuple[list[Fact], str]:
    """Facts worth a line each, and one line for the form cells that say 0 or nothing."""
    quiet = [fact for fact in facts if fact.in_form and not fact.value and not fact.ambiguous]
    if len(quiet) == 1:
        return list(facts), ""
    said: dict[str, list[Fact]] = defaultdict(list)
    for fact in quiet:
        said["为 0" if fact.value == 0 else value_label(fact)].append(fact)
    return ([fact for fact in facts if fact not in quiet],
            "；".join(f"{state}：{_names(found)}" for state, found in said.items()))


def _names(facts: Sequence[Fact]) -> str:
    """A（甲、乙）、B; of many only the first."""
    parts: dict[str, list[str]] = defaultdict(list)
    for fact in facts:
        parts[fact_label(fact)].append(dimensions_label(fact) or _WHOLE)
    names = [label if set(found) == {_WHOLE} else f"{label}（{'、'.join(dict.fromkeys(found))}）"
             for label, found in parts.items()]
    few = len(names) <= _NAMES_OF_ZEROS
    return "、".join(names) if few else f"{'、'.join(names[:_FIRST_NAMES])}等 {len(facts)} 格"


def fact_table(facts: Sequence[Fact], columns: Widths, *, by: bool = False) -> Table:
    """One line for each fact under its label; what is said in several places with one value stands once.

    `by` also says which facts one of two labellers alone read.
    """
    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column(width=columns.label, overflow="fold")
    table.add_column(width=columns.value, justify="right", overflow="fold")
    table.add_column(ratio=1, no_wrap=True)
    for label, group in groupby(_merged(facts), key=lambda row: fact_label(row[0])):
        rows = list(group)
        if not dimensions_label(rows[0][0]) or _is_one_line(rows, columns):
            table.add_row(_whole_label(rows[0][0]), *_value_and_words(*rows.pop(0), by=by))
        else:
            table.add_row(label)
        for fact, times in rows:
            table.add_row(_part_label(fact), *_value_and_words(fact, times, by=by))
    return table


def _is_one_line(rows: Sequence[tuple[Fact, int]], columns: Widths) -> bool:
    return len(rows) == 1 and cell_len(_whole_label(rows[0][0]).plain) <= columns.label


def _whole_label(fact: Fact) -> Text:
    dimensions = dimensions_label(fact)
    return Text(f"{fact_label(fact)}（{dimensions}）" if dimensions else fact_label(fact))


def _part_label(fact: Fact) -> Padding | Text:
    dimensions = dimensions_label(fact)
    return Padding(Text(dimensions), (0, 0, 0, _INDENT)) if dimensions else Text(fact_label(fact))


def open_table(facts: Sequence[Fact], columns: Widths) -> Table:
    """Numbers outside the vocabulary: what they count only their own words can say."""
    table = Table.grid(padding=(0, 2), expand=True)
    width = _within([cell_len(value_label(fact)) for fact in facts], columns.value, _VALUE_WIDTHS[1])
    table.add_column(width=width, justify="right", overflow="fold")
    table.add_column(ratio=1, no_wrap=True)
    for fact, times in _merged(facts):
        table.add_row(*_value_and_words(fact, times))
    return table


def _value_and_words(fact: Fact, times: int, *, by: bool = False) -> tuple[Text, Snippet]:
    doubtful = fact.ambiguous or fact.status == "alternative" or _is_unsure(fact)
    style = "yellow" if doubtful else "" if fact.value else "dim"
    return Text(value_label(fact), style=style), _snippet(fact, times, by=by)


def _is_unsure(fact: Fact) -> bool:
    """A number outside the vocabulary is never sure of what it counts; that goes without saying."""
    return fact.indicator is not None and fact.confidence < (
        LOW_OF_A_CELL if fact.in_form else LOW_CONFIDENCE)


def _merged(facts: Sequence[Fact]) -> Iterator[tuple[Fact, int]]:
    said: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        sentence = None if fact.indicator or fact.context is None else fact.context.text
        said[fact_label(fact), dimensions_label(fact), value_label(fact), fact.status, sentence].append(fact)
    for same in said.values():
        yield next((fact for fact in same if fact.method == "reviewed"), same[0]), len(same)


def _snippet(fact: Fact, times: int, *, by: bool) -> Snippet:
    note = _note(fact, times, by=by)
    words, context = fact.evidence, fact.context
    if fact.in_form:
        said = one_line(words.text)
        return Snippet(before="表格", words="" if said in ("", number_label(fact), str(fact.value)) else said, after="",
                       note=note)
    if context is None or not context.start <= words.start <= words.end <= context.end:
        return Snippet(before="", words=one_line(words.text), after="", note=note)
    start, end = words.start - context.start, words.end - context.start
    return Snippet(before=one_line(context.text[:start]), words=one_line(words.text),
                   after=one_line(context.text[end:]), note=note)


def _note(fact: Fact, times: int, *, by: bool) -> str:
    notes = [f"{times}处"] if times > 1 else []
    if by and fact.method in ("rule", "model"):
        notes.append(wording().methods[fact.method])
    if fact.indicator is None and (scope := scope_label(fact)):
        notes.append(scope)
    if fact.reason and (fact.in_form or fact.method == "reviewed"):
        notes.append(note_label(fact.reason))
    elif fact.ambiguous:
        notes.append("有歧义")
    if _is_unsure(fact) or (fact.status == "alternative" and not fact.in_form):
        notes.append(f"把握 {fact.confidence:.2f}")
    if fact.evidence.page is not None:
        notes.append(f"第{fact.evidence.page}页")
    return "，".join(notes)


def unsettled(facts: Sequence[Fact]) -> list[Fact]:
    """The surest readings of places where none was taken: numbers that somebody should look at."""
    taken = {fact.reading_of for fact in facts if fact.status == "stated"}
    return [fact for fact in facts if fact.status == "alternative" and fact.reading_of not in taken - {None}
            and fact.reading_of in (None, fact.id) and fact.review is None]
