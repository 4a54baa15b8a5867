"""How far two annotators who labelled the same texts agree: span F1, kappa on characters, and where they do not."""
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from annotations.corpus.bio import OUTSIDE, Granularity, tags_of
from annotations.corpus.document import AnnotatedDocument, Annotation
from annotations.errors import AnnotationError
from annotations.quality.findings import CLOSE, OPEN

Kind = Literal["missing", "extra", "boundary", "label"]
_EACH_SIDE: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Spans of either annotator and spans that both have; `f1` and `kappa` are None where there is nothing to score."""

    first: int
    second: int
    both: int
    kappa: float | None

    @property
    def f1(self) -> float | None:
        total = self.first + self.second
        return 2 * self.both / total if total else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A place that two annotators marked differently; an empty label where one marked nothing. Bounds take in both."""

    kind: Kind
    document: str
    start: int
    end: int
    first: str
    second: str
    context: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """`strict`: bounds, type, indicator and scope; `types`: bounds and type; `labels`: strict, for each label.

    Kappa is Cohen's over the characters outside official forms: of the B-, I- and O tags of the types, and for a label
    of its characters against all others.
    """

    documents: int
    characters: int
    strict: Score
    types: Score
    labels: dict[str, Score]
    disagreements: tuple[Disagreement, ...]
    only_first: tuple[str, ...] = ()
    only_second: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Pair:
    first: AnnotatedDocument
    second: AnnotatedDocument

    def spans(self, granularity: Granularity) -> tuple[set[tuple[int, int, str]], set[tuple[int, int, str]]]:
        return _spans(self.first, granularity), _spans(self.second, granularity)

    def places(self) -> list[int]:
        """Characters that neither has in an official form."""
        regions = (*self.first.regions, *self.second.regions)
        inside = {place for start, end in regions for place in range(start, end)}
        return [place for place in range(len(self.first.text)) if place not in inside]


def agreement(first: Iterable[AnnotatedDocument], second: Iterable[AnnotatedDocument]) -> Agreement:
    """Compare the documents whose texts are the same. Raises AnnotationError where none is, or one stands twice."""
    ours, theirs = _by_digest(first), _by_digest(second)
    pairs = [_Pair(doc, theirs[digest]) for digest, doc in ours.items() if digest in theirs]
    if not pairs:
        raise AnnotationError("no text was labelled by both")
    tags = [_tags(pair, Granularity.SCOPE) for pair in pairs]
    return Agreement(
        documents=len(pairs),
        characters=sum(len(one) for one, _ in tags),
        strict=_score(pairs, Granularity.SCOPE, _kappa(_merged(tags))),
        types=_score(pairs, Granularity.TYPE, _kappa(_merged([_tags(pair, Granularity.TYPE) for pair in pairs]))),
        labels=_labels(pairs, _merged(tags)),
        disagreements=tuple(one for pair in pairs for one in disagreements(pair.first, pair.second)),
        only_first=tuple(doc.name for digest, doc in ours.items() if digest not in theirs),
        only_second=tuple(doc.name for digest, doc in theirs.items() if digest not in ours),
    )


def _by_digest(docs: Iterable[AnnotatedDocument]) -> dict[str, AnnotatedDocument]:
    found: dict[str, AnnotatedDocument] = {}
    for doc in docs:
        other = found.setdefault(doc.digest, doc)
        if other is not doc:
            raise AnnotationError(f"{other.name} and {doc.name} have the same text: which one is to be compared?")
    return found


def _spans(doc: AnnotatedDocument, granularity: Granularity) -> set[tuple[int, int, str]]:
    whole = granularity is Granularity.SCOPE
    return {(mark.start, mark.end, mark.label.tag if whole else str(mark.type)) for mark in doc.annotations}


def _tags(pair: _Pair, granularity: Granularity) -> tuple[list[str], list[str]]:
    places = pair.places()
    first, second = (tags_of(doc, doc.annotations, granularity) for doc in (pair.first, pair.second))
    return [first[place] for place in places], [second[place] for place in places]


def _merged(tags: Sequence[tuple[list[str], list[str]]]) -> Counter[tuple[str, str]]:
    """How often each pair of tags meets: the confusion matrix."""
    found: Counter[tuple[str, str]] = Counter()
    for first, second in tags:
        found.update(zip(first, second, strict=True))
    return found


def _kappa(matrix: Counter[tuple[str, str]]) -> float | None:
    """Cohen's kappa; None where chance alone agrees everywhere."""
    total = matrix.total()
    rows: Counter[str] = Counter()
    columns: Counter[str] = Counter()
    for (first, second), count in matrix.items():
        rows[first] += count
        columns[second] += count
    by_chance = sum(rows[tag] * columns[tag] for tag in rows)
    if by_chance == total * total:
        return None
    seen = sum(count for (first, second), count in matrix.items() if first == second)
    return (seen * total - by_chance) / (total * total - by_chance)


def _score(pairs: Iterable[_Pair], granularity: Granularity, kappa: float | None) -> Score:
    first = second = both = 0
    for pair in pairs:
        ours, theirs = pair.spans(granularity)
        first, second, both = first + len(ours), second + len(theirs), both + len(ours & theirs)
    return Score(first=first, second=second, both=both, kappa=kappa)


def _labels(pairs: Iterable[_Pair], matrix: Counter[tuple[str, str]]) -> dict[str, Score]:
    counts: dict[str, Counter[str]] = {"first": Counter(), "second": Counter(), "both": Counter()}
    for pair in pairs:
        ours, theirs = pair.spans(Granularity.SCOPE)
        for key, spans in (("first", ours), ("second", theirs), ("both", ours & theirs)):
            counts[key].update(label for _, _, label in spans)
    return {label: Score(first=counts["first"][label], second=counts["second"][label], both=counts["both"][label],
                         kappa=_kappa(_one_against_rest(matrix, label)))
            for label in sorted(counts["first"].keys() | counts["second"].keys())}


def _one_against_rest(matrix: Counter[tuple[str, str]], label: str) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for (first, second), count in matrix.items():
        found[tuple(label if tag[2:] == label else OUTSIDE for tag in (first, second))] += count  # type: ignore[index]
    return found


def disagreements(first: AnnotatedDocument, second: AnnotatedDocument) -> Iterator[Disagreement]:
    """Where two labellings of one text differ, in its order.

    Same bounds are compared by label; of the rest a span meets the one of the other side that it shares most characters
    with: boundary where the labels are the same, else label. What meets none is missing (only in the first) or extra.
    """
    ours = sorted(set(first.annotations) - set(second.annotations), key=_place)
    theirs = sorted(set(second.annotations) - set(first.annotations), key=_place)
    free = list(theirs)
    found: list[Disagreement] = []
    for mark in sorted(ours, key=lambda mark: not any(_place(mark) == _place(other) for other in theirs)):
        other = max(free, key=lambda other: (_shared(mark, other), _place(mark) == _place(other)), default=None)
        if other is None or not _shared(mark, other):
            found.append(_disagreement("missing", first, mark, None))
            continue
        free.remove(other)
        found.append(_disagreement("boundary" if mark.label == other.label else "label", first, mark, other))
    found += [_disagreement("extra", first, None, mark) for mark in free]
    yield from sorted(found, key=lambda one: (one.start, one.end))


def _place(mark: Annotation) -> tuple[int, int]:
    return mark.start, mark.end


def _shared(one: Annotation, other: Annotation) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _disagreement(
    kind: Kind, doc: AnnotatedDocument, first: Annotation | None, second: Annotation | None
) -> Disagreement:
    marks = [mark for mark in (first, second) if mark is not None]
    start, end = min(mark.start for mark in marks), max(mark.end for mark in marks)
    before, after = doc.text[max(0, start - _EACH_SIDE) : start], doc.text[end : end + _EACH_SIDE]
    return Disagreement(
        kind=kind, document=doc.name, start=start, end=end, first=_shown(doc, first), second=_shown(doc, second),
        context=" ".join(f"{before}{OPEN}{doc.text[start:end]}{CLOSE}{after}".split()))


def _shown(doc: AnnotatedDocument, mark: Annotation | None) -> str:
    return "" if mark is None else f"{mark.label.tag} {doc.words(mark)}"
