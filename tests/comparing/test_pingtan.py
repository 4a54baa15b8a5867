"""The real years of one zone: what holds between them and what does not, as the hand-read figures have it."""
import json
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from infer.comparing import compare, keep
from infer.comparing.comparison import IssuerTold
from infer.comparing.links import Link
from infer.pipeline import extract
from report.identities.formulas import Key, key_of
from report.vocabulary import vocabulary
from tests.comparing.made import only
from tests.conftest import SHARED

pytestmark = [pytest.mark.shared, pytest.mark.slow]
FIRST = 2019
Gold = dict[Key, float]


@cache
def golds() -> dict[int, dict[str, Any]]:
    """By year, the hand-read report with the name of its document; one office's only."""
    held = {}
    for path in sorted((SHARED / "gold").glob("*_pingtan_2*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        held[gold["meta"]["report_year"]] = gold | {"name": f"{path.stem}.txt"}
    return held


def figures(year: int) -> Gold:
    """Its cells; what is debatable counts only where nothing certain is said."""
    found: Gold = {}
    for fact in sorted(golds()[year]["facts"], key=lambda one: bool(one.get("optional"))):
        found.setdefault(key_of(fact["indicator"], fact["by"]), fact["value"])
    return found


@cache
def told() -> IssuerTold:
    paths = [SHARED / "real" / gold["name"] for gold in golds().values()]
    return only(compare([keep(extract(path.read_bytes(), name=path.name)) for path in paths], as_one=True))


def recent(chain: str) -> list[Link]:
    return [link for link in told().links if link.chain == chain and link.before >= FIRST]


def of(link: Link) -> tuple[int, Key]:
    return link.after, key_of(link.indicator, link.by)


def years() -> Iterator[tuple[int, int]]:
    return ((one, other) for one, other in pairwise(sorted(golds())) if one >= FIRST)


def test_all_years_since_the_forms_are_at_hand() -> None:
    assert len(list(years())) >= 6
    assert all(other == one + 1 for one, other in years())
    assert not [year for year in told().missing_years if year >= FIRST]


def test_the_carry_chain_is_whole_for_every_applicant() -> None:
    expected = {}
    for one, other in years():
        before, after = figures(one), figures(other)
        for applicant in vocabulary().dimensions["applicant"]:
            by = {"applicant": applicant}
            out, into = (cells[key_of(name, by)] for cells, name in (
                (before, "requests.carried_out"), (after, "requests.carried_in")))
            expected[other, key_of("requests.carried_in", by)] = "holds" if out == into else "breaks"
    assert {of(link): link.status for link in recent("carry")} == expected
    assert any(link.terms[0].value for link in recent("carry")), "a chain of zeros proves nothing"


def test_documents_in_force_break_where_the_figures_break() -> None:
    """Their digits run together, so that breaks are doubtful; the hand-read figures are among the readings."""
    broken: dict[tuple[int, Key], list[float | None] | None] = {}
    for one, other in years():
        before, after = figures(one), figures(other)
        for stem in ("documents.regulations", "documents.normative"):
            cells = [before.get((f"{stem}.in_force", ())), *(
                after.get((f"{stem}.{name}", ())) for name in ("issued", "repealed", "in_force"))]
            if None not in cells:
                was, issued, repealed, now = (value or 0 for value in cells)
                broken[other, (f"{stem}.in_force", ())] = cells if was + issued - repealed != now else None
    links = {of(link): link for link in recent("in_force")}
    assert set(links) == set(broken)
    found = {place for place, link in links.items() if link.status in ("breaks", "doubtful")}
    assert found == {place for place, cells in broken.items() if cells}
    assert len(found) >= 3
    for place in found:
        for term, value in zip(links[place].terms, broken[place] or (), strict=True):
            assert value in term.values
            assert term.quote is not None


def test_items_hold_where_the_figures_hold() -> None:
    for link in recent("items"):
        before, after = figures(link.before), figures(link.after)
        stem = link.indicator.rpartition(".")[0]
        was, change = (before[f"{stem}.{name}", ()] for name in ("items_previous_year", "items_change"))
        holds = was + change == after[f"{stem}.items_previous_year", ()]
        assert link.status in (("holds", "may_hold") if holds else ("breaks", "doubtful"))
    assert len(recent("items")) == 5


def test_cumulative_counts_shrink_where_the_figures_shrink() -> None:
    links = [link for link in told().links if link.chain == "cumulative"]
    found = set()
    for link in links:
        own = key_of(link.indicator, link.by)
        total = (own[0], tuple(sorted((*own[1], ("period", "cumulative")))))
        before, after = figures(link.before), figures(link.after)
        if before[total] + after[own] > after[total]:
            found.add(of(link))
    assert {of(link) for link in links if link.status in ("breaks", "doubtful")} == found
    assert found


def test_nothing_else_is_said_not_to_hold() -> None:
    rest = [link for link in told().links if link.chain not in ("in_force", "cumulative") and link.status in (
        "breaks", "doubtful")]
    assert {link.chain for link in rest} <= {"disclosed_total"}
    for link in rest:
        before, after = figures(link.before), figures(link.after)
        stem = link.indicator.rpartition(".")[0]
        was, new, now = before[f"{stem}.disclosed_total", ()], after[f"{stem}.new_disclosed", ()], after[
            f"{stem}.disclosed_total", ()]
        assert was + new < now
        assert link.status == "doubtful"


def test_a_failed_sum_of_a_report_makes_its_rate_a_range() -> None:
    failed = {year for year, gold in golds().items() if year >= FIRST and any(
        check["id"] == "requests.outcomes" and check["status"] == "fail" for check in gold["checks"])}
    ranges = {year.year for year in told().years if year.year >= FIRST and any(
        rate.id == "disclosure" and "contradicted" in rate.notes for rate in year.rates)}
    assert ranges == failed
    assert failed
