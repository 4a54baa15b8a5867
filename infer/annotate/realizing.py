"""Synthetic reports as a reader sees them: the source read back, each label found again in what was read."""
from collections.abc import Iterator

from annotations.corpus import AnnotatedDocument
from annotations.errors import AnnotationError
from annotations.synthetic.assembling import Form, SyntheticReport, Tag
from annotations.synthetic.draft import Mark
from infer.read import Limits, read


def realize(report: SyntheticReport) -> AnnotatedDocument:
    """The labelled document of a report; offsets refer to what `infer.read` makes of its source.

    Raises AnnotationError where the reader's text lacks words of the report.
    """
    if not report.is_html:
        return report.document()
    text = read(report.source.encode(), name=f"{report.name}.html", limits=Limits()).text
    squeezed = _Squeezed(text)
    marks: list[Mark[Tag]] = []
    regions: list[tuple[int, int]] = []
    at = 0
    after_form = False
    for run in report.runs:
        if isinstance(run, Form):
            after_form = True
            continue
        start, places = squeezed.find(run.text, at)
        if start is None:
            raise AnnotationError(f"{report.name}: {run.text[:20]!r} is not in what was read")
        if after_form:
            regions.append((squeezed.end_of(at), squeezed.places[start]))
            after_form = False
        marks += [Mark(*squeezed.bounds(start, places, mark.start, mark.end), mark.payload) for mark in run.marks]
        at = start + places[-1]
    if after_form:
        regions.append((squeezed.end_of(at), len(text)))
    return report.labelled(text, marks, tuple(regions))


class _Squeezed:
    """A text without white space, and where each of its characters stands."""

    def __init__(self, text: str) -> None:
        self.places = [n for n, character in enumerate(text) if not character.isspace()]
        self.text = "".join(text[n] for n in self.places)
        self.length = len(text)

    def find(self, words: str, start: int) -> tuple[int | None, list[int]]:
        """Where the words stand (squeezed) from `start` on; how many of them lie before each place of `words`."""
        counts = list(_counts(words))
        found = self.text.find("".join(words.split()), start)
        return (None if found < 0 else found), counts

    def bounds(self, first: int, counts: list[int], start: int, end: int) -> tuple[int, int]:
        """Bounds in the text read of words[start:end]."""
        return self.places[first + counts[start]], self.places[first + counts[end] - 1] + 1

    def end_of(self, place: int) -> int:
        """Behind the character before a squeezed place."""
        return self.places[place - 1] + 1 if place else 0


def _counts(words: str) -> Iterator[int]:
    count = 0
    for character in words:
        yield count
        count += not character.isspace()
    yield count
