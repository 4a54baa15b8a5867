"""Who reads the running text: rules, the model, or both, and how sure a fact must be to be stated."""
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Protocol

from infer.assemble import text_facts
from infer.choice import DEFAULT, Backend, Choice
from infer.model.deciding import Checker, Seen, decide, see, weigh
from infer.model.linking import link
from infer.model.passages import passages
from infer.model.reliability import Mode, Weights, reliability
from infer.rules.context import Reading as RunningText
from report import Document, Fact, Span
from report.errors import GongkaiError


class Classifier(Protocol):
    """A token classifier over stretches (lead, start, end) of a text; `digest` is the sha256 of its weights."""

    digest: str

    def spans_of(
        self, text: str, passages: Iterable[tuple[int, int, int]], *, year: int | None
    ) -> tuple[Span, ...]: ...


__all__ = [
    "DEFAULT", "Backend", "Choice", "Classifier", "Labelling", "Mode", "default_labelling", "labelling", "measured",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelling:
    """`model` is None in mode rules; `take` is the least confidence of a stated fact; `problem`: why no model."""

    mode: Mode
    model: Classifier | None
    take: float
    weights: Weights
    problem: str | None = None


def measured(mode: Mode, model: Classifier | None) -> Labelling:
    """Who reads in this mode, at the measured operating point."""
    weights = reliability().modes[mode]
    return Labelling(mode=mode, model=model, weights=weights, take=weights.take)


def labelling(choice: Choice = DEFAULT) -> Labelling:
    """Load what the mode needs. Where the model cannot be used, rules alone read, and `problem` says why, in a line."""
    problem, mode = None, choice.mode
    model = None
    if mode != "rules":
        try:
            model = _load(choice)
        except (GongkaiError, ImportError) as error:
            problem, mode = _one_line(error), "rules"
    held = measured(mode, model)
    return replace(held, problem=problem, take=held.take if choice.take is None else choice.take)


@cache
def default_labelling() -> Labelling:
    """Model and rules together, with the released weights."""
    return labelling()


def _load(choice: Choice) -> Classifier:
    from models.session import RELEASED, Model

    if choice.backend == "torch":
        from models.torch_session import TorchModel

        return TorchModel.load(choice.folder or RELEASED, device=choice.device)
    return Model.load(Path(choice.folder) if choice.folder else RELEASED, threads=choice.threads)


def _one_line(error: Exception) -> str:
    if isinstance(error, ImportError):
        return f"the package {error.name} is not installed" if error.name else " ".join(str(error).split())
    return " ".join(str(error).split())


def model_spans(doc: Document, text: RunningText, model: Classifier, year: int | None) -> tuple[Span, ...]:
    """What the model finds in the passages that can hold a fact, its names tied to their counts."""
    held = [(one.lead, one.start, one.end) for one in passages(text, doc.text)]
    return link(model.spans_of(doc.text, held, year=year), doc.text)


def read_both(
    doc: Document, text: RunningText, rule_spans: Sequence[Span], cells: Iterable[Fact], year: int | None,
    labels: Labelling,
) -> list[Seen]:
    """What the labellers read of the running text."""
    rules = [] if labels.mode == "model" else text_facts(doc, rule_spans, text, key="r")
    model = text_facts(doc, model_spans(doc, text, labels.model, year), text, key="m") if labels.model else []
    return see(rules, model, cells)


def stated(seen: Sequence[Seen], labels: Labelling, checks: Checker) -> list[Fact]:
    """The facts of the running text with their confidence, not yet numbered."""
    return decide(weigh(seen, labels.weights), labels.weights, labels.take, checks)
