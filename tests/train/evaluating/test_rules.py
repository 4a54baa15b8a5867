"""The rules over the text of a labelled document as it stands."""
from dataclasses import replace

from tests.annotations.made import labelled
from train.evaluating.cases import VIEWS, Case, scores
from train.evaluating.rules import found_by_rules

WORDS = ("[[青禾县水务局|ISSUER]][[2022年|YEAR]]政府信息公开工作年度报告\r\n\n一、总体情况\n2022年，我局主动公开政府信息"
         "[[310条|COUNT:proactive.total]]。收到政府信息公开申请[[7件|COUNT:requests.new]]。|x|\n")
DOC = labelled(WORDS)


def test_their_marks_stand_where_the_text_has_them() -> None:
    one, = scores([Case(DOC, found_by_rules(DOC))], VIEWS["label"])
    assert (one.right, one.found, one.known) == (4, 4, 4)


def test_nothing_is_found_in_the_forms_of_the_document() -> None:
    start = DOC.text.index("收到")
    marks = found_by_rules(replace(DOC, regions=((start, len(DOC.text)),)))
    assert "COUNT:proactive.total" in {tag for _, _, tag in marks}
    assert all(end <= start for _, end, _ in marks)


def test_a_text_without_words_has_no_marks() -> None:
    assert found_by_rules(labelled(" \n")) == {}
