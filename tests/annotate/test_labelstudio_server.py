"""The round trip through a real Label Studio."""
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from typer.testing import CliRunner

from annotations.corpus import AnnotatedDocument, read_corpus, write_document
from annotations.errors import AnnotationError
from annotations.labelstudio import preparing
from annotations.labelstudio.access import Connection, read_access
from annotations.labelstudio.config import labelling_config
from annotations.labelstudio.preparing import prepare
from annotations.labelstudio.progress import Verdicts, progress
from annotations.labelstudio.pulling import pull
from annotations.labelstudio.pushing import Candidate, push
from annotations.labelstudio.results import to_results
from annotations.labelstudio.session import Project, Session
from annotations.labelstudio.tasks import Proposal, task_key
from annotations.labelstudio.wire import Result
from infer.cli import app
from tests.annotate.conftest import Server
from tests.annotations.made import labelled, remarked

pytestmark = pytest.mark.labelstudio

GONGKAI = (sys.executable, "-c", "from infer.cli import main; main()")
REPORT = "柳溪镇2022年政府信息公开工作年度报告\n\n一、总体情况\n2022年，我镇主动公开政府信息310条，其中政府网站公开12条。未收到政府信息公开申请。\n"
AWKWARD = labelled(
    "柳溪镇\r\n\u3000\u3000全年🌱公开[[７３条|COUNT:proactive.total]]，\t[[👨\u200d👩\u200d👧网站𠮷|CHANNEL]]\n"
    "[[1,234\n条|COUNT:proactive.total@cumulative]] <b>&amp;</b>\x0b\u2028[[行政\r\n复议|NONE:reconsideration.total]]，"
    "收[[0元|FEE:other]]\ufeff\u200b。",
    name="难.txt", links=((2, 1),),
)
# a personal access token by its form: {"token_type":"refresh","exp":9999999999}, signed by nobody
FOREIGN_JWT = "eyJhbGciOiJIUzI1NiJ9.eyJ0b2tlbl90eXBlIjoicmVmcmVzaCIsImV4cCI6OTk5OTk5OTk5OX0.x"
_numbers = count(1)


@pytest.fixture
def project(server: Server) -> Project:
    """A new one for each test."""
    return prepare(server.session, f"测试项目{next(_numbers)}").project


def proposed(doc: AnnotatedDocument, version: str = "rules-1") -> Candidate:
    return Candidate(doc=doc, proposal=Proposal(model_version=version, scores=(0.9,) * len(doc.annotations)))


def answer(server: Server, project: Project, doc: AnnotatedDocument, **more: object) -> None:
    """What a person would submit for the task of this text."""
    task = next(task for task in server.session.list_tasks(project) if task.key == task_key(doc))
    results = msgspec.to_builtins(to_results(doc))
    client: Any = server.session._client
    client.annotations.create(id=task.id, result=results, **more)


def run(*arguments: str, **variables: str) -> tuple[int, str, str]:
    result = CliRunner(env=variables).invoke(app, ["annotate", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_every_span_comes_back_exactly(server: Server, project: Project) -> None:
    pushed = push(server.session, project, [proposed(AWKWARD)])
    assert (pushed.new, pushed.refused) == (1, ())
    answer(server, project, AWKWARD)
    docs = pull(server.session.export(project)).docs
    came_back = replace(docs[0], annotator=None, provenance=AWKWARD.provenance)
    assert came_back == AWKWARD
    assert docs[0].annotator == server.access.email


def test_pushing_twice_makes_no_duplicate(server: Server, project: Project) -> None:
    other = replace(AWKWARD, name="b.txt")
    assert push(server.session, project, [proposed(AWKWARD), proposed(AWKWARD)]).new == 1
    again = push(server.session, project, [proposed(AWKWARD), proposed(other)])
    assert (again.new, again.known, again.refreshed) == (1, 1, 0)
    assert len(server.session.list_tasks(project)) == 2


def test_newer_pre_annotations_replace_what_nobody_has_labelled(server: Server, project: Project) -> None:
    docs = [replace(AWKWARD, name=name) for name in ("labelled", "open", "not pushed again")]
    push(server.session, project, map(proposed, docs))
    answer(server, project, docs[0])
    pushed = push(server.session, project, [proposed(doc, "rules-2") for doc in docs[:2]])
    assert (pushed.new, pushed.known, pushed.refreshed, pushed.hidden) == (0, 2, 1, 1)
    shown = server.session.project(project.title)
    assert shown.model_version == "rules-2"
    assert len(server.session.predicted_by(shown, "rules-2")) == 1


def test_reports_and_labelled_documents_do_not_mix_in_a_project(server: Server, project: Project) -> None:
    with pytest.raises(AnnotationError, match="Label Studio shows one kind in a project"):
        push(server.session, project, [proposed(AWKWARD), proposed(replace(AWKWARD, name="b"), "corpus")])


def test_a_text_that_would_shift_is_refused_and_the_others_sent(server: Server, project: Project) -> None:
    broken = AnnotatedDocument(name="坏.txt", text="甲\0乙")
    pushed = push(server.session, project, [proposed(broken), proposed(AWKWARD)])
    assert pushed.new == 1
    assert [line.partition(":")[0] for line in pushed.refused] == ["坏.txt"]


def test_progress_counts_verdicts_and_people(server: Server, project: Project) -> None:
    docs = [AWKWARD, replace(AWKWARD, name="b.txt"), replace(AWKWARD, name="c.txt")]
    push(server.session, project, map(proposed, docs))
    changed = remarked(AWKWARD, "７３条", indicator=None)
    answer(server, project, changed)
    answer(server, project, replace(docs[1], annotations=(), links=()))
    done = progress(server.session.export(project))
    assert (done.tasks, done.annotated, done.by_annotator) == (3, 2, {server.access.email: 2})
    assert done.verdicts == {"rules-1": Verdicts(accepted=4, changed=1, rejected=5, added=0)}


def test_two_annotators_give_two_documents(server: Server, project: Project) -> None:
    client: Any = server.session._client
    other = client.users.create(email=f"wang{next(_numbers)}@example.com", username="wang", first_name="", last_name="")
    push(server.session, project, [proposed(AWKWARD)])
    answer(server, project, AWKWARD)
    answer(server, project, remarked(AWKWARD, "７３条", indicator=None), completed_by=other.id)
    docs = {doc.annotator: doc for doc in pull(server.session.export(project)).docs}
    assert docs.keys() == {server.access.email, other.email}
    assert docs[other.email].annotations[0].indicator is None


def test_tasks_that_others_put_there_are_named_and_left(server: Server, project: Project) -> None:
    client: Any = server.session._client
    client.projects.import_tasks(project.id, request=[{"data": {"text": "别的", "title": "t"}}])
    push(server.session, project, [proposed(AWKWARD)])
    pulled = pull(server.session.export(project))
    assert [line.partition(": ")[2].partition(": ")[0] for line in pulled.refused] == ["not made by gongkai"]


def test_a_changed_page_is_brought_up_to_date_and_the_same_is_left(
    server: Server, project: Project, monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert prepare(server.session, project.title).done == "found"
    older = labelling_config().replace("收到申请数", "收到申请总数")
    monkeypatch.setattr(preparing, "labelling_config", lambda: older)
    assert prepare(server.session, project.title).done == "updated"
    push(server.session, project, [proposed(AWKWARD)])
    answer(server, project, AWKWARD)
    monkeypatch.undo()
    ready = prepare(server.session, project.title, annotators=2)
    assert (ready.done, ready.project.config) == ("updated", labelling_config())
    assert server.session.project(str(project.id)).annotators == 2
    assert len(pull(server.session.export(project)).docs) == 1


def test_a_page_that_would_lose_used_labels_is_not_taken(
    server: Server, project: Project, monkeypatch: pytest.MonkeyPatch,
) -> None:
    push(server.session, project, [proposed(AWKWARD)])
    answer(server, project, AWKWARD)
    monkeypatch.setattr(preparing, "labelling_config", lambda: labelling_config().replace("渠道", "途径"))
    monkeypatch.setattr(preparing, "known_values", lambda: frozenset({"途径 · CHANNEL"}))
    with pytest.raises(AnnotationError, match=r"labels that this gongkai does not know: .*渠道 · CHANNEL"):
        prepare(server.session, project.title)
    assert server.session.project(project.title).config.strip() == labelling_config().strip()


# the client's own, when it trades a personal access token for a short-lived one
SDK_REFRESH = pytest.mark.filterwarnings("ignore:The `parse_obj` method is deprecated:DeprecationWarning")


def personal_access_token(server: Server) -> str:
    answered = httpx.post(f"{server.access.url}/api/token/", trust_env=False,
                          headers={"Authorization": f"Token {server.access.token}"})
    return str(answered.json()["token"])


@SDK_REFRESH
def test_a_personal_access_token_does_as_well(server: Server, project: Project) -> None:
    with Session(Connection(url=server.access.url, token=personal_access_token(server))) as session:
        assert push(session, project, [proposed(AWKWARD)]).new == 1
        assert session.project(project.title).id == project.id


@pytest.mark.parametrize("token", ["wrong", FOREIGN_JWT])
def test_a_refused_token_is_one_line_without_headers(server: Server, token: str) -> None:
    status, said, why = run("status", "--url", server.access.url, "--token", token)
    assert (status, said) == (1, "")
    assert why.startswith(f"{server.access.url}: 401: ")
    assert why.count("\n") == 1
    assert "ookie" not in why
    assert token not in why


def test_a_title_that_the_server_refuses_is_told_with_its_cause(server: Server) -> None:
    assert run("init", "--project", "镇村", *server.options)[2] == (
        f"{server.access.url}: 400: title: Ensure this field has at least 3 characters.\n")


def test_a_project_that_is_not_there_is_told_with_the_way_out(server: Server) -> None:
    status, _, why = run("pull", "--project", "没有的", "-o", "nowhere", *server.options)
    assert (status, "gongkai annotate init" in why) == (1, True)
    assert not Path("nowhere").exists()


def test_an_address_where_nothing_answers_is_one_line() -> None:
    status, _, why = run("status", "--url", "http://127.0.0.1:9", "--token", "x")
    assert (status, why.count("\n"), why.startswith("http://127.0.0.1:9 cannot be reached: ")) == (1, 1, True)


def test_commands_lead_from_reports_to_a_corpus(server: Server, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "柳溪.txt").write_text(REPORT, encoding="utf-8")
    (reports / "notes.json").write_text("{}", encoding="utf-8")
    (reports / "破.pdf").write_bytes(b"%PDF-1.4\n")
    variables = {"LABEL_STUDIO_URL": server.access.url, "LABEL_STUDIO_API_KEY": server.access.token}
    title = f"命令{next(_numbers)}号"

    assert run("init", "--project", title, **variables)[1].startswith(f"{server.access.url}/projects/")
    status, _, why = run("push", str(reports), "--project", title, **variables)
    assert status == 1
    assert why.splitlines()[-1] == "1 new, 0 already there"
    assert "破.pdf: " in why

    exported = server.session.export(server.session.project(title))
    client: Any = server.session._client
    guesses = list(client.predictions.list(project=server.session.project(title).id))
    assert guesses[0].model_version.startswith("rules-")
    assert 0 < guesses[0].score <= 1
    client.annotations.create(id=exported.tasks[0].id, result=guesses[0].result)
    assert "1 (100%)" in run("status", "--project", title, **variables)[1]
    assert json.loads(run("status", "--project", title, "--json", **variables)[1])["annotated"] == 1

    output = tmp_path / "labelled"
    assert run("pull", "-o", str(output), "--project", title, **variables)[0] == 0
    docs = read_corpus(output / server.access.email)
    words = [(doc.words(mark), mark.label.tag) for doc in docs for mark in doc.annotations]
    assert ("310条", "COUNT:proactive.total") in words
    assert ("柳溪镇", "ISSUER") in words
    assert ("政府信息公开申请", "NONE:requests.new") in words


def test_a_labelled_document_is_pushed_with_its_own_labels(server: Server, tmp_path: Path) -> None:
    write_document(tmp_path / "难.json", AWKWARD)
    title = f"语料{next(_numbers)}号"
    run("init", "--project", title, *server.options)
    assert run("push", str(tmp_path), "--project", title, *server.options)[0] == 0
    project = server.session.project(title)
    client: Any = server.session._client
    guess = next(iter(client.predictions.list(project=project.id)))
    assert guess.model_version == "corpus"
    assert msgspec.convert(guess.result, list[Result]) == to_results(AWKWARD)


def test_the_server_fetches_nothing_from_outside(server: Server) -> None:
    """Opened in a browser, a page asks for tips, which Label Studio would get from a public site."""
    assert httpx.get(f"{server.access.url}/heidi-tips/", trust_env=False).status_code == 404


@pytest.mark.slow
def test_serve_runs_until_it_is_told_to_stop_and_keeps_everything(data: Path, program: Path) -> None:
    old = read_access(data)
    for _ in range(2):
        command = [*GONGKAI, "annotate", "serve", "--data", str(data), "--executable", str(program)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              env={**os.environ, "PYTHONPATH": os.getcwd()}) as served:
            assert served.stdout is not None
            url = served.stdout.readline().strip()
            token = read_access(data)
            assert token is not None
            with Session(Connection(url=url, token=token.token)) as session:
                ready = prepare(session, "留下来的项目")
            status, _, why = run("serve", "--data", str(data), "--executable", str(program))
            assert (status, f"a server is running on {data} already: {url}" in why) == (1, True)
            served.send_signal(signal.SIGTERM)
            _, said = served.communicate(timeout=30)
        assert served.returncode == 0
        assert said.endswith("stopped; the data are kept\n")
        assert old is not None
        assert old.password not in said
    assert ready.done == "found"
    assert run("status", "--data", str(data))[2].startswith(f"{url} cannot be reached")
