"""Many documents: each gives its result or the reason why not, and none stops the rest."""
from infer.batch.answers import Failure, Objection
from infer.batch.running import extract_each, objections

__all__ = ["Failure", "Objection", "extract_each", "objections"]
