"""Ways in which a report's text comes down damaged: each takes a text and a source of chance and gives another text."""
import re
import unicodedata
from collections.abc import Callable
from random import Random
from typing import Final

Mutation = Callable[[str, Random], str]

LONGEST: Final = 4_000
_UNITS = re.compile(r"(?<=\d)\s*(?:万元|亿元|元|人次|条|件|次|篇|份|个|项|%)")
_CELLS = re.compile(r"([|\t]|\s{2,})")
_NUMBER = re.compile(r"\d+")
_CONTROLS: Final = "\x00\x07\x08\x0b\x0c\x1b\x7f\x85\u00ad\u200b\u200d\u202e\u2028\u2060\ufeff\ufffd\ud83d\ue000"
_STRANGE: Final = "０９．，％②㈠〇壹万亿千百十余约近其中（）()〔〕【】《》“”\"'|-—/\\\u3000\t\n&<>#"
_OPENERS: Final = "（([〔【《“"
_HUGE: Final = (1, 9, 40, 400, 4_400)


def _lines(text: str) -> list[str]:
    return text.splitlines() or [""]


def _place(text: str, chance: Random) -> int:
    return chance.randint(0, len(text))


def _inserted(text: str, words: str, chance: Random) -> str:
    place = _place(text, chance)
    return text[:place] + words + text[place:]


def truncate(text: str, chance: Random) -> str:
    start, end = sorted((_place(text, chance), _place(text, chance)))
    return text[start:end]


def delete_lines(text: str, chance: Random) -> str:
    share = chance.random() / 2
    return "\n".join(line for line in _lines(text) if chance.random() > share)


def duplicate_lines(text: str, chance: Random) -> str:
    return "\n".join(line for line in _lines(text) for _ in range(chance.choice((1, 1, 1, 2, 5))))


def shuffle_lines(text: str, chance: Random) -> str:
    lines = _lines(text)
    start, end = sorted((_place(text, chance) % len(lines), len(lines)))
    moved = lines[start:end]
    chance.shuffle(moved)
    return "\n".join([*lines[:start], *moved])


def join_lines(text: str, chance: Random) -> str:
    return chance.choice(("", " ", "　", "，")).join(_lines(text))


def break_lines(text: str, chance: Random) -> str:
    width = chance.randint(1, 40)
    return "\n".join(text[start:start + width] for start in range(0, len(text), width))


def _with_cells(text: str, change: Callable[[list[str]], list[str]]) -> str:
    return "\n".join("".join(change(_CELLS.split(line))) for line in _lines(text))


def delete_cells(text: str, chance: Random) -> str:
    return _with_cells(text, lambda cells: [cell for cell in cells if chance.random() > 0.1])


def duplicate_cells(text: str, chance: Random) -> str:
    return _with_cells(text, lambda cells: [cell for cell in cells for _ in range(chance.choice((1, 1, 1, 1, 2)))])


def shuffle_cells(text: str, chance: Random) -> str:
    return _with_cells(text, lambda cells: chance.sample(cells, len(cells)))


def change_numbers(text: str, chance: Random) -> str:
    """Other numbers of about the same length, so that sums fail and splits become ambiguous."""
    return _NUMBER.sub(lambda match: str(chance.randrange(10 ** min(len(match[0]) + 1, 9))), text)


def storm_of_digits(text: str, chance: Random) -> str:
    run = "".join(chance.choices("0123456789", k=chance.choice(_HUGE)))
    if chance.random() < 0.5:
        return _inserted(text, run, chance)
    return _NUMBER.sub(lambda match: match[0] + run[:chance.choice((0, 0, 3, 30))], text)


def glue_numbers(text: str, chance: Random) -> str:
    return re.sub(r"(?<=\d)[\s|,，]+(?=\d)", "", text)


def nest_deeply(text: str, chance: Random) -> str:
    depth = chance.choice((3, 30, 300, 1_000))
    words = chance.choice(("其中", "其中：", "（", "《", "“", "（一）", "1.", "其中公开3条，", "〔20", "-", "|"))
    return _inserted(text, words * depth, chance)


def drop_punctuation(text: str, chance: Random) -> str:
    kept = chance.choice(("", "，", "。", "|"))
    return "".join(sign for sign in text if sign in kept or not unicodedata.category(sign).startswith("P"))


def drop_units(text: str, chance: Random) -> str:
    return _UNITS.sub(lambda match: "" if chance.random() < 0.7 else match[0], text)


def insert_controls(text: str, chance: Random) -> str:
    for _ in range(chance.randint(1, 60)):
        text = _inserted(text, chance.choice(_CONTROLS), chance)
    return text


def replace_characters(text: str, chance: Random) -> str:
    signs = list(text)
    for _ in range(min(len(signs), chance.randint(1, 80))):
        signs[chance.randrange(len(signs))] = chance.choice(_STRANGE)
    return "".join(signs)


def space_out(text: str, chance: Random) -> str:
    return chance.choice((" ", "　", "\n", "\t", "\u200b")).join(text[:LONGEST // 2])


def widen(text: str, chance: Random) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" and chance.random() < 0.9 else sign for sign in text)


def close_nothing(text: str, chance: Random) -> str:
    opener = chance.choice(_OPENERS)
    return re.sub(r"[)）\]〕】》”]", opener, text)


def repeat(text: str, chance: Random) -> str:
    start = _place(text, chance)
    return text[:start] + text[start:start + chance.randint(1, 60)] * chance.choice((2, 10, 100))


TEXT_MUTATIONS: Final[tuple[Mutation, ...]] = (
    truncate, delete_lines, duplicate_lines, shuffle_lines, join_lines, break_lines, delete_cells, duplicate_cells,
    shuffle_cells, change_numbers, storm_of_digits, glue_numbers, nest_deeply, drop_punctuation, drop_units,
    insert_controls, replace_characters, space_out, widen, close_nothing, repeat)


def splice(text: str, other: str, chance: Random) -> str:
    """The beginning of one report and the end of another, or one in the middle of the other."""
    first, second = _place(text, chance), _place(other, chance)
    return text[:first] + other[second:] + (text[first:] if chance.random() < 0.3 else "")


def mutate(text: str, chance: Random) -> str:
    """One to four kinds of damage, one upon the other."""
    for mutation in chance.choices(TEXT_MUTATIONS, k=chance.choice((1, 1, 1, 2, 2, 3, 4))):
        text = mutation(text, chance)[:LONGEST]
    return text


def flip_bytes(data: bytes, chance: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(min(len(changed), chance.choice((1, 2, 8, 40)))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut_bytes(data: bytes, chance: Random) -> bytes:
    start = chance.randint(0, len(data))
    return data[:start] + data[start + chance.choice((1, 7, 500, len(data))):]


def repeat_bytes(data: bytes, chance: Random) -> bytes:
    start, length = chance.randint(0, len(data)), chance.randint(1, 400)
    return data[:start] + data[start:start + length] * chance.choice((2, 5)) + data[start + length:]


BYTE_MUTATIONS: Final = (flip_bytes, cut_bytes, repeat_bytes)


def damage(data: bytes, chance: Random) -> bytes:
    """One or two kinds of damage to the bytes of a file."""
    for mutation in chance.choices(BYTE_MUTATIONS, k=chance.choice((1, 1, 2))):
        data = mutation(data, chance)
    return data
