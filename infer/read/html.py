"""HTML to text and tables, in the order in which a person reads the page."""
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from infer.read.builder import GridCell, TextBuilder
from infer.read.dom import Element, Page, parse, rules
from infer.read.furniture import is_furniture
from infer.read.grid import cells_of, is_data_table, is_row_of_short_cells
from infer.read.limits import Limits
from report.errors import UnreadableDocument

_SHELL_LETTERS = 200
_SCRIPT_A_LETTER = 10
_HIDDEN_FACTOR = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlText:
    """What a page says: its text and tables in the builder, and its <title>."""

    builder: TextBuilder
    title: str | None


@cache
def _blocks() -> frozenset[str]:
    return frozenset(rules()["block"])


def read_html(text: str, limits: Limits) -> HtmlText:
    """Read a page; text that a script hid is taken only where hardly anything else is there."""
    page = parse(text, limits)
    if page.body.letters < _SHELL_LETTERS and page.hidden > _HIDDEN_FACTOR * page.body.letters:
        page = parse(text, limits, show_hidden=True)
    builder = _written(page.body, limits, without_furniture=True)
    if not builder.text.strip():
        builder = _written(page.body, limits, without_furniture=False)
    _require_report_text(page, builder.text)
    return HtmlText(builder=builder, title=page.title)


def _written(body: Element, limits: Limits, *, without_furniture: bool) -> TextBuilder:
    builder = TextBuilder(limits)
    _write(body, builder, without_furniture)
    return builder


def _require_report_text(page: Page, text: str) -> None:
    letters = len("".join(text.split()))
    mostly_script = page.scripted > _SCRIPT_A_LETTER * _SHELL_LETTERS
    shell = letters < _SHELL_LETTERS and (mostly_script or _has_script_root(page.body))
    if shell and (page.scripted or not letters):
        raise UnreadableDocument("a script shell: the page's own bytes hold no report text, its scripts fetch it")


def _has_script_root(body: Element) -> bool:
    elements = [body]
    for element in elements:
        if element.attributes.get("id", "").lower() in rules()["script_roots"] and element.letters < _SHELL_LETTERS:
            return True
        elements.extend(element.elements())
    return False


def _write(root: Element, builder: TextBuilder, without_furniture: bool) -> None:
    """Depth first with a stack of its own: no nesting overflows it."""
    stack: list[tuple[Element, Iterator[Element | str]]] = [(root, iter(root.children))]
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            _close(element, builder, parent=stack[-1][0] if stack else None)
        elif isinstance(child, str):
            _words(child, element, builder)
        elif _is_written_whole(child, builder, without_furniture):
            continue
        else:
            _open(child, builder, parent=element)
            stack.append((child, iter(child.children)))


def _words(words: str, element: Element, builder: TextBuilder) -> None:
    if element.tag == "pre":
        builder.exact(words.replace("\r\n", "\n"))
    else:
        builder.flow(words)


def _is_written_whole(element: Element, builder: TextBuilder, without_furniture: bool) -> bool:
    """Line breaks and data tables are written here, furniture is passed over."""
    if element.tag == "br":
        builder.newline()
        return True
    if without_furniture and is_furniture(element):
        return True
    if element.tag == "table" and is_data_table(element):
        _write_captions(element, builder, without_furniture)
        grid = cells_of(element, builder.limits)
        builder.table(GridCell(row=cell.row, column=cell.column, row_span=cell.row_span, column_span=cell.column_span,
                               text=_cell_text(cell.element, builder.limits)) for cell in grid)
        return True
    return False


def _write_captions(table: Element, builder: TextBuilder, without_furniture: bool) -> None:
    for caption in table.elements():
        if caption.tag == "caption":
            builder.line_break()
            _write(caption, builder, without_furniture)


def _cell_text(cell: Element, limits: Limits) -> str:
    builder = TextBuilder(limits)
    _write(cell, builder, without_furniture=False)
    return builder.text


def _open(element: Element, builder: TextBuilder, *, parent: Element) -> None:
    if element.tag in ("td", "th") and is_row_of_short_cells(parent):
        builder.tab()
    elif element.tag in _blocks():
        builder.line_break()


def _close(element: Element, builder: TextBuilder, *, parent: Element | None) -> None:
    if element.tag in ("td", "th") and parent is not None and is_row_of_short_cells(parent):
        return
    if element.tag in _blocks():
        builder.line_break()
