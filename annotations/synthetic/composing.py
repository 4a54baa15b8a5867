"""One report from its seed: plan, sentences, numbers, headings and forms in order, each label with its place."""
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Final, Literal

from annotations.synthetic.choosing import Chooser
from annotations.synthetic.expanding import Sentence
from annotations.synthetic.figures import Figures, draw_figures
from annotations.synthetic.filling import Filled, Filler, Unfit
from annotations.synthetic.names import Names
from annotations.synthetic.outlines import Block, Outline, draw_outline
from annotations.synthetic.patterns import Grammar, grammar
from report import vocabulary

PieceKind = Literal["title", "line", "heading", "paragraph", "form"]
_NUMBERS: Final = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三")
_SLIPS: Final = 0.12
_CHROME: Final = 0.25
YEARS: Final = (2008, 2025)
_LEVELS: Final = (("town", 30), ("department", 28), ("county", 26), ("city", 12), ("province", 4))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a report is to be, before a word of it is chosen. `form` is the table it carries or narrative."""

    seed: int
    year: int
    level: str
    form: str
    outline: Outline


@dataclass(frozen=True, slots=True)
class Piece:
    """A line or paragraph of the report; a form piece names the part of the form that stands there."""

    kind: PieceKind
    sentences: tuple[Filled, ...] = ()
    words: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A report before its layout: pieces in order, the figures behind its form."""

    plan: Plan
    names: Names
    figures: Figures
    pieces: tuple[Piece, ...]


def draw_plan(seed: int, *, years: tuple[int, int] = YEARS, in_words: bool = False) -> Plan:
    """Year, level, form and outline of report number `seed`; `in_words`: the whole form is said in words."""
    rng = Random(f"plan {seed}")
    year = rng.randint(*years)
    weights = [1 if in_words else weight for _, weight in _LEVELS]
    level = rng.choices([name for name, _ in _LEVELS], weights)[0]
    outline = draw_outline(rng, year=year, level=level, in_words=in_words)
    return Plan(seed=seed, year=year, level=level, form=_form(outline, year, rng), outline=outline)


def _form(outline: Outline, year: int, rng: Random) -> str:
    parts = {part.section for block in outline.blocks for part in block.parts if part.is_form}
    if not outline.tables or not parts - {"short"}:
        return "narrative"
    if "form" in parts:
        return "2014"
    drift = rng.random() < 0.08  # offices that went on with last year's form: field guide, section 2
    return "2019" if year < 2021 or (year <= 2023 and drift) else "2021"


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """Which patterns a report is made of. `allowed`: ids to draw from, None for all; see Chooser for the others."""

    among: Grammar = field(default_factory=grammar)
    allowed: Collection[str] | None = None
    used: dict[str, int] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)


def compose(plan: Plan, supply: Supply | None = None) -> Composed:
    """Choose sentences, draw the figures that they need, fill them in."""
    supply = supply or Supply()
    rng = Random(f"report {plan.seed}")
    names = Names(rng, level=plan.level, year=plan.year)
    chooser = Chooser(supply.among, rng, plan.year, plan.level, allowed=supply.allowed, used=supply.used,
                      weights=supply.weights)
    outline = list(_choose(plan, chooser, rng))
    figures = draw_figures(rng, form=plan.form, level=plan.level, demand=chooser.demand)
    filler = Filler(figures, names, rng, slips=_slips(plan, rng))
    pieces = tuple(piece for chosen in outline for piece in _fill(chosen, filler, chooser))
    return Composed(plan=plan, names=names, figures=figures, pieces=pieces)


def _slips(plan: Plan, rng: Random) -> frozenset[str]:
    """Indicators that this report's prose shall say otherwise than its form."""
    if plan.form == "narrative" or rng.random() > _SLIPS:
        return frozenset()
    held = [row.id for row in vocabulary().indicators.values() if plan.form in row.forms]
    return frozenset(rng.sample(held, 12)) | {"requests.new"}


@dataclass(frozen=True, slots=True)
class _Chosen:
    kind: PieceKind
    section: str = ""
    sentences: tuple[Sentence, ...] = ()
    words: str = ""
    part: str = ""


def _choose(plan: Plan, chooser: Chooser, rng: Random) -> Iterator[_Chosen]:
    chrome = rng.random() < _CHROME
    yield from _lines(chooser, "chrome", 2 * chrome, 9 * chrome)
    yield from _lines(chooser, "title", 1, 1 if rng.random() < 0.8 else 2)
    if rng.random() < 0.45:
        yield from _lines(chooser, "header", 1, 6)
    yield from _paragraphs(chooser, "intro", 1, 2, rng)
    yield from _paragraphs(chooser, "period", 0, 1, rng)
    number = 0
    style = rng.choice(("{}、", "{}、", "{}、", "{}、 ", "({})", "{}．"))
    for block in plan.outline.blocks:
        if rng.random() <= block.chance:
            yield from _block(block, chooser, rng, heading=style.format(_NUMBERS[number]), plan=plan)
            number += bool(block.heading)
    yield from _lines(chooser, "appendix", 0, 1)
    if rng.random() < 0.5:
        yield from _lines(chooser, "signature", 1, 2)
    yield from _lines(chooser, "chrome", chrome, 5 * chrome)


def _lines(chooser: Chooser, section: str, least: int, most: int) -> Iterator[_Chosen]:
    kind: PieceKind = "title" if section == "title" else "line"
    for sentence in chooser.draws(section, least, most):
        yield _Chosen(kind, section, (sentence,))


def _block(block: Block, chooser: Chooser, rng: Random, *, heading: str, plan: Plan) -> Iterator[_Chosen]:
    if block.heading:
        yield _Chosen("heading", words=heading + rng.choice(block.heading))
    for part in block.parts:
        if not part.is_form:
            yield from _paragraphs(chooser, part.section, part.least, part.most, rng)
        elif plan.outline.tables and rng.random() < (0.35 if part.section == "short" else 0.93):
            yield _Chosen("form", part=part.section)
    style = rng.choice(("({})", "（{}）", "（{}）", "{}."))
    for n, below in enumerate(block.sub):
        numeral = str(n + 1) if style == "{}." else _NUMBERS[n]
        yield from _block(below, chooser, rng, heading=style.format(numeral), plan=plan)


def _paragraphs(chooser: Chooser, section: str, least: int, most: int, rng: Random) -> Iterator[_Chosen]:
    row: list[Sentence] = []
    for sentence in chooser.draws(section, least, most):
        row.append(sentence)
        if rng.random() < 0.55:
            yield _Chosen("paragraph", section, tuple(row))
            row = []
    if row:
        yield _Chosen("paragraph", section, tuple(row))


def _fill(chosen: _Chosen, filler: Filler, chooser: Chooser) -> Iterator[Piece]:
    if chosen.kind in ("heading", "form"):
        yield Piece(chosen.kind, words=chosen.words, part=chosen.part)
        return
    filled = [one for sentence in chosen.sentences if (one := _fit(sentence, filler, chooser))]
    if filled:
        yield Piece(chosen.kind, tuple(filled))


def _fit(sentence: Sentence, filler: Filler, chooser: Chooser) -> Filled | None:
    """The sentence filled in; where the numbers do not suit it, another of its section, or none."""
    tried: Sentence | None = sentence
    for _ in range(3):
        if tried is None:
            return None
        try:
            return filler.fill(tried)
        except Unfit:
            tried = chooser.draw(sentence.pattern.section)
    return None


