"""The noise channels' data: which faults they stand for, how often they strike, their word lists."""
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelInfo:
    """The fault of real reports that a channel stands for, the field guide's traps that it sets, its shares."""

    name: str
    fault: str
    traps: tuple[int, ...] = ()
    rate: float
    shares: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All of noise.toml and pinyin.toml."""

    channels: Mapping[str, ChannelInfo]
    measures: tuple[str, ...]
    blanks: tuple[str, ...]
    invisible: tuple[str, ...]
    pages: tuple[str, ...]
    numerals: frozenset[str]
    spam_targets: tuple[str, ...]
    spam: tuple[str, ...]
    typos: tuple[tuple[str, str], ...]
    punctuation: Mapping[str, tuple[str, ...]]
    brackets: Mapping[str, tuple[str, ...]]
    gateway: Mapping[str, str]
    encyclopaedia: Mapping[str, str]
    readings: Mapping[str, str]

    def rate(self, channel: str, strength: float) -> float:
        """The share of places that a channel strikes at this strength."""
        return self.channels[channel].rate * strength

    def share(self, channel: str, name: str) -> float:
        return self.channels[channel].shares[name]


@cache
def settings() -> Settings:
    """The settings that ship with gongkai."""
    data, words = _read("noise.toml"), _read("noise.toml")["words"]
    return Settings(
        channels={name: _channel(name, row) for name, row in data["channels"].items()},
        measures=tuple(words["measures"]),
        blanks=tuple(words["blanks"]),
        invisible=tuple(words["invisible"]),
        pages=tuple(words["pages"]),
        numerals=frozenset(words["numerals"]),
        spam_targets=tuple(words["spam_targets"]),
        spam=tuple(words["spam"]),
        typos=tuple((right, wrong) for right, wrong in words["typos"]),
        punctuation={mark: tuple(others) for mark, others in data["punctuation"].items()},
        brackets={mark: tuple(others) for mark, others in data["brackets"].items()},
        gateway=data["gateway"],
        encyclopaedia=data["encyclopaedia"],
        readings=_read("pinyin.toml")["readings"],
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("annotations.synthetic.noise").joinpath(name).read_text(encoding="utf-8"))


def _channel(name: str, row: Mapping[str, Any]) -> ChannelInfo:
    named = {"fault", "traps", "rate"}
    shares = {key: float(value) for key, value in row.items() if key not in named}
    return ChannelInfo(
        name=name, fault=row["fault"], traps=tuple(row.get("traps", ())), rate=row["rate"], shares=shares
    )
