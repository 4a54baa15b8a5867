"""Documents with labelled spans, written as text: 公开⟦12条|COUNT proactive.total⟧; group=1 ties spans together."""
import hashlib
import re
from collections.abc import Sequence

from infer.assemble import assemble
from infer.forms import FormCell
from report import Document, Fact, Span, SpanType
from report.document import Source
from report.spans import Scope

_MARK = re.compile(r"⟦([^|⟧]+)\|([^⟧]+)⟧")
SCOPES: dict[str, Scope] = {"own": "own", "cumulative": "cumulative", "previous_year": "previous_year",
                            "aggregate": "aggregate", "upward": "upward"}


def document(text: str) -> Document:
    """A text as a document."""
    data = text.encode()
    digest = hashlib.sha256(data).hexdigest()
    return Document(source=Source(
        name="made.txt", media="text", encoding="utf-8", sha256=digest, size=len(data), pages=None, text=text))


def marked(markup: str) -> tuple[Document, tuple[Span, ...]]:
    """Text and spans of a markup."""
    text = ""
    spans: list[Span] = []
    position = 0
    for match in _MARK.finditer(markup):
        text += markup[position:match.start()]
        spans.append(_span(len(text), len(text) + len(match[1]), match[2].split()))
        text += match[1]
        position = match.end()
    return document(text + markup[position:]), tuple(spans)


def _span(start: int, end: int, words: Sequence[str]) -> Span:
    options = dict(word.split("=") for word in words[1:] if "=" in word)
    indicator = next((word for word in words[1:] if "=" not in word and word != "other"), None)
    return Span(
        start=start, end=end, type=SpanType(words[0]), indicator=indicator, scope=SCOPES[options.get("scope", "own")],
        method="model", group=int(options["group"]) if "group" in options else None)


def assembled(markup: str, cells: Sequence[FormCell] = ()) -> tuple[Fact, ...]:
    """The facts of a markup."""
    doc, spans = marked(markup)
    return assemble(doc, cells=cells, regions=(), spans=spans)
