"""One token a code point, variants under one id, and nothing of a text taken for a special token."""
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.characters import (
    FIRST,
    LAST,
    LEAD,
    LEAD_WITH_YEAR,
    SPECIALS,
    UNKNOWN,
    CharacterTable,
    read_characters,
    write_characters,
)
from models.errors import ModelError

TABLE = CharacterTable([*SPECIALS, *"\n 0条国SEP[]"], {"０": "0", "條": "条", "國": "国", "\u3000": " ", "\r": "\n"})


@given(st.text(st.one_of(st.sampled_from("０0條条國\r\n　 [SEP]😀"), st.characters())))
def test_every_code_point_is_one_token(text: str) -> None:
    ids = TABLE.encode(text)
    assert len(ids) == len(text)
    assert [TABLE.tokens[number] for number in ids] == [
        one if one in TABLE.ids else TABLE.folds.get(one, UNKNOWN) for one in text]


def test_width_and_script_fold_and_words_of_special_tokens_stay_characters() -> None:
    assert list(TABLE.encode("０條國\r")) == list(TABLE.encode("0条国\n"))
    assert not set(TABLE.encode("[SEP]").tolist()) & {TABLE.ids[one] for one in SPECIALS}
    assert list(TABLE.frame(TABLE.encode("0"))) == [TABLE.ids[FIRST], TABLE.ids["0"], TABLE.ids[LAST]]
    with_year = list(TABLE.frame_with_year(TABLE.encode("0"), None))
    assert with_year == [TABLE.ids[one] for one in (FIRST, *[UNKNOWN] * 4, LAST, "0", LAST)]
    assert with_year[LEAD_WITH_YEAR] == TABLE.frame(TABLE.encode("0"))[LEAD] == TABLE.ids["0"]


def test_lone_surrogates_are_unknown() -> None:
    assert list(TABLE.encode("\ud8000")) == [TABLE.ids[UNKNOWN], TABLE.ids["0"]]


def test_file_gives_the_table_back(tmp_path: Path) -> None:
    write_characters(tmp_path / "characters.json", TABLE)
    again = read_characters(tmp_path / "characters.json")
    assert (again.tokens, again.folds) == (TABLE.tokens, TABLE.folds)


@pytest.mark.parametrize(("tokens", "folds", "why"), [
    ([*SPECIALS[1:], "0"], {}, r"no \[PAD\]"),
    ([*SPECIALS, "0", "0"], {}, "twice"),
    ([*SPECIALS, "10"], {}, "no character"),
    ([*SPECIALS, "0"], {"１": "1"}, "not in the table"),
])
def test_tables_that_would_misread_are_refused(tokens: list[str], folds: dict[str, str], why: str) -> None:
    with pytest.raises(ModelError, match=why):
        CharacterTable(tokens, folds)


def test_broken_file_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "characters.json"
    path.write_text('{"specials": [], "characters": "a", "folded": "b", "folded_to": ""}', encoding="utf-8")
    with pytest.raises(ModelError, match="no character table"):
        read_characters(path)
