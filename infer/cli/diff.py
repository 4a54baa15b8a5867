"""gongkai diff"""
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

if TYPE_CHECKING:
    from infer.differing import Change, Difference
    from infer.pairing import Pair
    from report.facts import Fact, Producer

EXAMPLE = "Example: gongkai diff before.jsonl after.jsonl"
UNREADABLE: Final = 2
_MARKS: Final = {"gained": "+", "lost": "-", "changed": "~"}
_LONG: Final = 40


@dataclass(slots=True, kw_only=True)
class Summary:
    """How many documents and facts differ; `a` and `b` say by what the two were made."""

    documents: int = 0
    same: int = 0
    different: int = 0
    only_in_a: int = 0
    only_in_b: int = 0
    facts_gained: int = 0
    facts_lost: int = 0
    facts_changed: int = 0
    a: "list[Producer]" = field(default_factory=list)
    b: "list[Producer]" = field(default_factory=list)

    @property
    def equal(self) -> bool:
        return self.same == self.documents

    def text(self) -> str:
        parts = [f"{self.same:,} the same", f"{self.different:,} different"]
        alone = ((self.only_in_a, "A"), (self.only_in_b, "B"))
        parts += [f"{count:,} only in {side}" for count, side in alone if count]
        facts = (f"; facts: {self.facts_gained:,} gained, {self.facts_lost:,} lost, {self.facts_changed:,} changed"
                 if self.different else "")
        return f"{self.documents:,} {'document' if self.documents == 1 else 'documents'}: {', '.join(parts)}{facts}"


def diff(
    a: Annotated[Path, typer.Argument(metavar="A", help="A result of `gongkai extract`.")],
    b: Annotated[Path, typer.Argument(metavar="B", help="Another one.")],
    confidence: Annotated[float, typer.Option(
        "--confidence", min=0.0, max=1.0, help="Confidences no further apart than this count as the same.")] = 0.01,
    summary: Annotated[bool, typer.Option("--summary", help="The closing line alone.")] = False,
    as_json: Annotated[bool, typer.Option(
        "--json", help="One JSON object for each document that differs, then one of the summary.")] = False,
) -> None:
    """Set two results of the same documents side by side, field by field.

    Exit status 0: the same, 1: different, 2: not to be read.
    """
    from infer.pairing import pair
    from infer.results.lines import BadResult, read_results

    found = Summary()
    try:
        for line in _lines(pair(read_results(a), read_results(b)), found, confidence, as_json=as_json):
            if not summary:
                sys.stdout.buffer.write(line)
        sys.stdout.buffer.write(_closing(found, as_json=as_json))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except BadResult as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(UNREADABLE) from None
    except OSError as error:
        typer.echo(f"{error.filename or a}: {error.strerror or error}", err=True)
        raise typer.Exit(UNREADABLE) from None
    raise typer.Exit(0 if found.equal else 1)


def _lines(pairs: "Iterator[Pair]", found: Summary, confidence: float, *, as_json: bool) -> Iterator[bytes]:
    """What is to be said of each document that differs, counted as it is said."""
    from infer.differing import compare

    for one, other in pairs:
        found.documents += 1
        _note(found.a, one.producer if one else None)
        _note(found.b, other.producer if other else None)
        if one is not None and other is not None:
            difference = compare(one, other, confidence=confidence)
            _count(found, difference)
            if difference:
                yield _json(_plain(difference)) if as_json else _text(difference).encode("utf-8", "replace")
            continue
        side = "A" if one is not None else "B"
        report = one or other
        name = report.source.name if report else ""
        found.only_in_a, found.only_in_b = found.only_in_a + (side == "A"), found.only_in_b + (side == "B")
        yield (_json({"document": name, "only_in": side}) if as_json
               else f"{name}: only in {side}\n".encode("utf-8", "replace"))


def _note(producers: "list[Producer]", one: "Producer | None") -> None:
    if one is not None and one not in producers:
        producers.append(one)


def _count(found: Summary, difference: "Difference") -> None:
    if not difference:
        found.same += 1
        return
    found.different += 1
    found.facts_gained += difference.count("gained")
    found.facts_lost += difference.count("lost")
    found.facts_changed += difference.count("changed")


def _closing(found: Summary, *, as_json: bool) -> bytes:
    if as_json:
        return _json({"summary": asdict(found)})
    made = "".join(f"made by another {words}\n" for words in _made(found))
    return f"{made}{found.text()}\n".encode()


def _made(found: Summary) -> Iterator[str]:
    if len(found.a) == len(found.b) == 1:
        a, b = asdict(found.a[0]), asdict(found.b[0])
        yield from (f"{'version' if name == 'gongkai' else name}: {a[name] or 'none'} in A, {b[name] or 'none'} in B"
                    for name in a if a[name] != b[name])


def _json(value: Any) -> bytes:
    import msgspec

    return msgspec.json.encode(value) + b"\n"


def _plain(difference: "Difference") -> dict[str, Any]:
    held = asdict(difference)
    return {"document": held.pop("name"), **{name: value for name, value in held.items() if value}}


def _text(difference: "Difference") -> str:
    lines = [difference.name]
    for group in ("source", "meta", "checks", "warnings"):
        lines += [f"  ~ {group} {name}: {_shown(before)} → {_shown(after)}"
                  for name, (before, after) in getattr(difference, group).items()]
    lines += [f"  {_MARKS[change.kind]} {_change(change)}" for change in difference.facts]
    return "\n".join(lines) + "\n"


def _change(change: "Change") -> str:
    fact = change.a or change.b
    if fact is None:
        return ""
    head = f"{_called(fact)} 「{_cut(fact.evidence.text)}」"
    if change.kind != "changed":
        return f"{head} {_figure(fact)}"
    return f"{head} " + ", ".join(f"{name} {_shown(before)} → {_shown(after)}"
                                  for name, (before, after) in change.fields.items())


def _called(fact: "Fact") -> str:
    by = "".join(f" {name}={value}" for name, value in fact.by.items())
    return f"{fact.indicator or fact.counted or '?'}{by}{'' if fact.status == 'stated' else ' ' + fact.status}"


def _figure(fact: "Fact") -> str:
    return f"{fact.value} {fact.unit}" if fact.value is not None else fact.state


def _shown(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, tuple):
        return f"「{_cut(str(value[-1]))}」 at {value[0]}"
    if isinstance(value, float):
        return f"{value:.6g}"
    return _cut(str(value))


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONG else line[:_LONG - 1] + "…"
