"""Whether the extra [ocr] is here, told without loading any of it."""
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.util import find_spec
from typing import Any, Final

_FILE: Final = "ocr.toml"


def why_not() -> str | None:
    """Why no text can be recognised here, without loading anything; None where it can."""
    package = settings()["package"]
    return None if find_spec(package) and find_spec("cv2") else "pip install 'gongkai[ocr]' reads them"


def recogniser_version() -> str | None:
    """Name and version of what recognises text here; None without the extra."""
    package = str(settings()["package"])
    try:
        return None if why_not() else f"{package} {version(package)}"
    except PackageNotFoundError:
        return None


@cache
def settings() -> Mapping[str, Any]:
    """ocr.toml as written."""
    return tomllib.loads(files("infer.read").joinpath(_FILE).read_text(encoding="utf-8"))
