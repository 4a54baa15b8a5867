"""The invented reports that robustness is tested with, as text."""
from functools import cache
from pathlib import Path
from typing import Final

_TESTS: Final = Path(__file__).resolve().parents[1]
EXAMPLES: Final = _TESTS.parent / "examples"


@cache
def report_texts() -> tuple[str, ...]:
    """Text of the written reports and of the examples, those that are HTML with their tags."""
    paths = [*sorted((_TESTS / "written").glob("*.txt")), *sorted(EXAMPLES.glob("[0-9]*.html"))]
    paths += [*sorted((EXAMPLES / "sources").glob("*.src")), *sorted(EXAMPLES.glob("[0-9]*.txt"))]
    return tuple(text for path in paths if (text := _decoded(path)))


def _decoded(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:  # GB18030 and Big5 stand in sources/ as UTF-8
        return ""
