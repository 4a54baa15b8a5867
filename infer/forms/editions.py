"""Which of the official forms the tables of a document are."""

from collections.abc import Sequence

from infer.forms import applicants
from infer.forms.chains import Chain
from infer.forms.results import FormCell


def version_of(chains: Sequence[Chain]) -> str:
    """2019 and 2021 share two tables: section two tells them apart, else whether 其他处理 is one row or three."""
    for chain in chains:
        if chain.table.layout == "columns":
            return chain.table.form
    parts = {element.part for chain in chains for element in map(chain.element, chain.matches)}
    return "2019" if applicants.ONE_OUTCOME in parts and not parts & applicants.ITS_PARTS else "2021"


def form_of(chain: Chain, version: str) -> str:
    return version if chain.table.layout in ("applicants", "groups") else chain.table.form


def detected_form(cells: Sequence[FormCell], chains: Sequence[Chain], version: str) -> str:
    """The form with the most cells."""
    found = [cell.form for cell in cells] or [form_of(chain, version) for chain in chains]
    return max(dict.fromkeys(found), key=found.count)
