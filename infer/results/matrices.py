"""Form cells laid out as the tables they came from: applicants across, rows down."""
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from infer.results.wording import MatrixWording, cell_label, indicator_label, indicator_order, wording
from report.facts import Fact
from report.vocabulary import vocabulary

_TOTAL = "total"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """A table for people: `cells[row][column]` are the facts of one cell, more than one where readings differ."""

    group_indicator: str
    corner: str
    columns: Mapping[str, str]
    rows: Mapping[str, str]
    cells: Mapping[str, Mapping[str, Sequence[Fact]]]

    def facts(self) -> Iterator[Fact]:
        for row in self.cells.values():
            for cell in row.values():
                yield from cell

    def quiet(self, row: str) -> str | None:
        """What stands in every cell of this row, if it is the same nothing (0, a blank, a dash) beyond doubt."""
        facts = [fact for cell in self.cells[row].values() for fact in cell]
        said = {cell_label(fact) for fact in facts}
        return said.pop() if len(said) == 1 and not any(fact.value or fact.ambiguous for fact in facts) else None


def read_matrices(facts: Iterable[Fact]) -> list[Matrix]:
    """The matrices that the form cells among `facts` fill; cells of other tables are left out."""
    stated = [fact for fact in facts if fact.in_form and fact.status == "stated" and fact.indicator]
    found = [_applicants(stated), *(_grid(stated, shape) for shape in wording().matrices)]
    return [matrix for matrix in found if matrix is not None]


def _applicants(facts: Sequence[Fact]) -> Matrix | None:
    rows = [fact for fact in facts if fact.indicator and "applicant" in _dimensions(fact.indicator)
            and set(fact.by) <= {"applicant"} and fact.scope == "own"]
    if not any(fact.by.get("applicant", _TOTAL) != _TOTAL for fact in rows):
        return None
    cells = _cells((fact.indicator or "", fact.by.get("applicant", _TOTAL), fact) for fact in rows)
    ordered = sorted(cells, key=lambda row: indicator_order()[row])
    columns = _present(vocabulary().dimensions["applicant"], cells)
    return Matrix(group_indicator=ordered[0], corner="申请", columns=columns,
                  rows={row: indicator_label(row) for row in ordered}, cells=cells)


def _dimensions(indicator: str) -> tuple[str, ...]:
    return vocabulary()[indicator].by if indicator in vocabulary() else ()


def _grid(facts: Sequence[Fact], shape: MatrixWording) -> Matrix | None:
    """One matrix of wording.toml; None where fewer than two columns are filled, which read better as a list."""
    places = ((*(fact.indicator or "").rpartition(".")[::2], fact) for fact in facts
              if not fact.by and fact.scope == "own")
    cells = _cells(place for place in places if place[0] in shape.rows and place[1] in shape.columns)
    columns = _present(shape.columns, cells)
    if len(columns) < 2:
        return None
    rows = {row: zh for row, zh in shape.rows.items() if row in cells}
    return Matrix(group_indicator=next(iter(rows)), corner=shape.corner, columns=columns, rows=rows, cells=cells)


def _cells(places: Iterable[tuple[str, str, Fact]]) -> dict[str, dict[str, list[Fact]]]:
    cells: dict[str, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for row, column, fact in places:
        cells[row][column].append(fact)
    return {row: dict(columns) for row, columns in cells.items()}


def _present(columns: Mapping[str, str], cells: Mapping[str, Mapping[str, object]]) -> dict[str, str]:
    return {column: zh for column, zh in columns.items() if any(column in row for row in cells.values())}


def cell_text(facts: Sequence[Fact]) -> str:
    """All that is stated for one cell, `|` between readings that differ, `?` behind a doubtful one."""
    return "|".join(dict.fromkeys(cell_label(fact) + ("?" if fact.ambiguous else "") for fact in facts))
