"""What tests of every folder share: golden files, and the real reports beside the repository."""
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
UPDATE_GOLDENS = "GONGKAI_UPDATE_GOLDENS"

# readers are processes of their own, which must find this tree too where a test changes the folder
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))

Golden = Callable[[Path, str], None]

# CI must say the same twice, and a busy machine is no fault of a test
settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


@pytest.fixture
def golden() -> Golden:
    """Compare a text with its committed file; under GONGKAI_UPDATE_GOLDENS=1 write it. A missing file fails."""

    def compare(path: Path, text: str) -> None:
        if os.environ.get(UPDATE_GOLDENS) == "1":
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"{path.relative_to(ROOT)} is missing: run `make goldens` and look at what it wrote"
        assert path.read_text(encoding="utf-8") == text, f"{path.relative_to(ROOT)} is out of date: run `make goldens`"

    return compare


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not (SHARED / "real").is_dir():
        for item in items:
            if item.get_closest_marker("shared"):
                item.add_marker(pytest.mark.skip(reason="no ../shared beside this clone"))
