"""Tables as a DuckDB database, with labels as comments."""
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import duckdb

from infer.panel.columns import Column
from infer.panel.staging import Stored

_MEMORY: Final = "512MB"
"""what is beyond goes to the disk"""
_TYPES: Final = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}


def write_duckdb(tables: Iterable[Stored], path: Path) -> None:
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as database:
        database.execute("SET threads = 1")
        database.execute(f"SET memory_limit = '{_MEMORY}'")
        # hundreds of comments, each of which would otherwise go to the disk by itself
        database.begin()
        for stored in tables:
            _write(database, stored)
        database.commit()


def _write(database: duckdb.DuckDBPyConnection, stored: Stored) -> None:
    name = _quoted(stored.table.name)
    columns = ", ".join(f"{_quoted(column.name)} {_TYPES[column.type]}" for column in stored.table.columns)
    database.execute(f"CREATE TABLE {name} ({columns})")
    for batch in stored.batches():
        # a relation of its own: the name of a variable would be looked up in this frame
        database.from_arrow(batch).insert_into(stored.table.name)
    database.execute(f"COMMENT ON TABLE {name} IS {_literal(f'{stored.table.zh}: {stored.table.en}')}")
    for column in stored.table.columns:
        database.execute(f"COMMENT ON COLUMN {name}.{_quoted(column.name)} IS {_literal(_comment(column))}")


def _comment(column: Column) -> str:
    return f"{column.zh}: {column.en}"


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _literal(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"
