"""Labelled spans: what annotators mark, the model tags and the rules find, all over the same text."""
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Scope = Literal["own", "cumulative", "previous_year", "aggregate", "upward"]
Qualifier = Literal["at_least", "about", "at_most"]
Method = Literal["table", "model", "rule", "both", "reviewed"]


class SpanType(StrEnum):
    """What a span marks."""

    COUNT = "COUNT"
    """number with its measure word: 73条, 60余条, 2.5万人次"""
    FEE = "FEE"
    """money: 2.5万元, 2800元"""
    RATE = "RATE"
    """share or percentage: 99.98%"""
    NONE = "NONE"
    """the words that state that there is none of the indicator: 行政复议案 in 未发生…行政复议案"""
    CATEGORY = "CATEGORY"
    """what a part is called: 政策文件类, 大营水村"""
    CHANNEL = "CHANNEL"
    """where it was disclosed: 政务公开栏, 曾溪之声"""
    ISSUER = "ISSUER"
    """the body whose report it is: 永和镇"""
    YEAR = "YEAR"
    """the year reported on: 2020年"""
    DATE = "DATE"
    """publication date"""
    INDEX_NUMBER = "INDEX_NUMBER"
    """索引号"""
    DOCUMENT_NUMBER = "DOCUMENT_NUMBER"
    """文号, 发文字号"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Half-open offsets into Document.text, a label, and for quantities an indicator (None: other) and a scope.

    Spans that one statement ties together (a count, its category, its channel) share a `group`; where it is None they
    are linked by position.
    """

    start: int
    end: int
    type: SpanType
    indicator: str | None = None
    scope: Scope = "own"
    confidence: float = 1.0
    method: Method = "rule"
    group: int | None = None
