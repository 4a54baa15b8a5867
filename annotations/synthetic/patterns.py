"""The sentence patterns that ship with gongkai: classes, fragments, and the ids that misses are counted by."""
import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Final

from annotations.errors import AnnotationError
from annotations.synthetic.template import Choice, Fragment, Name, Node, Nothing, Repeat, Sequence, parse

SECTIONS: Final = (
    "title", "header", "intro", "period", "overview", "proactive", "channels", "categories", "documents", "services",
    "interpretation", "traffic", "consultation", "requests", "modes", "outcomes", "timing", "carry", "review", "fees",
    "staff", "meetings", "proposals", "upward", "management", "platform", "supervision", "comparison", "problems",
    "plans", "other", "signature", "appendix", "chrome",
)
LEVELS: Final = ("province", "city", "county", "town", "department")
FIRST_YEAR: Final = 2008
LAST_YEAR: Final = 2025
_KEYS: Final = {"id", "section", "years", "levels", "traps", "zero", "patterns"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One sentence pattern; `id` is its class and the digest of its text, so that it survives a reordering."""

    id: str
    source: str
    nodes: Sequence
    kind: str
    section: str
    years: tuple[int, int] = (FIRST_YEAR, LAST_YEAR)
    levels: tuple[str, ...] = LEVELS
    traps: tuple[int, ...] = ()
    zero: bool = False


@dataclass(frozen=True, kw_only=True)
class Grammar:
    """Patterns in file order and the fragments that they share."""

    patterns: tuple[Pattern, ...]
    fragments: dict[str, tuple[Sequence, ...]]

    @cached_property
    def by_section(self) -> dict[str, list[Pattern]]:
        found: dict[str, list[Pattern]] = {}
        for pattern in self.patterns:
            found.setdefault(pattern.section, []).append(pattern)
        return found

    @cached_property
    def _classes(self) -> dict[tuple[str, int, str], list[list[Pattern]]]:
        return {}

    def classes(self, section: str, year: int, level: str) -> list[list[Pattern]]:
        """The section's patterns that suit year and level, by class."""
        key = (section, year, level)
        if key not in self._classes:
            found: dict[str, list[Pattern]] = {}
            for pattern in self.by_section.get(section, ()):
                if pattern.years[0] <= year <= pattern.years[1] and level in pattern.levels:
                    found.setdefault(pattern.kind, []).append(pattern)
            self._classes[key] = list(found.values())
        return self._classes[key]


def parse_file(text: str, *, name: str) -> Grammar:
    """Read a pattern file; raises AnnotationError naming file and class."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise AnnotationError(f"{name}: {error}") from None
    try:
        fragments = {key: tuple(parse(one) for one in rows) for key, rows in data.get("fragments", {}).items()}
        patterns = [pattern for row in data.get("class", ()) for pattern in _patterns(row)]
    except AnnotationError as error:
        raise AnnotationError(f"{name}: {error}") from None
    return Grammar(patterns=tuple(patterns), fragments=fragments)


def _patterns(row: dict[str, object]) -> Iterator[Pattern]:
    kind, section = str(row.get("id")), str(row.get("section"))
    if set(row) - _KEYS:
        raise AnnotationError(f"class {kind}: unknown keys {sorted(set(row) - _KEYS)}")
    if section not in SECTIONS:
        raise AnnotationError(f"class {kind}: no section {section!r}")
    years, levels, traps = (_list(row.get(key, ())) for key in ("years", "levels", "traps"))
    if set(levels) - set(LEVELS):
        raise AnnotationError(f"class {kind}: unknown levels {levels}")
    for source in _list(row.get("patterns", ())):
        digest = hashlib.sha256(str(source).encode()).hexdigest()[:6]
        yield Pattern(
            id=f"{kind}#{digest}", source=str(source), nodes=parse(str(source)), kind=kind, section=section,
            years=(int(str(years[0])), int(str(years[1]))) if years else (FIRST_YEAR, LAST_YEAR),
            levels=tuple(str(one) for one in levels) or LEVELS, traps=tuple(int(str(one)) for one in traps),
            zero=bool(row.get("zero", False)),
        )


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def merge(grammars: list[Grammar]) -> Grammar:
    """One grammar of several files; raises AnnotationError for a fragment or pattern that stands twice."""
    fragments: dict[str, tuple[Sequence, ...]] = {}
    patterns: dict[str, Pattern] = {}
    for grammar in grammars:
        for name, rows in grammar.fragments.items():
            if name in fragments:
                raise AnnotationError(f"fragment {name} stands twice")
            fragments[name] = rows
        for pattern in grammar.patterns:
            if pattern.id in patterns:
                raise AnnotationError(f"pattern {pattern.source!r} stands twice")
            patterns[pattern.id] = pattern
    merged = Grammar(patterns=tuple(patterns.values()), fragments=fragments)
    _refuse_dangling(merged)
    return merged


def _refuse_dangling(grammar: Grammar) -> None:
    places = [(pattern.source, pattern.nodes) for pattern in grammar.patterns]
    places += [(f"<{name}>", row) for name, rows in grammar.fragments.items() for row in rows]
    for source, nodes in places:
        unknown = {name for name in fragments_in(nodes) if name not in grammar.fragments}
        if unknown:
            raise AnnotationError(f"pattern {source!r}: no fragment {sorted(unknown)}")


def fragments_in(nodes: Sequence) -> Iterator[str]:
    """Names of the fragments that the nodes refer to."""
    return (node.name for node in walk(nodes) if isinstance(node, Fragment))


def walk(nodes: Sequence, fragments: Mapping[str, tuple[Sequence, ...]] | None = None) -> Iterator[Node]:
    """Every node below these, in all choices; those of the fragments too, if they are given."""
    for node in nodes:
        yield node
        if isinstance(node, Choice):
            below = node.options
        elif isinstance(node, Repeat):
            below = (node.item,)
        elif isinstance(node, Nothing | Name):
            below = (node.words or (),)
        else:
            below = fragments.get(node.name, ()) if fragments and isinstance(node, Fragment) else ()
        for sequence in below:
            yield from walk(sequence, fragments)


@cache
def grammar() -> Grammar:
    """Every pattern file of the package."""
    folder = files("annotations").joinpath("synthetic", "patterns")
    paths = sorted((path for path in folder.iterdir() if path.name.endswith(".toml")), key=lambda path: path.name)
    return merge([parse_file(path.read_text(encoding="utf-8"), name=path.name) for path in paths])
