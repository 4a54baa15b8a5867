"""Which part of its indicator a quantity counts: channel, category, sub-unit, mode, applicant."""
import re

from infer.rules.disclosure import channels_in
from infer.rules.patterns import lexicon
from report.folding import fold

_BOUNDARY = re.compile(r"[,;:(。]|其中|[均]为")
_SINGLE_LIST = re.compile(r"、|和|及|与|或")


def channel_of(words: str, accounts: dict[str, str]) -> str | None:
    """Vocabulary key of a channel span's words."""
    found = channels_in(re.sub(r"\s", "", fold(words).text), accounts)
    return found[0][0] if found else None


def part_dimension(words: str) -> str:
    """'subunit' for a body (大营水村, 各乡镇), 'category' for anything else."""
    name = re.sub(r"\s", "", fold(words).text)
    patterns = lexicon().words
    is_body = patterns["subunit.tail"].search(name) and not patterns["subunit.not"].search(name)
    return "subunit" if is_body else "category"


def request_dimension(item: str) -> dict[str, str]:
    """Mode or applicant that the words before a count of requests name; empty where none or several are named."""
    clause = _BOUNDARY.split(item)[-1] if item else ""
    for dimension, patterns in (("mode", lexicon().mode), ("applicant", lexicon().applicant)):
        keys = {key for key, pattern in patterns.items() if pattern.search(clause)}
        if dimension == "applicant":
            keys = _narrow(keys, clause)
        if len(keys) == 1:
            return {dimension: keys.pop()}
    return {}


def _narrow(keys: set[str], clause: str) -> set[str]:
    if "organizations" in keys:
        return set()
    if "natural_person" in keys and len(keys) > 1 and _SINGLE_LIST.search(clause):
        return set()
    return keys
