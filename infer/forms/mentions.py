"""Numbers that the running text states of a form's row: a second source where digits run together."""
import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property

from infer.forms.view import LetterView
from report.forms import Element

_SENTENCE = re.compile(r"[^。;\n]+")
_NUMBER = re.compile(r"(?<![\d.,])\d+(?:,\d{3})*(?:\.\d+)?(?![\d.]*\s*(?:[年月日号%]|[.、]\s*[^\d\s]))")
SENTENCE_LIMIT = 4_000


class Mentions:
    """The sentences outside the forms, looked through only when a row asks."""

    def __init__(self, view: LetterView, regions: Sequence[tuple[int, int]]) -> None:
        self._view = view
        self._regions = regions

    @cached_property
    def _sentences(self) -> list[str]:
        text, sentences, start = self._view.folded.text, [], 0
        for first, last in [*self._regions, (len(text), len(text))]:
            sentences += [match.group() for match in _SENTENCE.finditer(text, start, max(start, first))]
            start = last
        return sentences[:SENTENCE_LIMIT]

    def numbers(self, element: Element) -> frozenset[Decimal]:
        """All numbers of two digits and more in sentences that speak of the row."""
        said = (sentence for sentence in self._sentences if any(word in sentence for word in element.mentions))
        found = (Decimal(match.group().replace(",", "")) for sentence in said for match in _NUMBER.finditer(sentence))
        return frozenset(number for number in found if number >= 10)
