"""The page itself: one HTML file with its style, its script and its reports, which runs nothing else."""
import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from importlib.resources import files
from itertools import count
from string import Template
from typing import BinaryIO, Final

import msgspec

from infer.batch import Failure
from infer.viewing.clean import clean
from infer.viewing.layouts import Head, Layout, Line, drawn_forms
from infer.viewing.showing import Prepared
from infer.viewing.shown import LISTS, Entry
from infer.viewing.wording import Pair, dictionary, groups_of_indicators

STYLES: Final = ("base.css", "index.css", "report.css", "text.css", "tables.css", "print.css")
SCRIPTS: Final = ("data.js", "dom.js", "words.js", "state.js", "text.js", "labels.js", "facts.js", "tables.js",
                  "checks.js", "card.js", "summary.js", "report.js", "index.js", "keys.js", "main.js")
GENERATOR: Final = b'<meta name="generator" content="gongkai view">'
"""stands near the beginning of every page"""
_POLICY: Final = ("default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; base-uri 'none'; "
                  "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'")
_LISTS: Final[dict[str, type[msgspec.Struct]]] = {**LISTS, "head": Head, "layoutLine": Line}
_NOT_IN_A_KEY: Final = re.compile(r"[^\w.-]+")
_UNSAFE: Final = ((b"<", b"\\u003c"), (b">", b"\\u003e"), (b"\xe2\x80\xa8", b"\\u2028"), (b"\xe2\x80\xa9", b"\\u2029"))


class _Shared(msgspec.Struct, frozen=True, kw_only=True):
    """What the script needs beside the reports."""

    title: str
    language: str
    words: dict[str, dict[str, Pair]]
    groups: dict[str, str]
    fields: dict[str, tuple[str, ...]]
    layouts: dict[str, Layout]
    entries: tuple[Entry, ...]
    failures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the page is called, and the language it opens in (zh or en)."""

    title: str | None = None
    language: str = "zh"


def embedded(value: object) -> bytes:
    """JSON that may stand inside a script element: no character of it can end the element or begin a comment."""
    data = msgspec.json.encode(value)
    for character, escaped in _UNSAFE:
        data = data.replace(character, escaped)
    return data


class PageWriter:
    """Writes a page to a stream, report by report, and keeps only the list of them."""

    def __init__(self, stream: BinaryIO, options: Options) -> None:
        self._stream = stream
        self._options = options
        self._entries: list[Entry] = []
        self._keys: set[str] = set()
        self._head, self._foot = _shell(options).split("$data", 1)
        stream.write(self._head.encode())

    @property
    def written(self) -> int:
        return len(self._entries)

    def write(self, prepared: Prepared) -> None:
        shown, entry = prepared.shown, prepared.entry
        self._block(f"report-{self.written}", shown)
        self._entries.append(msgspec.structs.replace(entry, key=self._key(shown.name)))

    def finish(self, failures: Sequence[Failure] = ()) -> None:
        shared = _Shared(
            title=self._options.title or "", language=self._options.language, words=dictionary(),
            groups=groups_of_indicators(), fields={name: type_.__struct_fields__ for name, type_ in _LISTS.items()},
            layouts={drawn.layout.id: drawn.layout for drawn in drawn_forms()}, entries=tuple(self._entries),
            failures=tuple((clean(failure.name), clean(failure.reason)) for failure in failures))
        self._block("shared", shared)
        self._stream.write(self._foot.encode())
        self._stream.flush()

    def _block(self, identity: str, value: object) -> None:
        self._stream.write(f'<script type="application/json" id="{identity}">'.encode())
        self._stream.write(embedded(value))
        self._stream.write(b"</script>\n")

    def _key(self, name: str) -> str:
        """What a report is called in links: its file's name without folder and suffix, with a number if it is taken."""
        stem = name.replace("\\", "/").rpartition("/")[2]
        stem = _NOT_IN_A_KEY.sub("-", stem.rpartition(".")[0] or stem).strip("-") or "report"
        names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
        key = next(name for name in names if name not in self._keys)
        self._keys.add(key)
        return key


def _shell(options: Options) -> str:
    """The page around its data; the policy names the one script and the one style by their digests."""
    style, script = _joined(STYLES), f'(() => {{\n"use strict";\n{_joined(SCRIPTS)}}})();\n'
    policy = _POLICY.format(script=_digest(script), style=_digest(style))
    title = escape(clean(options.title or "")) or "政府信息公开工作年度报告 · 数据与出处"
    return Template(_file("page.html")).substitute(
        policy=policy, title=title, style=style, script=script, generator=GENERATOR.decode(), data="$data")


def _joined(names: Sequence[str]) -> str:
    return "\n".join(_file(name) for name in names)


def _file(name: str) -> str:
    return files("infer.viewing").joinpath("page", name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()
