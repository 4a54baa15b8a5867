"""Documents as tasks and back."""
from collections.abc import Sequence
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.corpus import AnnotatedDocument, Annotation, Passage, Provenance
from annotations.corpus.document import annotated
from annotations.errors import AnnotationError
from annotations.labelstudio.refusals import refuse_text
from annotations.labelstudio.tasks import Proposal, from_task, task_key, to_task
from annotations.labelstudio.wire import Completion, Result, Task, Value
from annotations.scheme import NAMES, OTHER, QUANTITIES, SCOPES, scheme
from report import SpanType

AWKWARD = "条件年全公\n\r\u3000\t 🌱𠮷👨\u200d👩\U000e0100\ufeff\u200b\u00a0\u0301\x0b\x0c\x1b\x85\u2028<&>\"'\\"
TEXT = "柳溪镇2022年年报\n全年公开🌱信息\r\n73条，其中政府网站12条。\u3000未收到申请。"
DOC = AnnotatedDocument(name="柳溪.txt", text=TEXT, annotator="li@example.com")


def mark(words: str, kind: SpanType = SpanType.COUNT, indicator: str | None = None) -> Annotation:
    start = TEXT.index(words)
    return Annotation(start=start, end=start + len(words), type=kind, indicator=indicator)


def through_json(task: Task) -> Task:
    return msgspec.json.decode(msgspec.json.encode(task), type=Task)


@st.composite
def annotations(draw: st.DrawFn, text: str) -> Annotation:
    places = [(start, end) for start in range(len(text)) for end in range(start + 1, min(start + 12, len(text)) + 1)
              if not (text[start].isspace() or text[end - 1].isspace())]
    start, end = draw(st.sampled_from(places))
    kind = draw(st.sampled_from(SpanType))
    if kind not in QUANTITIES:
        return Annotation(start=start, end=end, type=kind)
    indicator = draw(st.sampled_from([*scheme().indicators_of(kind), OTHER]))
    scope = draw(st.sampled_from(SCOPES))
    return Annotation(start=start, end=end, type=kind, indicator=None if indicator == OTHER else indicator, scope=scope)


@st.composite
def documents(draw: st.DrawFn) -> AnnotatedDocument:
    awkward = st.text(st.sampled_from(AWKWARD), max_size=30)
    text = f"{draw(awkward)}条{draw(awkward)}"
    marks = tuple(draw(st.lists(annotations(text), max_size=6)))
    pairs = [(one, other) for one, a in enumerate(marks) for other, b in enumerate(marks)
             if a.type in QUANTITIES and b.type in NAMES]
    links = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return annotated(AnnotatedDocument(
        name=draw(st.sampled_from(["甲.txt", "b/乙 (1).html"])), text=text, annotations=marks, links=tuple(links),
        regions=((0, len(text)),), annotator="wang@example.com", passages=(Passage(start=0, end=1, pattern="a#1"),),
        provenance=Provenance(method="synthetic", issuer="柳溪镇", year=2022, noise=("ocr",), traps=(3, 7)),
    ))


@given(documents())
def test_nothing_is_lost_on_the_way_there_and_back(doc: AnnotatedDocument) -> None:
    task = through_json(to_task(doc))
    assert from_task(task.data, task.annotations[0]).doc == doc


@given(documents())
def test_a_proposal_that_is_left_as_it_is_comes_back_as_it_was(doc: AnnotatedDocument) -> None:
    scores = tuple(0.5 for _ in doc.annotations)
    task = through_json(to_task(doc, Proposal(model_version="rules-1", scores=scores)))
    guess = task.predictions[0]
    assert task.annotations == []
    assert (guess.model_version, guess.score) == ("rules-1", 0.5 if scores else None)
    returned = from_task(task.data, Completion(result=guess.result), "wang@example.com")
    assert returned.doc == doc


def test_a_span_is_shown_with_type_indicator_and_scope() -> None:
    task = to_task(replace(DOC, annotations=(mark("73条", indicator="proactive.total"),)))
    values = [(row.from_name, row.value) for row in task.annotations[0].result]
    start, path = TEXT.index("73条"), ["主动公开", "主动公开政府信息数 · proactive.total"]
    assert values == [
        ("label", Value(start=start, end=start + 3, text="73条", labels=["数量 · COUNT"])),
        ("indicator", Value(start=start, end=start + 3, text="73条", taxonomy=[path])),
        ("scope", Value(start=start, end=start + 3, text="73条", choices=["本机关本年度 · own"])),
    ]
    assert {row.id for row in task.annotations[0].result} == {"s0"}


def test_name_and_text_make_the_key() -> None:
    same = replace(DOC, annotator=None)
    assert len({task_key(doc) for doc in (DOC, replace(DOC, name="b"), replace(DOC, text="b"), same)}) == 3


def completed(*values: tuple[str, Value], rows: tuple[Result, ...] = ()) -> Completion:
    kinds = {"label": "labels", "indicator": "taxonomy", "scope": "choices"}
    drawn = [Result(type=kinds[name], id="x", from_name=name, value=value) for name, value in values]
    return Completion(result=[*drawn, *rows])


def test_blanks_that_the_mouse_took_along_are_trimmed_and_counted() -> None:
    start, end = TEXT.index("73条") - 2, TEXT.index("73条") + 3
    returned = from_task(to_task(DOC).data, completed(("label", Value(start=start, end=end, labels=["数量 · COUNT"]))))
    assert [returned.doc.words(one) for one in returned.doc.annotations] == ["73条"]
    assert returned.trimmed == 1


def test_the_browser_s_copy_of_the_words_is_not_believed() -> None:
    start = TEXT.index("信息")
    value = Value(start=start, end=start + 7, text="信息\\n\\n73条", labels=["数量 · COUNT"])
    returned = from_task(to_task(DOC).data, completed(("label", value)))
    assert returned.doc.words(returned.doc.annotations[0]) == "信息\r\n73条"


def test_a_link_drawn_from_the_name_is_turned_round() -> None:
    count, channel = mark("12条"), mark("政府网站", SpanType.CHANNEL)
    task = to_task(replace(DOC, annotations=(channel, count)))
    backwards = Result(type="relation", from_id="s0", to_id="s1", direction="right")
    returned = from_task(task.data, Completion(result=[*task.annotations[0].result, backwards]))
    assert returned.doc.links == ((1, 0),)


def at_start(
    labels: Sequence[str] = (), taxonomy: Sequence[Sequence[str]] = (), choices: Sequence[str] = (),
) -> Value:
    return Value(start=0, end=3, labels=[*labels], taxonomy=[[*path] for path in taxonomy], choices=[*choices])


@pytest.mark.parametrize(("completion", "reason"), [
    (completed(("label", Value(start=0, end=99, labels=["数量 · COUNT"]))), r"\[0:99\] lies outside the text of 41"),
    (completed(("label", Value(start=3, end=3, labels=["数量 · COUNT"]))), r"\[3:3\] lies outside"),
    (completed(("label", Value(start=-3, end=3, labels=["数量 · COUNT"]))), r"\[-3:3\] lies outside"),
    (completed(("label", at_start(labels=["件数 · NUMBER"]))), r"\[0:3\]: no span type 'NUMBER'"),
    (completed(("label", at_start(labels=["数量 · COUNT", "金额 · FEE"]))), r"\[0:3\] has 2 types"),
    (completed(("indicator", at_start(taxonomy=[["a", "b · requests.new"]]))), r"\[0:3\] has no type"),
    (completed(("label", at_start(labels=["数量 · COUNT"])),
               ("indicator", at_start(taxonomy=[["主动公开", "旧 · requests.old"]]))), "no indicator 'requests.old'"),
    (completed(("label", at_start(labels=["数量 · COUNT"])),
               ("scope", at_start(choices=["明年 · next"]))), "no scope 'next'"),
    (completed(("label", Value(start=TEXT.index("\r"), end=TEXT.index("73条"), labels=["数量 · COUNT"]))), "only blanks"),
    (completed(rows=(Result(type="relation", from_id="a", to_id="b"),)), "relation leads to no span"),
])
def test_what_cannot_stand_is_refused_with_its_place(completion: Completion, reason: str) -> None:
    with pytest.raises(AnnotationError, match=rf"^柳溪\.txt: .*{reason}"):
        from_task(to_task(DOC).data, completion)


@pytest.mark.parametrize("changed", [{"text": "另一篇"}, {"name": "b.txt"}, {"sha256": "0" * 64}])
def test_a_task_that_was_changed_on_the_server_is_refused(changed: dict[str, str]) -> None:
    data = msgspec.structs.replace(to_task(DOC).data, **changed)
    with pytest.raises(AnnotationError, match="not the one that was pushed"):
        from_task(data, Completion())


@pytest.mark.parametrize(("text", "named"), [
    ("甲\0乙", "NUL character at 1"),
    ("甲乙\ud83c", r"surrogate U\+D83C\) at 2"),
    ("\u202e甲\u202c", r"U\+202E RIGHT-TO-LEFT OVERRIDE\) at 0 and 1 more such"),
    ("甲\u2066", r"U\+2066 LEFT-TO-RIGHT ISOLATE\) at 1"),
    ("甲\u200f", r"U\+200F RIGHT-TO-LEFT MARK\) at 1"),
    (" \n\u3000", "there is no text to label"),
])
def test_what_the_browser_would_shift_is_refused_by_name(text: str, named: str) -> None:
    with pytest.raises(AnnotationError, match=rf"^甲\.html: .*{named}"):
        refuse_text("甲.html", text)


def test_an_indicator_outside_the_vocabulary_cannot_be_shown() -> None:
    with pytest.raises(AnnotationError, match=r"^柳溪\.txt: no indicator requests\.old"):
        to_task(replace(DOC, annotations=(mark("73条", indicator="requests.old"),)))
