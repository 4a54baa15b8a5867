"""gongkai annotate audit"""
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from infer.cli.annotate.options import one_line

if TYPE_CHECKING:
    from annotations.quality import Finding

EXAMPLE = "Example: gongkai annotate audit corpus/"
_WIDTH = 160


def audit(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", exists=True, file_okay=False,
                                           help="Labelled documents; a splits.toml in it is checked too.")],
    as_json: Annotated[bool, typer.Option("--json", help="Write the findings as JSON.")] = False,
    rare: Annotated[int, typer.Option("--rare", min=0, help="How many examples of a label are enough.")] = 5,
) -> None:
    """Find spans and labels that look wrong.

    Exit status 1 if there are errors, 0 if there are only warnings or nothing.
    """
    from annotations.quality import audit_folder

    with one_line():
        findings, documents = audit_folder(folder, rare=rare)
    if as_json:
        _print_json(findings)
    elif findings:
        _print_table(findings)
        _print_findings(findings)
    counts = Counter(found.severity for found in findings)
    typer.echo(f"{documents} documents, {counts['error']} errors, {counts['warning']} warnings", err=True)
    raise typer.Exit(1 if counts["error"] else 0)


def _print_json(findings: "Sequence[Finding]") -> None:
    import msgspec

    typer.echo(msgspec.json.format(msgspec.json.encode(findings), indent=2).decode())


def _print_table(findings: "Sequence[Finding]") -> None:
    from rich.console import Console
    from rich.table import Table

    from annotations.quality import rules

    counts = Counter(found.rule for found in findings)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("rule", "severity", "found", "what"):
        table.add_column(name, overflow="fold", justify="right" if name == "found" else "left")
    for rule in rules().values():
        if counts[rule.id]:
            table.add_row(rule.id, rule.severity, str(counts[rule.id]), rule.finds)
    Console(width=None if sys.stdout.isatty() else _WIDTH, highlight=False).print(table)


def _print_findings(findings: "Sequence[Finding]") -> None:
    for found in findings:
        typer.echo(f"\n{found.document}:{found.start}: {found.severity}: {found.rule}: {found.message}")
        if found.context:
            typer.echo(f"  {found.context}")
