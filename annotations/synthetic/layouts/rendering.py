"""A form in a layout: its words, and where each cell stands in them."""
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final, Literal, get_args

from annotations.synthetic.layouts import text
from annotations.synthetic.layouts.html import write_grid
from annotations.synthetic.layouts.sheets import Desk, Sheet
from annotations.synthetic.layouts.statistics import statistics
from annotations.synthetic.layouts.tables import disclosure, disputes, requests
from annotations.synthetic.layouts.values import PARTS, PLAIN, CellFact, FormValues, Look, Part, check_values
from annotations.synthetic.layouts.writer import Writer

Layout = Literal["grid", "pipes", "mixed", "lines", "run_together", "tabs", "spaces", "page_split"]
LAYOUTS: Final[tuple[Layout, ...]] = get_args(Layout)
_SHEETS: Final[Mapping[Part, Callable[[Desk], Sheet]]] = {
    "disclosure": disclosure, "requests": requests, "disputes": disputes, "statistics": statistics,
}
_WRITERS: Final[Mapping[Layout, Callable[[Writer, Sheet, Desk], None]]] = {
    "grid": write_grid, "pipes": text.write_pipes, "mixed": text.write_mixed, "lines": text.write_lines,
    "run_together": text.write_run, "tabs": text.write_tabs, "spaces": text.write_spaces,
    "page_split": text.write_pages,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """`text` is HTML for a grid. `cells` are in printed order, text[start:end] == words in every other layout."""

    text: str
    cells: tuple[CellFact, ...]
    is_html: bool


def render(
    values: FormValues, layout: Layout, random: Random, *, look: Look = PLAIN, parts: Sequence[Part] = ()
) -> Rendered:
    """Print the form, or only these parts of it. Raises AnnotationError for a part that the form does not have."""
    chosen = tuple(parts) or PARTS[values.form]
    check_values(values, chosen)
    desk = Desk(values, look, random)
    writer = Writer(is_html=layout == "grid")
    for part in chosen:
        sheet = _SHEETS[part](desk)
        if look.headings:
            text.write_heading(writer, sheet.heading, layout)
        _WRITERS[layout](writer, sheet, desk)
    return Rendered(text=writer.text, cells=tuple(writer.facts), is_html=writer.is_html)
