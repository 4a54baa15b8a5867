"""States of the full form: moved rows, page breaks inside rows, units, widths, letters for zeros, tables in tables."""

import re
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infer.forms import read_forms
from report.document import Document
from tests.forms.made import AFTER, BEFORE, REQUEST_HEADS, Form, Row, document, make_form, seeded
from tests.forms.test_layouts import assert_nothing_wrong, by_key

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
GAPS = [" ", "\n", "\t"]
Render = Callable[[Form, Random], Document]
seeds = st.integers(0, 10**6)


def printed(rows: tuple[Row, ...], gap: str, cell: Callable[[str], str] = str) -> Document:
    lines = []
    for row in rows:
        lines += [gap.join(row.heads)] if row.heads else []
        lines += [gap.join((*([row.label] if row.label else []), *map(cell, row.cells)))]
    return document(BEFORE + "\n".join(lines) + AFTER)


def moved(form: Form, random: Random) -> Document:
    """Two of the rows without heads change places."""
    rows = list(form.rows)
    plain = [n for n, row in enumerate(rows) if row.keys[0][0].startswith("requests.") and not row.heads]
    a, b = random.sample(plain, 2)
    rows[a], rows[b] = rows[b], rows[a]
    return printed(tuple(rows), random.choice(GAPS))


def broken(mark: str) -> Render:
    def render(form: Form, random: Random) -> Document:
        text = printed(form.rows, random.choice(GAPS)).text
        places = [match.end() for match in re.finditer(r"(?<=\d)[ \n\t](?=\d)", text)]
        for place in sorted(random.sample(places, 3), reverse=True):
            text = text[:place] + mark + text[place:]
        return document(text)

    return render


def beside(form: Form, random: Random) -> Document:
    """Two rows of the form on one line."""
    lines = []
    for first in range(0, len(form.rows), 2):
        pair = form.rows[first : first + 2]
        lines += ["\t".join(row.heads) for row in pair if row.heads]
        lines += ["\t".join("\t".join((row.label, *row.cells)) for row in pair)]
    return document(BEFORE + "\n".join(lines) + AFTER)


def in_one_table(form: Form, random: Random) -> Document:
    text = printed(form.rows, "|").text
    return document("\n".join(f"|{line}|" for line in text.split("\n")))


def numbered(form: Form, random: Random) -> Document:
    lines = []
    for number, row in enumerate(form.rows, 1):
        lines += ["\n".join(row.heads)] if row.heads else []
        lines += ["\n".join((*([str(number), row.label] if row.label else []), *row.cells))]
    return document(BEFORE + "\n".join(lines) + AFTER)


def some_letters(form: Form, random: Random) -> Document:
    return printed(form.rows, " ", lambda words: random.choice(["O", "o", "0"]) if words == "0" else words)


def some_missing(form: Form, random: Random) -> Document:
    dropped = set(random.sample(range(len(form.rows)), 5))
    return printed(tuple(row for n, row in enumerate(form.rows) if n not in dropped), random.choice(GAPS))


HEADS_AGAIN = "\n— 3 —\n" + " ".join(REQUEST_HEADS) + "\n"
WHOLE: dict[str, Render] = {
    "units": lambda form, random: printed(form.rows, random.choice([*GAPS, ""]), lambda words: words + "件"),
    "wide": lambda form, random: printed(form.rows, random.choice([*GAPS, "　"]), lambda words: words.translate(WIDE)),
    "numbered": numbered,
    "in_one_table": in_one_table,
    "tabs": lambda form, _: printed(form.rows, "\t"),
}
PARTLY: dict[str, Render] = {
    "moved": moved,
    "missing": some_missing,
    "beside": beside,
    "letters": some_letters,
    "page": broken("\n— 3 —\n"),
    "page_line": broken("\n第3页 共9页\n"),
    "bare_page": broken("\n3\n"),
    "page_and_heads": broken(HEADS_AGAIN),
}


@pytest.mark.parametrize("state", WHOLE)
@settings(max_examples=12)
@given(seed=seeds)
def test_the_whole_form_is_read(state: str, seed: int) -> None:
    form = make_form(seeded(seed), large=seed % 2 == 0)
    doc = WHOLE[state](form, seeded(seed))
    assert {key: cell.value for key, cell in by_key(doc).items()} == form.truth


@pytest.mark.parametrize(
    ("state", "share"),
    [
        ("moved", 0.75),
        ("missing", 0.6),
        ("beside", 0.8),
        ("letters", 0.5),
        ("page", 0.95),
        ("page_line", 0.95),
        ("bare_page", 0.8),
        ("page_and_heads", 0.85),
    ],
)
@settings(max_examples=12)
@given(seed=seeds)
def test_what_is_left_of_a_damaged_form_is_read_and_nothing_wrong(state: str, share: float, seed: int) -> None:
    form = make_form(seeded(seed))
    doc = PARTLY[state](form, seeded(seed))
    cells = by_key(doc)
    for key, cell in cells.items():
        assert cell.value in (None, form.truth[key]) or cell.ambiguous, (key, doc.text[cell.label_start : cell.end + 9])
    read = sum(cell.value is not None for cell in cells.values())
    assert read >= share * len(form.truth)


@settings(max_examples=12)
@given(seed=seeds)
def test_a_form_printed_twice_is_read_twice(seed: int) -> None:
    form = make_form(seeded(seed))
    once = printed(form.rows, " ").text
    doc = document(once + once)
    assert_nothing_wrong(form, doc)
    assert len(read_forms(doc).cells) == 2 * len(form.truth)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("0 O 0 0 0 0 0", [0] * 7),
        ("O O O 0 0 0 O", [0] * 7),
        ("３ 0 0 0 0 0 ３", [3, 0, 0, 0, 0, 0, 3]),
        ("0O00000", [0] * 7),
        ("3 O 0 0 0 0 3", [3, None, 0, 0, 0, 0, 3]),
        ("O O O O O O O", [None] * 7),
    ],
)
def test_a_letter_is_a_zero_only_among_zeros(row: str, expected: list[int | None]) -> None:
    text = (
        f"一、本年新收政府信息公开申请数量\n0 0 0 0 0 0 0\n二、上年结转政府信息公开申请数量\n{row}\n（一）予以公开\n0 0 0 0 0 0 0\n"
        "（二）部分公开\n0000000\n（七）总计\n0 0 0 0 0 0 0\n四、结转下年度继续办理\n0 0 0 0 0 0 0\n"
    )
    cells = [cell for cell in read_forms(document(text)).cells if cell.indicator == "requests.carried_in"]
    assert [cell.value for cell in cells] == expected


@pytest.mark.parametrize("words", ["\n".join, " ".join, "".join])
def test_heads_torn_over_lines_are_heads(words: Callable[[list[str]], str]) -> None:
    heads = ["本年", "制发", "件数", "本年", "废止", "件数", "现行", "有效", "件数"]
    text = f"第二十条第（一）项\n信息\n内容\n{words(heads)}\n规章\n0\n0\n0\n行政规范\n性文件\n4\n1\n29\n三、收到"
    assert [cell.value for cell in read_forms(document(text)).cells] == [0, 0, 0, 4, 1, 29]
