"""How much of how real reports talk a corpus holds: the share of their character n-grams that it has too."""
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from annotations.corpus import AnnotatedDocument
from report.folding import fold

LENGTH: Final = 5
_BLANK = re.compile(r"\s+")
_NUMBER = re.compile(r"\d[\d,.]*")


@dataclass(slots=True)
class Coverage:
    """N-grams of reports that the corpus has: distinct ones, and all as often as they occur."""

    known: set[str]
    distinct: int = 0
    distinct_covered: int = 0
    occurrences: int = 0
    occurrences_covered: int = 0
    _seen: set[str] = field(default_factory=set)

    def add(self, text: str, regions: Sequence[tuple[int, int]]) -> float | None:
        """Count one report's running text; the share of its own n-grams covered, None where it has none."""
        counts = Counter(ngrams(text, regions))
        covered = sum(count for gram, count in counts.items() if gram in self.known)
        fresh = counts.keys() - self._seen
        self._seen |= fresh
        self.distinct += len(fresh)
        self.distinct_covered += sum(gram in self.known for gram in fresh)
        self.occurrences += counts.total()
        self.occurrences_covered += covered
        return covered / counts.total() if counts else None

    @property
    def share(self) -> float | None:
        """Of all occurrences; None where there is nothing to cover."""
        return self.occurrences_covered / self.occurrences if self.occurrences else None

    @property
    def distinct_share(self) -> float | None:
        return self.distinct_covered / self.distinct if self.distinct else None


def ngrams(text: str, regions: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Character n-grams of each line outside the forms: folded, numbers as 0, without blanks."""
    start = 0
    for region in (*sorted(regions), (len(text), len(text))):
        for line in text[start : region[0]].split("\n"):
            words = _NUMBER.sub("0", _BLANK.sub("", fold(line).text))
            for n in range(len(words) - LENGTH + 1):
                yield words[n : n + LENGTH]
        start = max(start, region[1])


def coverage_by(documents: Iterable[AnnotatedDocument]) -> Coverage:
    """What a corpus can cover; add() the reports to be covered."""
    known: set[str] = set()
    for document in documents:
        known.update(ngrams(document.text, document.regions))
    return Coverage(known)
