"""HTML that is too deep, too wide, never closed, or says that it is something else."""

from collections.abc import Mapping
from random import Random
from typing import Final

from benchmarks.hostile.texts import Family, Named, report_text

_HEAD: Final = '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>'
_NESTED: Final = (
    "div",
    "p",
    "table",
    "table><tr><td",
    "b",
    "font",
    "a",
    "span",
    "ul><li",
    "svg",
    "math",
    "select",
    "template",
    "object",
    "form",
    "button",
    "h1",
    "pre",
    "noscript",
    "iframe",
    "frameset",
    "center",
    "nobr",
    "dl><dd",
    "ruby><rt",
    "tbody",
    "script",
    "style",
    "textarea",
    "title",
    "svg><foreignObject",
    "details",
)
_DEEP: Final = (500, 1_999, 5_000, 100_000)
_CHARSETS: Final = (
    "utf-7",
    "utf-16",
    "utf-32",
    "x-user-defined",
    "iso-2022-cn",
    "hz-gb-2312",
    "cesu-8",
    "none",
    "utf-8\0",
    "A" * 300,
)


def nested(chance: Random) -> Named:
    """Elements inside each other, up to 100,000."""
    tags = chance.choices(_NESTED, k=chance.choice((1, 1, 2, 3)))
    depth = chance.choice(_DEEP) // len(tags)
    opening = "".join(f"<{tag}>" for tag in tags)
    closing = (
        "".join(f"</{part}>" for tag in reversed(tags) for part in reversed(tag.split("><")))
        if chance.random() < 0.5
        else ""
    )
    return "deep.html", (_HEAD + opening * depth + report_text(chance)[:2_000] + closing * depth).encode()


def misnested(chance: Random) -> Named:
    """Tags opened and closed in no order: the parser's repair of formatting takes its square in time."""
    tags = [tag for tag in _NESTED if "><" not in tag]
    signs = []
    for _ in range(chance.choice((1_000, 30_000))):
        signs.append(f"<{'/' * (chance.random() < 0.5)}{chance.choice(tags)}>{chance.choice(('', '公开3条', ' '))}")
    return "soup.html", (_HEAD + "".join(signs)).encode()


def formatting_left_open(chance: Random) -> Named:
    """Formatting that is opened with other attributes each time, and copied into each paragraph."""
    count = chance.choice((100, 1_000, 4_000))
    opened = "".join(f"<font a{number}=1>" for number in range(count))
    return "open.html", (_HEAD + opened + "<p>公开3条" * count).encode()


def attributes(chance: Random) -> Named:
    """One element with very many, or one very long."""
    count = chance.choice((1_000, 50_000))
    listed = " ".join(f"a{number}='{number}'" for number in range(count))
    long = "x" * chance.choice((10_000, 5_000_000))
    tag = chance.choice(
        (
            f"<div {listed}>",
            f"<div class='{long}'>",
            f"<div {long}>",
            f"<{long}>",
            f"<div style='{'display:' * count}'>",
        )
    )
    return "wide.html", (_HEAD + tag + "公开3条</div>").encode()


def spans(chance: Random) -> Named:
    """Cells that reach over everything."""
    span = chance.choice(("65534", "1000", "-1", "0", "99999999999999999999", "1e9", "１００", "100"))
    cell = f"<td rowspan={span} colspan={span}>5</td>"
    row = f"<tr>{cell * chance.choice((1, 10, 200))}</tr>"
    return "spans.html", (_HEAD + f"<table>{row * chance.choice((10, 300))}</table>").encode()


def many_cells(chance: Random) -> Named:
    """A table or many, of very many cells."""
    row = "<tr>" + "<td>5" * chance.choice((2, 12, 1_000))
    return "cells.html", (_HEAD + ("<table>" + row * chance.choice((10, 500))) * chance.choice((1, 20))).encode()


def entities(chance: Random) -> Named:
    """References to characters: nested, unknown, beyond Unicode; and a DTD of laughs, which HTML knows nothing of."""
    nest = "&" + "amp;" * chance.choice((10, 100_000)) + "lt;p&gt;"
    laughs = (
        "<!DOCTYPE html [<!ENTITY a 'ha'>"
        + "".join(f"<!ENTITY {chr(98 + level)} '{f'&{chr(97 + level)};' * 10}'>" for level in range(12))
        + "]>"
    )
    body = chance.choice(
        (
            nest,
            "&#xFFFFFFFFFF;" * 9_000,
            "&#0;&#xD800;&#x110000;" * 3_000,
            "&" * 200_000,
            "&lt;p&gt;公开3条" * 30_000,
            "&NotEqualTilde;" * 9_000,
            laughs + "&m;" * 100,
        )
    )
    return "entities.html", (body if body.startswith("<!") else _HEAD + body).encode()


def outside(chance: Random) -> Named:
    """Things that a browser would fetch or run: nothing of it may be."""
    place = chance.choice(
        (
            "file:///etc/passwd",
            "http://127.0.0.1:9/x",
            "//127.0.0.1/x",
            "\\\\host\\share",
            "javascript:1",
            "data:text/html,x",
        )
    )
    parts = (
        f'<base href="{place}">',
        f'<iframe src="{place}">',
        f'<meta http-equiv=refresh content="0;url={place}">',
        f'<link rel=import href="{place}">',
        f'<object data="{place}">',
        f'<!--#include file="{place}"-->',
        f'<?xml-stylesheet href="{place}"?>',
        f'<!DOCTYPE html SYSTEM "{place}">',
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "{place}">]>&e;',
        f'<x:include href="{place}"/>',
    )
    return "outside.html", ("".join(chance.sample(parts, 4)) + report_text(chance)).encode()


def charsets(chance: Random) -> Named:
    """A page that declares an encoding which it has not, or which is none."""
    declared = chance.choice(_CHARSETS)
    data = report_text(chance).encode(chance.choice(("utf-8", "gb18030", "big5", "utf-7", "utf-16")), "replace")
    return "charset.html", f'<html><meta charset="{declared}"><body>'.encode() + data


def comments(chance: Random) -> Named:
    """Comments, sections and scripts that never end."""
    sign = chance.choice(
        (
            "<!--",
            "<![CDATA[",
            "<script>",
            "<style>",
            "<!-->",
            "<!--->",
            "<?",
            "<!",
            "</",
            "<",
            "<a ",
            "<p",
            "<!--<!--",
            "<script><!--<script>",
            "<title>",
            "<textarea>",
            "<plaintext>",
            "<xmp>",
        )
    )
    return "comments.html", (_HEAD + report_text(chance)[:500] + sign * chance.choice((1, 500, 100_000))).encode()


def cut(chance: Random) -> Named:
    """A page that ends in the middle, at times in the middle of a tag."""
    lines = "".join(
        f"<tr><td>{line}</td><td>{chance.randrange(99)}</td></tr>" for line in report_text(chance).splitlines()
    )
    data = (_HEAD + f"<table>{lines}</table></body></html>").encode()
    return "cut.html", data[: chance.randrange(1, len(data))]


FAMILIES: Final[Mapping[Family, float]] = {
    nested: 3,
    misnested: 2,
    formatting_left_open: 0.5,
    attributes: 0.5,
    spans: 1,
    many_cells: 1,
    entities: 1,
    outside: 1,
    charsets: 1,
    comments: 1,
    cut: 1,
}
"""Each with its share."""
