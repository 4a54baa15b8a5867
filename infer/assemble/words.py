"""The words around a span, in the folded compact view that dimensions and qualifiers are read from."""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from decimal import Decimal

from infer.rules.context import Reading
from infer.rules.prose import LONGEST_SENTENCE
from infer.rules.quantities import Quantity
from report import Document, Span
from report.folding import fold
from report.numerals import parse_number, qualifier
from report.spans import Qualifier

_UNIT = re.compile(r"[^\d.,余多来〇零一二两三四五六七八九十百千万亿\s]+$")
_SIGNED = re.compile(r"净增|净减|增加|减少|新增|取消|[+-](?=\d)")
_NEGATIVE = frozenset({"净减", "减少", "取消", "-"})
_MONEY = re.compile(r"[万亿千]?余?多?元$")
_SAID_OF_ALL = 60
_SENTENCE = re.compile(r"[。!?！？\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """What a quantity's words say, in base units."""

    value: Decimal
    unit: str
    qualifier: Qualifier | None


class Words:
    """The running text as a view in which every span has a place."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.prose = reading.prose
        self._by_place = {
            self.prose.to_document(quantity.start, quantity.end): quantity for quantity in self.reading.quantities
        }
        self._starts = self.prose.folded.starts
        self._quantity_starts = [quantity.start for quantity in reading.quantities]

    def view(self, span: Span) -> tuple[int, int]:
        """Bounds of a span in the view."""
        return bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)

    def quantity(self, span: Span) -> Quantity | None:
        """The quantity that the rules found in exactly these words."""
        return self._by_place.get((span.start, span.end))

    def amount(self, doc: Document, span: Span) -> Amount | None:
        """Value, unit and qualifier of a count, fee or rate; None where its words are no number."""
        known = self.quantity(span)
        if known is not None:
            return Amount(value=known.value, unit=known.measure, qualifier=known.qualifier)
        return read_amount(
            doc.text[span.start : span.end],
            doc.text[max(0, span.start - 3) : span.start],
            doc.text[span.end : span.end + 2],
        )

    def item(self, span: Span) -> str:
        """The words between the previous quantity (or the sentence's start) and this span."""
        start, _ = self.view(span)
        text = self.prose.text
        before = bisect_left(self._quantity_starts, start) - 1
        begin = max(self.reading.quantities[before].end if before >= 0 else 0, start - LONGEST_SENTENCE)
        for match in _SENTENCE.finditer(text, begin, start):
            begin = match.end()
        return text[begin:start]

    def tail(self, span: Span, length: int = 24) -> str:
        """The words after a span, up to the next quantity or sentence end."""
        _, end = self.view(span)
        after = bisect_left(self._quantity_starts, end)
        following = self._quantity_starts[after] if after < len(self._quantity_starts) else len(self.prose.text)
        return _SENTENCE.split(self.prose.text[end : min(end + length, following)])[0]

    def said_after(self, span: Span) -> str:
        """The words after a span that may say what all of it is; # stands for a quantity that ends them."""
        words = self.tail(span, _SAID_OF_ALL)
        _, end = self.view(span)
        place = bisect_left(self._quantity_starts, end)
        reached = place < len(self._quantity_starts) and self._quantity_starts[place] == end + len(words)
        return words + "#" if reached else words

    def sentence(self, span: Span) -> tuple[int, int]:
        """Document bounds of the sentence around a span."""
        start, end = self.view(span)
        text = self.prose.text
        begin = 0
        for match in _SENTENCE.finditer(text, max(0, start - 400), start):
            begin = match.end()
        begin = max(begin, start - 400)
        stop = _SENTENCE.search(text, end, end + 400)
        finish = min(stop.end() if stop and stop[0] != "\n" else stop.start() if stop else len(text), end + 400)
        return self.prose.to_document(begin, max(finish, begin + 1))


def read_amount(words: str, before: str = "", after: str = "") -> Amount | None:
    """Read 73条, 60余条, 2.5万元, 99.98% as an annotator would have marked them."""
    folded = re.sub(r"\s", "", fold(words).text)
    signed = _SIGNED.match(folded)
    if signed:
        amount = read_amount(folded[signed.end() :], "", after)
        return amount and (replace(amount, value=-amount.value) if signed[0] in _NEGATIVE else amount)
    unit_match = _UNIT.search(folded)
    money = _MONEY.search(folded)
    unit = money[0] if money else unit_match[0] if unit_match else ""
    number = folded[: len(folded) - len(unit)].strip()
    value = parse_number(number)
    if value is None:
        return None
    scale = {
        "%": Decimal("0.01"),
        "‰": Decimal("0.001"),
        "万元": Decimal(10_000),
        "亿元": Decimal(100_000_000),
        "千元": Decimal(1000),
    }
    return Amount(
        value=value * scale.get(unit.replace("余", "").replace("多", ""), Decimal(1)),
        unit=unit,
        qualifier=qualifier(fold(before).text, number + unit[:1] * ("余" in unit), fold(after).text),
    )
