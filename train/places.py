"""Where files stood on a machine is nobody's: records name files and folders alone."""
from pathlib import Path
from typing import Any


def without_places(value: Any) -> Any:
    """Data in whose words absolute paths are cut to their last part."""
    if isinstance(value, dict):
        return {key: without_places(held) for key, held in value.items()}
    if isinstance(value, list):
        return [without_places(held) for held in value]
    return " ".join(map(without_place, value.split(" "))) if isinstance(value, str) else value


def without_place(word: str) -> str:
    """A word of a command, its path without the folders; also of --option=path."""
    option, equals, path = word.rpartition("=")
    return f"{option}{equals}{Path(path).name}" if path.startswith(("/", "~")) else word
