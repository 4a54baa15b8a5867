"""A dataset holds exactly what the lines hold, and every program finds the same columns."""
from pathlib import Path

import pytest

from infer.labelling import Choice, labelling
from infer.pipeline import extract
from infer.results import BadResult, encode, read_results
from tests.conftest import ROOT, Golden
from tests.results.made import report

pytest.importorskip("pyarrow")
from infer.results.parquet import read_part, schema, write_part


def examples() -> list[bytes]:
    labels = labelling(Choice(mode="rules"))
    paths = sorted((ROOT / "examples").glob("[0-9]*.*"))
    return [encode(extract(path, labels=labels)) for path in paths]


def test_reports_come_back_to_the_byte(tmp_path: Path) -> None:
    lines = [*examples(), encode(report())]
    write_part(lines, tmp_path / "part-00000.parquet")
    assert list(read_part(tmp_path / "part-00000.parquet")) == lines
    assert [encode(one) for one in read_results(tmp_path)] == lines


def test_the_same_lines_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_part([encode(report())] * 3, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_columns_are_the_committed_ones(golden: Golden) -> None:
    golden(Path(__file__).with_name("columns.txt"), schema().to_string(truncate_metadata=False) + "\n")


def test_other_programs_read_it(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    write_part([encode(report())], tmp_path / "part-00000.parquet")
    data = duckdb.read_parquet(f"{tmp_path}/*.parquet")
    rows = data.project("meta.report_year, unnest(facts).value").fetchall()
    assert [row[0] for row in rows] == [2022] * len(report().facts)
    assert rows[0][1] == 1280.0


def test_what_is_no_part_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "part-00000.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(BadResult, match="part-00000"):
        list(read_results(tmp_path))
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadResult, match="without part-00000"):
        list(read_results(tmp_path / "empty"))


def test_a_torn_zst_gives_what_is_whole_and_one_line(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    frame = zstandard.ZstdCompressor().compress(encode(report()) + b"\n")
    path = tmp_path / "a.jsonl.zst"
    path.write_bytes(frame * 2)
    assert len(list(read_results(path))) == 2
    path.write_bytes(frame + frame[:len(frame) // 2])
    with pytest.raises(BadResult, match=r"a\.jsonl\.zst"):
        list(read_results(path))
