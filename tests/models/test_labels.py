"""Label names mean to a model what they mean to the annotation scheme."""
import pytest
from hypothesis import given

from annotations.corpus.bio import Granularity, tag_list
from annotations.scheme import Label
from models.errors import ModelError
from models.labels import Labels, parse
from report import Span, SpanType
from tests.annotations.made import labels


@given(labels())
def test_names_are_the_scheme_s_tags(label: Label) -> None:
    assert parse(label.tag) == (label.type, label.indicator, label.scope)


@pytest.mark.parametrize("granularity", Granularity)
def test_the_scheme_s_tag_list_is_a_label_list(granularity: Granularity) -> None:
    tags = tag_list(granularity)
    assert Labels.of_tags(tags).tags == tags


def test_a_tag_becomes_a_span() -> None:
    held = Labels(("CATEGORY", "COUNT:requests.new@cumulative", "FEE:other"))
    assert held.span(3, 5, 1, 0.5) == Span(start=3, end=5, type=SpanType.COUNT, indicator="requests.new",
                                           scope="cumulative", confidence=0.5, method="model")
    assert held.span(0, 1, 2, 1.0).indicator is None


def test_other_orders_and_unknown_names_are_refused() -> None:
    with pytest.raises(ModelError, match="in turn"):
        Labels.of_tags(("O", "B-FEE:other", "B-RATE:other"))
    for name in ("COUNTS", "COUNT:requests.new@never"):
        with pytest.raises(ModelError, match="no label"):
            Labels((name,))
