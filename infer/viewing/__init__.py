"""A page of evidence: the text of reports beside what was read from it, in one HTML file that needs nothing else."""
from infer.viewing.showing import Prepared, prepare
from infer.viewing.writing import GENERATOR, Options, PageWriter

__all__ = ["GENERATOR", "Options", "PageWriter", "Prepared", "prepare"]
