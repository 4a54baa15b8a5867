"""The prescribed tables: the right edition, every row and column, every cell filled with a number that can be."""
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from infer.checking.certainty import is_sure
from infer.checking.findings import Finding
from infer.checking.layout import Printed, cell_of, key_of_fact, layout, named
from infer.checking.lexicon import lexicon
from infer.checking.places import Draft
from infer.checking.wording import edition_of, found, wording
from infer.results.wording import number_text, one_line
from infer.results.wording import wording as names
from report.facts import Fact
from report.folding import fold
from report.identities.cells import BLANK
from report.identities.formulas import Key
from report.identities.rules import rules

_SHOWN: Final = 4
_HALF: Final = 0.5
_CHANGE: Final = ".items_change"
_WAN: Final = 10_000
_BEFORE_CELL: Final = 80
Cells = dict[Key, list[Fact]]


def check_tables(draft: Draft) -> Iterator[Finding]:
    edition = edition_of(draft)
    cells = _by_key(draft)
    if edition and draft.report.meta.kind == "report":
        old = draft.form in ("2014", "2019") and draft.form < edition
        if old:
            yield found("form.old", draft, year=draft.year, old=names().forms[draft.form])
        else:
            for table in layout().of(edition):
                yield from _table(table, edition, cells, draft)
            yield from _fees(draft, edition)
    yield from _figures(draft)
    yield from _in_force(draft)


def _by_key(draft: Draft) -> Cells:
    cells: Cells = defaultdict(list)
    for fact in draft.cells():
        if fact.scope == "own" and "period" not in fact.by:
            cells[key_of_fact(fact)].append(fact)
    return dict(cells)


def _table(table: Printed, edition: str, cells: Cells, draft: Draft) -> Iterator[Finding]:
    rows = {row: [fact for key in table.keys(row) for fact in cells.get(key, ())] for row in table.rows_of(edition)}
    held = [fact for facts in rows.values() for fact in facts]
    if not held:
        yield from _absent(table, draft)
    elif all(fact.state == "blank" for fact in held):
        yield found("form.empty", draft, places=[draft.of_fact(held[0])], table=table.name)
    else:
        yield from _rows(table, rows, draft)
        yield from _columns(table, rows, draft)
        yield from _blank(table, rows, draft)
        yield from _unsure(table, held, draft)


def _absent(table: Printed, draft: Draft) -> Iterator[Finding]:
    """Told once: where the whole part is missing or stands empty, that is told instead."""
    part = next((section for section in draft.parts if section.topic == table.section), None)
    zh = next(row["zh"] for row in rules()["section"] if row["topic"] == table.section)
    if part is not None or not draft.parts:
        yield found("form.missing", draft, places=[draft.of_section(part)] if part else [], part=zh)


def _rows(table: Printed, rows: dict[str, list[Fact]], draft: Draft) -> Iterator[Finding]:
    missing = [row for row, facts in rows.items() if not facts]
    if not missing or len(missing) > len(rows) * _HALF:
        return
    standing = [row for row in missing if re.search(
        rf"(?:^|[\t|\n）)、.．\d])[ 　]*{table.stands[row]}", draft.text, re.MULTILINE)]
    gone = [row for row in missing if row not in standing]
    first = next(fact for facts in rows.values() for fact in facts)
    if gone:
        slip = wording().slips["old_row"] if set(gone) == set(table.only.get("2021", ())) else None
        yield found("form.rows", draft, places=[draft.of_fact(first)], table=table.name, count=len(gone), slip=slip,
                    rows=_list([table.rows[row] for row in gone]))


def _columns(table: Printed, rows: dict[str, list[Fact]], draft: Draft) -> Iterator[Finding]:
    """The seven columns of the applicants, which hold for every row."""
    if table.cells:
        return
    held = {fact.by.get("applicant", "total") for facts in rows.values() for fact in facts}
    missing = [zh for key, zh in layout().applicants.items() if key not in held]
    filled = [fact for facts in rows.values() for fact in facts if fact.value is not None]
    if missing and len(missing) < len(layout().applicants) * _HALF and all(is_sure(fact, draft) for fact in filled):
        yield found("form.columns", draft, places=[draft.of_fact(filled[0])] if filled else [], table=table.name,
                    count=len(missing), columns="、".join(missing))


def _blank(table: Printed, rows: dict[str, list[Fact]], draft: Draft) -> Iterator[Finding]:
    empty: dict[str, list[Fact]] = {}
    no_total: dict[str, Fact] = {}
    for row, facts in rows.items():
        bare = [fact for fact in facts if fact.state in BLANK and not fact.ambiguous]
        total = next((fact for fact in bare if not fact.by and not table.cells), None)
        if total and any(fact.value for fact in facts):
            no_total[row] = total
            bare.remove(total)
        if bare:
            empty[row] = bare
    if no_total:
        yield found("form.no_total", draft, places=[draft.of_fact(fact) for fact in list(no_total.values())[:_SHOWN]],
                    table=table.name, count=len(no_total), rows=_list([table.rows[row] for row in no_total]))
    if empty:
        bare = [fact for facts in empty.values() for fact in facts]
        states = "、".join(dict.fromkeys(names().states[fact.state] for fact in bare))
        yield found("form.blank", draft, places=[draft.of_fact(fact) for fact in bare[:_SHOWN]], table=table.name,
                    count=len(bare), what=states, rows=_list([table.rows[row] for row in empty]))


def _unsure(table: Printed, held: Sequence[Fact], draft: Draft) -> Iterator[Finding]:
    unsure = [fact for fact in held if fact.ambiguous or fact.state == "unreadable"]
    if unsure:
        rows = list(dict.fromkeys(named(fact, draft.form).row for fact in unsure))
        yield found("reading.cells", draft, places=[draft.of_fact(fact) for fact in unsure[:_SHOWN]], table=table.name,
                    count=len(unsure), rows=_list(rows))


def _list(rows: Sequence[str]) -> str:
    return "；".join(rows[:_SHOWN]) + (f"；等 {len(rows)} 行" if len(rows) > _SHOWN else "")


def _fees(draft: Draft, edition: str) -> Iterator[Finding]:
    """The one cell in money of the edition of 2021 is in 万元."""
    fee = next((fact for fact in draft.cells() if fact.indicator == "administrative_fees.amount"), None)
    if fee is None or edition != "2021":
        return
    cell = cell_of(fact=fee, form=edition)
    row = cell.row if cell else ""
    words = one_line(fee.evidence.text)
    if re.search(r"(?<!万)元", words):
        yield found("form.unit", draft, places=[draft.of_fact(fee)], row=row, words=words)
    elif "万元" not in fold(draft.text[max(0, fee.evidence.start - _BEFORE_CELL):fee.evidence.end]).text:
        yield found("form.no_unit", draft, places=[draft.of_fact(fee)], row=row)
    for office in lexicon().amounts:
        if re.search(office["words"], draft.report.meta.issuer or ""):
            if fee.value is not None and fee.value > office["most"] * _WAN:
                yield found("form.amount", draft, places=[draft.of_fact(fee)], row=row, what=office["what"],
                            words=number_text(fee.value / _WAN))
            break


def _figures(draft: Draft) -> Iterator[Finding]:
    """Counts are whole and not negative; only the change of items of 2019 may be."""
    for fact in draft.cells():
        if fact.value is None or fact.unit in ("元", "1") or not is_sure(fact, draft):
            continue
        cell = named(fact, draft.form)
        if fact.value < 0 and not (fact.indicator or "").endswith(_CHANGE):
            yield found("form.negative", draft, places=[draft.of_fact(fact)], row=cell.row, column=cell.column)
        if fact.value != int(fact.value):
            yield found("form.fraction", draft, places=[draft.of_fact(fact)], row=cell.row, column=cell.column)


def _in_force(draft: Draft) -> Iterator[Finding]:
    """More documents made this year than are in force at its end."""
    for stem, zh in (("documents.regulations", "规章"), ("documents.normative", "行政规范性文件")):
        held = {fact.indicator: fact for fact in draft.cells() if not fact.by}
        issued, in_force = held.get(f"{stem}.issued"), held.get(f"{stem}.in_force")
        if issued and in_force and issued.value is not None and in_force.value is not None \
                and in_force.value < issued.value and is_sure(issued, draft) and is_sure(in_force, draft):
            yield found("table.in_force", draft, places=[draft.of_fact(in_force), draft.of_fact(issued)], row=zh,
                        in_force=number_text(in_force.value), issued=number_text(issued.value))
