"""gongkai doctor"""
import platform
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, packages_distributions, requires, version
from importlib.resources import files
from typing import Final

import typer

EXAMPLE = "Example: gongkai doctor"
OWN_PACKAGES: Final = ("report", "annotations", "models", "infer", "train")
_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(?:\[[^\]]*\])?[^;]*(?:;.*extra == ['\"](?P<extra>\w+)['\"])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A package gongkai asks for, the extra it belongs to (none: always needed), and the version that is here."""

    name: str
    extra: str | None
    installed: str | None


def doctor() -> None:
    """Print versions, digests and which extras are here."""
    for name, value in findings():
        typer.echo(f"{name:<14}{value}")
    if missing := [package.name for package in requirements() if package.extra is None and package.installed is None]:
        typer.echo(f"missing: {' '.join(missing)}", err=True)
        raise typer.Exit(1)


def findings() -> Iterator[tuple[str, str]]:
    """What a bug report should say about this installation."""
    from infer.labelling import default_labelling
    from infer.pipeline import producer

    labels = default_labelling()
    made_by = producer(labels)
    yield "gongkai", f"{made_by.gongkai}  {files('report')}"
    yield "python", f"{platform.python_version()}  {platform.platform()}"
    for part in ("vocabulary", "forms", "rules"):
        yield part, getattr(made_by, part)
    yield "model", made_by.model or f"none, rules only: {labels.problem}"
    packages = list(requirements())
    for extra in dict.fromkeys(package.extra for package in packages):
        listed = (f"{package.name} {package.installed or '-'}" for package in packages if package.extra == extra)
        yield f"[{extra}]" if extra else "packages", ", ".join(listed)
    for name, others in foreign_owners().items():
        yield "clash", f"the package name {name!r} also belongs to {', '.join(others)}"


def requirements() -> Iterator[Requirement]:
    """The packages of the installed distribution's own metadata, in its order."""
    for line in requires("gongkai") or []:
        if match := _REQUIREMENT.match(line):
            yield Requirement(name=match["name"], extra=match["extra"], installed=_installed(match["name"]))


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def foreign_owners() -> dict[str, list[str]]:
    """Our top-level names that another installed distribution also brings, which would shadow ours."""
    owners = packages_distributions()
    found = {name: sorted(set(owners.get(name, ())) - {"gongkai"}) for name in OWN_PACKAGES}
    return {name: others for name, others in found.items() if others}
