"""Imported by the process that readers are copies of: what the first report would load is there already."""
from typing import Final

from infer.choice import Choice
from infer.labelling import labelling
from infer.pipeline import extract
from report.errors import GongkaiError

_FIRST: Final = "某镇2023年政府信息公开工作年度报告\n2023年，某镇主动公开政府信息12条。\n"


def load() -> None:
    """Read a report by rules; whatever is wrong, the readers will say of their own documents."""
    try:
        extract(_FIRST.encode(), name="first.txt", labels=labelling(Choice(mode="rules")))
    except GongkaiError:
        return


load()
