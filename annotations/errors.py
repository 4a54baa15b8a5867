"""What can go wrong with labelled text.

GongkaiError
└── AnnotationError         a labelled document, a pattern or a setting of the labelling server cannot stand
"""
from report import GongkaiError


class AnnotationError(GongkaiError):
    """One line for the user: which file, which place, what is wrong."""
