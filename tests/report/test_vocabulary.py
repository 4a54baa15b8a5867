"""The vocabulary: what ships with gongkai, and what a vocabulary file may not say."""
import re

import pytest

from report.errors import GongkaiError, VocabularyError
from report.vocabulary import FREE_DIMENSIONS, PERIODS, Indicator, parse_vocabulary, vocabulary

HEAD = """version = 3
[dimensions]
mode = [{ id = "online", zh = "网络申请" }, { id = "fax", zh = "传真申请" }]
"""
ROW = '[[indicator]]\nid = "{id}"\nzh = "申请"\nkind = "count"\nunit = "件"\nby = {by}\n'


def file_of(*rows: tuple[str, str]) -> str:
    return HEAD + "".join(ROW.format(id=name, by=by) for name, by in rows)


def test_a_file_is_read() -> None:
    read = parse_vocabulary(file_of(("requests.new", '["mode", "category"]'), ("requests.old", "[]")))
    assert read.version == 3
    assert list(read.indicators) == ["requests.new", "requests.old"]
    assert read["requests.new"].by == ("mode", "category")
    assert read["requests.new"].forms == ()
    assert read.dimensions == {"mode": {"online": "网络申请", "fax": "传真申请"}}
    assert "requests.old" in read
    assert "requests.none" not in read


def test_an_indicator_may_stand_once() -> None:
    with pytest.raises(VocabularyError, match=r"requests\.new"):
        parse_vocabulary(file_of(("requests.new", "[]"), ("requests.new", "[]")))


def test_a_dimension_has_to_be_declared() -> None:
    with pytest.raises(VocabularyError, match="applicant"):
        parse_vocabulary(file_of(("requests.new", '["applicant"]')))


def test_an_unknown_indicator_is_named() -> None:
    with pytest.raises(GongkaiError, match=r"requests\.nothing"):
        vocabulary()["requests.nothing"]


def test_the_digest_tells_files_apart() -> None:
    one, other = file_of(("requests.new", "[]")), file_of(("requests.old", "[]"))
    assert parse_vocabulary(one).digest == parse_vocabulary(one).digest != parse_vocabulary(other).digest
    assert re.fullmatch(r"[0-9a-f]{12}", parse_vocabulary(one).digest)


@pytest.mark.parametrize("indicator", vocabulary().indicators.values(), ids=lambda indicator: indicator.id)
def test_units_go_with_kinds(indicator: Indicator) -> None:
    kind = {"元": "money", "1": "rate"}.get(indicator.unit, "count")
    assert indicator.kind == kind
    assert set(indicator.forms) <= {"2014", "2019", "2021"}
    assert re.fullmatch(r"[a-z_]+(\.[a-z_]+){1,2}", indicator.id)


def test_no_dimension_is_called_like_a_period() -> None:
    names = set(vocabulary().dimensions) | FREE_DIMENSIONS | {"period"}
    keys = {key for keys in vocabulary().dimensions.values() for key in keys}
    assert not names & PERIODS
    assert not keys & PERIODS
