"""The study uncovers what it says it does, costs what it says, and its savings are those of the curves."""
import json
from dataclasses import replace
from pathlib import Path

import pytest

from annotations.corpus import AnnotatedDocument, write_document
from annotations.corpus.splits import FILE, Split, Splits, write_splits
from infer.annotate.choosing import Unit
from infer.annotate.sentences import read_labelled, sentences_of
from tests.annotations.made import labelled
from tests.train.made import scratch_base
from tests.train.test_fit import recipe
from tests.train.watching import Watcher
from train.corpora import read_splitted
from train.errors import TrainingError
from train.fit import Job, fit
from train.savings import merged, saving
from train.studying import Point, Strategy, StudyJob, study
from train.uncovering import Pool, uncovered

pytest.importorskip("torch").set_num_threads(1)
pytest.importorskip("transformers")
pytest.importorskip("datasets")

FIRST = "全年主动公开信息[[{}条|COUNT:proactive.total]]，其中[[财政类|CATEGORY]][[{}条|COUNT:proactive.total]]。"
SECOND = "收到依申请公开[[{}件|COUNT:requests.new]]。"
THIRD = "举办培训[[{}次|COUNT:trainings.total]]，支出[[{}元|FEE:other]]。"


def document(number: int) -> AnnotatedDocument:
    words = (FIRST.format(number * 7 + 1, number + 2), SECOND.format(number + 3), THIRD.format(number, number * 10 + 5))
    return labelled("".join(words), name=f"s{number:03}", issuer=f"青禾县第{number}局", links=((2, 1),))


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("study")
    scratch_base(folder / "base")
    (folder / "corpus").mkdir()
    issuers: dict[str, Split] = {}
    for number in range(14):
        doc = document(number)
        write_document(folder / "corpus" / f"{doc.name}.json", doc)
        issuers[doc.provenance.issuer or ""] = "train" if number < 10 else "dev"
    write_splits(folder / "corpus" / FILE, Splits(issuers))
    return folder


def job(folders: Path, strategy: Strategy, unit: Unit = "sentence", **more: object) -> StudyJob:
    made = StudyJob(corpus=read_splitted(folders / "corpus"), base=folders / "base", recipe=recipe(batch=512), seed=1,
                    output=folders / "out", strategy=strategy, unit=unit, shares=(0.2, 0.5), steps=6, device="cpu")
    return replace(made, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def runs(folders: Path) -> dict[str, list[Point]]:
    return {strategy: study(job(folders, strategy), Watcher()) for strategy in ("random", "chosen")}


def test_both_strategies_start_alike_and_spend_as_much(runs: dict[str, list[Point]]) -> None:
    starts = [replace(points[0], seconds=0.0) for points in runs.values()]
    assert starts[0] == starts[1]
    # a document holds three sentences and six labels, so 90 is all of it
    for points in runs.values():
        assert [point.effort for point in points] == [point.sentences + point.labels for point in points]
        assert points[0].effort == 18
        assert 45 <= points[1].effort < 45 + 4


def test_a_model_trains_on_nothing_that_is_hidden(folders: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import train.studying as module

    seen: list[Job] = []

    def watched(one: Job, watcher: Watcher) -> object:
        seen.append(one)
        return fit(one, watcher)

    monkeypatch.setattr(module, "fit", watched)
    points = study(job(folders, "random", output=folders / "watched"), Watcher())
    for one, point in zip(seen, points, strict=True):
        docs = {doc.name: doc for doc in one.corpus.train}.values()
        assert sum(len(doc.annotations) for doc in docs) == point.labels
        shown = sum(len(doc.text) - sum(end - start for start, end in doc.regions) for doc in docs)
        assert shown == point.characters
        assert not {doc.name for doc in one.corpus.dev} & {doc.name for doc in docs}
    assert len(seen[0].corpus.dev) == 1


def test_the_same_seed_gives_the_same_points_and_is_read_again(folders: Path, runs: dict[str, list[Point]]) -> None:
    watcher = Watcher()
    assert study(job(folders, "chosen"), watcher) == runs["chosen"]
    assert not watcher.rows
    table = json.loads((folders / "out" / "chosen-sentence-1.json").read_text(encoding="utf-8"))
    assert [point["effort"] for point in table["points"]] == [point.effort for point in runs["chosen"]]


def test_reports_and_all_of_it(folders: Path) -> None:
    points = study(job(folders, "chosen", "report"), Watcher())
    assert [point.effort for point in points] == [18, 45]
    everything = study(job(folders, "all"), Watcher())
    assert [(point.share, point.effort) for point in everything] == [(1.0, 90)]


def test_a_trained_model_is_no_start(folders: Path, runs: dict[str, list[Point]]) -> None:
    assert runs
    with pytest.raises(TrainingError, match="knows the labels"):
        study(job(folders, "random", base=folders / "out" / "random-sentence-1" / "0" / "model"), Watcher())


def test_uncovered_sentences_keep_their_labels_and_links() -> None:
    doc = document(3)
    first, second, third = [(one.start, one.end) for one in sentences_of(read_labelled(doc))]
    part = uncovered(doc, [third, first])
    assert [part.words(mark) for mark in part.annotations] == ["22条", "财政类", "5条", "3次", "35元"]
    assert [(part.words(part.annotations[one]), part.words(part.annotations[other])) for one, other in part.links] == [
        ("5条", "财政类")]
    assert part.regions == (second,)
    assert uncovered(doc, [first, second]).regions == (third,)


def test_a_sentence_is_paid_for_once() -> None:
    doc = document(3)
    rows = sentences_of(read_labelled(doc))
    pool = Pool({doc.name: doc}, {doc.name: rows})
    assert [pool.add(rows[0]), pool.add(rows[0]), pool.add_report(doc.name), pool.effort] == [4, 0, 5, 9]
    assert pool.documents() == (doc,)


def curve(*scores: float) -> list[dict[str, float]]:
    return [{"share": n / 10, "span_f1": score, "effort": 100.0 * n} for n, score in enumerate(scores, start=1)]


def test_savings_are_read_from_the_curves() -> None:
    found = saving(curve(0.5, 0.7, 0.9), curve(0.5, 0.6, 0.7), "span_f1", "effort")
    assert found is not None
    assert (found.score, round(found.needed), round(found.cost), round(found.share, 2)) == (0.7, 200, 300, 0.33)
    worse = saving(curve(0.5, 0.55, 0.6), curve(0.5, 0.6, 0.7), "span_f1", "effort")
    assert worse is not None
    assert round(worse.share, 2) == -0.5
    dented = saving(curve(0.5, 0.7, 0.65), curve(0.5, 0.6, 0.7), "span_f1", "effort")
    assert dented is not None
    assert round(dented.needed) == 200
    assert saving(curve(0.5, 0.6), curve(0.5, 0.4), "span_f1", "effort") is None


def test_runs_are_merged_over_seeds(tmp_path: Path) -> None:
    for seed, score in enumerate((0.5, 0.6)):
        points = curve(score, score + 0.1)
        table = {"strategy": "random", "unit": "sentence", "corpus": "x", "steps": 5, "points": points}
        (tmp_path / f"{seed}.json").write_text(json.dumps(table), encoding="utf-8")
    found = merged(sorted(tmp_path.iterdir()))
    assert [(row["span_f1"], row["seeds"]) for row in found["random sentence"]] == [(0.55, 2), (0.65, 2)]
    (tmp_path / "other.json").write_text(json.dumps(table | {"corpus": "y"}), encoding="utf-8")
    with pytest.raises(TrainingError, match="different corpora"):
        merged(sorted(tmp_path.iterdir()))
