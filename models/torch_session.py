"""The same reading with torch: on a GPU, or of any token-classification checkpoint whose labels are ours."""
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from models.characters import FILE as CHARACTERS
from models.characters import Ids, lead, read_characters
from models.decoding import Pooling, find_spans
from models.errors import ModelError
from models.labels import Labels
from models.record import FILE, digest, read_record
from models.windows import Scores, cut, stitch
from report import Span

_BATCH: Final = 32
_POSITIONS: Final = 512
_FRAME: Final = 4
"""tokens of a window that are none of the text's, at most, and positions that RoBERTa leaves free"""
_NOWHERE: Final = -1
"""the place of a character that the tokenizer makes nothing of"""
_SURE: Final = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a model's windows are cut and its scores are read: as its record says, where it has one."""

    size: int = 254
    overlap: int = 64
    temperature: float = 1.0
    pooling: Pooling = "min"

    @classmethod
    def of(cls, folder: Path, config: Any) -> "Manner":
        if (folder / FILE).is_file():
            record = read_record(folder)
            return cls(size=record.size, overlap=record.overlap, temperature=record.temperature, pooling=record.pooling)
        size = min(cls().size, _room(config))
        return cls(size=size, overlap=min(cls().overlap, size // 4))


def _room(config: Any) -> int:
    """Tokens of a text that fit into a window."""
    return max(1, int(getattr(config, "max_position_embeddings", _POSITIONS)) - _FRAME)


class TorchModel:
    """A transformers token classifier. Folders that gongkai exported bring their character table and record along."""

    def __init__(
        self, model: Any, encoder: "_Encoder", labels: Labels, *, digest: str, device: str, manner: Manner
    ) -> None:
        self.digest = digest
        self._model = model
        self._encoder = encoder
        self._labels = labels
        self._device = device
        self._manner = manner

    @classmethod
    def load(cls, place: Path | str, *, device: str = "cpu") -> "TorchModel":
        """A folder, or a name on the Hugging Face hub. Raises ModelError."""
        import torch
        from safetensors import SafetensorError
        from transformers import AutoModelForTokenClassification

        try:
            model = AutoModelForTokenClassification.from_pretrained(str(place)).float().eval().to(torch.device(device))
        # a torch without CUDA asserts that nobody asks for it
        except (OSError, ValueError, RuntimeError, AssertionError, SafetensorError) as error:
            raise ModelError(f"{place}: {_first_line(error)}") from None
        tags = [model.config.id2label[number] for number in range(model.config.num_labels)]
        folder = Path(place)
        own = (folder / CHARACTERS).is_file()
        encoder: _Encoder = _Characters(folder) if own else _Pieces(str(place), _room(model.config) + _FRAME)
        weights = folder / "model.safetensors"
        return cls(model, encoder, Labels.of_tags(tags), device=device, manner=Manner.of(folder, model.config),
                   digest=digest(weights.read_bytes()) if weights.is_file() else str(place))

    def spans_of(
        self, text: str, passages: Iterable[tuple[int, int, int]], *, year: int | None = None
    ) -> tuple[Span, ...]:
        """As models.session.Model.spans_of."""
        manner = self._manner
        rows = [(start, cut((first, end), size=manner.size, overlap=manner.overlap)) for first, start, end in passages]
        wanted = list(dict.fromkeys(bounds for _, row in rows for bounds in row))
        scores = dict(zip(wanted, self._scores([text[slice(*bounds)] for bounds in wanted], year), strict=True))
        found = [(start, find_spans(stitch(row, [scores[bounds] for bounds in row]), self._labels, start=row[0][0],
                                    temperature=manner.temperature, pooling=manner.pooling)) for start, row in rows]
        return tuple(span for start, spans in found for span in spans if span.start >= start)

    def _scores(self, windows: Sequence[str], year: int | None) -> list[Scores]:
        order = sorted(range(len(windows)), key=lambda number: len(windows[number]))
        found: dict[int, Scores] = {}
        for start in range(0, len(order), _BATCH):
            group = order[start : start + _BATCH]
            found |= zip(group, self._run([windows[number] for number in group], year), strict=True)
        return [found[number] for number in range(len(windows))]

    def _run(self, windows: Sequence[str], year: int | None) -> list[Scores]:
        import torch

        framed = [self._encoder.frame(window, year) for window in windows]
        width = max(len(ids) for ids, _ in framed)
        rows = torch.zeros((len(framed), width), dtype=torch.long)
        mask = torch.zeros_like(rows)
        for row, (ids, _) in enumerate(framed):
            rows[row, : len(ids)] = torch.from_numpy(ids)
            mask[row, : len(ids)] = 1
        with torch.inference_mode():
            logits = self._model(input_ids=rows.to(self._device), attention_mask=mask.to(self._device)).logits
        made = logits.float().cpu().numpy()
        return [_by_character(made[row], places) for row, (_, places) in enumerate(framed)]


class _Encoder:
    def frame(self, window: str, year: int | None, /) -> tuple[Ids, Ids]:
        """Ids of a window as the model wants it, and where each character stands among them."""
        raise NotImplementedError


class _Characters(_Encoder):
    def __init__(self, folder: Path) -> None:
        self._table = read_characters(folder / CHARACTERS)
        self._year = read_record(folder).year if (folder / FILE).is_file() else False

    def frame(self, window: str, year: int | None) -> tuple[Ids, Ids]:
        ids = self._table.window(self._table.encode(window), year, with_year=self._year)
        first = lead(with_year=self._year)
        return ids, np.arange(first, first + len(window))


class _Pieces(_Encoder):
    """A checkpoint with a tokenizer of its own: every character is a word, and its first piece speaks for it."""

    def __init__(self, place: str, most: int) -> None:
        from transformers import AutoTokenizer

        self._most = most
        try:
            self._tokenizer = AutoTokenizer.from_pretrained(place)
            ids, places = self.frame("0123456789", None)
        except Exception as error:  # each kind of tokenizer refuses words in its own way
            raise ModelError(f"{place}: no tokenizer that takes characters as words: {_first_line(error)}") from None
        # where a folder holds no tokenizer, transformers makes one that knows nothing
        if set(ids[places].tolist()) == {self._tokenizer.unk_token_id}:
            raise ModelError(f"{place}: no tokenizer, or one that knows no digit")

    def frame(self, window: str, _: int | None) -> tuple[Ids, Ids]:
        made = self._tokenizer(list(window), is_split_into_words=True, truncation=True, max_length=self._most)
        words = made.word_ids()
        first = {word: place for place, word in reversed(list(enumerate(words))) if word is not None}
        places = [first.get(number, _NOWHERE) for number in range(len(window))]
        return np.array(made["input_ids"], dtype=np.int64), np.array(places, dtype=np.int64)


def _by_character(scores: Scores, places: Ids) -> Scores:
    """A row for each character; one without a token is inside the span that goes on behind it, else outside."""
    rows: Scores = scores[places]
    known = np.flatnonzero(places != _NOWHERE)
    for place in np.flatnonzero(places == _NOWHERE).tolist():
        behind = known[known > place][:1]
        tag = int(rows[behind[0]].argmax()) if len(behind) else 0
        before = int(rows[place - 1].argmax()) if place else 0
        if tag and tag % 2 == 0 and before in (tag, tag - 1):
            rows[place] = rows[behind[0]]
        else:
            rows[place] = 0
            rows[place, 0] = _SURE
    return rows


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
