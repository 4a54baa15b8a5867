"""A parsed page without what is never shown, each element with the sums that tell text from navigation."""
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from infer.read.limits import Limits, require

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)|<!--.*?(?:-->|\Z)", re.DOTALL)
_RAW = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{20000,}")
_ATTRIBUTES_OF_A_TAG = 2000
_ROOM_FOR_COPIES = 5
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ATTRIBUTES = ("class", "id", "href", "colspan", "rowspan", "hidden", "style")
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
                   "track", "wbr"})
_SELF_CLOSING = frozenset({"p", "li", "td", "th", "tr", "dt", "dd", "option", "tbody", "thead", "tfoot"})
_FORMATTING = frozenset({"a", "b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "u"})


@cache
def rules() -> dict[str, Any]:
    """The word lists of html.toml."""
    return tomllib.loads(files("infer.read").joinpath("html.toml").read_text(encoding="utf-8"))


@dataclass(slots=True)
class Element:
    """An element that is shown; `letters` counts letters and digits, `linked` those inside <a>."""

    tag: str
    attributes: dict[str, str]
    children: list["Element | str"] = field(default_factory=list)
    letters: int = 0
    linked: int = 0
    links: int = 0
    tables: int = 0

    def elements(self) -> Iterator["Element"]:
        return (child for child in self.children if isinstance(child, Element))

    def close(self, parent: "Element") -> None:
        """Hand the sums on to the parent, once everything inside is known."""
        if self.tag == "a":
            self.linked, self.links = self.letters, 1
        parent.letters += self.letters
        parent.linked += self.linked
        parent.links += self.links
        parent.tables += self.tables + (self.tag == "table")


@dataclass(slots=True, kw_only=True)
class Page:
    """The shown elements of a page, its <title>, and how much script and hidden text it carries."""

    body: Element
    title: str | None
    scripted: int
    hidden: int


def parse(text: str, limits: Limits, *, show_hidden: bool = False) -> Page:
    """Parse a page without recursion; too deep nesting is refused before the parser, which takes its square in time."""
    _require_flat(text, limits)
    tree = LexborHTMLParser(text)
    page = Page(body=Element("body", {}), title=_title(tree), scripted=0, hidden=0)
    if tree.root is not None:
        _copy(tree.root, page, show_hidden)
    return page


def _title(tree: LexborHTMLParser) -> str | None:
    node = tree.css_first("title")
    return " ".join(node.text().split()) or None if node is not None else None


def _require_flat(text: str, limits: Limits) -> None:
    """Count open elements; formatting left open is copied into every later block, so blocks count once for each."""
    for tag in _LONG_TAG.finditer(text):
        require(tag[0].count("="), _ATTRIBUTES_OF_A_TAG, "attributes of one element")
    depth = opened = copies = formatting = 0
    open_tags: dict[str, int] = {}
    for match in _TAG.finditer(_RAW.sub("", text)):
        name = (match[2] or "").lower()
        if not name or name in _VOID:
            continue
        if match[1]:
            step = -1 if open_tags.get(name, 0) else 0
        else:
            step = 0 if name in _SELF_CLOSING else 1
            opened += 1
            copies += 0 if name in _FORMATTING else formatting
        open_tags[name] = open_tags.get(name, 0) + step
        depth += step
        formatting += step if name in _FORMATTING else 0
        if depth > limits.nesting:
            require(depth, limits.nesting, "elements inside each other")
    require(opened, limits.elements, "elements")
    require(copies, limits.elements * _ROOM_FOR_COPIES, "elements with formatting left open around them")


def _copy(root: LexborNode, page: Page, show_hidden: bool) -> None:
    """Walk the parsed tree by its own links and build the shown part of it."""
    dropped = frozenset(rules()["dropped"])
    stack = [page.body]
    node: LexborNode | None = root
    while node is not None:
        entered = _enter(node, stack, page, dropped, show_hidden)
        following = node.first_child if entered else None
        if entered and following is None:
            _leave(stack)
        while following is None and node.mem_id != root.mem_id:
            following = node.next
            if following is None:
                parent = node.parent
                if parent is None:
                    break
                node = parent
                _leave(stack)
        node = following
    while len(stack) > 1:
        _leave(stack)


def _leave(stack: list[Element]) -> None:
    if len(stack) > 1:
        stack.pop().close(stack[-1])


def _enter(node: LexborNode, stack: list[Element], page: Page, dropped: frozenset[str], show_hidden: bool) -> bool:
    """Append the node to the open element; True if its children are to be walked."""
    parent = stack[-1]
    if node.is_text_node:
        words = node.text_content or ""
        parent.children.append(words)
        parent.letters += sum(map(str.isalnum, words))
        return False
    tag = node.tag or ""
    if not node.is_element_node or tag in dropped:
        page.scripted += len(node.text()) if tag == "script" else 0
        return False
    attributes = {name: value or "" for name, value in node.attributes.items() if name in _ATTRIBUTES}
    if not show_hidden and ("hidden" in attributes or _HIDDEN_STYLE.search(attributes.get("style", ""))):
        page.hidden += len("".join(node.text().split()))
        return False
    element = Element(tag, attributes)
    parent.children.append(element)
    stack.append(element)
    return True
