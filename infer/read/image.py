"""Image files to text and tables, with the place of every line in pixels."""
from dataclasses import dataclass

from infer.read.extra import why_not
from infer.read.limits import Limits
from infer.read.pages import PagesText, written
from report.errors import UnreadableDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageText:
    """The text of an image file, its number of pages, and those on which no words can be made out."""

    text: PagesText
    pages: int
    unread: tuple[int, ...]


def read_image(data: bytes, limits: Limits) -> ImageText:
    """Read a scan, photo or screenshot."""
    if missing := why_not():
        raise UnreadableDocument(f"an image; {missing.replace('them', 'it')}")
    from infer.read.pictures import page_count, papers
    from infer.read.recognising import recognised

    pages = page_count(data, limits)
    read = dict(recognised(papers(data, limits), pages, limits))
    text = written([part for parts in read.values() for part in parts], limits)
    if not text.builder.text.strip():
        raise UnreadableDocument("an image without text that can be made out")
    return ImageText(text=text, pages=pages, unread=tuple(number for number, parts in read.items() if not parts))
