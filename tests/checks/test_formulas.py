"""The formulas as data."""
import pytest

from report.errors import VocabularyError
from report.identities.formulas import cases, expand, key_of, stated_sums
from report.identities.rules import IdentityRow, rules
from report.vocabulary import vocabulary


def test_every_operand_is_a_cell_that_the_vocabulary_knows() -> None:
    for case in cases():
        for term in case.left + case.right:
            indicator, by = term.key
            assert {name for name, _ in by} <= set(vocabulary()[indicator].by), case.id
            assert case.forms & set(vocabulary()[indicator].forms), (case.id, indicator)
    assert all(part in vocabulary() for stated in stated_sums() for part in stated.parts)


def test_every_rule_is_reached() -> None:
    assert {row["id"] for row in rules()["identity"]} == {case.id for case in cases()}


def test_the_total_of_applicants_is_the_whole() -> None:
    assert key_of("requests.new", {"applicant": "total"}) == key_of("requests.new", {})


@pytest.mark.parametrize("left", ["requests.nothing", "nothing.*", "requests.new mode=telegram"])
def test_an_operand_that_is_not_listed_is_an_error(left: str) -> None:
    row: IdentityRow = {"id": "x", "zh": "x", "forms": ["2014"], "left": [left], "right": ["requests.new"]}
    with pytest.raises(VocabularyError):
        list(expand(row))
