"""Reports beside one another: one issuer over years, issuers side by side."""
from infer.comparing.comparison import Comparison, compare
from infer.comparing.readings import Kept, keep

__all__ = ["Comparison", "Kept", "compare", "keep"]
