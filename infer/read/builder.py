"""Text and table cells put together, so that every cell's offsets are known when its words are written."""
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from infer.read.limits import Limits, require
from report.document import Cell, Table

_BLANKS = re.compile(r"[ \t\r\n\f]+")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """A cell on its way into the text: where it stands in the grid, and its words."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    text: str


def is_wide(character: str) -> bool:
    """Whether a character is Chinese or its full-width punctuation: between two of them a line break is no space."""
    return _WIDE.match(character) is not None


@dataclass(slots=True)
class TextBuilder:
    """A text that only grows; flowing words collapse white space as HTML does, exact words do not."""

    limits: Limits = field(default_factory=Limits)
    length: int = 0
    tables: list[Table] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _last: str = "\n"
    _newlines: int = 2
    _pending: str = ""
    _cells: int = 0

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def exact(self, words: str) -> tuple[int, int]:
        """Append words as they are; return where they stand."""
        start = self.length
        if words:
            self._parts.append(words)
            self.length += len(words)
            self._last = words[-1]
            trailing = len(words) - len(words.rstrip("\n"))
            self._newlines = self._newlines + trailing if trailing == len(words) else trailing
            self._pending = ""
            require(self.length, self.limits.characters, "characters of text")
        return start, self.length

    def flow(self, words: str) -> None:
        """Append words of a paragraph: white space becomes one space, or none at the start of a line."""
        position = 0
        for blank in _BLANKS.finditer(words):
            self._word(words[position:blank.start()])
            self._pending = self._pending if self._pending == "\n" else ("\n" if "\n" in blank.group() else " ")
            position = blank.end()
        self._word(words[position:])

    def _word(self, word: str) -> None:
        if not word:
            return
        broken_line = self._pending == "\n" and is_wide(self._last) and is_wide(word[0])
        if self._pending and self._last not in "\n\t" and not broken_line:
            self.exact(" ")
        self.exact(word)

    def line_break(self) -> None:
        """End the line, if there is anything on it."""
        self._pending = ""
        if self._last != "\n":
            self.exact("\n")

    def tab(self) -> None:
        """Part two neighbours of one line, if there is anything before."""
        self._pending = ""
        if self._last not in "\n\t":
            self.exact("\t")

    def newline(self) -> None:
        """Start a new line even on an empty one (<br>), but leave no more than one line blank."""
        self._pending = ""
        if self._newlines < 2:
            self.exact("\n")

    def table(self, cells: Iterable[GridCell]) -> Table | None:
        """Write a table, rows by lines and cells by tabs, and note where each cell stands; None if it has no cell."""
        self.line_break()
        start, row, placed = self.length, -1, list[Cell]()
        for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
            if placed:
                self.exact("\n" if cell.row != row else "\t")
            row = cell.row
            placed.append(self._place(cell))
        if not placed:
            return None
        self._count(len(placed))
        table = Table(id=len(self.tables), start=start, end=self.length, cells=tuple(placed))
        self.tables.append(table)
        self.line_break()
        return table

    def _place(self, cell: GridCell) -> Cell:
        words = cell.text.strip()
        start, end = self.exact(words)
        return Cell(row=cell.row, column=cell.column, row_span=cell.row_span, column_span=cell.column_span,
                    start=start, end=end)

    def _count(self, cells: int) -> None:
        self._cells += cells
        require(self._cells, self.limits.cells, "table cells")
