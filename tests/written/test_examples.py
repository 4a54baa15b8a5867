"""The examples: their gold stands in the readable files, and what build.py writes says what its source says."""
import importlib.util
import io
import json
import pathlib
import re
from types import ModuleType

import docx
import pdfplumber
import pytest

EXAMPLES = pathlib.Path(__file__).parents[2] / "examples"
SOURCES = sorted((EXAMPLES / "sources").glob("*.src"))
NAMES = sorted(path.stem for path in (EXAMPLES / "gold").glob("*.json"))
TAG = re.compile(r"<[^>]*>")


def squeeze(text: str) -> str:
    return re.sub(r"\s+|&nbsp;", "", text)


def readable(name: str) -> str:
    source = EXAMPLES / "sources" / f"{name}.src"
    path = source if source.exists() else next(EXAMPLES.glob(f"{name}.*"))
    text = path.read_text(encoding="utf-8")
    return squeeze(TAG.sub("", text) if path.suffix == ".html" else text)


def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("examples_build", EXAMPLES / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def words(data: bytes, suffix: str) -> str:
    if suffix == ".pdf":
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            return squeeze("".join(page.extract_text() for page in pdf.pages))
    document = docx.Document(io.BytesIO(data))
    return squeeze("".join(node.text or "" for node in document.element.iter() if node.tag.endswith("}t")))


def test_every_example_has_gold() -> None:
    assert sorted(p.stem for p in EXAMPLES.iterdir() if re.match(r"\d\d_", p.name)) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_gold_stands_in_the_example(name: str) -> None:
    gold = json.loads((EXAMPLES / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    quoted = [fact["quote"] for fact in gold["facts"]] + gold["quantities"] + [gold["meta"]["title"]]
    assert [words for words in quoted if squeeze(words) not in readable(name)] == []


@pytest.mark.parametrize(("name", "encoding"), [("02_fenglin_water_2012", "gb18030"),
                                                ("14_lookalike_interpretation_2022", "big5")])
def test_encoded_examples_say_what_their_source_says(name: str, encoding: str) -> None:
    assert squeeze((EXAMPLES / f"{name}.txt").read_bytes().decode(encoding)) == readable(name)


@pytest.mark.parametrize("name", ["09_qingdai_county_2022.docx", "10_yuexi_city_2023.pdf"])
def test_built_examples_are_current_and_repeatable(name: str) -> None:
    module = build()
    source = (EXAMPLES / "sources" / name).with_suffix(".src").read_text(encoding="utf-8")
    suffix = pathlib.Path(name).suffix
    data = module.FILES[name](source)
    assert data == module.FILES[name](source)
    assert words(data, suffix) == words((EXAMPLES / name).read_bytes(), suffix)
