"""Words of a report as labels: one line, and nothing in it that turns the writing round or hides."""
import re
from typing import Final

from infer.results.wording import one_line

_UNSEEN: Final = re.compile(
    "[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")


def clean(text: str) -> str:
    return one_line(_UNSEEN.sub("", text))
