"""What can go wrong while a model is made.

GongkaiError
└── TrainingError           a base encoder, a recipe, a corpus or a run cannot be used
"""
from report import GongkaiError


class TrainingError(GongkaiError):
    """One line for the user: which file or key, what is wrong."""
