"""Reviewers' decisions: read from a sheet or from labels, and applied over any run on the same words."""
from infer.reviewing.applying import Corrected, corrected
from infer.reviewing.corrections import Account, BadCorrections, Correction, Corrections, Reading, Refused
from infer.reviewing.ledger import Ledger
from infer.reviewing.loading import load

__all__ = [
    "Account", "BadCorrections", "Corrected", "Correction", "Corrections", "Ledger", "Reading", "Refused", "corrected",
    "load",
]
