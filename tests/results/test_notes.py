"""What the code says in English the view says in Chinese: no note, reason or warning is left out."""
import ast
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import get_args

import pytest

from infer.results.notes import note_label, warning_label
from infer.results.wording import wording
from report.facts import Kind, Warning
from tests.conftest import ROOT

NOTING = ("infer/forms", "infer/assemble", "infer/model", "infer/reviewing/applying.py", "infer/recognition.py",
          "report/identities")
WARNING = ("infer/read", "infer/metadata", "infer/pipeline.py", "infer/recognition.py")
SENTENCE = re.compile(r"[a-z]{2,},? [a-z]|: [a-z]{3,}|甲 [a-z]{3,}$")
HOLE = "甲"
# why a split was chosen, which stays inside the reading of a form
INNER = {"column identities", "most column identities", "too many splits to compare"}


def trees(places: tuple[str, ...]) -> Iterator[ast.Module]:
    for place in places:
        path = ROOT / place
        for source in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            yield ast.parse(source.read_text(encoding="utf-8"))


def told(tree: ast.AST) -> Iterator[str]:
    """English sentences of the code that can reach a result: no docstring, error message, or expression of a side."""
    for node in ast.iter_child_nodes(tree):
        docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        aside = isinstance(node, ast.keyword) and node.arg in ("expression", "message")
        if docstring or isinstance(node, ast.Raise) or aside:
            continue
        if isinstance(node, ast.JoinedStr):
            yield template(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        else:
            yield from told(node)


def template(node: ast.JoinedStr) -> str:
    return "".join(str(part.value) if isinstance(part, ast.Constant) else HOLE for part in node.values)


def worded(message: ast.expr) -> str:
    """The message of a warning with HOLE for what is put into it or behind it."""
    if isinstance(message, ast.JoinedStr):
        return template(message)
    return HOLE if isinstance(message, ast.BinOp) else ""


def notes() -> list[str]:
    forms = tomllib.loads(files("report").joinpath("forms.toml").read_text(encoding="utf-8"))
    of_rows = re.findall(r"'note': '([^']+)'", str(forms))
    of_code = {words for tree in trees(NOTING) for words in told(tree) if SENTENCE.search(words)}
    return sorted({*of_rows, *of_code} - INNER)


def warnings() -> dict[str, str | None]:
    """Warning codes with the template of their message; None for those that the reader gives without one."""
    found: dict[str, str | None] = {}
    for tree in trees(WARNING):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Warning":
                parts = {keyword.arg: keyword.value for keyword in node.keywords}
                if isinstance(parts["code"], ast.Constant):
                    found[str(parts["code"].value)] = worded(parts["message"])
    reading = [node for tree in trees(("infer/read",)) for node in ast.walk(tree)]
    strings = {node.value for node in reading if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {**found, **dict.fromkeys(strings & set(wording().warnings))}


@pytest.mark.parametrize("note", notes())
def test_every_note_of_the_code_has_a_chinese_wording(note: str) -> None:
    sample = f"{HOLE}{note}" if note.startswith(" ") else note.rstrip("; ")
    assert not re.search("[a-z]{2}", note_label(sample)), "infer/results/wording.toml, [notes]"


def test_notes_are_found_in_the_code() -> None:
    assert {"statement of none", "blank, counted as 0", "unit not stated; read as 万元"} <= set(notes())


def test_wordings_of_notes_are_all_used() -> None:
    said = "\n".join(notes()).replace(HOLE, "{}")
    assert [en for en in wording().notes if en.strip("{}") not in said] == []


@pytest.mark.parametrize(("code", "message"), warnings().items())
def test_every_warning_has_a_wording_with_a_place_for_each_number(code: str, message: str | None) -> None:
    assert code in wording().warnings
    assert message is None or wording().warnings[code].count("{}") == message.count(HOLE)


def test_every_warning_code_that_reading_gives_is_known() -> None:
    from infer.pipeline import _SAYINGS

    given = {"unmapped_glyphs"}
    assert {*given, *_SAYINGS} <= {code for code, message in warnings().items() if message is None}
    assert set(wording().warnings) == set(warnings())


def test_every_look_alike_is_named() -> None:
    assert set(wording().kinds) == set(get_args(Kind)) - {"report"}


@pytest.mark.parametrize(("note", "words"), [
    ("blank, counted as 0: 政府公报、政务微博", "空白，按 0 计：政府公报、政务微博"),
    ("not in the table: 传真申请; blank, counted as 0: 甲、乙、丙、丁 and 14 more",
     "表中没有：传真申请；空白，按 0 计：甲、乙、丙、丁等，另有 14 项"),
    ("the row does not add up; digits run together; several readings are possible",
     "此行合计不符；数字连写；有不止一种读法"),
    ("五存在的主要问题: expected 4", "五存在的主要问题：应为 4"),
    ("数字连写", "数字连写"),
    ("not sure enough: 0.71, 0.75 is asked for", "把握不足，只有 0.71，须 0.75"),
    ("the rules alone read it so; the model's reading was taken", "此处取了模型的读法"),
])
def test_notes_are_put_together_from_their_parts(note: str, words: str) -> None:
    assert note_label(note) == words


def test_warning_takes_the_numbers_of_its_message() -> None:
    warning = Warning(code="year_conflict", message="The report is of 2023, but these words name a report of 2022.")
    assert warning_label(warning) == "年报为 2023 年，此处却称 2022 年年报"


def test_warning_of_a_model_that_cannot_be_used_keeps_its_reason() -> None:
    warning = Warning(code="no_model", message="the running text was read by rules alone: m.onnx: 3 bytes, not 77")
    assert warning_label(warning) == "模型不能使用，正文只凭规则识读：m.onnx: 3 bytes, not 77"


def test_warning_of_another_version_keeps_its_message() -> None:
    assert warning_label(Warning(code="of_tomorrow", message="Something new.")) == "Something new."
    assert warning_label(Warning(code="year_conflict", message="No numbers.")) == "No numbers."
