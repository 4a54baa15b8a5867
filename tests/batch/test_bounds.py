"""How long a document may take: pages that are pictures longer, where they can be read."""
import pytest

from infer.batch import bounds
from infer.batch.bounds import Bounds

MINUTE = Bounds(seconds=60, megabytes=2000)


@pytest.mark.parametrize(("name", "seconds"), [
    ("a.txt", 60), ("scans.d/a.html", 60), ("-", 60), ("a.PDF", 600), ("s3://b/a.tif", 600), ("页.png", 600),
])
def test_what_may_be_a_picture_has_ten_times_as_long(
    name: str, seconds: float, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bounds, "why_not", lambda: None)
    assert MINUTE.of(name) == Bounds(seconds=seconds, megabytes=2000)
    assert MINUTE.of(name).too_long == f"took longer than {seconds} s"
    monkeypatch.setattr(bounds, "why_not", lambda: "pip install 'gongkai[ocr]' reads them")
    assert MINUTE.of(name) is MINUTE


def test_no_bound_stays_none() -> None:
    assert Bounds(seconds=0, megabytes=0).of("a.pdf").seconds == 0
