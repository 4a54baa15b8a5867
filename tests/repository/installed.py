"""Run by .ci/run against the installed wheel, away from the sources: python -I installed.py SOURCES EXAMPLES"""
import importlib
import json
import subprocess
import sys
from pathlib import Path

from infer import extract
from infer.cli.doctor import OWN_PACKAGES, foreign_owners
from infer.inputs import Input, find_inputs


def main(sources: Path, examples: Path) -> None:
    for name in OWN_PACKAGES:
        place = Path(importlib.import_module(name).__file__ or "").resolve()
        assert not place.is_relative_to(sources), f"{name} comes from the sources: {place}"
    assert foreign_owners() == {}
    _check_commands()
    paths = [found.path for found in find_inputs([str(examples)]) if isinstance(found, Input) and found.path]
    facts = sum(_checked_facts(path) for path in paths)
    assert facts > 0
    assert not {"torch", "transformers", "pytest"} & set(sys.modules)
    print(f"installed wheel: {facts} facts from {len(paths)} examples, each with its exact words")


def _check_commands() -> None:
    gongkai = str(Path(sys.executable).with_name("gongkai"))
    for arguments in (["schema"], ["vocabulary", "--format", "json"]):
        json.loads(subprocess.run([gongkai, *arguments], capture_output=True, check=True).stdout)
    subprocess.run([gongkai, "doctor"], check=True)


def _checked_facts(path: Path) -> int:
    report = extract(path)
    for fact in report.facts:
        words = fact.evidence
        assert report.source.text[words.start:words.end] == words.text, (path, fact)
    return len(report.facts)


main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]))
