"""Drafts: marks keep their own characters through every edit."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.synthetic.draft import Draft, Edit, Mark

LETTERS = "公开信息73条，。 \n０"
texts = st.text(LETTERS, min_size=1, max_size=24)


@st.composite
def drafts(draw: st.DrawFn) -> Draft[int]:
    text = draw(texts)
    places = st.integers(0, len(text))
    bounds = draw(st.lists(st.tuples(places, places).filter(lambda pair: pair[0] < pair[1]), max_size=6))
    return Draft(text, tuple(Mark(start, end, n) for n, (start, end) in enumerate(bounds)))


@st.composite
def edits(draw: st.DrawFn, length: int) -> list[Edit]:
    places = sorted(draw(st.lists(st.integers(0, length), max_size=10)))
    pairs = zip(places[::2], places[1::2], strict=False)
    return [(start, end, draw(st.text("XY", max_size=3))) for start, end in pairs]


def traced(text: str, changes: list[Edit]) -> tuple[str, list[int | None]]:
    """The new text, and the old place of each of its characters; None where it is new."""
    out: list[tuple[str, int | None]] = []
    place = 0
    for start, end, words in changes:
        out += [(text[i], i) for i in range(place, start)] + [(letter, None) for letter in words]
        place = end
    out += [(text[i], i) for i in range(place, len(text))]
    return "".join(letter for letter, _ in out), [old for _, old in out]


@given(st.data())
def test_a_mark_keeps_exactly_its_surviving_characters(data: st.DataObject) -> None:
    draft = data.draw(drafts())
    changes = data.draw(edits(len(draft.text)))
    text, origins = traced(draft.text, changes)
    edited = draft.edit(changes)
    assert edited.text == text
    bounds = {mark.payload: (mark.start, mark.end) for mark in edited.marks}
    for mark in draft.marks:
        survivors = [new for new, old in enumerate(origins) if old is not None and mark.start <= old < mark.end]
        if survivors:
            start, end = bounds[mark.payload]
            assert start <= survivors[0]
            assert survivors[-1] < end
            held = [origins[i] for i in range(start, end) if origins[i] is not None]
            assert held == [origins[i] for i in survivors]
        elif mark.payload in bounds:
            start, end = bounds[mark.payload]
            assert start < end
            assert all(origins[i] is None for i in range(start, end))


@given(st.data())
def test_edits_in_any_order_are_the_same_edits(data: st.DataObject) -> None:
    draft = data.draw(drafts())
    changes = data.draw(edits(len(draft.text)))
    at_one_place = len({start for start, _, _ in changes}) < len(changes)
    if not at_one_place:
        assert draft.edit(data.draw(st.permutations(changes))) == draft.edit(changes)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        ((2, 2, "约"), "73条"),
        ((5, 5, "整"), "73条"),
        ((3, 3, " "), "7 3条"),
        ((4, 5, ""), "73"),
        ((1, 3, ""), "3条"),
        ((4, 6, "。"), "73"),
        ((2, 4, "７３"), "７３条"),
        ((2, 5, "73件"), "73件"),
        ((2, 5, ""), None),
        ((1, 6, "无"), None),
        ((2, 6, "无"), None),
        ((0, 2, ""), "73条"),
    ],
)
def test_where_a_mark_ends_after_an_edit(edit: Edit, expected: str | None) -> None:
    draft = Draft("公开73条。", (Mark(2, 5, "count"),)).edit([edit])
    assert [draft.words(mark) for mark in draft.marks] == ([] if expected is None else [expected])


def test_a_place_without_characters_stays_before_what_is_inserted_there() -> None:
    draft = Draft("规章|", (Mark(2, 2, "blank cell"),)).edit([(0, 0, "# "), (2, 2, " ")])
    assert [(mark.start, mark.end) for mark in draft.marks] == [(4, 4)]
    assert Draft("规章|", (Mark(2, 2, 0),)).edit([(1, 3, "")]).marks == ()


@pytest.mark.parametrize("changes", [[(0, 3, ""), (2, 4, "")], [(4, 9, "")], [(3, 2, "")], [(-1, 2, "")]])
def test_edits_that_overlap_or_leave_the_text_are_refused(changes: list[Edit]) -> None:
    draft: Draft[int] = Draft("公开73条")
    with pytest.raises(ValueError, match="overlaps"):
        draft.edit(changes)


@given(st.data())
def test_a_repeated_passage_brings_its_marks(data: st.DataObject) -> None:
    draft = data.draw(drafts())
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(draft.text))] * 2)))
    at = data.draw(st.sampled_from([0, start, end, len(draft.text)]))
    longer = draft.repeat(start, end, at)
    inside = [mark.payload for mark in draft.marks if start <= mark.start and mark.end <= end]
    copies = longer.marks[-len(inside) :] if inside else ()
    assert len(longer.text) == len(draft.text) + end - start
    assert [(copy.payload, longer.words(copy)) for copy in copies] == [
        (payload, draft.words(draft.marks[payload])) for payload in inside
    ]


def test_another_script_keeps_the_marks_and_another_length_is_refused() -> None:
    draft = Draft("公开73条", (Mark(2, 5, 0),))
    assert draft.recast("公開７３條").words(draft.marks[0]) == "７３條"
    with pytest.raises(ValueError, match="characters"):
        draft.recast("公开")
