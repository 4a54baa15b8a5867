"""What of a page is navigation, not report: menus, paths, share buttons, feet."""
import re
from functools import cache

from infer.read.dom import Element, rules

_LINKS = 4
_LINKED_SHARE = 0.8
_LETTERS_A_LINK = 10
_FOOT_LETTERS = 600
_FURNITURE_LETTERS = 80
_SEPARATORS = re.compile(r"[-_\s]+")


@cache
def _furniture_words() -> frozenset[str]:
    return frozenset(rules()["furniture_words"])


@cache
def _containers() -> frozenset[str]:
    return frozenset(rules()["containers"])


def is_furniture(element: Element) -> bool:
    """By tag, by the words of class and id, or as a list of short links; never where document keys stand in it."""
    if element.tag in rules()["furniture_tags"]:
        return element.letters <= _FOOT_LETTERS and not _has_metadata(element)
    if _is_named_furniture(element):
        return not _has_metadata(element)
    return element.tag in _containers() and _is_link_list(element)


def _is_named_furniture(element: Element) -> bool:
    name = f"{element.attributes.get('class', '')} {element.attributes.get('id', '')}".lower()
    if len(name) < 3 or element.tables:
        return False
    return (element.letters - element.linked <= _FURNITURE_LETTERS and element.letters <= _FOOT_LETTERS
            and not _furniture_words().isdisjoint(_SEPARATORS.split(name)))


def _is_link_list(element: Element) -> bool:
    dense = element.links >= _LINKS and element.linked >= _LINKED_SHARE * element.letters
    short = element.linked <= _LETTERS_A_LINK * element.links
    return dense and short and not _has_metadata(element) and not _has_attachments(element)


def _has_metadata(element: Element) -> bool:
    words = "".join(_words(element))
    return any(key in words for key in rules()["metadata"])


def _has_attachments(element: Element) -> bool:
    targets = "".join(_words(element)) + " ".join(_targets(element)).lower()
    return any(mark in targets for mark in rules()["attachments"])


def _descendants(element: Element) -> list[Element]:
    found = [element]
    for inner in found:
        found.extend(inner.elements())
    return found


def _words(element: Element) -> list[str]:
    return [child for inner in _descendants(element) for child in inner.children if isinstance(child, str)]


def _targets(element: Element) -> list[str]:
    return [inner.attributes.get("href", "") for inner in _descendants(element) if inner.tag == "a"]
