"""A draft's findings, from what was read of it."""
from collections.abc import Sequence

from infer.checking.dates import check_dates
from infer.checking.findings import Checked, count, in_order
from infer.checking.outline import check_outline
from infer.checking.places import Draft
from infer.checking.previous import check_previous, last_year
from infer.checking.prose import check_prose
from infer.checking.reading import check_reading
from infer.checking.sums import check_sums
from infer.checking.tables import check_tables
from infer.checking.writing import check_writing
from report.facts import Report


def check_report(report: Report, previous: Sequence[Report] = ()) -> Checked:
    """All that is to be said of a draft, worst first; `previous` holds last year's report, among others or alone."""
    draft = Draft(report)
    findings = in_order([
        *check_sums(draft), *check_prose(draft), *check_dates(draft), *check_outline(draft), *check_tables(draft),
        *check_writing(draft), *check_reading(draft),
        *check_previous(draft, last_year(report, previous), previous)])
    meta = report.meta
    return Checked(
        name=report.source.name, sha256=report.source.sha256, title=meta.title, issuer=meta.issuer,
        year=meta.report_year, form=meta.form, findings=findings, errors=count(findings, "error"),
        warnings=count(findings, "warning"), notes=count(findings, "note"))
