"""The one way to load an exported model: its files by their hashes, its weights with onnxruntime alone."""
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
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
_GRAIN: Final = 8
_MOST: Final = 512
"""tokens of one call: what more hold no longer fits into the cache of a core"""
_REMEMBERED: Final = 4096
"""stretches whose spans are kept; reports of one office and year share many sentences"""

Stretch = tuple[int, int, int]


class Model:
    """Finds spans in running text. `digest` is the sha256 of its weights."""

    def __init__(self, record: Record, table: CharacterTable, session: Any, *, digest: str, threads: int) -> None:
        self.record = record
        self.labels = Labels.of_tags(record.tags)
        self.table = table
        self.digest = digest
        self._session = session
        self._memory: OrderedDict[bytes, Sequence[Span]] = OrderedDict()
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
        scores = iter(self._scores([self._framed(ids[start:end], year) for row in rows for start, end in row]))
        return tuple(span for row in rows for span in self._found(row, [next(scores) for _ in row]))

    def spans_of(self, text: str, passages: Iterable[Stretch], *, year: int | None = None) -> tuple[Span, ...]:
        """The spans of stretches (lead, start, end), each read on its own from `lead` on; equal ones are read once."""
        ids = self.table.encode(text)
        keys = [(begin, start, self._framed(ids[begin:end], year).tobytes()) for begin, start, end in passages]
        held = self._remembered(key for _, _, key in keys)
        return tuple(replace(span, start=begin + span.start, end=begin + span.end)
                     for begin, start, key in keys for span in held[key] if begin + span.start >= start)

    def _remembered(self, keys: Iterable[bytes]) -> Mapping[bytes, Sequence[Span]]:
        """Spans by framed stretch, counted from its first character; what was read before is looked up."""
        wanted = list(dict.fromkeys(keys))
        held = {key: self._memory[key] for key in wanted if key in self._memory}
        new = [key for key in wanted if key not in held]
        held |= zip(new, self._spans_in([np.frombuffer(key, dtype=np.int64) for key in new]), strict=True)
        for key in wanted:
            self._memory[key] = held[key]
            self._memory.move_to_end(key)
        while len(self._memory) > _REMEMBERED:
            self._memory.popitem(last=False)
        return held

    def _spans_in(self, stretches: Sequence[Ids]) -> Iterator[Sequence[Span]]:
        """The spans of framed stretches, each cut into windows behind the same frame."""
        first = lead(with_year=self.record.year)
        rows = [cut((0, len(stretch) - first - 1), size=self.record.size, overlap=self.record.overlap)
                for stretch in stretches]
        windows = [np.concatenate((stretch[:first], stretch[first + start : first + end], stretch[-1:]))
                   for stretch, row in zip(stretches, rows, strict=True) for start, end in row]
        scores = iter(self._scores(windows))
        return (self._found(row, [next(scores) for _ in row]) for row in rows)

    def _framed(self, ids: Ids, year: int | None) -> Ids:
        return self.table.window(ids, year, with_year=self.record.year)

    def _scores(self, windows: Sequence[Ids]) -> list[Scores]:
        groups = _alike(windows)
        run = self._pool.map if self._pool else map
        found = dict(pair for pairs in run(lambda group: self._score(windows, group), groups) for pair in pairs)
        return [found[number] for number in range(len(windows))]

    def _score(self, windows: Sequence[Ids], group: Sequence[int]) -> list[tuple[int, Scores]]:
        """Windows of like length in one call; neighbours and padding change no score (train.graph.write_int8)."""
        width = max(len(windows[number]) for number in group)
        rows = np.zeros((len(group), width), dtype=np.int64)
        mask = np.zeros_like(rows)
        for row, number in enumerate(group):
            rows[row, : len(windows[number])] = windows[number]
            mask[row, : len(windows[number])] = 1
        logits, = self._session.run(None, dict(zip(_INPUTS, (rows, mask), strict=True)))
        first = lead(with_year=self.record.year)
        return [(number, logits[row, first : len(windows[number]) - 1]) for row, number in enumerate(group)]

    def _found(self, row: Sequence[Bounds], scores: Sequence[Scores]) -> list[Span]:
        return find_spans(stitch(row, scores), self.labels, start=row[0][0], temperature=self.record.temperature,
                          pooling=self.record.pooling)


def _alike(windows: Sequence[Ids]) -> list[list[int]]:
    """Numbers of windows of nearly one length, at most _MOST tokens with padding together."""
    groups: list[list[int]] = []
    for number in sorted(range(len(windows)), key=lambda number: len(windows[number])):
        width = -(-len(windows[number]) // _GRAIN) * _GRAIN
        last = groups[-1] if groups else []
        like = last and -(-len(windows[last[0]]) // _GRAIN) * _GRAIN == width
        if like and (len(last) + 1) * width <= _MOST:
            last.append(number)
        else:
            groups.append([number])
    return groups


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
