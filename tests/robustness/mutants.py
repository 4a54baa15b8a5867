"""Damaged reports by number: the same number gives the same bytes on every machine."""

import faulthandler
import hashlib
import time
import traceback
import warnings
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Final
from unittest.mock import patch

from infer import extract
from report.document import Media
from report.errors import UnreadableDocument
from tests.robustness.containers import packed, page, paper, plain, unpacked, word
from tests.robustness.faults import faults
from tests.robustness.mutations import damage, mutate, splice
from tests.robustness.sources import EXAMPLES, report_texts

SEED: Final = 20_190_403
HANGING_SECONDS: Final = 240.0
STANDARD_ERROR: Final = 2
_PAPER_LINES: Final = 30
# a PDF takes ten times as long as a text
_KINDS: Final = {"plain": 56, "page": 16, "word": 12, "paper": 4, "file": 8, "xml": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a mutant. `seconds` are those of the processor, so that a busy machine is no fault."""

    number: int
    seconds: float
    media: Media | None
    facts: int
    faults: tuple[str, ...]
    digest: str


@cache
def _files() -> tuple[tuple[str, bytes], ...]:
    """The examples as files; of PDF and DOCX only the DOCX, the PDF is long."""
    paths = sorted(path for path in EXAMPLES.glob("[0-9]*.*") if path.suffix != ".pdf")
    return tuple((path.name, path.read_bytes()) for path in paths)


def mutant(number: int) -> tuple[str, bytes]:
    """Name and bytes of a damaged report."""
    chance = Random(f"{SEED}:{number}")
    kind = chance.choices(tuple(_KINDS), tuple(_KINDS.values()))[0]
    if kind == "file":
        name, data = chance.choice(_files())
        return name, damage(data, chance)
    if kind == "xml":
        return "a.docx", packed(mutate(unpacked(dict(_files())["09_qingdai_county_2022.docx"]), chance))
    text = chance.choice(report_texts())
    if chance.random() < 0.2:
        text = splice(text, chance.choice(report_texts()), chance)
    if kind == "paper":
        text = "\n".join(text.splitlines()[:_PAPER_LINES])
    make, name = {
        "plain": (plain, "a.txt"),
        "page": (page, "a.html"),
        "word": (word, "a.docx"),
        "paper": (paper, "a.pdf"),
    }[kind]
    data = make(mutate(text, chance), chance)
    return name, damage(data, chance) if chance.random() < 0.15 else data


def probe(number: int) -> Outcome:
    """Extract a mutant in this process; one that hangs ends the process with its stack on standard error."""
    name, data = mutant(number)
    faulthandler.dump_traceback_later(HANGING_SECONDS, exit=True, file=STANDARD_ERROR)
    begin = time.process_time()
    try:
        media, facts, found = _examined(data, name)
    finally:
        faulthandler.cancel_dump_traceback_later()
    return Outcome(
        number=number,
        seconds=time.process_time() - begin,
        media=media,
        facts=facts,
        faults=found,
        digest=hashlib.sha256(data).hexdigest(),
    )


def _examined(data: bytes, name: str) -> tuple[Media | None, int, tuple[str, ...]]:
    try:
        # pictures have tests of their own, and take seconds a page
        with warnings.catch_warnings(), patch("infer.read.pdf.why_not", lambda: "recognition is off"):
            warnings.simplefilter("error")
            report = extract(data, name=name)
            return report.source.media, len(report.facts), tuple(faults(report))
    except UnreadableDocument:
        return None, 0, ()
    except Exception:
        return None, 0, (traceback.format_exc(limit=-4),)
