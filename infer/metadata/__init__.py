"""What a report says of itself: title, issuer, year, period, numbers, date, and whether it is a report."""
from infer.metadata.reading import MetaReading, read_meta

__all__ = ["MetaReading", "read_meta"]
