"""One of several measures by its name, its figures kept beside those of the others."""
import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

Measure = Callable[[Path, int], dict[str, Any]]


def measure_one(arguments: Sequence[str], measures: Mapping[str, tuple[Measure, int]], results: Path) -> int:
    """`[NAME [COUNT]]`, by default the first measure with its own count, in a folder of its own; always status 0."""
    name = arguments[0] if arguments else next(iter(measures))
    measure, count = measures[name]
    with tempfile.TemporaryDirectory() as place:
        found = measure(Path(place), int(arguments[1]) if len(arguments) > 1 else count)
    held = json.loads(results.read_text(encoding="utf-8")) if results.exists() else {}
    results.write_text(json.dumps({**held, name: found}, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=2))
    return 0
