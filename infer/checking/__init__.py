"""Drafts before they are published: what is wrong, where, and what is asked for (docs/check.md)."""
from infer.checking.checking import check_report
from infer.checking.findings import Checked, Finding, Place, Sum

__all__ = ["Checked", "Finding", "Place", "Sum", "check_report"]
