"""Labels as results of Label Studio's controls and back.

A span is up to three results with one id: its type, its indicator, its scope. A link from a quantity to its name is a
relation between two ids.
"""
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from annotations.corpus import AnnotatedDocument, Annotation
from annotations.errors import AnnotationError
from annotations.labelstudio.config import (
    INDICATOR,
    LABEL,
    SCOPE,
    TEXT,
    indicator_path,
    scope_value,
    stable_id,
    type_value,
)
from annotations.labelstudio.wire import Result, Value
from annotations.scheme import NAMES, OTHER, QUANTITIES, SCOPES
from report import SpanType, vocabulary
from report.spans import Scope

_RELATION: Final = "relation"


def to_results(doc: AnnotatedDocument, scores: Sequence[float] = ()) -> list[Result]:
    """The labels of a document; ids number its annotations."""
    try:
        spans = [result for n, mark in enumerate(doc.annotations)
                 for result in _span_results(doc, mark, f"s{n}", scores[n] if scores else None)]
    except AnnotationError as error:
        raise AnnotationError(f"{doc.name}: {error}") from None
    links = ((f"s{one}", f"s{other}") for one, other in doc.links)
    return [*spans, *(Result(type=_RELATION, from_id=a, to_id=b, direction="right") for a, b in links)]


def _span_results(doc: AnnotatedDocument, mark: Annotation, region: str, score: float | None) -> Iterator[Result]:
    def result(name: str, kind: str, **said: list[str] | list[list[str]]) -> Result:
        place = Value(start=mark.start, end=mark.end, text=doc.words(mark), **said)  # type: ignore[arg-type]
        return Result(type=kind, id=region, from_name=name, to_name=TEXT, value=place, score=score)

    yield result(LABEL, "labels", labels=[type_value(mark.type)])
    if mark.type in QUANTITIES or mark.indicator is not None:
        yield result(INDICATOR, "taxonomy", taxonomy=[indicator_path(mark.indicator)])
    if mark.type in QUANTITIES or mark.scope != "own":
        yield result(SCOPE, "choices", choices=[scope_value(mark.scope)])


def spans_of(results: Sequence[Result]) -> dict[str, Annotation]:
    """The spans by region id, offsets as they were drawn."""
    rows = sorted((row for row in results if row.type != _RELATION and row.id), key=lambda row: row.id or "")
    return {region: _span(list(parts)) for region, parts in groupby(rows, key=lambda row: row.id or "")}


def _span(parts: Sequence[Result]) -> Annotation:
    values = {part.from_name: part.value for part in parts if part.value is not None}
    place = values.get(LABEL)
    if place is None:
        anywhere = next(iter(values.values()), None)
        raise AnnotationError(f"{_where(anywhere)} has no type" if anywhere else "a result without a place")
    return Annotation(
        start=place.start, end=place.end, type=_type(place),
        indicator=_indicator(values[INDICATOR]) if INDICATOR in values else None,
        scope=_scope(values[SCOPE]) if SCOPE in values else "own",
    )


def _where(value: Value) -> str:
    return f"span [{value.start}:{value.end}]"


def _only(value: Value, picked: Sequence[str], what: str) -> str:
    if len(picked) != 1:
        raise AnnotationError(f"{_where(value)} has {len(picked)} {what}s: {', '.join(picked) or 'none'}")
    return stable_id(picked[0])


def _type(value: Value) -> SpanType:
    name = _only(value, value.labels, "type")
    if name not in {*SpanType}:
        raise AnnotationError(f"{_where(value)}: no span type {name!r} in the scheme")
    return SpanType(name)


def _indicator(value: Value) -> str | None:
    if not value.taxonomy:
        return None
    name = _only(value, [path[-1] for path in value.taxonomy if path], "indicator")
    if name != OTHER and name not in vocabulary():
        raise AnnotationError(f"{_where(value)}: no indicator {name!r} in the vocabulary")
    return None if name == OTHER else name


def _scope(value: Value) -> Scope:
    if not value.choices:
        return "own"
    name = _only(value, value.choices, "scope")
    known = next((scope for scope in SCOPES if scope == name), None)
    if known is None:
        raise AnnotationError(f"{_where(value)}: no scope {name!r} in the scheme")
    return known


def links_of(results: Sequence[Result], spans: Mapping[str, Annotation]) -> tuple[tuple[int, int], ...]:
    """Relations as (quantity, name), by the order of the spans, whichever end they were drawn from."""
    index = {region: n for n, region in enumerate(spans)}
    links = []
    for row in results:
        if row.type != _RELATION:
            continue
        one, other = row.from_id or "", row.to_id or ""
        if one not in index or other not in index:
            raise AnnotationError("a relation leads to no span")
        if spans[one].type in NAMES and spans[other].type in QUANTITIES:
            one, other = other, one
        links.append((index[one], index[other]))
    return tuple(links)


def values_of(results: Sequence[Result]) -> Iterator[str]:
    """Every choice of the page that was picked."""
    for row in results:
        if row.value is not None:
            yield from row.value.labels
            yield from row.value.choices
            for path in row.value.taxonomy:
                yield from path
