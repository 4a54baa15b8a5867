"""A row of a sheet to a correction, and a correction to a row."""
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final, cast

from infer.reviewing.cells import BadCell, amount, day, dimensions, hash_of, meant, offset, span
from infer.reviewing.corrections import Action, Correction, Reading, base_unit, written
from infer.reviewing.vocabulary import words
from report.facts import Place, State
from report.spans import Qualifier, Scope
from report.vocabulary import vocabulary

Cells = Mapping[str, str]
_VALUED: Final = frozenset({"value", "zero"})
_PERIODS: Final = ("cumulative", "previous_year")


def correction_of(cells: Cells, origin: str) -> Correction | None:
    """Raises BadCell; None for a row that decides nothing and whose place cannot be read."""
    action = cast(Action | None, meant("actions", cells.get("action", ""), "action"))
    if action is None:
        return _undecided(cells, origin)
    hashes = _hashes(cells)
    start, end = offset(cells["start"], "start"), offset(cells["end"], "end")
    if end < start:
        raise BadCell(f"end: {end} comes before start, {start}")
    needs_reading = action not in ("remove", "settle") or bool(cells.get("indicator", "").strip())
    found = Correction(
        origin=origin, sha256=hashes[0], text_sha256=hashes[1], document=cells.get("document", ""), start=start,
        end=end, words=cells["words"], action=action,
        reading=_reading(cells) if needs_reading and action != "settle" else None,
        place=cast(Place | None, meant("places", cells.get("place", ""), "place")),
        part_of=span(cells.get("part_of", ""), "part_of"), reviewer=cells.get("reviewer", "").strip() or None,
        date=day(cells.get("date", "")), note=cells.get("note", "").strip() or None)
    _refuse_contradiction(found, cells.get("read", "").strip())
    return found


def _undecided(cells: Cells, origin: str) -> Correction | None:
    """It only tells what else was read from the words."""
    try:
        sha256, text_sha256 = _hashes(cells)
        return Correction(origin=origin, sha256=sha256, text_sha256=text_sha256, start=offset(cells["start"], "start"),
                          end=offset(cells["end"], "end"), words=None, action=None,
                          was_stated=cells.get("was", "").strip() == "stated")
    except BadCell:
        return None


def _hashes(cells: Cells) -> tuple[str | None, str | None]:
    found = hash_of(cells.get("sha256", ""), "sha256"), hash_of(cells.get("text_sha256", ""), "text_sha256")
    if found == (None, None):
        raise BadCell("sha256 and text_sha256 are empty: it is not said which document this is about")
    return found


def _reading(cells: Cells) -> Reading:
    indicator = _indicator(cells.get("indicator", "").strip())
    counted = cells.get("counted", "").strip() or None
    by = dimensions(cells.get("dimensions", ""), indicator)
    scope = _scope(cells, indicator, dict(by))
    said = cells.get("unit", "").strip()
    unit = base_unit(indicator) or _open_unit(said)
    value = amount(cells.get("value", ""), said, unit)
    state = _state(cells, value)
    if indicator and vocabulary()[indicator].kind == "count" and isinstance(value, float):
        raise BadCell(f"value: {indicator} is a count, and {value} is not whole")
    qualifier = cast(Qualifier | None, meant("qualifiers", cells.get("qualifier", ""), "qualifier"))
    if qualifier and value is None:
        raise BadCell(f"qualifier: {qualifier} without a value")
    return Reading(indicator=indicator, by=by, scope=scope, value=value, unit=unit, state=state, qualifier=qualifier,
                   counted=None if indicator else counted)


def _open_unit(said: str) -> str:
    """Money and shares outside the vocabulary are kept in their base units too."""
    return words().scales[said][0] if said in words().scales else said


def _indicator(cell: str) -> str | None:
    if not cell or cell in vocabulary():
        return cell or None
    named = [one.id for one in vocabulary().indicators.values() if cell in one.zh.split("；")]
    if len(named) == 1:
        return named[0]
    near = get_close_matches(cell, vocabulary().indicators, n=1)
    raise BadCell(f"indicator: no {cell} in the vocabulary" + (f"; near it: {near[0]}" if near else ""))


def _scope(cells: Cells, indicator: str | None, by: Mapping[str, str]) -> Scope:
    scope = cast(Scope | None, meant("scopes", cells.get("scope", ""), "scope"))
    period = by.get("period")
    if indicator and scope in ("aggregate", "upward"):
        raise BadCell(f"scope: figures of scope {scope} are no indicator's; leave the indicator empty")
    if indicator and scope in _PERIODS and period != scope:
        raise BadCell(f"scope: {scope}, but the dimensions do not say period={scope}")
    return scope or "own"


def _state(cells: Cells, value: int | float | None) -> State:
    said = cast(State | None, meant("states", cells.get("state", ""), "state"))
    found: State | None = None if value is None else "zero" if value == 0 else "value"
    if said is None and found is None:
        raise BadCell("value and state are both empty: say the number, or the state that stands in its place")
    if said is not None and said != found and (found is not None or said in _VALUED):
        given = "no value" if value is None else f"value {value}"
        raise BadCell(f"state: {said} and {given} contradict each other")
    return said or found or "value"


def _refuse_contradiction(row: Correction, read: str) -> None:
    """An edited row says change; one that says change was edited."""
    if not read or row.reading is None or row.action not in ("confirm", "change"):
        return
    same = read_cell(row) == read
    if row.action == "confirm" and not same:
        raise BadCell(f"action: confirm, but the row was changed; it was read as: {read}")
    if row.action == "change" and same:
        raise BadCell("action: change, but nothing is changed in the row; say confirm")


def read_cell(row: Correction) -> str:
    """What the machine read, so that an edited row can be told from one left as it was."""
    return f"{row.start}-{row.end} {row.reading}"


def cells_of(row: Correction) -> dict[str, str]:
    """The row of a correction; document, words, hashes and decision with it."""
    reading = row.reading
    cells = {
        "action": row.action or "", "words": row.words or "", "document": row.document, "start": str(row.start),
        "end": str(row.end), "sha256": row.sha256 or "", "text_sha256": row.text_sha256 or "",
        "place": row.place or "", "part_of": "-".join(map(str, row.part_of or ())), "reviewer": row.reviewer or "",
        "date": row.date or "", "note": row.note or "",
    }
    if reading is None:
        return cells
    return {
        **cells, "indicator": reading.indicator or "", "counted": reading.counted or "", "scope": reading.scope,
        "dimensions": "; ".join(f"{name}={key}" for name, key in reading.by), "state": reading.state,
        "value": written(reading.value), "unit": reading.unit, "qualifier": reading.qualifier or "",
    }
