"""Reports into a panel: rows set down as they come, what takes all of them known at the end."""
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from infer.panel.codebook import codebook_rows
from infer.panel.columns import TABLES, TableName, table
from infer.panel.comparability import comparisons
from infer.panel.problems import (
    Known,
    Problem,
    by_issuer_year,
    find_copies,
    one_body,
    several_reports,
)
from infer.panel.rows import Row, Rows
from infer.panel.staging import Late, Stage, Stored, held, workplace

_LATE: Final[Mapping[str, tuple[str, ...]]] = {
    "facts": ("report_id", "duplicate_of", "issuer_year_reports"),
    "reports": ("report_id", "duplicate_of", "duplicate_group", "issuer_year_reports"),
}
_ID_DIGITS: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """The tables in order, and the problems that were found."""

    tables: Mapping[TableName, Stored]
    problems: tuple[Problem, ...]

    def __getitem__(self, name: TableName) -> Stored:
        return self.tables[name]


class Builder:
    """Takes rows a report at a time; `finish` gives the panel."""

    def __init__(self, folder: Path) -> None:
        self._facts = Stage(table("facts"), folder / "facts", _LATE["facts"])
        self._reports = Stage(table("reports"), folder / "reports", _LATE["reports"])
        self._known: list[Known] = []
        self._problems: list[Problem] = []
        self._seen: Counter[str] = Counter()

    @property
    def count(self) -> int:
        return len(self._known)

    def add(self, rows: Rows) -> None:
        report_id = self._report_id(str(rows.report["document_sha256"]))
        for remark in rows.remarks:
            self._problems.append(Problem(
                problem=remark.problem, detail=remark.detail, problem_group=remark.group or report_id,
                report_id=report_id, issuer=_text(rows.report["issuer"]), year=_year(rows.report),
                document=_text(rows.report["document"])))
        if rows.likeness is None:
            return
        number = len(self._known)
        self._known.append(_known(rows, report_id))
        self._reports.add(rows.report, number)
        for fact in rows.facts:
            self._facts.add(fact, number)

    def close(self) -> None:
        self._facts.close()
        self._reports.close()

    def finish(self) -> Panel:
        """The tables whole; problems of single reports first, then those of several."""
        self.close()
        copies = find_copies(self._known)
        problems = (*self._problems, *copies.problems, *several_reports(self._known, copies.kept),
                    *one_body(self._known))
        late = Late(values=self._late(copies.kept))
        stored = {"facts": self._facts.finish(late), "reports": self._reports.finish(late),
                  "codebook": held(table("codebook"), codebook_rows()),
                  "comparability": held(table("comparability"), (one.row for one in comparisons())),
                  "problems": held(table("problems"), (problem.row for problem in problems))}
        return Panel(tables={name: stored[name] for name in TABLES}, problems=problems)

    def _report_id(self, sha256: str) -> str:
        short = sha256[:_ID_DIGITS]
        self._seen[short] += 1
        return short if self._seen[short] == 1 else f"{short}-{self._seen[short]}"

    def _late(self, kept: Mapping[str, str]) -> dict[str, list[str | int | None]]:
        together = {key: len(group) for key, group in by_issuer_year(self._known).items()}
        ids = [one.report_id for one in self._known]
        return {
            "report_id": list(ids),
            "duplicate_of": [kept[one] if kept.get(one, one) != one else None for one in ids],
            "duplicate_group": [kept.get(one) for one in ids],
            "issuer_year_reports": [together[one.issuer_year] if one.issuer_year else None for one in self._known],
        }


@contextmanager
def building(output: Path) -> Iterator[Builder]:
    """A builder whose batches stand in a folder beside the output until the end."""
    with workplace(output) as folder:
        builder = Builder(folder)
        try:
            yield builder
        finally:
            builder.close()


def _known(rows: Rows, report_id: str) -> Known:
    if rows.likeness is None:
        raise ValueError("a report without rows has no likeness")
    own = rows.report
    return Known(report_id=report_id, issuer=_text(own["issuer"]), issuer_key=_text(own["issuer_key"]),
                 issuer_group=_text(own["issuer_group"]), level=_text(own["level"]), year=_year(own),
                 document=str(own["document"]), sha256=str(own["document_sha256"]), facts=len(rows.facts),
                 likeness=rows.likeness)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _year(row: Row) -> int | None:
    year = row["year"]
    return year if isinstance(year, int) else None
