"""A document as read: its text, which never changes afterwards, and where its tables and lines stand in it."""
from dataclasses import dataclass
from typing import Literal

Media = Literal["html", "text", "pdf", "docx", "image"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the text came from. `text` is what every offset refers to (code points, end exclusive)."""

    name: str
    media: Media
    encoding: str | None
    sha256: str
    size: int
    pages: int | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A table cell: half-open rows and columns of the grid, and its words in the document's text.

    An empty cell has start == end.
    """

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of the source (HTML, PDF, DOCX, pipes); nested tables are tables of their own."""

    id: int
    start: int
    end: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineBox:
    """A line of a page: its words in the text and its box from the page's top left, in points; in an image, in pixels.

    `sure`: of words recognised in a picture, how sure each character is; empty where the file has them as text.
    """

    start: int
    end: int
    page: int
    box: tuple[float, float, float, float]
    sure: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The spine of the path: every step reads one and none changes it.

    `title` is what the file's own metadata or <title> calls it, if anything; it is a hint, not a reading.
    `warnings` are codes of `report.facts.Warning` that reading found (mojibake, script_shell, truncated...).
    `recognised` are pages with words that were recognised in a picture, `unread` those with images that nobody has
    read.
    """

    source: Source
    tables: tuple[Table, ...] = ()
    lines: tuple[LineBox, ...] = ()
    title: str | None = None
    warnings: tuple[str, ...] = ()
    recognised: tuple[int, ...] = ()
    unread: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        return self.source.text
