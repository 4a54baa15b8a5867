"""The pages of this folder that are generated: command help, vocabulary, result fields, explanations."""
import json
from collections.abc import Iterator
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Any, Final

import typer.main
from rich.console import Console
from typer.testing import CliRunner

from infer.cli import whole_app
from infer.cli.vocabulary import markdown
from infer.comparing.rates import RateRow
from infer.comparing.rates import data as openness
from infer.comparing.telling import formula_text
from infer.explaining import explain
from infer.labelling import default_labelling
from infer.read import Limits, read
from infer.results.explained import render
from infer.results.view import PLAIN_WIDTH
from report import Document
from report.vocabulary import vocabulary

BEGIN: Final = "<!-- generated: do not edit, run `make goldens` -->\n"
END: Final = "<!-- end of generated part -->\n"
HELP_WIDTH: Final = 100
ROOT: Final = Path(__file__).resolve().parent.parent
EXAMPLE: Final = "examples/07_beixiu_district_2020.txt"
EXPLAINED: Final = ("新收到申请34件", "历年公开的现存41件", "documents.normative.new_disclosed")


def cli_page() -> str:
    """`gongkai -h` and the help of every command and group of commands."""
    return "\n".join(_help_block(arguments) for arguments in _commands(typer.main.get_command(whole_app()), []))


def _commands(command: object, arguments: list[str]) -> Iterator[list[str]]:
    yield arguments
    below: dict[str, object] = getattr(command, "commands", {})
    for name, one in below.items():
        yield from _commands(one, [*arguments, name])


def _help_block(arguments: list[str]) -> str:
    result = CliRunner().invoke(whole_app(), [*arguments, "-h"], prog_name="gongkai",
                                env={"COLUMNS": str(HELP_WIDTH + 2)})
    return f"## {' '.join(['gongkai', *arguments])}\n\n```\n{result.stdout.strip()}\n```\n"


def vocabulary_page() -> str:
    return markdown(vocabulary())


def schema_page() -> str:
    """A table of fields for each type of the result."""
    schema = json.loads(files("report").joinpath("schema.json").read_text(encoding="utf-8"))
    return "\n".join(_type_block(name, shape) for name, shape in schema["$defs"].items())


def _type_block(name: str, shape: dict[str, Any]) -> str:
    rows = "".join(f"| `{field}` | {_type_name(kind)} | {kind['description']} |\n"
                   for field, kind in shape["properties"].items())
    return f"### {name}\n\n{shape['description']}\n\n| field | type | meaning |\n| --- | --- | --- |\n{rows}"


def _type_name(kind: dict[str, Any]) -> str:
    return " or ".join(dict.fromkeys(_type_names(kind)))


def _type_names(kind: dict[str, Any]) -> Iterator[str]:
    if "$ref" in kind:
        yield kind["$ref"].rpartition("/")[2]
    elif "anyOf" in kind:
        for option in kind["anyOf"]:
            yield from _type_names(option)
    elif "enum" in kind:
        yield ", ".join(f"`{value}`" for value in kind["enum"])
    elif kind["type"] == "array":
        yield f"list of {_type_name(kind['items'])}" if kind.get("items") else "list of number"
    elif kind["type"] == "object":
        yield f"map to {_type_name(kind['additionalProperties'])}"
    else:
        yield kind["type"]


def with_generated(page: str, generated: str) -> str:
    """The page with what stands between the two marks replaced."""
    head, _, rest = page.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not end:
        raise ValueError("the page lacks the marks around its generated part")
    return f"{head}{BEGIN}\n{generated}\n{END}{tail}"


def explain_page() -> str:
    """What `gongkai explain` prints of three facts of an example."""
    doc = read((ROOT / EXAMPLE).read_bytes(), name=EXAMPLE, limits=Limits())
    return "\n".join(_explained(doc, wanted) for wanted in EXPLAINED)


def _explained(doc: Document, wanted: str) -> str:
    console = Console(file=StringIO(), width=PLAIN_WIDTH, no_color=True, force_terminal=False)
    said = render(explain(doc, wanted, default_labelling()), console).rstrip()
    return f"`gongkai explain {EXAMPLE} {wanted}`\n\n```\n{said}\n```\n"


def compare_page() -> str:
    """The indicators of openness, with formula, meaning and source."""
    rows = "".join(f"| {row['zh']} {row['en']} | {formula_text(row)[1]} | {row['about']['en']} | {_named(row)} |\n"
                   for row in openness()["rate"])
    held = "".join(f"- {_short(name)}: {one['en']} ({one['zh']})\n" for name, one in openness()["sources"].items())
    return f"| indicator | formula | meaning | source |\n| --- | --- | --- | --- |\n{rows}\nSources:\n\n{held}"


def _named(row: RateRow) -> str:
    articles = [f"regulation {row['articles']}"] if "articles" in row else []
    return "; ".join([*articles, *map(_short, row["sources"])])


def _short(source: str) -> str:
    return source.replace("_", " ")


PAGES: Final = {"cli.md": cli_page, "vocabulary.md": vocabulary_page, "schema.md": schema_page,
                "explain.md": explain_page, "compare.md": compare_page}
