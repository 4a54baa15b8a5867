"""Parts as frames of one .zst file; a part's number is where its frame begins."""
import os
from pathlib import Path
from typing import Final

import zstandard

_LEVEL: Final = 9


class Frames:
    """Parts in a file that `zstd -d` reads as one."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def create(self) -> None:
        self.path.write_bytes(b"")

    def drop(self, part: int) -> None:
        if self.path.stat().st_size > part:
            os.truncate(self.path, part)

    def add(self, part: int, rows: Path) -> int:
        frame = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True).compress(rows.read_bytes())
        with self.path.open("r+b") as file:
            file.truncate(part)
            file.seek(part)
            file.write(frame)
            file.flush()
            os.fsync(file.fileno())
        return part + len(frame)

    def rows(self, part: int) -> tuple[list[bytes], int] | None:
        try:
            with self.path.open("rb") as file:
                file.seek(part)
                reader = zstandard.ZstdDecompressor().decompressobj()
                text, read = b"", 0
                while not reader.eof:
                    chunk = file.read(zstandard.DECOMPRESSION_RECOMMENDED_INPUT_SIZE)
                    if not chunk:
                        return None
                    read += len(chunk)
                    text += reader.decompress(chunk)
        except (OSError, zstandard.ZstdError):
            return None
        return text.split(b"\n")[:-1], part + read - len(reader.unused_data)

    def ends_at(self, part: int) -> bool:
        return self.path.stat().st_size == part
