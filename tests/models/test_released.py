"""The released weights: whole, small enough, as good as their record says, and of use without torch."""
import json
import subprocess
import sys
from pathlib import Path

import pytest

from models.errors import ModelError
from models.record import read_record
from models.session import RELEASED, Model
from report import Span

pytest.importorskip("onnxruntime")

TEXT = "青禾镇人民政府2021年政府信息公开工作年度报告\n一、总体情况\n全年主动公开政府信息1,204条，其中通过政府网站公开860条。" \
       "收到政府信息公开申请12件，予以公开9件，上年结转1件。未发生行政复议、行政诉讼，未收取任何费用。安排政府信息公开专项经费2.5万元。"
SHARED = Path(__file__).parents[3] / "shared" / "real"


@pytest.fixture(scope="module")
def spans() -> dict[str, Span]:
    return {TEXT[span.start : span.end]: span for span in Model.load().spans(TEXT, year=2021)}


@pytest.mark.parametrize(("words", "kind", "indicator"), [
    ("青禾镇人民政府", "ISSUER", None), ("2021年", "YEAR", None), ("1,204条", "COUNT", "proactive.total"),
    ("政府网站", "CHANNEL", None), ("860条", "COUNT", "proactive.total"), ("12件", "COUNT", "requests.new"),
    ("9件", "COUNT", "requests.granted"), ("1件", "COUNT", "requests.carried_in"),
    ("行政复议", "NONE", "reconsideration.total"), ("行政诉讼", "NONE", "litigation.total"),
    ("费用", "NONE", "fees.collected"), ("2.5万元", "FEE", "funds.special"),
])
def test_what_a_plain_report_says_is_found(
    spans: dict[str, Span], words: str, kind: str, indicator: str | None
) -> None:
    found = spans[words]
    assert (found.type, found.indicator, found.scope) == (kind, indicator, "own")
    assert 0 < found.confidence <= 1


def test_nothing_else_is_found(spans: dict[str, Span]) -> None:
    assert len(spans) == 12


def test_the_files_are_those_of_the_record_and_hold_no_code() -> None:
    names = {path.name for path in RELEASED.iterdir()} - {"README.md", "meta.json", "reading.json"}
    assert names == set(read_record(RELEASED).files)
    assert (RELEASED / "model.int8.onnx").stat().st_size <= 25_000_000
    assert (RELEASED / "model.safetensors").stat().st_size <= 40_000_000


def test_the_card_names_every_set_that_the_model_was_scored_on() -> None:
    meta = json.loads((RELEASED / "meta.json").read_text(encoding="utf-8"))
    card = (RELEASED / "README.md").read_text(encoding="utf-8")
    for name, figures in meta["scores"].items():
        assert f"| {name} | {figures['documents']} | {figures['spans']} | {figures['f1']:.3f} |" in card
    assert meta["scores"]["written_test"]["f1"] >= 0.88
    assert meta["real_reports"]


def test_transformers_reads_the_same_tags_out_of_the_other_file() -> None:
    torch = pytest.importorskip("torch")
    pytest.importorskip("transformers")
    from transformers import AutoModelForTokenClassification

    held = Model.load()
    model = AutoModelForTokenClassification.from_pretrained(RELEASED, dtype=torch.float32).eval()
    assert tuple(model.config.id2label[number] for number in range(model.config.num_labels)) == held.record.tags
    ids = held.table.frame_with_year(held.table.encode(TEXT), 2021)
    with torch.inference_mode():
        scores = model(torch.tensor([ids.tolist()])).logits[0, 6:-1].numpy()
    from models.decoding import find_spans

    marks = {(span.start, span.end, span.type, span.indicator) for span in find_spans(scores, held.labels)}
    assert marks == {(span.start, span.end, span.type, span.indicator) for span in held.spans(TEXT, year=2021)}


def test_a_changed_file_is_not_opened(tmp_path: Path) -> None:
    for path in RELEASED.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "model.int8.onnx").write_bytes((RELEASED / "model.int8.onnx").read_bytes() + b"\0")
    with pytest.raises(ModelError, match="sha256 differs"):
        Model.load(tmp_path)


def test_it_runs_without_torch() -> None:
    script = ("import sys; from models.session import Model; print(len(Model.load().spans('收到申请3件。', year=2021)));"
              "print(sorted({'torch', 'transformers'} & set(sys.modules)))")
    done = subprocess.run([sys.executable, "-c", script], check=True, cwd=RELEASED.parents[1], capture_output=True,
                          text=True)
    assert done.stdout.split() == ["1", "[]"]


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here")
def test_labels_of_the_real_reports_find_their_text(tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from annotations.corpus import read_corpus
    from infer.cli import app

    labels = RELEASED.parents[1] / "annotations" / "real"
    result = CliRunner().invoke(app, ["annotate", "attach", str(labels), str(SHARED), "-o", str(tmp_path)])
    assert result.exit_code == 0, result.output
    docs = read_corpus(tmp_path)
    assert (len(docs), sum(len(doc.annotations) for doc in docs)) == (19, 821)


def test_the_released_model_can_be_measured_and_trained_on(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    from train.fit import base_record
    from train.folder import read_trained

    trained = read_trained(RELEASED)
    assert trained.labels.tags == read_record(RELEASED).tags
    assert trained.record["recipe"]["data"]["year"]
    kept = base_record(RELEASED)
    assert kept["command"] == trained.record["command"]
    assert "history" not in kept
