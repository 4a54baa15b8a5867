"""Every pattern of the program: those its modules hold or cache, literal ones, those of its TOML files."""

import ast
import dataclasses
import importlib
import pkgutil
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from infer import extract
from infer.labelling import Choice, labelling
from tests.conftest import ROOT

_PACKAGES: Final = ("report", "infer")
_CALLS: Final = frozenset({"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"})
_SYNTAX: Final = re.compile(r"[\\\[(|*+?{^$]")
_UNKNOWN: Final = "年"
"""stands for what a pattern in the source leaves to be filled in"""


def all_patterns() -> dict[str, re.Pattern[str]]:
    """By their text, with a few of them more than once where their flags differ."""
    for name in _modules():
        importlib.import_module(name)
    for path in sorted((ROOT / "examples").glob("[0-9]*.*")):
        extract(path, labels=labelling(Choice(mode="rules")))
    held = [*_held(), *_literal(), *_listed()]
    return {f"{pattern.flags}:{pattern.pattern}": pattern for pattern in held}


def _modules() -> Iterator[str]:
    for package in _PACKAGES:
        yield package
        path = importlib.import_module(package).__path__
        yield from (found.name for found in pkgutil.walk_packages(path, f"{package}."))


def _held() -> Iterator[re.Pattern[str]]:
    """What stands in modules, their classes and containers, and what their cached functions without arguments give."""
    names = [name for name in sys.modules if name.partition(".")[0] in _PACKAGES]
    values = [value for name in names for value in vars(sys.modules[name]).values()]
    values += [
        value() for value in values if hasattr(value, "cache_info") and not value.__wrapped__.__code__.co_argcount
    ]
    yield from (one for one in _inside(values, {}) if isinstance(one.pattern, str))


def _inside(value: object, seen: dict[int, object]) -> Iterator[re.Pattern[str]]:
    if id(value) in seen:
        return
    seen[id(value)] = value
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from _inside(list(value.values()), seen)
    elif isinstance(value, list | tuple | set | frozenset):
        for part in value:
            yield from _inside(part, seen)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from _inside([getattr(value, field.name) for field in dataclasses.fields(value)], seen)


def _literal() -> Iterator[re.Pattern[str]]:
    """Patterns in calls of re in the source, which nothing holds."""
    for path in _files(".py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and _is_of_re(node.func):
                yield from _compiled(_words(node.args[0]))


def _is_of_re(called: ast.expr) -> bool:
    return (
        isinstance(called, ast.Attribute)
        and called.attr in _CALLS
        and isinstance(called.value, ast.Name)
        and called.value.id == "re"
    )


def _words(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(map(_words, node.values)) if isinstance(node, ast.JoinedStr) else _UNKNOWN


def _listed() -> Iterator[re.Pattern[str]]:
    """Strings of TOML files that are patterns, or look like one."""
    for path in _files(".toml"):
        for words in _strings(tomllib.loads(path.read_text(encoding="utf-8"))):
            if _SYNTAX.search(words):
                yield from _compiled(words)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def _compiled(words: str) -> Iterator[re.Pattern[str]]:
    try:
        yield re.compile(words)
    except re.error:  # a sentence with a bracket, a template
        return


def _files(suffix: str) -> list[Path]:
    return sorted(path for package in _PACKAGES for path in (ROOT / package).rglob(f"*{suffix}"))
