"""The invented names of one report: its body and place, channels, categories, and the words that mean nothing."""
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any, Final

import cn2an

from annotations.synthetic.template import Plain

_DIGITS: Final = "0123456789"
_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_ENDINGS: Final = {
    "province": ("省",), "city": ("市",), "county": ("县", "县", "区", "市", "自治县"),
    "town": ("镇", "镇", "乡", "街道"), "department": ("县", "区", "市"),
}
_DIGIT: Final = re.compile("#")
_LETTER: Final = re.compile("@")
_LEVEL_WORD: Final = re.compile("[省县市区](?=人?民?政府|门户|广播|电视)")
_CHINESE_DIGITS: Final = str.maketrans("0123456789", "〇一二三四五六七八九")
_FIELD: Final = re.compile(r"\{(\w+)(?::(02))?\}")


@cache
def _lists() -> dict[str, Any]:
    return tomllib.loads(files("annotations").joinpath("synthetic", "names.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class _Department:
    """A department's name, its short form in document numbers, the years in which the name was in use."""

    name: str
    short: str
    years: tuple[int, int] = (2008, 2025)


@cache
def _departments() -> tuple[_Department, ...]:
    rows = _lists()["departments"]["full"]
    return tuple(_Department(row["name"], row["short"], tuple(row.get("years", (2008, 2025)))) for row in rows)


class Names:
    """Draws names for one report; what was drawn once for the report itself stays the same."""

    def __init__(self, rng: Random, *, level: str, year: int) -> None:
        self.rng = rng
        self.level = level
        self.year = year
        self.stem = str(rng.choice(_lists()["places"]["first"]))
        self.ending = rng.choice(_ENDINGS[level])
        self.place = self.stem + self.ending
        self.department_short = ""
        self.department = self._department() if level == "department" else ""
        self.short = self.place + self.department
        self.issuer: str = self.short + self._body()
        self.published = (year + 1, rng.randint(1, 3), rng.randint(1, 28))
        formats = _lists()["date_formats"]
        self.date_format = str(rng.choices(formats["patterns"], formats["weights"])[0])
        self.fields = self._fields()
        self.calls = self._calls()
        self.area = "全" + (self.ending[-1] if self.ending != "街道" else "街道")
        self.level_word = self.ending[-1] if self.ending[-1] in "省县市区" else rng.choice("县区市")
        self.taken: set[str] = set()

    def _department(self) -> str:
        rows = [row for row in _departments() if row.years[0] <= self.year <= row.years[1]]
        row = self.rng.choice(rows)
        self.department_short = row.short
        return row.name

    def _fields(self) -> dict[str, str]:
        """What {stem}, {pinyin}, {y}... stand for in the lists."""
        pinyin = str(_lists()["places"]["pinyin"][self.stem])
        year, month, day = self.published
        initials = "".join(self.rng.choice(pinyin) if n else pinyin[0] for n in range(2))
        zero = self.rng.choice(_lists()["date_formats"]["chinese_zeros"])
        return {
            "stem": self.stem, "short": self.stem[0], "dept": self.department_short, "year": str(self.year),
            "pinyin": pinyin, "py": initials, "PY": initials.upper(), "y": str(year), "m": str(month), "d": str(day),
            "cy": str(year).translate(_CHINESE_DIGITS).replace("〇", zero), "cm": _ordinal(month), "cd": _ordinal(day),
        }

    def _body(self) -> str:
        if self.level == "department":
            return ""
        if self.ending == "街道":
            return self.rng.choice(("", "办事处", "办事处"))
        return self.rng.choice(("", "人民政府", "人民政府", "人民政府办公室"))

    def _calls(self) -> tuple[str, ...]:
        if self.level == "department":
            tail = self.department[-1]
            return (f"我{tail}", f"本{tail}", f"{tail}机关" if tail == "局" else "本单位", "本机关", "本单位")
        tail = "街道" if self.ending == "街道" else self.ending[-1]
        own = ("我办", "本街道") if tail == "街道" else (f"我{tail}", f"本{tail}")
        return (f"我{tail}", *own, "本机关", self.short)

    def draw(self, kind: str, which: str) -> str:
        """A CATEGORY (topic, village, unit) or CHANNEL name that the report has not used yet, if one is left."""
        if kind == "CATEGORY":
            make = {"village": self.village, "unit": self.unit}.get(which, self.topic)
        else:
            def make() -> str:
                return self._channel(which)
        for _ in range(12):
            words = make()
            if words not in self.taken:
                break
        self.taken.add(words)
        return words

    def _channel(self, which: str) -> str:
        """A channel of the report's own province, county, city or district."""
        return _LEVEL_WORD.sub(self.level_word, self.fill(self._any("channels", which)))

    def topic(self) -> str:
        return self._any("categories", "topic")

    def village(self) -> str:
        return self._any("villages", "stems") + self._any("villages", "suffixes")

    def unit(self) -> str:
        return self._any("units", "names")

    def meta(self, name: str) -> str:
        """The labelled words of ISSUER, YEAR, DATE, INDEX, DOCNO."""
        if name == "ISSUER":
            return str(self.rng.choice((self.issuer, self.issuer, self.short)))
        if name == "YEAR":
            return self._year()
        if name == "DATE":
            return self.fill("{cy}年{cm}月{cd}日" if self.date_format == "chinese" else self.date_format)
        if name == "DOCNO":
            return self.fill(self._any("docno_formats"))
        return _LETTER.sub(lambda _: self.rng.choice(_LETTERS), self.fill(self._any("index_formats")))

    def _any(self, group: str, key: str = "patterns") -> str:
        return str(self.rng.choice(_lists()[group][key]))

    def _year(self) -> str:
        if self.rng.random() < 0.06:
            return str(self.year).translate(_CHINESE_DIGITS) + "年"
        return f"{self.year}年"

    def plain(self, atom: Plain) -> str:
        """Words of a slot without a label."""
        if atom.name == "n":
            return str(self.rng.randint(atom.low, atom.high))
        if atom.name == "zh":
            return _ordinal(self.rng.randint(atom.low, atom.high))
        if atom.name.startswith("year"):
            return str(self.year + int(atom.name[4:] or 0))
        return str(getattr(self, f"_{atom.name}_words")())

    def fill(self, words: str) -> str:
        """The entry of a list with its fields and random digits and letters put in."""
        known = _FIELD.sub(lambda match: self.fields[match[1]].zfill(2 if match[2] else 0), words)
        return _DIGIT.sub(lambda _: self.rng.choice(_DIGITS), known)

    def _self_words(self) -> str:
        return str(self.rng.choice(self.calls))

    def _issuer_words(self) -> str:
        return self.issuer

    def _place_words(self) -> str:
        return self.place

    def _area_words(self) -> str:
        return self.area

    def _phone_words(self) -> str:
        return self.fill(self._any("phone_formats"))

    def _email_words(self) -> str:
        return self.fill(self._any("emails"))

    def _url_words(self) -> str:
        return self.fill(self._any("domains"))

    def _postcode_words(self) -> str:
        return self.fill("######")

    def _docno_words(self) -> str:
        return self.fill(self._any("docno_formats"))

    def _date_words(self) -> str:
        year = self.year + self.rng.choice((0, 0, 0, 1, -1))
        return f"{year}年{self.rng.randint(1, 12)}月{self.rng.randint(1, 28)}日"

    def _monthday_words(self) -> str:
        return f"{self.rng.randint(1, 12)}月{self.rng.randint(1, 28)}日"

    def _person_words(self) -> str:
        return self._any("persons", "surnames") + self._any("persons", "given")

    def _street_words(self) -> str:
        return self._any("streets", "names") + self.fill(self._any("streets", "houses"))

    def _village_words(self) -> str:
        return self.village()

    def _unit_words(self) -> str:
        return self.unit()

    def _account_words(self) -> str:
        return self.fill(self._any("accounts")).strip("“”")


def _ordinal(number: int) -> str:
    return str(cn2an.an2cn(number)).removeprefix("一") if 10 <= number < 20 else str(cn2an.an2cn(number))
