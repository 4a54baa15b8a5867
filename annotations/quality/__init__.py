"""How good the labels are: what can be seen to be wrong with them, and how far annotators agree."""
from annotations.quality.agreement import Agreement, agreement
from annotations.quality.audit import audit, audit_folder
from annotations.quality.findings import Finding, rules

__all__ = ["Agreement", "Finding", "agreement", "audit", "audit_folder", "rules"]
