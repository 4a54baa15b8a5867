"""The written corpus: a frozen choice of composed reports that shows every label, trap and form, split by issuer.

Patterns belong to one split each (by the hash of their id), so that a model is judged on sentences it has not seen;
a report with a masked sentence that already stands in another split is composed again without that sentence.
`python -m infer.annotate.written FOLDER` writes it anew.
"""

import hashlib
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from annotations.corpus import AnnotatedDocument, write_document
from annotations.corpus.masking import HAN, Masked, masked, names_of, pattern, sentences
from annotations.corpus.splits import FEWEST_HAN, FILE, Split, Splits, office, write_splits
from annotations.quality.audit import audit
from annotations.scheme import QUANTITIES
from annotations.synthetic import Plan, assemble, compose, draw_plan
from annotations.synthetic.composing import YEARS, Supply
from annotations.synthetic.patterns import grammar, walk
from annotations.synthetic.spoiling import draw_spoiling
from annotations.synthetic.template import Nothing, Quantity
from infer.annotate.realizing import realize
from report import SpanType

FIRST_SEED: Final = 20_000_000
COUNT: Final = 400
MOST: Final = 640
ENOUGH: Final = 46
ENOUGH_OF_NONE: Final = 8
_SHARES: Final[tuple[tuple[Split, int], ...]] = (("train", 68), ("dev", 14), ("test", 18))
_FORMS_IN_WORDS: Final = ((2008, 2018), (2019, 2020), (2019, 2020), (2021, 2025))
_TRIES: Final = 8
_BOOST: Final = 150.0

Tag = tuple[bool, str]
"""Whether it is a statement of none, and of which indicator."""


def split_of(name: str) -> Split:
    """The split that a pattern, or a report's number, belongs to: by its sha256."""
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8]) % sum(share for _, share in _SHARES)
    for split, share in _SHARES:
        if number < share:
            return split
        number -= share
    raise AssertionError(number)


@cache
def tags_of_patterns() -> Mapping[str, frozenset[Tag]]:
    """The labels that each pattern can give."""
    known = grammar()
    return {
        one.id: frozenset(
            (isinstance(node, Nothing), node.indicator)
            for node in walk(one.nodes, known.fragments)
            if isinstance(node, Nothing | Quantity) and node.indicator
        )
        for one in known.patterns
    }


@dataclass(slots=True)
class Builder:
    """What the corpus holds so far."""

    banned: dict[Split, set[str]] = field(default_factory=dict)
    sentences: dict[str, Split] = field(default_factory=dict)
    issuers: dict[str, Split] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)
    labels: Counter[Tag] = field(default_factory=Counter)

    def add(self, plan: Plan) -> AnnotatedDocument | None:
        """The report of this plan; None where issuer or sentence belong to another split, or the audit objects."""
        split = split_of(f"report {plan.seed}")
        for _ in range(_TRIES):
            document = self._compose(plan, split)
            if self._is_known(document) or _is_doubtful(document):
                return None
            masks = list(_masks(document))
            clashes = [mask for mask in masks if self.sentences.get(mask.text, split) != split]
            if not clashes:
                self._keep(document, masks, split)
                return document
            self.banned.setdefault(split, set()).update(_patterns_at(document, clashes))
        return None

    def lacking(self) -> set[Tag]:
        """Labels that are still rare."""
        return {tag for tags in tags_of_patterns().values() for tag in tags if self._lack(tag) > 0}

    def _compose(self, plan: Plan, split: Split) -> AnnotatedDocument:
        banned: Collection[str] = self.banned.get(split, ())
        allowed = {one.id for one in grammar().patterns if split_of(one.id) == split and one.id not in banned}
        supply = Supply(allowed=allowed, used=dict(self.used), weights=self._weights())
        report = assemble(
            compose(plan, supply),
            name=f"w{plan.seed - FIRST_SEED:04}",
            method="written",
            spoiling=draw_spoiling(plan.seed),
        )
        return realize(report)

    def _weights(self) -> Mapping[str, float]:
        """Patterns of labels that are still rare are drawn more often."""
        lacks = {
            pattern: max((self._lack(tag) for tag in tags), default=0.0) for pattern, tags in tags_of_patterns().items()
        }
        return {pattern: 1 + _BOOST * lack for pattern, lack in lacks.items()}

    def _lack(self, tag: Tag) -> float:
        return max(0.0, 1 - self.labels[tag] / (ENOUGH_OF_NONE if tag[0] else ENOUGH))

    def _is_known(self, document: AnnotatedDocument) -> bool:
        return office(document.provenance.issuer or "") in {office(issuer) for issuer in self.issuers}

    def _keep(self, document: AnnotatedDocument, masks: Iterable[Masked], split: Split) -> None:
        self.issuers[document.provenance.issuer or ""] = split
        self.sentences.update((mask.text, split) for mask in masks)
        for passage in document.passages:
            self.used[passage.pattern] = self.used.get(passage.pattern, 0) + 1
        for mark in document.annotations:
            if mark.type in QUANTITIES and mark.indicator:
                self.labels[mark.type is SpanType.NONE, mark.indicator] += 1


def _is_doubtful(document: AnnotatedDocument) -> bool:
    """Whether noise has left words that no longer say what their label does (不及涉 for 不涉及)."""
    return any(finding.severity == "error" for finding in audit([document]))


def _masks(document: AnnotatedDocument) -> Iterator[Masked]:
    replaced = pattern(names_of(document))
    for unit in sentences(document):
        mask = masked(unit, replaced, document.provenance.year)
        if len(HAN.findall(mask.text)) >= FEWEST_HAN:
            yield mask


def _patterns_at(document: AnnotatedDocument, masks: Collection[Masked]) -> Iterator[str]:
    for mask in masks:
        for passage in document.passages:
            if passage.start < mask.ends[-1] and mask.starts[0] < passage.end:
                yield passage.pattern


def build(count: int = COUNT, most: int = MOST) -> tuple[list[AnnotatedDocument], Splits]:
    """`count` documents of any kind, then reports in words until no label is rare or there are `most`.

    They stand in the order of their seeds; with the split of each issuer.
    """
    builder = Builder()
    documents: list[AnnotatedDocument] = []
    seed = FIRST_SEED
    while len(documents) < count or (len(documents) < most and builder.lacking()):
        in_words = len(documents) >= count
        years = _FORMS_IN_WORDS[seed % len(_FORMS_IN_WORDS)] if in_words else YEARS
        document = builder.add(draw_plan(seed, years=years, in_words=in_words))
        documents += [document] if document else []
        seed += 1
    return documents, Splits(builder.issuers)


def write(folder: Path) -> int:
    """Replace the corpus in `folder`; the number of documents."""
    documents, splits = build()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("w*.json"):
        old.unlink()
    for document in documents:
        write_document(folder / f"{document.name}.json", document)
    write_splits(folder / FILE, splits)
    return len(documents)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
