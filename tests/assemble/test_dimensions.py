"""Channel, category, sub-unit, mode and applicant of a number."""
import pytest

from tests.assemble.made import assembled

COUNT = "COUNT proactive.total group=1"


@pytest.mark.parametrize(("words", "channel"), [
    ("县政府门户网站", "website"), ("“青禾发布”微信公众号", "wechat"), ("政务微博", "weibo"), ("抖音", "new_media"),
    ("政务公开栏", "bulletin_board"), ("政府公报", "gazette"), ("新闻发布会", "press_conference"), ("电子显示屏", "other"),
    ("微　信", "wechat"), ("門戶網站", "website"),
])
def test_a_channel_gets_its_key(words: str, channel: str) -> None:
    [fact] = assembled(f"⟦{words}|CHANNEL group=1⟧公开⟦12条|{COUNT}⟧。")
    assert fact.by == {"channel": channel}


@pytest.mark.parametrize(("words", "dimension"), [
    ("政策文件类", "category"), ("工作动态", "category"), ("机构职能", "category"), ("人事任免", "category"),
    ("大石村", "subunit"), ("各乡镇", "subunit"), ("县直部门", "subunit"), ("石桥社区", "subunit"), ("市教育局", "subunit"),
])
def test_a_body_is_a_subunit_and_anything_else_a_category(words: str, dimension: str) -> None:
    [fact] = assembled(f"⟦{words}|CATEGORY group=1⟧公开⟦12条|{COUNT}⟧。")
    assert fact.by == {dimension: words}


def test_category_and_channel_of_one_group_split_together() -> None:
    [fact] = assembled(f"⟦网站|CHANNEL group=1⟧公开⟦动态类|CATEGORY group=1⟧⟦12条|{COUNT}⟧。")
    assert fact.by == {"channel": "website", "category": "动态类"}


def test_a_name_broken_by_a_line_is_whole() -> None:
    [fact] = assembled(f"⟦工作\n动态类|CATEGORY group=1⟧⟦12条|{COUNT}⟧。")
    assert fact.by == {"category": "工作动态类"}


def test_groups_do_not_mix() -> None:
    facts = assembled("⟦甲类|CATEGORY group=1⟧⟦1条|COUNT proactive.total group=1⟧、"
                      "⟦乙类|CATEGORY group=2⟧⟦2条|COUNT proactive.total group=2⟧。")
    assert [(fact.by, fact.value) for fact in facts] == [({"category": "甲类"}, 1), ({"category": "乙类"}, 2)]


@pytest.mark.parametrize(("words", "by"), [
    ("其中网络申请", {"mode": "online"}), ("其中信函", {"mode": "letter"}), ("其中当面提交", {"mode": "in_person"}),
    ("其中传真", {"mode": "fax"}), ("其中自然人", {"applicant": "natural_person"}), ("其中商业企业", {"applicant": "enterprise"}),
    ("其中科研机构", {"applicant": "research_institution"}), ("其中律师事务所", {"applicant": "legal_service"}),
])
def test_a_part_of_the_requests(words: str, by: dict[str, str]) -> None:
    whole, part = assembled(f"收到申请⟦9件|COUNT requests.new⟧，{words}⟦4件|COUNT requests.new⟧。")
    assert (whole.by, whole.value) == ({}, 9)
    assert (part.by, part.value, part.parent) == (by, 4, whole.id)


def test_received_by_letter_is_received_and_by_letter() -> None:
    facts = assembled("全年收到信函申请⟦3件|COUNT requests.new⟧。")
    assert [(fact.by, fact.value) for fact in facts] == [({}, 3), ({"mode": "letter"}, 3)]
    assert len({fact.evidence for fact in facts}) == 1


def test_what_is_said_of_all() -> None:
    facts = assembled("收到申请⟦3件|COUNT requests.new⟧，均为自然人网络提交。")
    assert [fact.by for fact in facts] == [{}, {"mode": "online"}, {"applicant": "natural_person"}]
    assert {fact.value for fact in facts} == {3}


def test_what_is_said_of_all_about_content_is_no_dimension() -> None:
    facts = assembled("收到申请⟦3件|COUNT requests.new⟧，均为企业登记档案类。")
    assert [fact.by for fact in facts] == [{}]
