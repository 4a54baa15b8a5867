"""What a person labels in a real Label Studio becomes what a later run states."""
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from annotations.labelstudio.preparing import prepare
from annotations.labelstudio.pulling import pull
from annotations.labelstudio.pushing import push
from annotations.labelstudio.saving import save
from infer.cli import app
from infer.results import read_results
from report import SpanType
from tests.annotate.conftest import Server
from tests.annotate.test_labelstudio_server import answer, proposed
from tests.reviewing.made import TEXT
from tests.reviewing.test_labels import marked

pytestmark = pytest.mark.labelstudio


def test_labels_of_the_server_are_stated_by_the_next_run(server: Server, tmp_path: Path) -> None:
    project = prepare(server.session, "人工核对").project
    doc = replace(marked(("310条", SpanType.COUNT, "proactive.all_channels"),
                         ("行政复议", SpanType.NONE, "reconsideration.total")), annotator=None)
    push(server.session, project, [proposed(doc)])
    answer(server, project, doc)
    save(pull(server.session.export(project)).docs, tmp_path / "labelled")
    (tmp_path / "town.txt").write_text(TEXT, encoding="utf-8")
    result = CliRunner().invoke(app, ["extract", str(tmp_path / "town.txt"), "--corrections",
                                      str(tmp_path / "labelled"), "-o", str(tmp_path / "out.jsonl")])
    assert result.exit_code == 0
    assert "corrections: 3 corrections applied to 1 report" in result.stderr.splitlines()
    report, = read_results(tmp_path / "out.jsonl")
    stated = [fact for fact in report.facts if fact.status == "stated"]
    assert [(fact.indicator, fact.value, fact.method) for fact in stated] == [
        ("proactive.all_channels", 310, "reviewed"), ("reconsideration.total", 0, "reviewed")]
    assert {fact.review.reviewer for fact in stated if fact.review} == {server.access.email}
