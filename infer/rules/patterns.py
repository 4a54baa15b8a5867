"""The rule files, compiled: lexicon.toml, phrases.toml, indicators.toml, nones.toml."""

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

COUNTS = ("item", "generic", "bare", "event")
_BEFORE = r"""(?:{label})["'”]*+(?:的|答复|信息|情形|情况|范围|申请|案件|数|件|事项|内容|而?不予公开)*+["'”]*+{t}$"""
_AFTER = (
    r"""["'“(]*(?:申请|案件|事项)?(?:的)?(?:是|为|系|因|属于?|依法|被|经|按|均|予以|涉及|保护|调解后|\s)*(?:{label})"""
)
_OTHER_TABLES = frozenset({"macros", "channel", "mode", "applicant", "words"})
FILES = ("quantities.toml", "lexicon.toml", "phrases.toml", "indicators.toml", "nones.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When the words around a quantity make it the indicator; the fields are explained in indicators.toml."""

    indicator: str | None
    kinds: frozenset[str]
    measures: frozenset[str]
    label_before: re.Pattern[str] | None
    label_after: re.Pattern[str] | None
    left: re.Pattern[str] | None
    head: re.Pattern[str] | None
    right: re.Pattern[str] | None
    near: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    never: re.Pattern[str] | None
    frames: tuple[str, ...]
    topics: frozenset[str]
    years: tuple[int, int]
    category: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """What a statement of none is about: words after the operator, and which operators may govern them."""

    indicator: str
    object: re.Pattern[str]
    unless: re.Pattern[str] | None
    needs: re.Pattern[str] | None
    topics: frozenset[str]
    years: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Compiled word lists of lexicon.toml."""

    macros: dict[str, str]
    channel: dict[str, re.Pattern[str]]
    mode: dict[str, re.Pattern[str]]
    applicant: dict[str, re.Pattern[str]]
    words: dict[str, re.Pattern[str]]
    regional: dict[str, str]


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(files("infer.rules").joinpath(name).read_text(encoding="utf-8"))


def _expand(pattern: str, macros: dict[str, str]) -> str:
    for name, body in macros.items():
        pattern = pattern.replace("{" + name + "}", body)
    return pattern


@cache
def rules_digest() -> str:
    """First 12 hex digits of the SHA-256 of the rule files."""
    digest = hashlib.sha256()
    for name in FILES:
        digest.update(files("infer.rules").joinpath(name).read_bytes())
    return digest.hexdigest()[:12]


@cache
def lexicon() -> Lexicon:
    """The word lists."""
    data = _load("lexicon.toml")
    macros: dict[str, str] = data["macros"]
    words = {
        f"{table}.{key}": re.compile(_expand(words, macros))
        for table, rows in (data | _load("phrases.toml")).items()
        if table not in _OTHER_TABLES
        for key, words in rows.items()
    }
    words |= {f"macro.{key}": re.compile(pattern) for key, pattern in macros.items()}
    dimensions = {
        name: {key: re.compile(pattern) for key, pattern in data[name].items()}
        for name in ("channel", "mode", "applicant")
    }
    return Lexicon(macros=macros, words=words, regional=data["words"], **dimensions)


def pattern(name: str) -> re.Pattern[str]:
    """A compiled pattern of lexicon.toml or phrases.toml by table and key: disclosure.lead."""
    return lexicon().words[name]


@cache
def rules() -> tuple[Rule, ...]:
    """The indicator rules in order."""
    macros = lexicon().macros

    def compiled(row: dict[str, Any], key: str) -> re.Pattern[str] | None:
        return re.compile(_expand(row[key], macros)) if key in row else None

    def label(row: dict[str, Any], template: str) -> re.Pattern[str] | None:
        return re.compile(_expand(template.replace("{label}", row["label"]), macros)) if "label" in row else None

    return tuple(
        Rule(
            indicator=row.get("indicator"),
            kinds=frozenset(row.get("kinds", COUNTS)),
            measures=frozenset(row.get("measures", ())),
            label_before=label(row, _BEFORE),
            label_after=label(row, _AFTER),
            left=compiled(row, "left"),
            head=compiled(row, "head"),
            right=compiled(row, "right"),
            near=compiled(row, "near"),
            unless=compiled(row, "unless"),
            never=compiled(row, "never"),
            frames=tuple(row.get("frames", ())),
            topics=frozenset(row.get("topics", ())),
            years=(row.get("years", [0, 9999])[0], row.get("years", [0, 9999])[1]),
            category=row.get("category", False),
        )
        for row in _load("indicators.toml")["rule"]
    )


@cache
def operators() -> re.Pattern[str]:
    """未, 没有, 无 and their verbs."""
    return re.compile(_load("nones.toml")["operator"]["pattern"])


@cache
def denials() -> tuple[Denial, ...]:
    """What statements of none can be about, in order."""
    macros = lexicon().macros
    return tuple(
        Denial(
            indicator=row["indicator"],
            object=re.compile(_expand(row["object"], macros)),
            unless=re.compile(row["unless"]) if "unless" in row else None,
            needs=re.compile(row["needs"]) if "needs" in row else None,
            topics=frozenset(row.get("topics", ())),
            years=(row.get("years", [0, 9999])[0], row.get("years", [0, 9999])[1]),
        )
        for row in _load("nones.toml")["denial"]
    )
