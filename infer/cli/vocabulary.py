"""gongkai vocabulary"""
import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Final

import typer

from report.vocabulary import Indicator, Vocabulary
from report.vocabulary import vocabulary as read_vocabulary

EXAMPLE = "Example: gongkai vocabulary --format json"
_HEAD: Final = ("indicator", "名称", "单位", "表格", "维度")
_PIPE_WIDTH: Final = 160


class Layout(StrEnum):
    """How the vocabulary is printed."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"


def vocabulary(
    layout: Annotated[Layout, typer.Option("--format", help="How to print it.")] = Layout.TABLE,
) -> None:
    """Print the indicators with wording, unit, forms, dimensions."""
    if layout is Layout.TABLE:
        _print_table(read_vocabulary())
    else:
        typer.echo(_json(read_vocabulary()) if layout is Layout.JSON else markdown(read_vocabulary()), nl=False)


def markdown(words: Vocabulary) -> str:
    """The indicators and the listed keys of the dimensions as two Markdown tables."""
    dimensions = ((name, key, zh) for name, keys in words.dimensions.items() for key, zh in keys.items())
    return (_markdown_table(_HEAD, (_row(row, code="`") for row in words.indicators.values())) + "\n"
            + _markdown_table(("维度", "键", "名称"), ((name, f"`{key}`", zh) for name, key, zh in dimensions)))


def _markdown_table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _row(indicator: Indicator, *, code: str = "") -> tuple[str, ...]:
    return (f"{code}{indicator.id}{code}", indicator.zh, "%" if indicator.kind == "rate" else indicator.unit,
            " ".join(indicator.forms), " ".join(indicator.by))


def _json(words: Vocabulary) -> str:
    import msgspec

    return msgspec.json.format(msgspec.json.encode(words), indent=2).decode() + "\n"


def _print_table(words: Vocabulary) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in _HEAD:
        table.add_column(name, overflow="fold")
    for indicator in words.indicators.values():
        table.add_row(*_row(indicator))
    Console(width=None if sys.stdout.isatty() else _PIPE_WIDTH, highlight=False).print(table)
