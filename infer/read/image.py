"""Image files to text and tables, with the place of every line in pixels."""
from infer.read.limits import Limits
from infer.read.ocr import why_not
from infer.read.pages import PagesText, written
from report.errors import UnreadableDocument


def read_image(data: bytes, limits: Limits) -> tuple[PagesText, int]:
    """The text of a scan, photo or screenshot, and its number of pages."""
    if missing := why_not():
        raise UnreadableDocument(f"an image; {missing.replace('them', 'it')}")
    from infer.read.pictures import page_count, papers
    from infer.read.recognising import recognised

    pages = page_count(data, limits)
    contents = [part for _, parts in recognised(papers(data, limits), pages, limits) for part in parts]
    if not contents:
        raise UnreadableDocument("an image without text")
    return written(contents, limits), pages
