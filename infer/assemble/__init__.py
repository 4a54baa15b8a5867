"""Spans and form cells to facts: values, units, dimensions, nesting, scope."""
from infer.assemble.facts import assemble, cell_facts, numbered, text_facts

__all__ = ["assemble", "cell_facts", "numbered", "text_facts"]
