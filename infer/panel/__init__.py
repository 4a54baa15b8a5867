"""Reports as tables: every fact a row (long), every report a row (wide), what to know of them (problems, codebook)."""
from infer.panel.building import Panel, Settings, build
from infer.panel.writing import MissingPackage, PanelError, write

__all__ = ["MissingPackage", "Panel", "PanelError", "Settings", "build", "write"]
