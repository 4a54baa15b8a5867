"""A trained model measured on sets of documents, beside the rules where that is wanted."""
import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from train.errors import TrainingError
from train.evaluating.cases import Case, surest
from train.evaluating.measuring import Difference, Measures, Sampling, differences, measure
from train.evaluating.sets import EvaluationSet
from train.folder import RECORD, Trained, read_trained
from train.learning import Device, Machine
from train.predicting import predict
from train.recipe import Recipe

WEIGHTS: Final = "model.safetensors"
_HISTORY: Final = "history"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The rules on the same documents, and by view how much better the model is."""

    measures: Measures
    differences: Mapping[str, Difference]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetResult:
    """`seconds` is the time that the model took."""

    of: EvaluationSet
    cases: tuple[Case, ...]
    measures: Measures
    rules: Beside | None
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """`model` is the record of its training without the epochs, its folder, its weights' sha256 and this machine."""

    model: Mapping[str, Any]
    sets: tuple[SetResult, ...]


def evaluate(
    folder: Path, sets: Sequence[EvaluationSet], *, rules: bool = False, sampling: Sampling | None = None,
    device: Device = "auto", step: Callable[[EvaluationSet], None] = lambda _: None,
) -> Evaluation:
    """Measure the model of a folder; in fp32 throughout, so that no figure is the machine's. Raises GongkaiError."""
    trained = read_trained(folder)
    recipe = recipe_of(trained, folder)
    machine = Machine.choose(device, "fp32")
    trained.model.to(machine.device)
    results = []
    for one in sets:
        step(one)
        results.append(_measured(one, trained, recipe, machine, rules=rules, sampling=sampling or Sampling()))
    record = {name: value for name, value in trained.record.items() if name != _HISTORY}
    own = {"folder": str(folder), "sha256": _digest(folder / WEIGHTS), "measured_on": machine.name}
    return Evaluation(model=own | record, sets=tuple(results))


def recipe_of(trained: Trained, folder: Path) -> Recipe:
    """The recipe that the model was trained by. Raises TrainingError."""
    try:
        return msgspec.convert(trained.record["recipe"], Recipe)
    except (KeyError, TypeError, msgspec.ValidationError) as error:
        raise TrainingError(f"{folder / RECORD}: no recipe that this gongkai knows: {error}") from None


def _measured(
    one: EvaluationSet, trained: Trained, recipe: Recipe, machine: Machine, *, rules: bool, sampling: Sampling
) -> SetResult:
    since = time.monotonic()
    spans = predict(trained.model, one.docs, trained.table, trained.labels, recipe, machine)
    seconds = time.monotonic() - since
    cases = tuple(Case(doc, surest(found)) for doc, found in zip(one.docs, spans, strict=True))
    return result_of(one, cases, rules=rules, sampling=sampling, seconds=seconds)


def result_of(
    one: EvaluationSet, cases: tuple[Case, ...], *, rules: bool, sampling: Sampling, seconds: float
) -> SetResult:
    """What was found in the documents of a set, by whatever model, measured."""
    return SetResult(of=one, cases=cases, measures=measure(cases, sampling), seconds=seconds,
                     rules=_beside(cases, sampling) if rules else None)


def _beside(cases: Sequence[Case], sampling: Sampling) -> Beside:
    from train.evaluating.rules import found_by_rules

    other = [Case(case.doc, found_by_rules(case.doc)) for case in cases]
    return Beside(measures=measure(other, sampling), differences=differences(cases, other, sampling))


def _digest(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def as_table(evaluation: Evaluation) -> dict[str, Any]:
    """The evaluation as plain data, without a word of the documents; single figures stand at the top of a set."""
    return {"model": evaluation.model, "sets": {one.of.name: _set_table(one) for one in evaluation.sets}}


def _set_table(one: SetResult) -> dict[str, Any]:
    characters = sum(len(doc.text) for doc in one.of.docs)
    source = {"folder": Path(one.of.folder).name, "split": one.of.split, "sha256": one.of.digest,
              "characters": characters, "seconds": round(one.seconds, 1)}
    table = {**measures_table(one.measures), "source": source}
    if one.rules is not None:
        table["rules"] = {**measures_table(one.rules.measures),
                          "difference": msgspec.to_builtins(one.rules.differences)}
    return table


def measures_table(found: Measures) -> dict[str, Any]:
    """The figures of a set as plain data."""
    plain: dict[str, Any] = msgspec.to_builtins(found)
    plain["views"] = {name: {**view["rates"], "interval": view["interval"]} for name, view in plain["views"].items()}
    strict, types = plain["views"]["label"], plain["views"]["type"]
    head = {"documents": plain.pop("documents"), "spans": strict["known"],
            **{name: strict[name] for name in ("f1", "precision", "recall")}, "types_f1": types["f1"]}
    return {**head, "interval": strict["interval"], "types_interval": types["interval"], **plain}
