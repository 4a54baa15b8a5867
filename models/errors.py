"""What can go wrong with a model.

GongkaiError
└── ModelError              weights, labels or a character table cannot be used
"""
from report import GongkaiError


class ModelError(GongkaiError):
    """One line for the user: which file, what is wrong."""
