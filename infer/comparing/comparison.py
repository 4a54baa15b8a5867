"""Reports beside one another: each issuer over its years, and the issuers of a year side by side."""
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

from infer.comparing.chains import identities, restatements
from infer.comparing.issuers import Difference, Issuer, LeftOut, Suspected, Year, issuers, suspected
from infer.comparing.links import Identity, Link, Status, link
from infer.comparing.paragraphs import Copied, copying
from infer.comparing.rates import Rate, rates
from infer.comparing.readings import Kept
from infer.comparing.register import Register
from report.facts import FormId

SCHEMA: Final = "gongkai/comparison/1"
STATUSES: Final[tuple[Status, ...]] = ("holds", "may_hold", "breaks", "doubtful", "missing")


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionTold:
    """A document that is no part of the chain: a copy of the report that counts, or another report of that year."""

    document: str
    why: Literal["copy", "other"]
    published_on: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearTold:
    """A year of an issuer: the report that counts, its rates, what else there is of that year."""

    year: int
    document: str
    title: str | None
    printed: str | None
    form: FormId
    published_on: str | None
    versions: tuple[VersionTold, ...]
    differences: tuple[Difference, ...]
    rates: tuple[Rate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyTold:
    """A paragraph of the earlier report that the later one repeats; offsets are those of the reports' texts."""

    likeness: str
    share: float
    before: str
    before_start: int
    after: str
    after_start: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """What of a report's prose, in ideographs, stands in the one before: word for word, but for figures, nearly."""

    before: int
    after: int
    before_document: str
    after_document: str
    prose: int
    same: int
    figures: int
    near: int
    paragraphs: tuple[CopyTold, ...]

    @property
    def share(self) -> float | None:
        return (self.same + self.figures + self.near) / self.prose if self.prose else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormChange:
    """Two years at hand that follow different official forms."""

    before: int
    after: int
    old: FormId
    new: FormId


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerTold:
    """One issuer over its years."""

    name: str
    names: dict[str, tuple[int, ...]]
    years: tuple[YearTold, ...]
    missing_years: tuple[int, ...]
    form_changes: tuple[FormChange, ...]
    links: tuple[Link, ...]
    copies: tuple[Copies, ...]

    def of(self, *statuses: Status) -> list[Link]:
        return [one for one in self.links if one.status in statuses]

    def counts(self) -> tuple[int, ...]:
        """How many links stand how, in the order of STATUSES."""
        return tuple(len(self.of(status)) for status in STATUSES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All that was compared. `failures`: what could not be read, and why."""

    schema: str = SCHEMA
    reports: int
    issuers: tuple[IssuerTold, ...]
    suspected: tuple[Suspected, ...]
    left_out: tuple[LeftOut, ...]
    failures: tuple[tuple[str, str], ...] = ()


def compare(reports: Sequence[Kept], *, register: Register | None = None, as_one: bool = False,
            failures: Sequence[tuple[str, str]] = ()) -> Comparison:
    """The comparison of reports in any order; `as_one`: all are of one body, whatever name they carry."""
    found, left_out = issuers(reports, register or Register(), as_one=as_one)
    return Comparison(reports=len(reports), issuers=tuple(_issuer(one) for one in found),
                      suspected=tuple(suspected(found)), left_out=tuple(left_out), failures=tuple(failures))


def _issuer(issuer: Issuer) -> IssuerTold:
    pairs = list(pairwise(issuer.years))
    return IssuerTold(
        name=issuer.name, names=issuer.names, years=tuple(_year(year) for year in issuer.years),
        missing_years=issuer.missing,
        form_changes=tuple(
            FormChange(before=one.year, after=other.year, old=one.report.form, new=other.report.form)
            for one, other in pairs if one.report.form != other.report.form),
        links=tuple(made for one, other in pairs for made in _links(one, other)),
        copies=tuple(_copies(one.report, other.report) for one, other in pairs))


def _year(year: Year) -> YearTold:
    report = year.report
    return YearTold(
        year=year.year, document=report.document, title=report.title, printed=report.issuer, form=report.form,
        published_on=report.published_on, versions=tuple(_versions(year)), differences=year.differences(),
        rates=rates(report))


def _versions(year: Year) -> Iterator[VersionTold]:
    for copy in year.taken.copies:
        yield VersionTold(document=copy.document, why="copy", published_on=copy.published_on)
    for version in year.others:
        for report in (version.report, *version.copies):
            yield VersionTold(document=report.document, why="other", published_on=report.published_on)


def _links(one: Year, other: Year) -> Iterator[Link]:
    """Identities between two years at hand; those of neighbours only where no year between is missing."""
    chains = identities() if other.year == one.year + 1 else ()
    for identity in (*chains, *restatements(one.report, other.report)):
        made = link(identity, one.report, other.report)
        if made is not None:
            yield replace(made, versions=tuple(_by_versions(identity, made, one, other)))


def _by_versions(identity: Identity, made: Link, one: Year, other: Year) -> Iterator[tuple[str, Status]]:
    """Other reports of these years by which the identity stands differently."""
    for version in one.others:
        again = link(identity, version.report, other.report)
        if again is not None and again.status != made.status:
            yield version.report.document, again.status
    for version in other.others:
        again = link(identity, one.report, version.report)
        if again is not None and again.status != made.status:
            yield version.report.document, again.status


def _copies(before: Kept, after: Kept) -> Copies:
    found = copying(before.paragraphs, after.paragraphs)
    return Copies(
        before=before.year or 0, after=after.year or 0, before_document=before.document,
        after_document=after.document, prose=found.prose, same=found.same, figures=found.figures, near=found.near,
        paragraphs=tuple(_copy(copied) for copied in found.copied))


def _copy(copied: Copied) -> CopyTold:
    return CopyTold(likeness=copied.likeness, share=round(copied.share, 4), before=copied.before.words,
                    before_start=copied.before.start, after=copied.after.words, after_start=copied.after.start,
                    size=copied.after.size)
