"""Which error a mark is, and in what order errors are shown."""
from hypothesis import given
from hypothesis import strategies as st

from tests.train.evaluating.made import case
from train.evaluating.faults import Confused, Fault, confusion, faults, worst_first
from train.evaluating.tables import matrix
from train.scoring import score

KNOWN = ("[[甲局|ISSUER]]收到[[3件|COUNT:requests.new]]，办结[[4件|COUNT:requests.completed]]，"
         "[[政策文件类|CATEGORY]][[5条|COUNT:other]]，共[[6元|FEE:other]]。")
FOUND = ("[[甲局|ISSUER]]收到[[3件|COUNT:other|0.6]]，办结[[4件|COUNT:requests.completed]]，"
         "政策[[文件类|CATEGORY|0.8]][[5条|COUNT:other]]，[[共|NONE:requests.new|0.3]]6元。")
CASE = case(KNOWN, FOUND)


def said(fault: Fault) -> tuple[str, str | None, str, float | None]:
    return fault.kind, fault.known[2] if fault.known else None, fault.given, fault.confidence


def test_each_error_has_its_kind() -> None:
    assert [said(fault) for fault in faults(CASE)] == [
        ("label", "COUNT:requests.new", "COUNT:other", 0.6), ("border", "CATEGORY", "border", 0.8),
        ("invented", None, "NONE:requests.new", 0.3), ("missed", "FEE:other", "nothing", None)]


def test_confusion_counts_them() -> None:
    twice = [fault for one in (CASE, CASE) for fault in faults(one)]
    assert confusion(twice[:5]) == (
        Confused(known="COUNT:requests.new", given="COUNT:other", count=2),
        Confused(known="CATEGORY", given="border", count=1), Confused(known="FEE:other", given="nothing", count=1),
        Confused(known="nothing", given="NONE:requests.new", count=1))


def test_types_are_confused_among_themselves_with_what_is_right_on_the_diagonal() -> None:
    table = matrix([CASE])
    cells = {(row[0], head): cell for row in table.rows for head, cell in zip(table.heads, row, strict=True) if cell}
    assert {key: cell for key, cell in cells.items() if key[1] != "should"} == {
        ("COUNT", "COUNT"): "3", ("ISSUER", "ISSUER"): "1", ("CATEGORY", "border"): "1", ("FEE", "nothing"): "1",
        ("nothing", "NONE"): "1"}


def test_a_mark_pairs_with_the_one_that_is_most_like_it() -> None:
    one = case("[[甲乙丙丁|CHANNEL]]戊己", "[[甲|CHANNEL]][[乙丙丁|CATEGORY]]戊己")
    assert [said(fault)[:3] for fault in faults(one)] == [
        ("border", "CHANNEL", "border"), ("invented", None, "CATEGORY")]
    same_place = case("[[甲乙|CHANNEL]]", "[[甲乙|CATEGORY]]")
    assert [fault.kind for fault in faults(same_place)] == ["label"]
    shared = case("[[甲乙丙|CHANNEL]]丁", "[[甲|CATEGORY]][[乙丙丁|ISSUER]]")
    assert [said(fault)[:3] for fault in faults(shared)] == [
        ("invented", None, "CATEGORY"), ("label", "CHANNEL", "ISSUER")]


def test_the_surest_come_first_and_of_the_missed_the_labels_most_often_missed() -> None:
    found = [*faults(case("[[1件|COUNT:other]][[2件|COUNT:other]][[3元|FEE:other]]", "1件2件3元", name="b")),
             *faults(case("[[1|COUNT:other]]甲", "1[[甲|CHANNEL|0.4]]", name="a")), *faults(CASE)]
    order = [(fault.doc.name, *said(fault)) for fault in worst_first(found)]
    assert [row[-1] for row in order[:4]] == [0.8, 0.6, 0.4, 0.3]
    assert [(row[0], row[2]) for row in order[4:]] == [
        ("a", "COUNT:other"), ("b", "COUNT:other"), ("b", "COUNT:other"), ("a", "FEE:other"), ("b", "FEE:other")]


CHARACTERS = "甲乙丙丁戊己庚辛"


@given(*[st.lists(st.sampled_from([None, "CHANNEL", "COUNT:other"]), min_size=4, max_size=4) for _ in range(2)],
       st.booleans())
def test_every_mark_is_right_or_in_one_error(
    known: list[str | None], found: list[str | None], shifted: bool
) -> None:
    words = [CHARACTERS[n * 2 : n * 2 + 2] for n in range(4)]
    other = [one[:1] if shifted else one for one in words]
    marked = ["".join(word.replace(part, f"[[{part}|{tag}]]") if tag else word
                      for word, part, tag in zip(words, parts, tags, strict=True))
              for parts, tags in ((words, known), (other, found))]
    one = case(*marked)
    listed = faults(one)
    right = score(one.known, one.found)
    assert sum(fault.known is not None for fault in listed) == right.known - right.right
    assert sum(fault.found is not None for fault in listed) == right.found - right.right
