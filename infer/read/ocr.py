"""Where words stand in a picture, and which: PP-OCRv6 by onnxruntime, out of the installed package rapidocr alone."""
import hashlib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np

from infer.read.extra import settings, why_not
from report.errors import GongkaiError

Picture = np.ndarray[Any, np.dtype[np.uint8]]
"""Rows, columns, blue green red."""
Quad = np.ndarray[Any, np.dtype[np.float64]]
"""Corners of a stretch of words, x and y: left top, right top, right bottom, left bottom."""

_HEIGHT: Final = 48
_STRIDE: Final = 8
_NARROWEST: Final = 48
_BATCH: Final = 8
_ALIKE: Final = 1.25
_BLANK: Final = 0
_SUREST: Final = 0.9999
_UNLIMITED: Final = 1_000_000


class NoRecognition(GongkaiError):
    """The extra [ocr] is not installed, or its files are not those that were measured; one line says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A character, its middle as a share of the picture's width, and how sure the model is of it."""

    text: str
    place: float
    sure: float


def likely(character: str, sure: float, page: float) -> float:
    """How often a character of which the model is so sure is right, on a page of which it is so sure on average."""
    start, own, mean = settings()["likely"]["digit" if character.isdigit() else "other"]
    return round(1 / (1 + math.exp(-(start + own * _odds(sure) + mean * _odds(page)))), 4)


def _odds(share: float) -> float:
    bounded = min(max(share, 1 - _SUREST), _SUREST)
    return math.log(bounded / (1 - bounded))


@cache
def recogniser() -> "Recogniser":
    """The models, loaded once a process. Raises NoRecognition."""
    if missing := why_not():
        raise NoRecognition(missing)
    return Recogniser(_detector(_weights("detector")), _session(_weights("recogniser")))


def _weights(name: str) -> Path:
    """A file of the installed package whose bytes are the ones that were measured; nothing is ever downloaded."""
    spec = find_spec(settings()["package"])
    if spec is None or spec.origin is None:
        raise NoRecognition("the package rapidocr has no place on this machine")
    path = Path(spec.origin).parent / str(settings()[name]["file"])
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise NoRecognition(f"{path.name} is not in the installed rapidocr; pip install 'gongkai[ocr]'") from error
    if digest != settings()[name]["sha256"]:
        raise NoRecognition(f"{path.name} is not the file that was measured; pip install 'gongkai[ocr]'")
    return path


def _detector(weights: Path) -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={
        "Global.log_level": "critical", "Global.use_cls": False, "Global.use_rec": False,
        "Global.max_side_len": _UNLIMITED, "Det.model_path": str(weights),
        "EngineConfig.onnxruntime.intra_op_num_threads": 1, "EngineConfig.onnxruntime.inter_op_num_threads": 1})


def _session(weights: Path) -> Any:
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    return InferenceSession(weights, options, providers=["CPUExecutionProvider"])


def vision() -> Any:
    """OpenCV, which half a second goes into; its types say less than ours."""
    return import_module("cv2")


class Recogniser:
    """Finds stretches of words in a picture, and reads pictures of one stretch each."""

    def __init__(self, detector: Any, session: Any) -> None:
        self._detector = detector
        self._session = session
        table = session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._characters = ["", *table, " "]

    def stretches(self, picture: Picture) -> list[Quad]:
        """Where words stand."""
        boxes = self._detector(picture, use_det=True, use_cls=False, use_rec=False).boxes
        return [] if boxes is None else [np.asarray(box, dtype=np.float64) for box in boxes]

    def read(self, pictures: Sequence[Picture]) -> list[list[Sign]]:
        """The characters in each picture of one line, from left to right."""
        found: list[list[Sign]] = [[] for _ in pictures]
        for batch in _batches([_width(picture) for picture in pictures]):
            width = max(_width(pictures[place]) for place in batch)
            shares = self._session.run(None, {"x": np.stack([_scaled(pictures[place], width) for place in batch])})[0]
            for place, columns in zip(batch, shares, strict=True):
                found[place] = list(self._signs(columns, _width(pictures[place])))
        return found

    def _signs(self, columns: np.ndarray[Any, Any], width: int) -> Iterator[Sign]:
        """One sign for each run of columns that name the same character."""
        best, sure = columns.argmax(axis=1), columns.max(axis=1)
        starts = np.flatnonzero(np.diff(best, prepend=-1))
        for start, end in zip(starts, [*starts[1:], len(best)], strict=True):
            if best[start] != _BLANK:
                middle = ((start + end) / 2) * _STRIDE / width
                yield Sign(text=self._characters[best[start]], place=min(float(middle), 1.0),
                           sure=round(float(sure[start:end].max()), 4))


def _width(picture: Picture) -> int:
    """Width at the height that the model reads."""
    height, width = (int(side) for side in picture.shape[:2])
    return max(_NARROWEST, math.ceil(_HEIGHT * width / height / _STRIDE) * _STRIDE)


def _batches(widths: Sequence[int]) -> Iterator[list[int]]:
    """Pictures of much the same width together: what they are padded with costs time."""
    batch: list[int] = []
    for place in sorted(range(len(widths)), key=lambda place: (widths[place], place)):
        if batch and (len(batch) == _BATCH or widths[place] > _ALIKE * widths[batch[0]]):
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def _scaled(picture: Picture, width: int) -> np.ndarray[Any, np.dtype[np.float32]]:
    cv2 = vision()
    height, length = picture.shape[:2]
    held = cv2.resize(picture, (max(1, min(width, math.ceil(_HEIGHT * length / height))), _HEIGHT))
    framed = np.zeros((3, _HEIGHT, width), dtype=np.float32)
    framed[:, :, :held.shape[1]] = held.astype(np.float32).transpose(2, 0, 1) / 127.5 - 1
    return framed
