"""The benchmark's own arithmetic."""
from typing import Any

import pytest

from benchmarks.throughput import WRITTEN, closure, installed_bytes, own_bytes, report_growth, table, texts
from models.session import RELEASED


def runs(*figures: tuple[int, float, float]) -> list[dict[str, Any]]:
    return [{"reports": reports, "reports_per_second": speed, "characters_per_second": round(20 * speed),
             "peak_mib": peak}
            for reports, speed, peak in figures]


@pytest.mark.parametrize(("figures", "status"), [
    ([(250, 50.0, 100.0), (2000, 49.0, 104.0)], 0),
    ([(250, 50.0, 100.0), (2000, 20.0, 104.0)], 1),
    ([(250, 50.0, 100.0), (2000, 49.0, 300.0)], 1),
])
def test_growth_of_time_and_memory_is_noticed(figures: list[tuple[int, float, float]], status: int) -> None:
    assert report_growth(runs(*figures)) == status


def test_table_has_a_row_for_each_size() -> None:
    page = table({"runs": runs((250, 50.0, 100.0), (500, 51.0, 101.0)), "source": "annotations/written",
                  "machine": "a machine", "start_seconds": 0.21, "installed_bytes": 61_000_000})
    assert "| 250 | 50.0 | 1,000 | 100 MiB |\n| 500 | 51.0 |" in page
    assert "takes 0.21 s" in page
    assert "61 MB" in page


def test_size_is_that_of_what_users_install() -> None:
    packages = closure({"gongkai"})
    assert {"gongkai", "selectolax", "pdfminer-six"} <= packages
    assert not {"pytest", "mypy", "torch"} & packages
    assert own_bytes() > (RELEASED / "model.int8.onnx").stat().st_size
    assert installed_bytes() > own_bytes() + 100_000_000


def test_a_wheel_is_without_what_is_left_out_of_it() -> None:
    assert own_bytes() < (RELEASED / "model.int8.onnx").stat().st_size + (RELEASED / "model.safetensors").stat().st_size


def test_texts_are_different_and_taken_from_the_whole_corpus() -> None:
    taken = dict(texts(50))
    assert len(set(taken.values())) == 50
    assert max(taken) > sorted(path.stem for path in WRITTEN.glob("*.json"))[-50]
    with pytest.raises(ValueError, match="not 100000"):
        next(texts(100_000))
