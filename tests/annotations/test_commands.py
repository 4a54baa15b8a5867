"""annotate agreement and annotate export, as typed."""
import json
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from annotations.corpus import AnnotatedDocument, write_document
from infer.cli.annotate.agreement import agreement
from infer.cli.annotate.export import export
from tests.annotations.made import labelled, moved

DOC = labelled("收到申请[[5件|COUNT:requests.new]]，收费[[3元|FEE:fees.copying]]。")
APP = typer.Typer()
APP.command()(agreement)
APP.command()(export)
RUN = CliRunner().invoke


def folder(path: Path, *docs: AnnotatedDocument) -> str:
    path.mkdir()
    for doc in docs:
        write_document(path / f"{doc.name}.json", doc)
    return str(path)


def test_agreement_prints_scores_and_each_place(tmp_path: Path) -> None:
    first = folder(tmp_path / "li", DOC, labelled("无。", name="alone"))
    second = folder(tmp_path / "wang", moved(DOC, "5件", 0, -1))
    done = RUN(APP, ["agreement", first, second])
    assert done.exit_code == 0
    assert ["all,", "strict", "2", "2", "1", "0.500"] in [line.split()[:6] for line in done.stdout.splitlines()]
    assert "a:4: boundary: COUNT:requests.new 5件 | COUNT:requests.new 5\n  收到申请【5件】，收费3元。" in done.stdout
    assert "alone" in done.stderr


def test_agreement_of_three_is_two_by_two(tmp_path: Path) -> None:
    folders = [folder(tmp_path / name, replace(DOC, annotator=name)) for name in ("a", "b", "c")]
    done = RUN(APP, ["agreement", *folders, "--json"])
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(Path(row["first"]).name, Path(row["second"]).name) for row in rows] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert [row["agreement"]["strict"]["both"] for row in rows] == [2, 2, 2]


def test_agreement_needs_two_folders_with_a_text_in_common(tmp_path: Path) -> None:
    first, second = folder(tmp_path / "a", DOC), folder(tmp_path / "b", labelled("无。"))
    assert RUN(APP, ["agreement", first]).exit_code == 2
    done = RUN(APP, ["agreement", first, second])
    assert (done.exit_code, done.stderr) == (1, "no text was labelled by both\n")


@pytest.mark.parametrize(("form", "made"), [("spacy", "out"), ("conll", "out"), ("bio", "out"), ("brat", "out/a.ann")])
def test_export_writes_every_format(form: str, made: str, tmp_path: Path) -> None:
    done = RUN(APP, ["export", folder(tmp_path / "a", DOC), "--format", form, "-o", str(tmp_path / "out")])
    assert (done.exit_code, done.stdout) == (0, "")
    assert "COUNT" in (tmp_path / made).read_text(encoding="utf-8")


def test_export_says_what_it_cannot_do(tmp_path: Path) -> None:
    empty = folder(tmp_path / "a")
    done = RUN(APP, ["export", empty, "--format", "bio", "-o", str(tmp_path / "out")])
    assert (done.exit_code, done.stderr) == (1, f"no labelled document in {empty}\n")
    assert RUN(APP, ["export", empty, "--format", "word", "-o", str(tmp_path / "out")]).exit_code == 2
    assert RUN(APP, ["export", empty, "--format", "bio", "-o", str(tmp_path / "no" / "out")]).exit_code == 2
