"""How much reading may take on before it stops: a document is read whole or not at all."""
from dataclasses import dataclass

from report.errors import LimitExceeded

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Upper bounds of one document; `decompressed` is what a PDF or DOCX may unfold to, in bytes.

    Of scans: `pixels` of one picture before it is decoded, `scans` pages whose text is to be recognised, and
    `recognition` seconds for all of them.
    `words`: numbers, names and operators of what a PDF draws, and references that it makes a reader follow.
    """

    size: int = 100 * MEGABYTE
    decompressed: int = 300 * MEGABYTE
    pages: int = 500
    nesting: int = 2000
    elements: int = 1_000_000
    cells: int = 200_000
    characters: int = 2_000_000
    pixels: int = 50 * MEGABYTE
    scans: int = 100
    recognition: int = 900
    words: int = 5_000_000


def require(amount: int, limit: int, what: str) -> None:
    """Raise LimitExceeded, naming both numbers, when `amount` is over `limit`."""
    if amount > limit:
        raise LimitExceeded(f"{what}: {amount:,}, more than the limit of {limit:,}")
