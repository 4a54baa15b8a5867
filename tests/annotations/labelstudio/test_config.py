"""The labelling page."""
from pathlib import Path
from typing import Any

import pytest

from annotations.labelstudio.config import (
    indicator_path,
    known_values,
    labelling_config,
    scope_value,
    short_wording,
    stable_id,
    type_value,
)
from annotations.scheme import SCOPES, scheme
from report import SpanType, vocabulary
from tests.conftest import Golden

COMMITTED = Path(__file__).with_name("config.xml")


def test_page_is_the_committed_one(golden: Golden) -> None:
    golden(COMMITTED, labelling_config())


def test_label_studio_s_own_parser_takes_the_page() -> None:
    from label_studio_sdk.label_interface.interface import LabelInterface

    page: Any = LabelInterface(labelling_config())
    page.validate()
    assert set(page.get_control("label").labels) == {type_value(kind) for kind in SpanType}


def test_every_label_is_told_again_from_its_choice() -> None:
    assert [stable_id(type_value(kind)) for kind in SpanType] == list(SpanType)
    assert [stable_id(scope_value(scope)) for scope in SCOPES] == list(SCOPES)
    ids = list(vocabulary().indicators)
    assert [stable_id(indicator_path(name)[-1]) for name in ids] == ids
    assert stable_id(indicator_path(None)[-1]) == "other"


def test_every_indicator_stands_once_in_the_tree() -> None:
    listed = [name for group in scheme().groups for name in group.indicators]
    assert sorted(listed) == sorted(vocabulary().indicators)
    assert indicator_path("requests.new") == ["依申请公开：收到与办理", "收到申请数 · requests.new"]
    assert "收到申请数 · requests.new" in known_values()


@pytest.mark.parametrize(("zh", "short"), [
    ("予以公开；同意公开答复数", "予以公开"),
    ("收到人大代表建议、政协提案", "收到人大代表建议、政协提案"),
    ("申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "申请人无正当理由逾期不补正"),
])
def test_long_wordings_are_shortened_to_what_tells_them_apart(zh: str, short: str) -> None:
    assert short_wording(zh) == short


def test_no_two_leaves_of_a_group_read_alike() -> None:
    for group in scheme().groups:
        shown = [indicator_path(name)[-1].partition(" · ")[0] for name in group.indicators]
        assert len(set(shown)) == len(shown)
