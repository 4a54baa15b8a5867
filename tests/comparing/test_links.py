"""Identities over figures that can be read in several ways."""
from dataclasses import replace
from typing import Any

from infer.comparing.chains import identities, restatements
from infer.comparing.figures import figure_of
from infer.comparing.links import Identity, Link, Operand, link
from infer.comparing.readings import Held, Kept, Quote, Reading
from report.identities.formulas import Key

ISSUED: Key = ("documents.normative.issued", ())
REPEALED: Key = ("documents.normative.repealed", ())
IN_FORCE: Key = ("documents.normative.in_force", ())
IN: Key = ("requests.carried_in", ())
OUT: Key = ("requests.carried_out", ())
CARRY = Identity(chain="carry", subject=IN, left=(Operand(when="before", key=OUT),),
                 right=(Operand(when="after", key=IN),))


def reading(value: float, start: int = 0, end: int | None = None, *, run: tuple[int, int] | None = None,
            **more: Any) -> Reading:
    stop = start + len(str(value)) if end is None else end
    quote = Quote(document="甲", year=2021, fact="f1", before="", words=str(value), after="", start=start, end=stop,
                  page=None)
    made = Reading(value=value, qualifier=None, sure=True, confidence=0.97, in_form=True, run=run or (start, stop),
                   quote=quote)
    return replace(made, **more)


def kept(cells: dict[Key, Held], year: int = 2021) -> Kept:
    return Kept(document=f"{year}.txt", kind="report", title=None, issuer="甲县", year=year, form="2021",
                published_on=None, digest=str(year), figures=None, cells=cells, paragraphs=())


def form(*values: float, **more: Any) -> Held:
    return Held(form=tuple(reading(value, **more) for value in values))


def carried(out: Held, into: Held) -> Link:
    made = link(CARRY, kept({OUT: out}), kept({IN: into}, 2022))
    assert made is not None
    return made


def in_force() -> Identity:
    return next(one for one in identities() if one.subject == IN_FORCE and one.chain == "in_force")


def run_together(digits: str, cuts: dict[Key, list[tuple[int, int]]]) -> dict[Key, Held]:
    """Cells whose figures are cut out of one run of digits."""
    return {key: Held(aside=tuple(reading(int(digits[start:end]), start, end, run=(0, len(digits)), sure=False)
                                  for start, end in places)) for key, places in cuts.items()}


def test_figures_that_agree_hold_and_that_do_not_break() -> None:
    assert carried(form(3), form(3)).status == "holds"
    made = carried(form(3), form(2))
    assert (made.status, made.left, made.right, made.notes) == ("breaks", 3, 2, ())


def test_a_doubtful_figure_is_never_called_a_contradiction() -> None:
    made = carried(form(3), form(2, sure=False))
    assert (made.status, made.notes) == ("doubtful", ("unsure",))
    assert carried(form(3), form(3, sure=False)).status == "holds"


def test_an_unsure_cell_that_the_text_confirms_is_sure() -> None:
    said = Held(form=(reading(2, sure=False),), text=(reading(2, in_form=False),))
    assert carried(form(3), said).status == "breaks"


def test_what_the_text_gives_beside_a_sure_cell_is_shown() -> None:
    made = carried(form(3), Held(form=(reading(3),), text=(reading(4, in_form=False),)))
    assert made.status == "holds"
    assert [quote.words for quote in made.terms[1].also] == ["4"]


def test_two_cells_that_differ_are_no_figure() -> None:
    made = carried(form(3), form(2, 1))
    assert (made.status, made.terms[1].values, made.terms[1].value) == ("doubtful", (2, 1), None)


def test_the_only_cut_of_digits_that_holds_is_named() -> None:
    cells = run_together("693665", {ISSUED: [(0, 1), (0, 2)], REPEALED: [(1, 2), (2, 3)], IN_FORCE: [(2, 6), (3, 6)]})
    made = link(in_force(), kept({IN_FORCE: form(599)}), kept(cells, 2022))
    assert made is not None
    assert (made.status, made.notes) == ("may_hold", ("one_reading",))
    assert [term.value for term in made.terms] == [599, 69, 3, 665]


def test_cuts_that_overlap_do_not_go_together() -> None:
    """599 + 69 - 3 is 665, but 9 is taken by 69 already: 6|9 leaves no 69."""
    cells = run_together("693665", {ISSUED: [(0, 2)], REPEALED: [(1, 2)], IN_FORCE: [(2, 6)]})
    made = link(in_force(), kept({IN_FORCE: form(3605)}), kept(cells, 2022))
    assert made is not None
    assert made.status == "doubtful"


def test_digits_that_hold_in_no_cut_are_doubtful_and_say_so() -> None:
    cells = run_together("693665", {ISSUED: [(0, 1), (0, 2)], REPEALED: [(1, 2), (2, 3)], IN_FORCE: [(2, 6), (3, 6)]})
    made = link(in_force(), kept({IN_FORCE: form(100)}), kept(cells, 2022))
    assert made is not None
    assert (made.status, made.notes, made.left) == ("doubtful", ("no_reading", "unsure"), None)


def test_a_sure_cell_leaves_only_the_cuts_beside_it() -> None:
    cells = run_together("6233440", {REPEALED: [(1, 2), (2, 3), (2, 4)], IN_FORCE: [(2, 7), (3, 7), (4, 7)]})
    cells[ISSUED] = Held(form=(reading(62, 0, 2, run=(0, 7)),))
    made = link(in_force(), kept({IN_FORCE: form(470)}), kept(cells, 2022))
    assert made is not None
    assert [term.values for term in made.terms] == [(470,), (62,), (3, 33), (3440, 440)]


def test_approximate_figures_break_only_where_they_leave_no_room() -> None:
    assert carried(form(60, qualifier="at_least"), form(63)).status == "holds"
    made = carried(form(60, qualifier="at_least"), form(59))
    assert (made.status, made.left, made.right) == ("breaks", None, 59)
    assert carried(form(100, qualifier="about"), form(95)).status == "holds"


def test_a_total_that_is_left_out_is_the_sum_of_its_applicants() -> None:
    people = ("natural_person", "enterprise", "research_institution", "public_interest_organization", "legal_service",
              "other_organization")
    cells: dict[Key, Held] = {
        ("requests.carried_out", (("applicant", one),)): form(number) for number, one in enumerate(people)}
    made = carried(Held(states=("blank",)), form(15))
    assert made.status == "missing"
    whole = link(CARRY, kept(cells | {OUT: Held(states=("blank",))}), kept({IN: form(15)}, 2022))
    assert whole is not None
    assert (whole.status, whole.terms[0].value) == ("holds", 15)
    del cells["requests.carried_out", (("applicant", "enterprise"),)]
    less = kept(cells)
    assert link(CARRY, less, kept({IN: form(15)}, 2022)) is None
    assert figure_of(less, OUT).floor == 14


def test_a_chain_of_which_one_report_says_nothing_is_no_link() -> None:
    assert link(CARRY, kept({}), kept({IN: form(1)}, 2022)) is None


def test_figures_given_again_are_compared_and_free_parts_are_not() -> None:
    own, again = ("proactive.total", ()), ("proactive.total", (("period", "previous_year"),))
    part = ("proactive.total", (("category", "简报"), ("period", "previous_year")))
    before, after = kept({own: form(10)}), kept({again: form(12, in_form=False), part: form(3)}, 2022)
    made = [link(one, before, after) for one in restatements(before, after)]
    assert [(one.chain, one.status, one.left, one.right) for one in made if one] == [
        ("previous_year", "breaks", 10, 12)]
    assert list(restatements(before, replace(after, year=2023))) == []


def test_counts_of_the_running_text_since_some_year_are_never_called_a_contradiction() -> None:
    own, all_ = ("proactive.total", ()), ("proactive.total", (("period", "cumulative"),))
    said = Held(text=(reading(100, in_form=False),))
    before, after = kept({all_: said}), kept({own: form(20), all_: said}, 2022)
    made = [link(one, before, after) for one in restatements(before, after)]
    assert [(one.status, one.notes) for one in made if one] == [("doubtful", ("loose",))]
