"""What a form says and how its office prints it."""
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Final, Literal

from annotations.errors import AnnotationError
from report import vocabulary
from report.facts import State
from report.forms import CellKey, forms

By = tuple[tuple[str, str], ...]
Number = int | Decimal
FormName = Literal["2014", "2019", "2021", "short"]
Part = Literal["disclosure", "requests", "disputes", "statistics"]
Nothing = Literal["0", "", "-", "/", "无", "不适用", "&nbsp;"]
Money = Literal["printed", "head", "cell_yuan", "cell_wan", "bare"]
Numbered = Literal["none", "codes", "sequence"]
PARTS: Final[Mapping[FormName, tuple[Part, ...]]] = {
    "2014": ("statistics",), "short": ("statistics",), "2019": ("disclosure", "requests", "disputes"),
    "2021": ("disclosure", "requests", "disputes"),
}
_STATES: Final[Mapping[str, State]] = {
    "0": "zero", "": "blank", "&nbsp;": "blank", "-": "dash", "/": "slash", "无": "not_applicable",
    "不适用": "not_applicable",
}
_WIDE: Final = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormValues:
    """The numbers of a form, in base units (元), by indicator and sorted dimensions.

    Applicants' totals have no dimension; None and what is missing are blank cells, `zero` is printed for a 0. Rows that
    the vocabulary does not name are found by their `part` of report/forms.toml. `columns` of a statistics table are
    heads with the dimensions they add; empty: the form's own.
    """

    form: FormName
    year: int
    cells: Mapping[tuple[str, By], Number | None]
    zero: Nothing = "0"
    columns: tuple[tuple[str, By], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the tables look, apart from their layout; each field but the first four is a drift or fault of real forms."""

    headings: bool = True
    money: Money = "printed"
    """where the unit of money stands: as the form prints it, in the head of the column, in the cell, nowhere"""
    numbered: Numbered = "none"
    """a column of codes or of sequence numbers in a statistics table"""
    padded: bool = False
    """merged cells leave empty ones in pipes and tabs"""
    drift: float = 0.0
    """share of labels in another wording than the official one"""
    split_words: float = 0.0
    """share of labels with a blank inside"""
    wide_digits: bool = False
    signs: bool = False
    commas: bool = False
    places: int | None = None
    """decimal places of amounts in 万元, at least as many as they need"""
    cut_heads: bool = False
    """本年新|本年新 in the form of 2019"""
    blocks: bool = True
    """the lines 第二十条第（一）项"""
    totals: bool = True
    """False: only the rows of new, carried and processed requests have their total"""
    head_totals: bool = False
    """block lines of the 2014 form carry the total"""
    by_row: bool = False
    """reconsideration and litigation below one another instead of side by side"""
    indent: str = ""


PLAIN: Final = Look()


def draw_look(random: Random, form: FormName) -> Look:
    """A look as often met as in real reports: most tables as issued, some drifted in one or two ways."""

    def often(share: float) -> bool:
        return random.random() < share

    places = random.choice([None, 2, 4, 6])
    return Look(
        money=random.choice(["printed", "printed", "head", "cell_yuan", "cell_wan"]),
        numbered=random.choice(["codes", "sequence"]) if form == "2014" and often(0.2) else "none",
        padded=often(0.5),
        drift=random.choice([0.1, 0.4]) if often(0.3) else 0.0,
        split_words=0.15 if often(0.2) else 0.0,
        wide_digits=often(0.04),
        signs=often(0.3),
        commas=often(0.05),
        places=places,
        cut_heads=often(0.15),
        blocks=not often(0.08),
        totals=not often(0.1),
        head_totals=often(0.4),
        by_row=often(0.06),
        indent="\t" if often(0.1) else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CellFact:
    """What a printed cell states, and where its words stand; offsets are None in HTML, equal for a blank cell."""

    table: str
    indicator: str
    by: By
    value: Number | None
    state: State
    words: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Printer:
    """Prints the cells of one form."""

    values: FormValues
    look: Look

    def fact(self, table: str, key: CellKey, *, scale: str | None = None, empty: bool = False) -> CellFact:
        """The cell of this key; `scale` is the money unit of its row or column. `empty`: left out on purpose."""
        value = None if empty else self.values.cells.get((key.indicator or "", key.by))
        words = self._words(key, value, scale)
        state = _STATES.get(words, "zero" if value == 0 else "value")
        return CellFact(
            table=table, indicator=key.indicator or "", by=key.by, state=state,
            value=value if state in ("zero", "value") else None,
            words=words.translate(_WIDE) if self.look.wide_digits else words,
        )

    def _words(self, key: CellKey, value: Number | None, scale: str | None) -> str:
        if value is None:
            return "&nbsp;" if self.values.zero == "&nbsp;" else ""
        if value == 0:
            return self.values.zero
        indicator = key.indicator or ""
        if indicator in vocabulary() and vocabulary()[indicator].kind == "money":
            return self._money(Decimal(value), scale)
        if indicator.endswith(".items_change") and self.look.signs and value > 0:
            return f"+{value}"
        return f"{value:,}" if self.look.commas else str(value)

    def _money(self, value: Decimal, scale: str | None) -> str:
        unit = self.unit(scale)
        amount = value / (forms().scales[unit] if unit else 1)
        words = f"{amount.normalize():f}"
        decimals = len(words.partition(".")[2])
        if unit == "万元" and self.look.places is not None:
            words = f"{amount:.{max(decimals, self.look.places)}f}"
        return words + (unit if self.in_cell(scale) else "")

    def unit(self, scale: str | None) -> str:
        """The unit of an amount: that of its row or column, of the cell, or 元 where none is printed."""
        if not self.in_cell(scale):
            return scale or ""
        return "万元" if self.look.money == "cell_wan" else "元"

    def in_cell(self, scale: str | None) -> bool:
        """Whether the cell itself says its unit: where the office wants it so, or the form prints none."""
        return self.look.money in ("cell_yuan", "cell_wan") or (not scale and self.look.money == "printed")


def check_values(values: FormValues, parts: tuple[Part, ...]) -> None:
    """Raises AnnotationError for a part that the form does not have."""
    unknown = [part for part in parts if part not in PARTS[values.form]]
    if unknown:
        raise AnnotationError(f"form {values.form} has no part {unknown[0]}")
