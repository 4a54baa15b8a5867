"""What a researcher must know before counting: copies, several reports of one body and year, names that changed."""
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from infer.panel.issuers import place_of
from infer.panel.rows import Conflict, Tabled
from report.vocabulary import vocabulary

KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "same_text": ("文字相同的副本", "a copy: the same text, apart from script, width, white space and punctuation"),
    "same_figures": ("数字相同的副本", "same body, year and figures as another document whose text differs"),
    "several_reports": ("同机关同年度有多份不同的报告", "several different reports of one body and year"),
    "several_names": ("同一地方有多种机关名称", "one place under several names: renamed, or written otherwise"),
    "no_issuer": ("未读出发布机关", "no issuing body was read"),
    "no_year": ("未读出报告年度", "no report year was read"),
    "no_report": ("不是年度报告，未收入", "no annual report, left out"),
    "two_values": ("同一指标有不同的数", "two stated values of one figure; the wide table holds that of the form, or none"),
    "too_large": ("数值过大，未收入", "a value that a table cannot hold exactly, left out"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One line of the problems table; `other` is the document it is compared with."""

    kind: str
    document: str
    other: str | None = None
    issuer: str | None = None
    year: int | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What is kept of each report until all are read."""

    document: str
    issuer: str | None
    printed: str | None
    year: int | None
    text: str
    figures: str | None


def of_report(made: Tabled) -> Iterator[Problem]:
    """What one report shows by itself."""
    document, issuer, year = made.report["document"], made.report["issuer_name"], made.report["year"]
    if issuer is None:
        yield Problem(kind="no_issuer", document=document, year=year)
    if year is None:
        yield Problem(kind="no_year", document=document, issuer=issuer)
    for conflict in made.conflicts:
        yield Problem(kind="two_values", document=document, issuer=issuer, year=year, detail=_told(conflict))
    for fact in made.inexact:
        yield Problem(kind="too_large", document=document, issuer=issuer, year=year, detail=fact)


def _told(conflict: Conflict) -> str:
    indicator, part = conflict.key
    name = vocabulary()[indicator].zh + (f"（{part}）" if part else "")
    values = "、".join(f"{value:.15g}" for value in conflict.values)
    return f"{name}：{values}；" + ("未采用" if conflict.taken is None else f"采用 {conflict.taken:.15g}")


def copies(reports: Sequence[Summary]) -> tuple[dict[int, str], list[Problem]]:
    """By position, the document that one repeats; the first of a group repeats none."""
    repeated: dict[int, str] = {}
    found: list[Problem] = []
    firsts: dict[tuple[object, ...], int] = {}
    for number, one in enumerate(reports):
        keys: list[tuple[str, tuple[object, ...]]] = [("same_text", (one.text,))]
        if one.figures and one.issuer and one.year:
            keys.append(("same_figures", (one.figures, one.issuer, one.year)))
        hit = next(((kind, firsts[key]) for kind, key in keys if key in firsts), None)
        for _, key in keys:
            firsts.setdefault(key, number if hit is None else hit[1])
        if hit is not None:
            repeated[number] = reports[hit[1]].document
            found.append(Problem(kind=hit[0], document=one.document, other=reports[hit[1]].document,
                                 issuer=one.issuer, year=one.year))
    return repeated, found


def of_years(reports: Sequence[Summary]) -> tuple[dict[int, int], list[Problem]]:
    """By position, how many reports its body has of its year; told where they are not all copies of one."""
    groups: dict[tuple[str, int], list[int]] = defaultdict(list)
    for number, one in enumerate(reports):
        if one.issuer and one.year:
            groups[one.issuer, one.year].append(number)
    counts = {number: len(held) for held in groups.values() for number in held}
    found = []
    repeated, _ = copies(reports)
    for (issuer, year), held in groups.items():
        own = [number for number in held if number not in repeated]
        found += [Problem(kind="several_reports", document=reports[number].document, other=reports[own[0]].document,
                          issuer=issuer, year=year) for number in own[1:]]
    return counts, found


def names(reports: Iterable[Summary]) -> Iterator[Problem]:
    """Places whose reports carry several names of the body."""
    groups: dict[str, dict[str, list[Summary]]] = defaultdict(lambda: defaultdict(list))
    for one in reports:
        if one.issuer and one.printed:
            groups[place_of(one.issuer)][one.issuer].append(one)
    for held in groups.values():
        if len(held) > 1:
            told = "；".join(f"{name}（{'、'.join(sorted({str(one.year) for one in of}))}）" for name, of in held.items())
            for name, of in list(held.items())[1:]:
                yield Problem(kind="several_names", document=of[0].document, issuer=name, detail=told)
