"""What the clerk should know of how the draft was read."""
from collections.abc import Iterator
from typing import Final

from infer.checking.findings import Finding
from infer.checking.places import Draft
from infer.checking.wording import found
from infer.results.notes import warning_label
from infer.results.wording import wording

_TOLD: Final = frozenset({
    "no_model", "too_many_numbers", "broken_bytes", "mojibake", "pages_without_text", "unmapped_glyphs"})
_NO_NUMBERS: Final = "没有读到任何数，请看一下是不是扫描件或图片"


def check_reading(draft: Draft) -> Iterator[Finding]:
    kind = draft.report.meta.kind
    if kind in wording().kinds:
        yield found("reading.document", draft, what=wording().kinds[kind])
    if not draft.report.facts:
        yield found("reading.document", draft, what=_NO_NUMBERS)
    for warning in draft.report.warnings:
        if warning.code in _TOLD:
            yield found("reading.document", draft, what=warning_label(warning))
