"""Reports by issuer and year: copies and other versions of one report told apart, never merged unseen."""
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

from infer.comparing.figures import figure_of
from infer.comparing.readings import Kept, Quote
from infer.comparing.register import Register
from infer.panel.issuers import issuer as named
from report.folding import fold

Why = Literal["no_issuer", "no_year", "no_report"]
Suspicion = Literal["same_place", "same_title", "succession"]
_YEAR: Final = re.compile(r"20\d\d年?度?|二[〇零○O0][\u4e00-\u9fff〇○O0]{2}年?度?")
_COMMON: Final = re.compile(r"关于|的|政府信息公开|信息公开|政务公开|工作|年度|报告|年报|\W")
_AREA: Final = re.compile(r"(.{2,}?)(?:县|市|新?区|乡|镇|街道)")
_LEAST_TITLE: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A report that stands in no comparison, and why."""

    document: str
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A figure that two versions of one year's report give differently."""

    indicator: str
    by: dict[str, str]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A report of a year, with the documents that repeat it."""

    report: Kept
    copies: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """What is at hand of a year: the version that counts (published last, else given last) and the others."""

    year: int
    taken: Version
    others: tuple[Version, ...] = ()

    @property
    def report(self) -> Kept:
        return self.taken.report

    def differences(self) -> tuple[Difference, ...]:
        return tuple(_differences([version.report for version in (self.taken, *self.others)]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """One body's reports, year by year; `names` as printed, with the years in which each was."""

    name: str
    names: dict[str, tuple[int, ...]]
    years: tuple[Year, ...]

    @property
    def missing(self) -> tuple[int, ...]:
        held = [one.year for one in self.years]
        return tuple(sorted(set(range(held[0], held[-1] + 1)) - set(held)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspected:
    """Two issuers that may be one body under another name: their years do not meet."""

    issuers: tuple[str, str]
    why: Suspicion


def issuers(reports: Sequence[Kept], register: Register, *, as_one: bool) -> tuple[list[Issuer], list[LeftOut]]:
    """Reports by the name of their issuer as folded, or as the register has it; `as_one`: all are one body's."""
    groups: dict[str, list[Kept]] = defaultdict(list)
    left_out = []
    for report in reports:
        why = _why_left_out(report, as_one=as_one)
        if why:
            left_out.append(LeftOut(document=report.document, why=why))
        else:
            groups["" if as_one else register.name_of(report.issuer)].append(report)
    return [_issuer(name, held) for name, held in groups.items()], left_out


def _why_left_out(report: Kept, *, as_one: bool) -> Why | None:
    if report.kind != "report":
        return "no_report"
    if report.year is None:
        return "no_year"
    return None if as_one or report.issuer else "no_issuer"


def _issuer(name: str, reports: Sequence[Kept]) -> Issuer:
    years: dict[int, list[Kept]] = defaultdict(list)
    names: dict[str, set[int]] = defaultdict(set)
    for report in sorted(reports, key=lambda one: one.year or 0):
        years[report.year or 0].append(report)
        names[report.issuer or ""].add(report.year or 0)
    printed = {one: tuple(sorted(held)) for one, held in names.items() if one}
    return Issuer(name=name or next(reversed(printed), ""), names=printed,
                  years=tuple(_year(year, held) for year, held in sorted(years.items())))


def _year(year: int, reports: Sequence[Kept]) -> Year:
    versions: list[list[Kept]] = []
    for report in reports:
        same = next((held for held in versions if _is_copy(report, held[0])), None)
        if same is None:
            versions.append([report])
        else:
            same.append(report)
    made = [_version(held) for held in versions]
    taken = max(range(len(made)), key=lambda number: (made[number].report.published_on or "", number))
    return Year(year=year, taken=made[taken], others=tuple(one for n, one in enumerate(made) if n != taken))


def _is_copy(one: Kept, other: Kept) -> bool:
    return one.digest == other.digest or (one.figures is not None and one.figures == other.figures)


def _version(reports: list[Kept]) -> Version:
    """Of copies the one of which most was read."""
    best = max(reports, key=lambda one: len(one.cells))
    return Version(report=best, copies=tuple(one for one in reports if one is not best))


def _differences(reports: Sequence[Kept]) -> Iterator[Difference]:
    """Figures of which all are sure and not all are alike."""
    keys = dict.fromkeys(key for report in reports for key in report.cells)
    for key in keys if len(reports) > 1 else ():
        found = [figure for report in reports if (figure := figure_of(report, key)).sure]
        if len({figure.readings[0].value for figure in found}) > 1:
            yield Difference(indicator=key[0], by=dict(key[1]), quotes=tuple(one.readings[0].quote for one in found))


def suspected(found: Sequence[Issuer]) -> list[Suspected]:
    """Pairs that may be one body: the same place, titles alike but for the year, or X县 followed by X区."""
    keys = [_keys(issuer) for issuer in found]
    pairs = []
    for (one, of_one), (other, of_other) in combinations(zip(found, keys, strict=True), 2):
        why = next((why for why in of_one if of_one[why] & of_other[why]), None)
        if why and not {year.year for year in one.years} & {year.year for year in other.years}:
            pairs.append(Suspected(issuers=(one.name, other.name), why=why))
    return pairs


def _keys(issuer: Issuer) -> dict[Suspicion, set[str]]:
    places = {named(name).group for name in (issuer.name, *issuer.names) if name}
    areas = {match[1] for place in places if (match := _AREA.fullmatch(place))}
    titles = {key for year in issuer.years if (key := _title(year.report.title or ""))}
    return {"same_place": places, "same_title": titles, "succession": areas}


def _title(title: str) -> str:
    """What a title says beside its year and what every such title says."""
    words = _COMMON.sub("", _YEAR.sub("", fold(title).text))
    return words if len(words) >= _LEAST_TITLE else ""
