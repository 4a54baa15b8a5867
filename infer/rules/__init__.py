"""Rules over the running text: which words are quantities, statements of none, categories and channels, and of what."""
from infer.rules.labeller import label, read_running_text
from infer.rules.patterns import rules_digest

__all__ = ["label", "read_running_text", "rules_digest"]
