"""How fast a run is and how long it will go on."""
import pytest

from infer.cli.progress import Lines, Pace, span


class Clock:
    def __init__(self) -> None:
        self.time = 100.0

    def __call__(self) -> float:
        return self.time


@pytest.mark.parametrize(("seconds", "words"), [(0.4, "0 s"), (59, "59 s"), (61, "1 min 01 s"), (3599.7, "1 h 00 min"),
                                                (4 * 3600 + 125, "4 h 02 min")])
def test_a_length_of_time_in_its_two_largest_units(seconds: float, words: str) -> None:
    assert span(seconds) == words


def test_pace_is_that_of_the_last_minutes() -> None:
    clock = Clock()
    pace = Pace(clock)
    assert pace.words(10) == ""
    for step in (1.0, 0.1):
        for _ in range(4000):
            clock.time += step
            pace.step()
    assert pace.rate == pytest.approx(10, rel=0.02)
    assert pace.words(600) == "10.0/s, 1 min 00 s left"


def test_a_log_gets_a_line_a_minute_and_a_short_run_none() -> None:
    clock, said = Clock(), list[str]()
    lines = Lines(lambda: 1000, said.append, clock)
    lines.kept(500)
    for _ in range(59):
        clock.time += 1
        lines.read("a")
    assert said == []
    for _ in range(62):
        clock.time += 1
        lines.read("a")
    assert said == ["560 of 1,000, 1.0/s, 7 min 20 s left", "620 of 1,000, 1.0/s, 6 min 20 s left"]
