"""Pictures of pages to what stands on them, within the limits of one document."""
import time
from collections.abc import Iterable, Iterator

from infer.read.limits import Limits, require
from infer.read.ocr import NoRecognition, recogniser
from infer.read.pages import PageContent
from infer.read.scan import Paper, read_page
from report.errors import LimitExceeded, UnreadableDocument


def recognised(papers: Iterable[Paper], count: int, limits: Limits) -> Iterator[tuple[int, list[PageContent]]]:
    """The pages by their numbers, each with its parts; LimitExceeded where they are too many or take too long."""
    require(count, limits.scans, "scanned pages")
    try:
        model = recogniser()
    except NoRecognition as error:
        raise UnreadableDocument(f"text cannot be recognised here: {error}") from error
    begun = time.monotonic()
    for done, paper in enumerate(papers, start=1):
        yield paper.number, read_page(paper, model)
        if done < count and time.monotonic() - begun > limits.recognition:
            raise LimitExceeded(f"{done} of {count} scanned pages took more than {limits.recognition} seconds")
