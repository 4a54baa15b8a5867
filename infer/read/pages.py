"""Pages put together to one text: page marks out, wrapped lines joined, tables whole over page breaks."""
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from infer.read.builder import GridCell, TextBuilder
from infer.read.glyphs import TextLine
from infer.read.limits import Limits
from infer.read.paragraphs import Margins, continues, margins, seam, without_page_marks
from infer.read.ruled import RuledTable, joined, joins
from report.document import LineBox

_ANYWHERE = Margins(left=0.0, right=float("inf"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContent:
    """What stands on a page, or in one of its columns: running text, tables, and how high the page is."""

    lines: list[TextLine]
    tables: list[RuledTable]
    height: float
    images: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesText:
    """Pages as one text in the builder, and where its lines stand on them."""

    builder: TextBuilder
    lines: tuple[LineBox, ...]


def letters(content: PageContent) -> int:
    """How many characters stand on a page."""
    in_tables = sum(len(cell.text) for table in content.tables for cell in table.cells)
    return in_tables + sum(len(line.text) for line in content.lines)


def written(contents: Sequence[PageContent], limits: Limits) -> PagesText:
    """One text out of pages in their order."""
    prose = without_page_marks([content.lines for content in contents], [content.height for content in contents])
    writer = _Writer(builder=TextBuilder(limits), boxes=[], margins=_all_margins(prose))
    for item in _joined_over_pages(_in_reading_order(prose, contents)):
        if isinstance(item, TextLine):
            writer.write_line(item)
        else:
            writer.write_table(item)
    return PagesText(builder=writer.builder, lines=tuple(writer.boxes))


def _all_margins(pages: Sequence[Sequence[TextLine]]) -> dict[tuple[int, int], Margins]:
    """By page and column."""
    whole = margins([line for lines in pages for line in lines]) or _ANYWHERE
    return {(lines[0].page, lines[0].column): margins(lines) or whole for lines in pages if lines}


def _in_reading_order(prose: Sequence[Sequence[TextLine]],
                      contents: Sequence[PageContent]) -> Iterator[TextLine | RuledTable]:
    for lines, content in zip(prose, contents, strict=True):
        items: list[TextLine | RuledTable] = [*lines, *content.tables]
        yield from sorted(items, key=lambda item: item.top)


def _joined_over_pages(items: Iterator[TextLine | RuledTable]) -> Iterator[TextLine | RuledTable]:
    """Tables that a page break cut, with nothing between the parts, made whole."""
    waiting: RuledTable | None = None
    for item in items:
        if waiting is not None and isinstance(item, RuledTable) and joins(waiting, item):
            waiting = joined(waiting, item)
            continue
        if waiting is not None:
            yield waiting
        waiting = item if isinstance(item, RuledTable) else None
        if waiting is None:
            yield item
    if waiting is not None:
        yield waiting


@dataclass(slots=True, kw_only=True)
class _Writer:
    builder: TextBuilder
    boxes: list[LineBox]
    margins: dict[tuple[int, int], Margins]
    last: TextLine | None = None

    def write_line(self, line: TextLine) -> None:
        if self.last is not None and continues(self.last, line, self._margins(self.last), self._margins(line)):
            self.builder.exact(seam(self.last.text, line.text))
        else:
            self.builder.line_break()
        self._box(*self.builder.exact(line.text), line)
        self.last = line

    def write_table(self, table: RuledTable) -> None:
        written = self.builder.table(
            GridCell(row=cell.row, column=cell.column, row_span=cell.row_span, column_span=cell.column_span,
                     text=cell.text) for cell in table.cells)
        placed = {(cell.row, cell.column): cell.start for cell in written.cells} if written else {}
        for cell in table.cells:
            position = placed[cell.row, cell.column]
            for words, line in cell.pieces():
                if line is not None:
                    self._box(position, position + len(words), line)
                position += len(words)
        self.last = None

    def _margins(self, line: TextLine) -> Margins:
        return self.margins[line.page, line.column]

    def _box(self, start: int, end: int, line: TextLine) -> None:
        self.boxes.append(LineBox(start=start, end=end, page=line.page, box=line.box, sure=line.sure))
