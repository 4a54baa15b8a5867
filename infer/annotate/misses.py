"""What a labeller misses in labelled documents, by class of sentence pattern."""
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

import msgspec

from annotations.corpus import AnnotatedDocument, read_document
from annotations.errors import AnnotationError
from annotations.scheme import QUANTITIES


class Place(Protocol):
    """Half-open offsets."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class ReadFact(Protocol):
    """What a comparison needs of a fact."""

    @property
    def indicator(self) -> str | None: ...
    @property
    def method(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def scope(self) -> str: ...
    @property
    def evidence(self) -> Place: ...



@dataclass(slots=True)
class ClassTally:
    """Quantities and statements of none of one pattern class: right with indicator, scope and words that overlap.

    `example` is a sentence that was not read right.
    """

    kind: str
    right: int = 0
    missed: int = 0
    wrong: int = 0
    sentences: int = 0
    sentences_right: int = 0
    example: str = ""

    @property
    def recall(self) -> float | None:
        """None where the class holds no quantity."""
        total = self.right + self.missed
        return self.right / total if total else None


@dataclass(slots=True)
class Misses:
    """Tallies by class. Open figures and those of other bodies (aggregate, upward) are no facts and do not count."""

    classes: dict[str, ClassTally] = field(default_factory=dict)

    def add(self, document: AnnotatedDocument, facts: Sequence[ReadFact]) -> None:
        """Compare one document's labels with the facts that were extracted from its running text."""
        known = [_Claim(m.start, m.end, m.indicator, m.scope) for m in document.annotations
                 if m.type in QUANTITIES and m.indicator and m.scope not in _OPEN]
        found = [_Claim(f.evidence.start, f.evidence.end, f.indicator, f.scope) for f in facts
                 if f.indicator and f.method != "table" and f.status == "stated" and f.scope not in _OPEN]
        for passage in document.passages:
            inside = [claim for claim in known if passage.start <= claim.start < passage.end]
            read = {claim for claim in found if passage.start <= claim.start < passage.end}
            self._count(passage.pattern.split("#")[0], inside, read, document.text[passage.start : passage.end])

    def _count(self, kind: str, known: Sequence["_Claim"], found: set["_Claim"], sentence: str) -> None:
        tally = self.classes.setdefault(kind, ClassTally(kind))
        right = [claim for claim in known if any(claim.agrees(other) for other in found)]
        wrong = [claim for claim in found if not any(claim.agrees(other) for other in known)]
        tally.right += len(right)
        tally.missed += len(known) - len(right)
        tally.wrong += len(wrong)
        tally.sentences += 1
        tally.sentences_right += len(right) == len(known) and not wrong
        if (len(right) < len(known) or wrong) and not tally.example:
            tally.example = sentence

    def rows(self) -> list[ClassTally]:
        """Classes, those with most faults first."""
        return sorted(self.classes.values(), key=lambda tally: (-(tally.missed + tally.wrong), tally.kind))

    def total(self) -> ClassTally:
        """All classes together."""
        rows = self.classes.values()
        return ClassTally(
            "all", right=sum(row.right for row in rows), missed=sum(row.missed for row in rows),
            wrong=sum(row.wrong for row in rows), sentences=sum(row.sentences for row in rows),
            sentences_right=sum(row.sentences_right for row in rows),
        )


@dataclass(frozen=True, slots=True)
class _Claim:
    """Some words say this indicator of this scope."""

    start: int
    end: int
    indicator: str | None
    scope: str

    def agrees(self, other: "_Claim") -> bool:
        same = (self.indicator, self.scope) == (other.indicator, other.scope)
        return same and self.start < other.end and other.start < self.end


_OPEN: Final = frozenset({"aggregate", "upward"})


class _Evidence(msgspec.Struct):
    start: int
    end: int


class _Fact(msgspec.Struct):
    indicator: str | None
    method: str
    evidence: _Evidence
    status: str = "stated"
    scope: str = "own"


class _Source(msgspec.Struct):
    name: str
    text: str


class _Result(msgspec.Struct):
    source: _Source
    facts: list[_Fact]


def compare(corpus: Path, results: Path) -> Misses:
    """Compare every result with the labelled document of the same name; raises AnnotationError where texts differ."""
    misses = Misses()
    decoder = msgspec.json.Decoder(_Result)
    with results.open("rb") as lines:
        for line in lines:
            result = decoder.decode(line)
            path = corpus / f"{Path(result.source.name).stem}.json"
            if not path.is_file():
                continue
            document = read_document(path)
            if document.text != result.source.text:
                raise AnnotationError(f"{path.name}: the text extracted from is another one than was labelled")
            misses.add(document, result.facts)
    return misses
