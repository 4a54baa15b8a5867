"""The checks (勾稽关系) within one report; the formulas are data, in report/identities.toml."""
from collections.abc import Sequence

from report.checks import Check
from report.facts import Fact, Meta, Section
from report.identities.cells import of_this_year
from report.identities.changes import check_changes
from report.identities.dates import check_dates
from report.identities.outline import check_sections
from report.identities.parts import check_parts, check_rates
from report.identities.sums import check_sums
from report.identities.texts import check_texts

__all__ = ["check"]


def check(facts: Sequence[Fact], meta: Meta, sections: Sequence[Section], text: str) -> tuple[Check, ...]:
    """Every identity that the report gives both sides of; no fact is ever changed."""
    own = of_this_year(facts)
    return (
        *check_sums(own, meta.form), *check_texts(own, text), *check_parts(own, text), *check_rates(own, text),
        *check_changes(facts, text), *check_dates(meta, text), *check_sections(sections, meta, text),
    )
