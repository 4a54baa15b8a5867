"""Results of earlier runs, found by their documents' names in an index on the disk."""
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from infer.batch.manifest import Record, encode_record, key_of, read_manifest
from infer.batch.stores import Store
from infer.inputs import Input, Missing


class Earlier:
    """Stores with their manifests, of which the first that knows a document answers."""

    def __init__(self, sources: Sequence[tuple[Store, Path]]) -> None:
        self._stores = [store for store, _ in sources]
        # a database without a name lies in a file that is gone with the process
        self._base = sqlite3.connect("")
        self._base.execute("create table known (key text primary key, source integer, record blob) without rowid")
        for number, (_, manifest) in enumerate(sources):
            self._base.executemany("insert or ignore into known values (?, ?, ?)", _rows(number, manifest))

    def __len__(self) -> int:
        return int(self._base.execute("select count(*) from known").fetchone()[0])

    def find(self, document: Input | Missing) -> tuple[Record, Store] | None:
        """What is known of a document, and where its result can be fetched."""
        key = key_of(document) or document.name
        found = self._base.execute("select source, record from known where key = ?", (key,)).fetchone()
        return (msgspec.json.decode(found[1], type=Record), self._stores[found[0]]) if found else None

    def close(self) -> None:
        self._base.close()


def _rows(number: int, manifest: Path) -> Iterator[tuple[str, int, bytes]]:
    for record, _ in read_manifest(manifest):
        yield record.identity, number, encode_record(record)
