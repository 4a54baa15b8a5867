"""Words on a line: evidence among its words, and lists that break between their items."""
import re
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

_MARK: Final = ("【", "】")
_BREAKS: Final = re.compile(r"(?<=[、；，]) ?| (?=[+÷] )")


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """The words around a fact, cut to the width there is with the evidence always in sight."""

    before: str
    words: str
    after: str
    note: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        room = options.max_width - cell_len(self.note) - (1 if self.note else 0)
        before, words, after = _cut(self.before, self.words, self.after, room)
        note = f" {self.note}" if self.note else ""
        yield Text.assemble((before, "dim"), (words, "bold"), (after, "dim"), (note, "yellow"), no_wrap=True,
                            overflow="crop")


def _cut(before: str, words: str, after: str, room: int) -> tuple[str, str, str]:
    if not words:
        return _head(before, room), "", ""
    marked = f"{_MARK[0]}{words}{_MARK[1]}"
    if cell_len(marked) > room:
        return "", _head(marked, room), ""
    left = tail(before, max((room - cell_len(marked)) // 2, room - cell_len(marked) - cell_len(after)))
    return left, marked, _head(after, room - cell_len(marked) - cell_len(left))


def _head(text: str, room: int) -> str:
    return text if cell_len(text) <= room else set_cell_size(text, max(room - 1, 0)).rstrip() + "…" * (room > 0)


def tail(text: str, room: int) -> str:
    """The end of a text that is wider than the room."""
    return _head(text[::-1], room)[::-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A text with commas that is broken behind them; Chinese has no spaces for rich to break at."""

    text: str
    style: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Text("\n".join(folded(self.text, options.max_width)), style=self.style)


def folded(text: str, width: int) -> list[str]:
    lines = [""]
    for piece in _BREAKS.split(text):
        joint = " " if lines[-1] and piece[:1] in "+÷" else ""
        if lines[-1] and cell_len(lines[-1] + joint + piece) > width:
            lines.append(piece)
        else:
            lines[-1] += joint + piece
    return lines
