"""Image files as pages: PNG, JPEG, TIFF of any number of pages, BMP and WebP, decoded only once their size is known."""
import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import numpy as np

from infer.read.limits import Limits, require
from infer.read.ocr import Picture, vision
from infer.read.scan import Paper
from report.errors import UnreadableDocument

DPI: Final = 200.0
FORMATS: Final = ("PNG", "JPEG", "TIFF", "BMP", "WEBP")
_ROUGH: Final = 140.0
_FINE: Final = 260.0
_INCHES: Final = (3.0, 40.0)
_A4: Final = (8.27, 11.69)
_SQUARE: Final = 0.05


def page_count(data: bytes, limits: Limits) -> int:
    """How many pages an image file has; LimitExceeded where they are too many or the first is too large."""
    with _careful():
        image = _opened(data, limits)
        return int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1


def papers(data: bytes, limits: Limits) -> Iterator[Paper]:
    """The pages of an image file, one decoded at a time."""
    for number in range(page_count(data, limits)):
        with _careful():
            image = _opened(data, limits)
            image.seek(number)
            require(image.width * image.height, limits.pixels, "pixels")
            page = _paper(image, number + 1)
        yield page


def _opened(data: bytes, limits: Limits) -> Any:
    from PIL import Image

    image = Image.open(io.BytesIO(data), formats=FORMATS)
    require(image.width * image.height, limits.pixels, "pixels")
    return image


@contextmanager
def _careful() -> Iterator[None]:
    """Pillow's own alarm stands at other sizes than ours; a hostile file can raise anything from its decoders."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except UnreadableDocument:
        raise
    except Image.DecompressionBombError as error:
        raise UnreadableDocument("an image of more pixels than any page") from error
    except Exception as error:
        raise UnreadableDocument(f"a damaged or truncated image ({type(error).__name__})") from error


def _paper(image: Any, number: int) -> Paper:
    from PIL import ImageOps

    dpi = _dpi(image)
    upright = ImageOps.exif_transpose(image)
    return paper(_on_white(upright), number=number, dpi=dpi, unit=dpi)


def _on_white(image: Any) -> Picture:
    """Blue, green, red; what is transparent is paper."""
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        glass = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", glass.size, "white"), glass)
    elif image.mode.startswith(("I", "F")):
        image = _stretched(image)
    found: Picture = np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])
    return found


def _stretched(image: Any) -> Any:
    """Grey of more than eight bits, brought to eight."""
    from PIL import Image

    grey = np.asarray(image, dtype=np.float64)
    low, high = float(grey.min()), float(grey.max())
    return Image.fromarray(((grey - low) / max(high - low, 1.0) * 255).astype(np.uint8))


def _dpi(image: Any) -> float:
    """As the file says, where that gives a sheet of paper; else as if the width were that of A4."""
    stated = image.info.get("dpi")
    if isinstance(stated, tuple) and len(stated) == 2:
        across, down = float(stated[0] or 0), float(stated[1] or 0)
        if across > 0 and abs(across - down) <= _SQUARE * across:
            sides = image.width / across, image.height / across
            if _INCHES[0] <= min(sides) and max(sides) <= _INCHES[1]:
                return across
    return float(image.width) / _A4[image.width > image.height]


def paper(picture: Picture, *, number: int, dpi: float, unit: float) -> Paper:
    """At a fineness at which words are read best."""
    cv2 = vision()
    if _ROUGH <= dpi <= _FINE:
        return Paper(picture=picture, number=number, dpi=dpi, unit=unit)
    scale = DPI / dpi
    size = max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    found: Picture = cv2.resize(picture, size, interpolation=way)
    return Paper(picture=found, number=number, dpi=DPI, unit=unit)
