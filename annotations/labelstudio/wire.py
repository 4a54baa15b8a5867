"""Tasks as Label Studio sends and takes them, as far as gongkai needs them; fields that are not named here are left."""
from typing import Any, Final

import msgspec

from annotations.corpus import Passage, Provenance

FORMAT: Final = 1


class Value(msgspec.Struct, omit_defaults=True):
    """What a result says of a place; `text` as the browser stores it is not the slice, so it is never read."""

    start: int
    end: int
    text: str = ""
    labels: list[str] = []
    taxonomy: list[list[str]] = []
    choices: list[str] = []


class Result(msgspec.Struct, omit_defaults=True):
    """One answer of one control; results with the same id are one span. A relation has from_id and to_id instead."""

    type: str
    id: str | None = None
    from_name: str | None = None
    to_name: str | None = None
    value: Value | None = None
    score: float | None = None
    origin: str | None = None
    """prediction, prediction-changed or manual, once a person has submitted it in the browser"""
    from_id: str | None = None
    to_id: str | None = None
    direction: str | None = None


class Prediction(msgspec.Struct, omit_defaults=True):
    """Labels that a program proposes."""

    result: list[Result] = []
    model_version: str | None = None
    score: float | None = None


class Person(msgspec.Struct):
    """A user as named in a file for import."""

    email: str


class Completion(msgspec.Struct, omit_defaults=True):
    """What Label Studio calls an annotation: one person's answers to a task. `prediction` is what they started from."""

    result: list[Result] = []
    id: int | None = None
    completed_by: int | Person | None = None
    was_cancelled: bool = False
    prediction: Prediction | None = None
    lead_time: float | None = None


class Data(msgspec.Struct):
    """Everything of a document but its labels."""

    gongkai: int
    key: str
    """by which a task is known again: of name and text"""
    sha256: str
    name: str
    title: str
    text: str
    provenance: Provenance
    regions: list[tuple[int, int]] = []
    passages: list[Passage] = []


class Task(msgspec.Struct, omit_defaults=True):
    """A task to send."""

    data: Data
    annotations: list[Completion] = []
    predictions: list[Prediction] = []


class Exported(msgspec.Struct):
    """A task as exported; its predictions and drafts are only numbered there."""

    id: int
    data: Data
    annotations: list[Completion] = []
    predictions: list[Any] = []
    drafts: list[Any] = []


class _Known(msgspec.Struct):
    key: str = ""


class Listed(msgspec.Struct):
    """A task as listed: enough to know it again."""

    id: int
    data: _Known
    total_annotations: int | None = 0
    total_predictions: int | None = 0

    @property
    def key(self) -> str:
        return self.data.key
