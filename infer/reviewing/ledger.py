"""What becomes of the corrections of a run, over all its documents."""
from collections.abc import Iterator

from infer.reviewing.corrections import Account, Corrections, Refused


class Ledger:
    """Counts what was met and applied, and hands each refusal out once."""

    def __init__(self, corrections: Corrections) -> None:
        self.corrections = corrections
        self.applied = 0
        self.reports = 0
        self.kept = 0
        """documents whose results of an earlier run stand, corrected by the same decisions then"""
        self._met: set[int] = set()
        self._told: set[Refused] = set()

    def refused(self) -> Iterator[Refused]:
        """The rows that no document is needed to refuse, the first time it is asked."""
        yield from self._first(self.corrections.refused)

    def note(self, account: Account) -> Iterator[Refused]:
        """A document that was corrected; what is refused there and was not refused before."""
        self._met |= account.met
        self.applied += account.applied
        self.reports += account.applied > 0
        yield from self._first(account.refused)

    def _first(self, refused: tuple[Refused, ...]) -> Iterator[Refused]:
        for one in refused:
            if one not in self._told:
                self._told.add(one)
                yield one

    def summary(self) -> Iterator[str]:
        """Lines for people once the run is over."""
        yield from self.corrections.notes
        yield (f"corrections: {_many(self.applied, 'correction')} applied to {_many(self.reports, 'report')}"
               + (f", {len(self._told)} refused" if self._told else ""))
        rows = self.corrections.rows
        missing = [row for number, row in enumerate(rows) if number not in self._met and row.action]
        if self.kept:
            yield f"corrections: those of {_many(self.kept, 'report')} kept of an earlier run were applied then"
        elif missing:
            names = dict.fromkeys(row.document for row in missing if row.document)
            whose = f": {', '.join(list(names)[:3])}{' …' if len(names) > 3 else ''}" if names else ""
            yield f"corrections: {len(missing)} of documents that are not in this run{whose}"
        if undecided := sum(row.action is None for row in rows):
            yield f"corrections: {_many(undecided, 'row')} without an action"


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
