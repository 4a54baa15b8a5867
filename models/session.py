"""The one way to load an exported model: its files by their hashes, its weights with onnxruntime alone."""
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import numpy as np

from models.characters import FILE as CHARACTERS
from models.characters import CharacterTable, Ids, lead, read_characters
from models.decoding import find_spans
from models.errors import ModelError
from models.labels import Labels
from models.record import Precision, Record, checked_bytes, read_record, weights_file
from models.windows import Bounds, Scores, cut, pieces, stitch
from report import Span

RELEASED: Final = Path(__file__).parent / "released"
_INPUTS: Final = ["input_ids", "attention_mask"]
_ERRORS_ONLY: Final = 3


class Model:
    """Finds spans in running text. `digest` is the sha256 of its weights."""

    def __init__(self, record: Record, table: CharacterTable, session: Any, *, digest: str, threads: int) -> None:
        self.record = record
        self.labels = Labels.of_tags(record.tags)
        self.table = table
        self.digest = digest
        self._session = session
        self._pool = ThreadPoolExecutor(threads) if threads > 1 else None

    @classmethod
    def load(cls, folder: Path = RELEASED, *, precision: Precision = "int8", threads: int = 1) -> "Model":
        """The model of a folder; nothing is opened whose sha256 is not the record's. Raises ModelError.

        `threads` windows are scored at once, each on one thread.
        """
        record = read_record(folder)
        checked_bytes(folder, CHARACTERS, record)
        name = weights_file(precision)
        session = _open(checked_bytes(folder, name, record), folder / name, len(record.tags))
        return cls(record, read_characters(folder / CHARACTERS), session, digest=record.files[name], threads=threads)

    def spans(self, text: str, *, regions: Iterable[Bounds] = (), year: int | None = None) -> tuple[Span, ...]:
        """The spans outside the regions (official forms) of a report on this year; they depend on nothing else."""
        record = self.record
        rows = [cut(piece, size=record.size, overlap=record.overlap) for piece in pieces(len(text), regions)]
        ids = self.table.encode(text)
        scores = self._scores([self._framed(ids[start:end], year) for row in rows for start, end in row])
        return tuple(span for row in rows for span in self._found(row, [next(scores) for _ in row]))

    def _framed(self, ids: Ids, year: int | None) -> Ids:
        return self.table.window(ids, year, with_year=self.record.year)

    def _scores(self, windows: Sequence[Ids]) -> Iterator[Scores]:
        return iter(self._pool.map(self._score, windows) if self._pool else map(self._score, windows))

    def _score(self, window: Ids) -> Scores:
        """One window a call: int8 scales by the largest value of a call, so that neighbours would change its scores."""
        row = window[np.newaxis]
        logits, = self._session.run(None, dict(zip(_INPUTS, (row, np.ones_like(row)), strict=True)))
        scores: Scores = logits[0, lead(with_year=self.record.year) : -1]
        return scores

    def _found(self, row: Sequence[Bounds], scores: Sequence[Scores]) -> list[Span]:
        return find_spans(stitch(row, scores), self.labels, start=row[0][0], temperature=self.record.temperature,
                          pooling=self.record.pooling)


def _open(data: bytes, path: Path, tags: int) -> Any:
    """onnxruntime's session. Raises ModelError where the file asks for or gives something else than expected."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    try:
        session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ModelError(f"{path}: onnxruntime cannot open it: {str(error).splitlines()[0]}") from None
    given, made = [one.name for one in session.get_inputs()], [one.shape for one in session.get_outputs()]
    if given != _INPUTS or len(made) != 1 or made[0][-1] != tags:
        raise ModelError(f"{path}: no classifier of {tags} tags over {' and '.join(_INPUTS)}")
    return session
