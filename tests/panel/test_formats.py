"""The five formats say the same, and what they say is what the results say."""
from pathlib import Path

import duckdb
import openpyxl
import pandas
import pyarrow.parquet
import pytest

from infer.batch import extract_each
from infer.inputs import find_inputs
from infer.panel.columns import table
from infer.panel.formats import PanelFormat
from infer.panel.formulas import DANGEROUS, harmless, restored
from infer.panel.writers.xlsx import MOST_CHARACTERS
from infer.results import encode, read_results
from report.facts import Evidence, Report
from tests.conftest import SHARED
from tests.panel.conftest import Command
from tests.panel.made import made_fact, made_report, write_results
from tests.panel.reading import READERS, Rows

HOSTILE = [*(f"{mark}1+cmd|'/C calc'!A1" for mark in DANGEROUS), "'quoted", "''twice", 'a "b", c',
           "行一\n行二", "a\r\nb",
           "😀 𠮷", "_x0041_", "<b>&amp;", "1e5", "007", "TRUE", "2020-01-01", "NULL", "nan", " 空格 "]


def expected(reports: list[Report]) -> list[tuple[object, ...]]:
    """The stated facts of annual reports, straight from the results."""
    return [(report.source.name, report.meta.issuer, report.meta.report_year, fact.id, fact.indicator, fact.value,
             fact.unit, fact.state, fact.qualifier, fact.scope, fact.method, fact.confidence,
             fact.evidence.text or None, fact.evidence.start, fact.evidence.end,
             *map(fact.by.get, ("applicant", "category", "period")))
            for report in reports if report.meta.kind == "report"
            for fact in report.facts if fact.status == "stated" and fact.indicator]


def seen(rows: Rows) -> list[tuple[object, ...]]:
    names = ("document", "issuer", "year", "fact_id", "indicator", "value", "unit", "state", "qualifier", "scope",
             "method", "confidence", "evidence", "evidence_start", "evidence_end", "applicant", "category", "period")
    return [tuple(row[name] for name in names) for row in rows]


def written(panel: Command, results: Path, folder: Path, *options: str) -> dict[str, Path]:
    paths = {form.value: folder / f"panel.{form.value}" for form in PanelFormat}
    for path in paths.values():
        ran = panel(results, "-o", path, *options)
        assert ran.code == 0, ran.messages
    return paths


def test_examples_are_the_same_in_all_formats(panel: Command, example_results: Path, tmp_path: Path,
                                              example_reports: list[Report]) -> None:
    paths = written(panel, example_results, tmp_path)
    rows = {form: READERS[form](path, "facts") for form, path in paths.items()}
    assert seen(rows["parquet"]) == expected(example_reports)
    assert len(rows["parquet"]) > 1000
    assert all(rows[form] == rows["parquet"] for form in rows)
    states = {(row["state"], row["value"] is None, row["value"] == 0) for row in rows["dta"]}
    assert states == {("value", False, False), ("zero", False, True), ("blank", True, False), ("dash", True, False)}


def test_wide_is_the_same_in_all_formats(panel: Command, example_results: Path, tmp_path: Path) -> None:
    paths = written(panel, example_results, tmp_path, "--wide")
    rows = {form: READERS[form](path, "reports") for form, path in paths.items()}
    assert all(rows[form] == rows["parquet"] for form in rows)
    assert list(rows["csv"][0]) == list(table("reports").names)
    antang = next(row for row in rows["xlsx"] if row["issuer"] == "安塘县人民政府")
    assert (antang["pro_total"], antang["pro_total_weibo"], antang["req_new_fax"], antang["req_carried_in"]) == (
        8426, 705, 0, None)
    assert (antang["level"], antang["year"], antang["form"], antang["region_code"]) == ("county", 2016, "2014", None)


@pytest.mark.shared
@pytest.mark.slow
def test_real_reports_are_the_same_in_all_formats(panel: Command, tmp_path: Path) -> None:
    lines = _extracted(tmp_path)
    paths = written(panel, lines, tmp_path)
    rows = {form: READERS[form](path, "facts") for form, path in paths.items()}
    assert seen(rows["duckdb"]) == expected(list(read_results(lines)))
    assert all(rows[form] == rows["parquet"] for form in rows)


def _extracted(folder: Path) -> Path:
    path = folder / "real.jsonl"
    path.write_bytes(b"".join(line + b"\n" for line in extract_each(find_inputs([str(SHARED / "real")]), encode)
                              if isinstance(line, bytes)))
    return path


@pytest.mark.parametrize("form", READERS)
def test_values_are_exact(form: str, panel: Command, tmp_path: Path) -> None:
    values = [0, 1, 38.5, 1234567.89, 0.1, 2**31, 3_000_000_000, 999_999_999_999_999, -35, None]
    facts = [made_fact(value, "fees.collected", number=number, unit="元") for number, value in enumerate(values)]
    results = write_results(tmp_path / "in.jsonl", made_report(*facts))
    path = tmp_path / f"out.{form}"
    assert panel(results, "-o", path).code == 0
    rows = READERS[form](path, "facts")
    assert [row["value"] for row in rows] == values
    assert [row["state"] for row in rows] == ["zero", *["value"] * 8, "blank"]


@pytest.mark.parametrize("form", READERS)
def test_hostile_text_is_read_back_as_it_was(form: str, panel: Command, tmp_path: Path) -> None:
    facts = [made_fact(number + 1, words=words, number=number, by={"category": words}, counted=words,
                       context=Evidence(start=0, end=1, text=words)) for number, words in enumerate(HOSTILE)]
    results = write_results(tmp_path / "in.jsonl", made_report(*facts, issuer="=柳溪县", name="@a.txt"))
    path = tmp_path / f"out.{form}"
    assert panel(results, "-o", path).code == 0
    rows = READERS[form](path, "facts")
    assert [[row[name] for name in ("evidence", "category", "counted", "context")] for row in rows] == [
        [words] * 4 for words in HOSTILE]
    assert {(row["issuer"], row["document"]) for row in rows} == {("=柳溪县", "@a.txt")}


def test_no_cell_of_csv_or_xlsx_begins_a_formula(panel: Command, tmp_path: Path) -> None:
    facts = [made_fact(1, words=words, number=number) for number, words in enumerate(HOSTILE)]
    results = write_results(tmp_path / "in.jsonl", made_report(*facts))
    assert panel(results, "-o", tmp_path / "out.csv").code == 0
    cells = pandas.read_csv(tmp_path / "out.csv", keep_default_na=False, dtype=str).to_numpy().ravel()
    assert not [cell for cell in cells if cell.startswith(DANGEROUS)]
    assert panel(results, "-o", tmp_path / "out.xlsx").code == 0
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    held = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in held} == {"s"}
    assert all(cell.quotePrefix for cell in held if cell.value.startswith(DANGEROUS))


@pytest.mark.parametrize("text", HOSTILE)
def test_harmless_text_is_restored(text: str) -> None:
    assert restored(harmless(text)) == text
    assert not harmless(text).startswith(DANGEROUS)


def test_workbook_looks_as_a_researcher_expects(panel: Command, example_results: Path, tmp_path: Path) -> None:
    assert panel(example_results, "-o", tmp_path / "out.xlsx").code == 0
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["facts", "reports", "codebook", "comparability", "problems"]
    facts = book["facts"]
    assert (facts["C1"].value, facts["C2"].value, facts.freeze_panes) == ("机关", "issuer", "D3")
    assert facts.auto_filter.ref == f"A2:AO{facts.max_row}"
    assert facts.column_dimensions["C"].width > 20
    assert all(sheet.cell(1, column).value for sheet in book for column in range(1, sheet.max_column + 1))


def test_text_longer_than_a_cell_is_cut_and_said(panel: Command, tmp_path: Path) -> None:
    results = write_results(tmp_path / "in.jsonl", made_report(made_fact(1, words="长" * 40_000)))
    ran = panel(results, "-o", tmp_path / "out.xlsx")
    assert "1 texts were cut" in ran.messages
    assert len(READERS["xlsx"](tmp_path / "out.xlsx", "facts")[0]["evidence"]) == MOST_CHARACTERS
    assert panel(results, "-o", tmp_path / "out.dta").code == 0
    assert READERS["dta"](tmp_path / "out.dta", "facts")[0]["evidence"] == "长" * 40_000


def test_a_sheet_too_short_is_refused(panel: Command, example_results: Path, tmp_path: Path,
                                      monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infer.panel.writers.xlsx.MOST_ROWS", 100)
    ran = panel(example_results, "-o", tmp_path / "out.xlsx")
    assert ran.code == 1
    assert "do not fit a sheet" in ran.messages
    assert "--wide" in ran.messages
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_stata_has_variable_and_value_labels(language: str, panel: Command, example_results: Path,
                                             tmp_path: Path) -> None:
    path = tmp_path / "out.dta"
    assert panel(example_results, "-o", path, "--labels", language).code == 0
    with pandas.io.stata.StataReader(path) as reader:
        labels, values = reader.variable_labels(), reader.value_labels()
    assert labels["year"] == {"zh": "年度", "en": "Year reported on"}[language]
    assert values["indicator"][43] == {"zh": "requests.new 本年新收政府信息公开申请数量",
                                       "en": "requests.new Requests: new this year"}[language]
    frame = pandas.read_stata(path)
    told = [str(key).partition(" ")[0] for key in frame["indicator"]]
    assert told == [row["indicator"] for row in READERS["dta"](path, "facts")]


def test_stata_s_limits_are_kept() -> None:
    for name in ("facts", "reports"):
        for column in table(name).columns:
            assert len(column.name) <= 32
            assert len(column.zh) <= 80
            assert len(column.en) <= 80


def test_duckdb_and_parquet_carry_labels(panel: Command, example_results: Path, tmp_path: Path) -> None:
    assert panel(example_results, "-o", tmp_path / "out.duckdb").code == 0
    with duckdb.connect(str(tmp_path / "out.duckdb"), read_only=True) as database:
        asked = "SELECT comment FROM duckdb_columns() WHERE table_name = 'facts' AND column_name = 'issuer'"
        assert database.execute(asked).fetchall() == [("机关: Issuer as the report writes it",)]
        joined = "SELECT count(*) FROM facts JOIN reports USING (report_id)"
        assert database.execute(joined).fetchone() == database.execute("SELECT count(*) FROM facts").fetchone()
    assert panel(example_results, "-o", tmp_path / "out.parquet").code == 0
    field = pyarrow.parquet.read_schema(tmp_path / "out.parquet").field("issuer")
    assert field.metadata[b"zh"].decode() == "机关"


def test_a_number_that_no_format_keeps_is_left_empty(panel: Command, tmp_path: Path) -> None:
    results = write_results(tmp_path / "in.jsonl", made_report(made_fact(2**53 + 1, "visits.total", unit="人次")))
    ran = panel(results, "-o", tmp_path / "out.parquet")
    assert "too_large" in ran.messages
    assert READERS["parquet"](tmp_path / "out.parquet", "facts")[0]["value"] is None


def test_unknown_keys_are_refused_in_stata_alone(panel: Command, tmp_path: Path) -> None:
    fact = made_fact(1, "requests.sideways")
    results = write_results(tmp_path / "in.jsonl", made_report(fact))
    ran = panel(results, "-o", tmp_path / "out.dta")
    assert (ran.code, "requests.sideways" in ran.messages) == (1, True)
    assert panel(results, "-o", tmp_path / "out.csv").code == 0
    assert READERS["csv"](tmp_path / "out.csv", "facts")[0]["indicator"] == "requests.sideways"


