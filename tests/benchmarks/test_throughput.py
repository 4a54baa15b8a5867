"""The benchmark's own arithmetic."""
from typing import Any

import pytest

from benchmarks.throughput import closure, installed_bytes, report_growth, table


def runs(*figures: tuple[int, float, float]) -> list[dict[str, Any]]:
    return [{"reports": reports, "reports_per_second": speed, "characters_per_second": 1000, "peak_mib": peak}
            for reports, speed, peak in figures]


@pytest.mark.parametrize(("figures", "status"), [
    ([(250, 50.0, 100.0), (2000, 49.0, 104.0)], 0),
    ([(250, 50.0, 100.0), (2000, 20.0, 104.0)], 1),
    ([(250, 50.0, 100.0), (2000, 49.0, 300.0)], 1),
])
def test_growth_of_time_and_memory_is_noticed(figures: list[tuple[int, float, float]], status: int) -> None:
    assert report_growth(runs(*figures)) == status


def test_table_has_a_row_for_each_size() -> None:
    page = table({"runs": runs((250, 50.0, 100.0), (500, 51.0, 101.0)), "source": "examples/", "machine": "a machine",
                  "start_seconds": 0.21, "installed_bytes": 61_000_000})
    assert "| 250 | 50.0 | 1,000 | 100 MiB |\n| 500 | 51.0 |" in page
    assert "takes 0.21 s" in page
    assert "61 MB" in page


def test_size_is_that_of_what_users_install() -> None:
    packages = closure({"gongkai"})
    assert {"gongkai", "selectolax", "pdfminer-six"} <= packages
    assert not {"pytest", "mypy", "torch"} & packages
    assert installed_bytes() > 10_000_000
