"""What befalls a report's text on its way: script and noise, drawn for a report and applied to its runs."""
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Final, TypeVar

from annotations.synthetic.draft import Draft
from annotations.synthetic.noise import CHANNELS, add_noise

P = TypeVar("P")
_SCRIPTS: Final = ("gateway", "encyclopaedia", "traditional", "pinyin")
_FAULTS: Final = tuple(name for name in CHANNELS if name not in _SCRIPTS)
_CLEAN: Final = 0.45
_COPIED: Final = 0.1
"""Share of copies in traditional script; 37 of the field guide's 283 reports, many of them mirrors of one site."""


@dataclass(frozen=True, slots=True)
class Spoiling:
    """Strength (0 to 1) of each noise channel, and the script of the copy."""

    strengths: Mapping[str, float] = field(default_factory=dict)

    @property
    def channels(self) -> tuple[str, ...]:
        return tuple(name for name in CHANNELS if name in self.strengths)

    @property
    def script(self) -> str:
        """simplified, traditional, or pinyin (traditional with pinyin in brackets)"""
        if "traditional" not in self.strengths:
            return "simplified"
        return "pinyin" if "pinyin" in self.strengths else "traditional"

    def prose(self, draft: Draft[P], rng: Random) -> Draft[P]:
        """Running text with all its noise."""
        return add_noise(draft, rng, self.strengths) if self.strengths else draft

    def form(self, words: str, rng: Random) -> str:
        """A form in the script of the copy; its layout has faults of its own."""
        scripts = {name: strength for name, strength in self.strengths.items() if name in _SCRIPTS}
        if not scripts:
            return words
        draft: Draft[None] = Draft(words)
        return add_noise(draft, rng, scripts).text


def draw_spoiling(seed: int) -> Spoiling:
    """How report number `seed` is damaged: about half not at all, the others by one to three faults."""
    rng = Random(f"noise {seed}")
    strengths: dict[str, float] = {}
    if rng.random() < _COPIED:
        strengths["traditional"] = 1.0
        for name, chance in (("pinyin", 0.35), ("gateway", 0.35), ("encyclopaedia", 0.2)):
            if rng.random() < chance:
                strengths[name] = 1.0
    if rng.random() > _CLEAN:
        for name in rng.sample(_FAULTS, rng.choice((1, 1, 2, 3))):
            strengths[name] = round(rng.uniform(0.2, 1), 2)
    return Spoiling(strengths)
