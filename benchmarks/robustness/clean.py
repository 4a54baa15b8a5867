"""Reports whose facts are known, as drafts: what is marked in them keeps its meaning whatever happens around it."""
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from annotations.corpus import AnnotatedDocument
from annotations.synthetic.draft import Draft, Mark
from infer.annotate.gold import Gold, annotate_from_gold, read_gold
from infer.annotate.reading import read_report

FOLDER: Final = Path(__file__).resolve().parents[2] / "tests" / "blind"
_CLEAN: Final = "b*.txt"
"""the others are written as messy crawls leave them"""
_FIGURE: Final = re.compile(r"[\d０-９]+(?:[.,][\d０-９]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clean:
    """A report as text with its labels as marks, and its gold."""

    name: str
    draft: Draft[str]
    gold: Gold


def clean_reports() -> Iterator[Clean]:
    """The blind reports that are plain text."""
    for path in sorted(FOLDER.glob(_CLEAN)):
        gold = read_gold(path.with_suffix(".json"))
        labelled = annotate_from_gold(read_report(path.read_bytes(), name=path.name), gold, name=path.stem).document
        yield Clean(name=path.name, draft=Draft(labelled.text, tuple(_marks(labelled))), gold=gold)


def _marks(labelled: AnnotatedDocument) -> Iterator[Mark[str]]:
    """Every label, and every number of a form."""
    yield from (Mark(one.start, one.end, one.type.value) for one in labelled.annotations)
    for start, end in labelled.regions:
        yield from (Mark(match.start(), match.end(), "CELL") for match in _FIGURE.finditer(labelled.text, start, end))
