"""What a model is given: labels it can learn, windows of numbers, batches and changes fixed by the seed."""
from collections import Counter
from dataclasses import replace

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.corpus.bio import Granularity
from infer.annotate.reading import passages_of
from models.characters import UNKNOWN
from tests.annotations.made import labelled
from train.data import Augmenter, Example, batches, choose_labels, examples_of, to_dataset, trained_as
from train.recipe import Augmentation, Data, read_recipe
from train.vocabulary import table_of

DATA = read_recipe("default").data
TABLE = table_of("\n 0123456789年件条，。收到申请其中无万元%")
DOC = labelled("收到申请[[12件|COUNT:requests.new]]，其中[[3件|COUNT:requests.granted@previous_year]]，"
               "无[[申请|NONE:fees.collected]]。[[9件|COUNT:other]]")


def test_rare_labels_are_trained_as_other_and_rare_nones_not_at_all() -> None:
    docs = [*[labelled("[[3件|COUNT:requests.new]]", name=str(n)) for n in range(DATA.least)], DOC]
    labels = choose_labels(docs, DATA)
    assert labels.names == ("COUNT:other", "COUNT:requests.new")
    assert trained_as("COUNT:requests.granted@previous_year", labels.names) == "COUNT:other"
    assert trained_as("COUNT:requests.granted@upward", ("COUNT:other", "COUNT:other@upward")) == "COUNT:other@upward"
    assert trained_as("NONE:fees.collected", labels.names) is None
    assert trained_as("CATEGORY", labels.names) is None


def test_types_alone_have_no_other() -> None:
    held = choose_labels([DOC], replace_data(granularity=Granularity.TYPE, least=1))
    assert held.names == ("COUNT", "NONE")


def replace_data(**changes: object) -> Data:
    return msgspec.structs.replace(DATA, **changes)


@given(st.lists(st.integers(1, 60), max_size=200), st.integers(60, 300), st.integers(0, 5), st.integers(0, 5))
def test_batches_hold_every_window_once_and_no_more_than_they_may(
    lengths: list[int], most: int, seed: int, epoch: int
) -> None:
    found = batches(lengths, most=most, seed=seed, epoch=epoch)
    assert sorted(number for batch in found for number in batch) == list(range(len(lengths)))
    assert all(len(batch) * max(lengths[number] for number in batch) <= most for batch in found)
    assert found == batches(lengths, most=most, seed=seed, epoch=epoch)


def test_batches_differ_between_epochs_and_seeds() -> None:
    orders = [batches([9] * 50, most=90, seed=seed, epoch=epoch) for seed, epoch in ((0, 0), (0, 1), (1, 0))]
    assert len({str(order) for order in orders}) == 3


def example(text: str, tagged: str) -> Example:
    """Characters that `tagged` marks with x carry a tag."""
    return Example(TABLE.encode(text), np.array([int(mark == "x") for mark in tagged]))


def changed(one: Example, settings: Augmentation, epoch: int = 0) -> str:
    found = Augmenter(TABLE, settings, 3).change(one, epoch=epoch, number=1)
    return "".join("?" if TABLE.tokens[number] == UNKNOWN else TABLE.tokens[number] for number in found.ids)


def test_characters_are_hidden_inside_labels_as_often_as_outside_and_digits_never() -> None:
    one = example("收到申请12件，其中收到申请12件，其中", "ooooxxxooo" * 2)
    found = [changed(one, Augmentation(drop=0.5, numbers=0.0, years=0.0), epoch) for epoch in range(200)]
    assert all(len(text) == len(one.ids) for text in found)
    counts = Counter(place for text in found for place, character in enumerate(text) if character == "?")
    assert set(counts) == {place for place, word in enumerate("收到申请12件，其中" * 2) if not word.isdigit()}
    assert all(70 < count < 130 for count in counts.values())


def test_some_windows_lose_their_year() -> None:
    one = Example(TABLE.encode("收到"), np.zeros(2, np.int64), 2019)
    augmenter = Augmenter(TABLE, Augmentation(drop=0.0, numbers=0.0, years=0.25), 0)
    years = Counter(augmenter.change(one, epoch=0, number=number).year for number in range(400))
    assert set(years) == {None, 2019}
    assert 70 < years[None] < 130


def test_numbers_keep_their_length_years_and_zero() -> None:
    words = "2013年收到120件，其中0件，3.05万元"
    one = example(words, "o" * len(words))
    found = {changed(one, Augmentation(drop=0.0, numbers=1.0, years=0.0), epoch) for epoch in range(40)}
    assert len(found) > 30
    for text in found:
        assert text.startswith("2013年收到")
        assert "其中0件" in text
        assert [character.isdigit() for character in text] == [character.isdigit() for character in words]
        assert text[7] != "0"


def test_changes_are_the_same_for_the_same_seed_epoch_and_window() -> None:
    one = example("收到申请12件", "ooooxxx")
    settings = Augmentation(drop=0.3, numbers=1.0, years=0.5)
    assert changed(one, settings, 4) == changed(one, settings, 4)


def test_windows_are_rows_of_numbers() -> None:
    pytest.importorskip("datasets")
    labels = choose_labels([DOC], replace_data(least=1))
    rows = to_dataset([DOC], TABLE, labels, replace_data(least=1))
    held, *passages = examples_of(rows)
    assert held.ids.tolist() == TABLE.encode(DOC.text).tolist()
    assert [TABLE.encode(DOC.text[one.lead:one.end]).tolist() for one in passages_of(DOC)] == [
        one.ids.tolist() for one in passages]
    assert len(passages) == 1
    assert len(examples_of(to_dataset([DOC], TABLE, labels, replace_data(least=1, passages=False)))) == 1
    assert [labels.tags[tag] for tag in held.tags[4:7]] == ["B-COUNT:requests.new", *["I-COUNT:requests.new"] * 2]
    assert rows.column_names == ["name", "index", "year", "input_ids", "tags"]


def test_issuers_that_are_measured_are_not_trained_on() -> None:
    from train.corpora import Corpus, more, share_of

    held = Corpus(train=tuple(labelled("无。", name=str(n), issuer=f"甲{n}") for n in range(10)),
                  dev=(labelled("无。", issuer="乙县人民政府"),), test=())
    added = more(held, [labelled("有。", name="x", issuer="乙县"), labelled("有。", name="y", issuer="丙县")])
    assert [doc.name for doc in added.train[10:]] == ["y"]
    small, large = ({doc.name for doc in share_of(held, share).train} for share in (0.3, 0.6))
    assert (len(small), len(large)) == (3, 6)
    assert small < large
    assert replace(held, train=held.train[:9]).digest != held.digest
