"""The ways of reading that benchmarks.comparison sets side by side, all with one folder of weights."""
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from infer.labelling import Choice, Classifier, Labelling, labelling, measured
from models.labels import parse
from models.session import Stretch
from report import Span

Bounds = tuple[int, int]
Regions = Mapping[str, tuple[Bounds, ...]]
_STRIDE: Final = 64
_WINDOW: Final = 254
_YEAR_DIGITS: Final = 4


class Pipeline:
    """transformers' own pipeline over the whole text of a report; its entities as spans.

    `framed`: with windows as the model was trained on, each behind the report's year (models/released/README.md); else
    as the folder's tokenizer says. `regions`: the official forms by text, whose entities are left out.
    """

    def __init__(self, folder: Path, *, framed: bool, regions: Regions) -> None:
        import torch
        import transformers
        from transformers import AutoTokenizer, pipeline

        transformers.logging.disable_progress_bar()
        self.digest = "transformers"
        self._framed, self._regions = framed, regions
        self._tokenizer: Any = AutoTokenizer.from_pretrained(str(folder))
        if framed:
            self._tokenizer.model_max_length = _WINDOW + len(self._frame(None)) + 1
        self._pipe: Any = pipeline("token-classification", model=str(folder), tokenizer=self._tokenizer, stride=_STRIDE,
                                   aggregation_strategy="simple", dtype=torch.float32)

    def spans_of(self, text: str, passages: Iterable[Stretch], *, year: int | None) -> tuple[Span, ...]:
        """The spans of the whole text, whatever the passages are."""
        del passages
        if self._framed:
            self._put_in_front(self._frame(year))
        forms = self._regions.get(text, ())
        spans = (_span(entity) for entity in self._pipe(text))
        return tuple(span for span in spans if not any(start < span.end and span.start < end for start, end in forms))

    def _frame(self, year: int | None) -> list[str]:
        digits = list(f"{year:04}") if year is not None else [self._tokenizer.unk_token] * _YEAR_DIGITS
        return [self._tokenizer.cls_token, *digits, self._tokenizer.sep_token]

    def _put_in_front(self, tokens: list[str]) -> None:
        from tokenizers.processors import TemplateProcessing

        last = self._tokenizer.sep_token
        ids = [(token, self._tokenizer.convert_tokens_to_ids(token)) for token in {*tokens, last}]
        self._tokenizer.backend_tokenizer.post_processor = TemplateProcessing(
            single=[*tokens, "$A", last], special_tokens=ids)


def _span(entity: Mapping[str, Any]) -> Span:
    kind, indicator, scope = parse(entity["entity_group"])
    return Span(start=entity["start"], end=entity["end"], type=kind, indicator=indicator, scope=scope,
                confidence=float(entity["score"]), method="model")


@dataclass(slots=True, kw_only=True)
class Recorder:
    """A classifier whose spans are kept, by text, and how many characters it was given."""

    model: Classifier
    digest: str
    spans: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    read: dict[str, int] = field(default_factory=dict)

    def spans_of(self, text: str, passages: Iterable[Stretch], *, year: int | None) -> tuple[Span, ...]:
        given = [*passages]
        found = self.model.spans_of(text, given, year=year)
        self.read[text] = sum(end - lead for lead, _, end in given)
        self.spans[text] = found
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One way of reading: `make` gets the folder of weights and the forms of the texts, where `needs_forms`."""

    words: str
    make: Callable[[Path, Regions], Labelling]
    processes: int = 1
    needs_forms: bool = False


def _ours(threads: int) -> Callable[[Path, Regions], Labelling]:
    return lambda folder, _: labelling(Choice(folder=str(folder), threads=threads))


def _torch(folder: Path, _: Regions) -> Labelling:
    return labelling(Choice(folder=str(folder), backend="torch"))


def _pipeline(*, framed: bool) -> Callable[[Path, Regions], Labelling]:
    def make(folder: Path, regions: Regions) -> Labelling:
        return measured("both", Pipeline(folder, framed=framed, regions=regions))

    return make


def _rules(_: Path, __: Regions) -> Labelling:
    return labelling(Choice(mode="rules"))


READERS: Final[Mapping[str, Reader]] = {
    "pipeline": Reader(words="transformers pipeline, whole text", make=_pipeline(framed=False), needs_forms=True),
    "framed": Reader(words="transformers pipeline, whole text, windows as trained", make=_pipeline(framed=True),
                     needs_forms=True),
    "torch": Reader(words="torch, passages in batches", make=_torch),
    "one": Reader(words="gongkai, one thread", make=_ours(1)),
    "threads": Reader(words="gongkai, two threads", make=_ours(2)),
    "processes": Reader(words="gongkai, two processes", make=_ours(1), processes=2),
    "rules": Reader(words="gongkai, rules alone, one thread", make=_rules),
}
NAIVE: Final = ("pipeline", "framed")
RECORDED: Final = ("pipeline", "framed", "torch", "one")


def forms_of(documents: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, tuple[Bounds, ...]]]:
    """The text of each document and where its official forms stand."""
    from infer.forms import read_forms
    from infer.read import Limits, read

    for name, data in documents:
        doc = read(data, name=name, limits=Limits())
        yield doc.text, tuple((start, end) for start, end in read_forms(doc).regions)
