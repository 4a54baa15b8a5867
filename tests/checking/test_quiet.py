"""What looks like a fault and is none: put into a clean draft, it changes nothing."""
import pytest

from infer import extract
from infer.checking import check_report
from tests.checking.documents import WRITERS
from tests.checking.drafting import source

SENTENCES = (
    "微信公众号推送2 412条。",
    "全年完成公开计划数的120%。",
    "公开征求意见稿23件，采纳意见41条。",
    "没有收到依申请公开件，也没有不予公开件。",
    "2022年以来，累计清理失效文件16件。",
    "比2022年的35件增加6件。",
    "落实《2022年政务公开工作要点》，完成任务18项。",
    "2022年度预算、2021年度决算均已公开。",
    "热线电话12345全天受理，咨询电话0594-6120331。",
    "统一社会信用代码113502210038700XXA不在公开之列。",
    "网址为www.xxgk.example/xx/2023，邮箱xx@example.com。",
    "网站发布信息8万余条，阅读量3.2万人次。",
    "图书角藏书1200册，平均每天接待2.5人。",
    "答复平均用时缩短到9.5个工作日，同比下降120%。",
    "在“双11”等节点发布消费提示20篇。",
    "办理网民留言14件，其中咨询9件、建议5件；来信2件。",
    "……这些做法得到群众认可！”",
)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_it_is_left_alone(sentence: str) -> None:
    text = source("town_2023").replace("（五）监督保障。", f"（五）监督保障。{sentence}")
    assert sentence in text
    found = check_report(extract(WRITERS["docx"](text), name="draft.docx")).findings
    assert [(finding.kind, finding.title) for finding in found] == []
