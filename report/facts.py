"""The result: a report's facts, each with the words it was read from."""

from dataclasses import dataclass, field
from typing import Literal

from report.checks import Check
from report.document import Source
from report.spans import Method, Qualifier, Scope

SCHEMA = "gongkai/report/1"

State = Literal["value", "zero", "blank", "dash", "slash", "not_applicable", "unreadable"]
Status = Literal["stated", "alternative"]
Kind = Literal["report", "interpretation", "periodic_statistics", "template", "index_page", "guide", "other"]
FormId = Literal["narrative", "2014", "2019", "2021"]
ReviewAction = Literal["confirm", "change", "add", "remove", "label"]
Place = Literal["form", "text"]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Words of the document: text == source.text[start:end]. Page and box in PDF and images; row, column in tables."""

    start: int
    end: int
    text: str
    page: int | None = None
    box: Box | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    recognised: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A person's decision on a fact, or on a reading that it set aside; `place` says what the words stand in."""

    action: ReviewAction
    place: Place
    reviewer: str | None = None
    date: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One quantity that the report states.

    `value` is in base units (元, fraction of 1) and None unless `state` is value or zero. `indicator` None is an open
    fact: a number outside the vocabulary, with what it counts in `counted`. `status` alternative is a reading that the
    report view does not take; readings of the same words share `reading_of`. `reason` says why it was or was not taken.
    `context` is the clause around the evidence. `parent` is the id of the whole whose 其中 part this is. `review` is
    the decision that made it, or that set it aside.
    """

    id: str
    indicator: str | None
    by: dict[str, str] = field(default_factory=dict)
    value: int | float | None
    unit: str
    state: State
    qualifier: Qualifier | None = None
    scope: Scope = "own"
    method: Method
    confidence: float
    status: Status = "stated"
    ambiguous: bool = False
    reading_of: str | None = None
    reason: str | None = None
    counted: str | None = None
    parent: str | None = None
    evidence: Evidence
    context: Evidence | None = None
    review: Review | None = None

    @property
    def in_form(self) -> bool:
        """Whether it is the cell of an official form, whoever read it; else it is of the running text."""
        return self.method == "table" or (
            self.method == "reviewed" and self.review is not None and self.review.place == "form")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """The report's own identity. `kind` tells it from its look-alikes; `published_on` and the period are ISO dates."""

    kind: Kind = "report"
    title: str | None = None
    issuer: str | None = None
    report_year: int | None = None
    period_start: str | None = None
    period_end: str | None = None
    index_number: str | None = None
    document_number: str | None = None
    published_on: str | None = None
    form: FormId = "narrative"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A headed part; `topic` is its official section (infer/sections.toml), None where it is the office's own."""

    level: int
    number: str
    title: str
    topic: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Warning:
    """What a reader of the result should know: a stable code, one sentence, and the words if there are any."""

    code: str
    message: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Producer:
    """What made the result: versions of program, vocabulary, forms and rules (first 12 hex digits of SHA-256)."""

    gongkai: str
    vocabulary: str
    forms: str
    rules: str
    model: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that was read from one document."""

    schema: str = SCHEMA
    source: Source
    meta: Meta
    meta_evidence: dict[str, Evidence] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    sections: tuple[Section, ...] = ()
    checks: tuple[Check, ...] = ()
    warnings: tuple[Warning, ...] = ()
    producer: Producer
