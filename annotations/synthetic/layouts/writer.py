"""Words that only grow, and where the cells among them stand."""
from dataclasses import dataclass, field
from html import escape

from annotations.synthetic.layouts.sheets import SheetCell
from annotations.synthetic.layouts.values import CellFact

NO_BREAK_SPACE = "\u00a0"


@dataclass(slots=True)
class Writer:
    """Collects text and facts; in HTML, words are escaped and facts have no place. `page` is the last one ended."""

    is_html: bool = False
    page: int = 0
    facts: list[CellFact] = field(default_factory=list)
    length: int = 0
    _parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def put(self, words: str) -> None:
        """Append words or markup as they are."""
        self._parts.append(words)
        self.length += len(words)

    def cell(self, cell: SheetCell) -> None:
        """Append the words of a cell, and note its fact."""
        fact = cell.fact
        if fact is None:
            self.put(escape(cell.words, quote=False) if self.is_html else cell.words)
            return
        start = self.length
        self.put(NO_BREAK_SPACE if cell.words == "&nbsp;" and not self.is_html else cell.words)
        blank = fact.state == "blank"
        end = start if blank else self.length
        self.facts.append(CellFact(
            table=fact.table, indicator=fact.indicator, by=fact.by, value=fact.value, state=fact.state,
            words="" if blank else cell.words, start=None if self.is_html else start, end=None if self.is_html else end,
        ))
