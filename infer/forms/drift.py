"""Rows whose label is worded in a way that no list knows: by likeness, between the rows that are known."""

import re
from dataclasses import replace
from difflib import SequenceMatcher

from infer.forms.chains import Chain, Match
from infer.forms.view import LetterView

LIKE = 0.6
SHORTEST = 4
_WORDS = re.compile(r"[^\W\d]+")


def recover_drifted(chain: Chain, view: LetterView) -> Chain:
    """Fill the gaps between neighbours of the chain with missing rows whose wording is alike."""
    found = list(chain.matches)
    for before, after in zip(chain.matches, chain.matches[1:], strict=False):
        if after.element - before.element > 1:
            found += _between(chain, before, after, view)
    return replace(chain, matches=tuple(sorted(found, key=lambda match: match.start)))


def _between(chain: Chain, before: Match, after: Match, view: LetterView) -> list[Match]:
    missing = [n for n in range(before.element + 1, after.element) if chain.table.elements[n].kind == "row"]
    found: list[Match] = []
    for words in _WORDS.finditer(view.letters, before.end, after.start):
        best = max(missing, key=lambda n: _likeness(words.group(), chain, n), default=None)
        if best is not None and len(words.group()) >= SHORTEST and _likeness(words.group(), chain, best) >= LIKE:
            found.append(Match(best, words.start(), words.end()))
            missing = [n for n in missing if n > best]
    return found


def _likeness(words: str, chain: Chain, element: int) -> float:
    return max(
        SequenceMatcher(None, words, wording, autojunk=False).ratio()
        for wording in chain.table.elements[element].words[:2]
    )
