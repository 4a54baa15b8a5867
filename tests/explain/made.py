"""A report with a model that is made: it reads what it is told to, so that every number can be foretold."""
from collections.abc import Iterable, Mapping

from infer.labelling import Labelling
from infer.model.reliability import Shift, Weights
from infer.read import Limits, read
from report import Document, Span, SpanType

TEXT = ("柳溪镇2022年政府信息公开工作年度报告\n\n一、总体情况\n2022年，我镇主动公开政府信息310条，其中网站公开200条、公开栏110条。"
        "收到政府信息公开申请7件，办结5件。召开座谈会4次。\n")
SHIFT = Shift(intercept=0.0, slope=1.0, held=1.5, failed=-2.0)
READ = (("310条", "proactive.total", 0.9), ("7件", "requests.new", 0.99), ("5件", "requests.new", 0.6))


class Made:
    """A model that finds these words and no others."""

    digest = "made"

    def __init__(self, *found: tuple[str, str | None, float]) -> None:
        self._found = found

    def spans_of(self, text: str, passages: Iterable[tuple[int, int, int]], *, year: int | None) -> tuple[Span, ...]:
        return tuple(Span(start=text.index(words), end=text.index(words) + len(words), type=SpanType.COUNT,
                          indicator=indicator, confidence=sure, method="model")
                     for words, indicator, sure in self._found if words in text)


def labels(features: Mapping[str, float], *, take: float = 0.75) -> Labelling:
    weights = Weights(intercept=1.0, features=dict(features), checks=SHIFT, take=take)
    return Labelling(mode="both", model=Made(*READ), take=take, weights=weights)


def document(text: str = TEXT, name: str = "柳溪镇.txt") -> Document:
    return read(text.encode(), name=name, limits=Limits())
