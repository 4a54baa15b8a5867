"""What the words after a total say of all of it: 不予公开1件(涉及商业秘密); 行政诉讼2件,均驳回; 复议1件,复议机关予以维持."""
import re
from typing import Final

from infer.rules.context import Context
from infer.rules.matching import family_frames, match_rule
from infer.rules.patterns import pattern
from infer.rules.prose import Sentence
from infer.rules.quantities import Quantity

_EQUATED: Final = re.compile(r"\((?P<name>[^()#]{2,24})\)")
_OUTCOMES: Final = ("requests.denied.", "requests.unavailable.", "requests.reply.", "requests.not_processed.",
                    "reconsideration.", "litigation.")
_DISPUTES: Final = ("reconsideration", "litigation")
_LIST: Final = ("requests.list", "requests")


def outcome_of_all(quantity: Quantity, indicator: str, after: str) -> str | None:
    """The second indicator of a quantity; `after`: the words up to the sentence's end or the next number, # for it."""
    family = indicator.split(".")[0]
    if quantity.value == 0 or family not in ("requests", *_DISPUTES):
        return None
    said = "labeller.all_of_them" if family in _DISPUTES else "labeller.reason"
    match = _EQUATED.match(after) or pattern(said).match(after)
    if match is None:
        return None
    found = match_rule(_context(quantity, match["name"], _LIST if family == "requests" else family_frames(indicator)))
    if found is None or found.rule.category or found.indicator == indicator:
        return None
    other = found.indicator or ""
    return other if other.startswith(_OUTCOMES) and other.split(".")[0] == family else None


def _context(quantity: Quantity, name: str, frames: tuple[str, ...]) -> Context:
    return Context(quantity=quantity, sentence=Sentence(quantity.start, quantity.end), left=name, left_start=0,
                   label=name, head=name, right="", near=name, first=False, lone=False, frames=frames, topic=None,
                   year=None)
