"""The keys that columns hold: their Chinese and English labels, and the number that stands for each in Stata."""
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from infer.panel.data import data
from infer.results.wording import indicator_label
from report.vocabulary import vocabulary

DIMENSIONS: Final = ("applicant", "channel", "mode")
"""dimensions of the vocabulary with listed keys, as columns"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key of a domain; `name` is its part in the columns of a wide table, for what the vocabulary names."""

    key: str
    code: int
    zh: str
    en: str
    name: str = ""


Domain = Mapping[str, Key]


@cache
def domains() -> Mapping[str, Domain]:
    """Every domain by name, in the order of the codebook."""
    words = data("labels")
    named = {"indicator": _domain(words["indicator"], {one: indicator_label(one) for one in vocabulary().indicators})}
    named |= {name: _domain(words[name], vocabulary().dimensions[name]) for name in DIMENSIONS}
    return named | {name: _domain(keys, {}) for name, keys in data("domains").items()}


def _domain(keys: Mapping[str, Mapping[str, str]], zh: Mapping[str, str]) -> Domain:
    return {key: Key(key=key, code=int(words["code"]), zh=words.get("zh") or zh[key], en=words["en"],
                     name=words.get("name", "")) for key, words in keys.items()}
