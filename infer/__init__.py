"""Bytes to Report: reading, forms, rules, facts, results, and the command line."""
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from infer.pipeline import extract

__all__ = ["extract"]


def __getattr__(name: str) -> object:
    """Load the reading path when it is first asked for: the command line starts without it."""
    if name == "extract":
        from infer.pipeline import extract
        return extract
    raise AttributeError(f"module 'infer' has no attribute {name!r}")
