"""Spans and form cells to facts: values, units, dimensions, nesting, scope."""
from infer.assemble.facts import assemble

__all__ = ["assemble"]
