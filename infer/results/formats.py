"""The ways a result is written down."""
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType


class Format(StrEnum):
    """How results are written down."""

    JSONL = "jsonl"
    """one report a line, each readable as soon as it is written"""
    JSON = "json"
    """one array of reports"""
    TABLE = "table"
    """the readable view"""
    ZST = "jsonl.zst"
    """one report a line, compressed"""
    PARQUET = "parquet"
    """a folder of Parquet files, one row a report"""


_SUFFIXES = MappingProxyType({".json": Format.JSON, ".txt": Format.TABLE, ".zst": Format.ZST,
                              ".parquet": Format.PARQUET})
IN_PARTS = frozenset({Format.ZST, Format.PARQUET})
"""written in parts that are closed once, so to a file of their own only"""


def format_of(path: Path) -> Format:
    """The format that a result file's name asks for."""
    return _SUFFIXES.get(path.suffix.lower(), Format.JSONL)
