"""A table as Parquet, labels in the metadata of its columns."""
from pathlib import Path

import pyarrow.parquet

from infer.panel.staging import Stored, arrow_schema


def write_parquet(stored: Stored, path: Path) -> None:
    with pyarrow.parquet.ParquetWriter(path, arrow_schema(stored.table), compression="zstd") as writer:
        for batch in stored.batches():
            writer.write_batch(batch)
