"""Whether words can mean a value."""
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from infer.assemble.words import read_amount
from report.folding import fold
from report.numerals import parse_number

_NUMBER: Final = re.compile(r"[\d.,]+(?:[余多几来]*[百千万亿]+)?|[〇零○一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+")
_RUN: Final = re.compile(r"[\d.,+/%-]*(?:万?元)?")
_SCALES: Final = tuple(map(Decimal, ("1", "10000", "1000", "100000000", "0.01", "0.001")))


def says(words: str, value: int | float) -> bool:
    """Whether the words hold this number: as it is, in 万, as a percentage, or in a cell whose digits run together."""
    plain = re.sub(r"\s", "", fold(words).text)
    digits = re.sub(r"\D", "", plain)
    if value == 0:
        amount = read_amount(words)
        return amount is None or amount.value == 0 or (bool(_RUN.fullmatch(plain)) and "0" in digits)
    wanted, numerals = abs(Decimal(str(value))), list(_numerals(plain))
    if not numerals and not digits:
        return True
    if any(number * scale == wanted for number in numerals for scale in _SCALES):
        return True
    return bool(_RUN.fullmatch(plain)) and any(_digits(wanted / scale) in digits for scale in _SCALES)


def _numerals(plain: str) -> Iterator[Decimal]:
    for match in _NUMBER.finditer(plain):
        number = parse_number(match[0].strip(".,"))
        if number is not None:
            yield number


def _digits(number: Decimal) -> str:
    """As they stand where the number is written out."""
    return re.sub(r"\D", "", format(number.normalize(), "f"))
