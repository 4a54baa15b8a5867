"""Results on their way out and back in: lines of JSON, and the view for people."""
from infer.results.formats import Format
from infer.results.lines import BadResult, decode, encode, read_results

__all__ = ["BadResult", "Format", "decode", "encode", "read_results"]
