"""Parts as files of a Parquet dataset: NAME.parquet/part-00000.parquet and on."""
import os
import shutil
from pathlib import Path

from infer.results.parquet import part_name, read_part, write_part


class Dataset:
    """Parts in a folder, each under its name once it is whole."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def create(self) -> None:
        if self.path.is_dir():
            shutil.rmtree(self.path)
        self.path.mkdir()

    def drop(self, part: int) -> None:
        for path in self.path.iterdir():
            if path.name >= part_name(part):
                path.unlink()

    def add(self, part: int, rows: Path) -> int:
        path = self.path / part_name(part)
        fresh = path.with_name(path.name + ".partial")
        with rows.open("rb") as lines:
            write_part(lines, fresh)
        with fresh.open("rb") as file:
            os.fsync(file.fileno())
        fresh.replace(path)
        return part + 1

    def rows(self, part: int) -> tuple[list[bytes], int] | None:
        path = self.path / part_name(part)
        return (list(read_part(path)), part + 1) if path.is_file() else None

    def ends_at(self, part: int) -> bool:
        return not (self.path / part_name(part)).exists()
