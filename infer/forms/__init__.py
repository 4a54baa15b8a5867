"""The form step: the official forms in whatever state their cells have come down, read to cells with exact evidence."""
from infer.forms.reader import read_forms
from infer.forms.results import FormCell, FormReadings, Hints, Reading

__all__ = ["FormCell", "FormReadings", "Hints", "Reading", "read_forms"]
