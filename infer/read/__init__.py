"""The reading step: bytes of a report, in whatever format and state, to one Document."""
from infer.read.limits import Limits
from infer.read.reader import read

__all__ = ["Limits", "read"]
