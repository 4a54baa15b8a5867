"""The same reading with torch: on a GPU, or of any token-classification checkpoint whose labels are ours."""
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from models.characters import FILE as CHARACTERS
from models.characters import Ids, lead, read_characters
from models.decoding import find_spans
from models.errors import ModelError
from models.labels import Labels
from models.record import FILE, digest, read_record
from models.windows import Scores, cut, stitch
from report import Span

_SIZE: Final = 254
_OVERLAP: Final = 64
_BATCH: Final = 32


class TorchModel:
    """A transformers token classifier. Folders that gongkai exported bring their character table and record along."""

    def __init__(self, model: Any, encoder: "_Encoder", labels: Labels, *, digest: str, device: str) -> None:
        self.digest = digest
        self._model = model
        self._encoder = encoder
        self._labels = labels
        self._device = device

    @classmethod
    def load(cls, place: Path | str, *, device: str = "cpu") -> "TorchModel":
        """A folder, or a name on the Hugging Face hub. Raises ModelError."""
        from transformers import AutoModelForTokenClassification

        try:
            model = AutoModelForTokenClassification.from_pretrained(str(place)).float().eval().to(device)
        except (OSError, ValueError, RuntimeError) as error:
            raise ModelError(f"{place}: {str(error).splitlines()[0]}") from None
        tags = [model.config.id2label[number] for number in range(model.config.num_labels)]
        folder = Path(place)
        encoder: _Encoder = _Characters(folder) if (folder / CHARACTERS).is_file() else _Pieces(str(place))
        weights = folder / "model.safetensors"
        return cls(model, encoder, Labels.of_tags(tags), device=device,
                   digest=digest(weights.read_bytes()) if weights.is_file() else str(place))

    def spans_of(
        self, text: str, passages: Iterable[tuple[int, int, int]], *, year: int | None = None
    ) -> tuple[Span, ...]:
        """As models.session.Model.spans_of."""
        rows = [(start, cut((first, end), size=_SIZE, overlap=_OVERLAP)) for first, start, end in passages]
        wanted = [bounds for _, row in rows for bounds in row]
        scores = dict(zip(wanted, self._scores([text[slice(*bounds)] for bounds in wanted], year), strict=True))
        found = [(start, find_spans(stitch(row, [scores[bounds] for bounds in row]), self._labels, start=row[0][0]))
                 for start, row in rows]
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
        return [made[row][places] for row, (_, places) in enumerate(framed)]


class _Encoder:
    def frame(self, window: str, year: int | None) -> tuple[Ids, Ids]:
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

    def __init__(self, place: str) -> None:
        from transformers import AutoTokenizer

        self._tokenizer = AutoTokenizer.from_pretrained(place)

    def frame(self, window: str, year: int | None) -> tuple[Ids, Ids]:
        made = self._tokenizer(list(window), is_split_into_words=True)
        words = made.word_ids()
        first = {word: place for place, word in reversed(list(enumerate(words))) if word is not None}
        places = [first.get(number, 0) for number in range(len(window))]
        return np.array(made["input_ids"], dtype=np.int64), np.array(places, dtype=np.int64)
