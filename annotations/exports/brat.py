"""brat standoff: NAME.txt and NAME.ann for each document, and the annotation.conf that they need.

A span over a line's end is discontinuous (`0 3;4 6`), as brat demands; indicator and scope are attributes, links are
relations `Of` from a quantity to its category or channel. Offsets are code points, as brat's are.
"""
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from annotations.corpus.document import AnnotatedDocument, Annotation, annotated
from annotations.errors import AnnotationError
from annotations.scheme import NAMES, OTHER, QUANTITIES, SCOPES, Label, scheme
from report import SpanType, vocabulary

CONF: Final = "annotation.conf"
_RUN: Final = re.compile(r"[^\n\r\t\v\f\x1c-\x1e\x85\u2028\u2029]+")
_UNSAFE: Final = re.compile(r"[^\w.+-]")


def write_brat(docs: Sequence[AnnotatedDocument], folder: Path) -> None:
    """Write a brat collection. Raises AnnotationError where the folder holds something already, before writing."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise AnnotationError(f"{folder} is no empty folder")
    files: dict[str, AnnotatedDocument] = {}
    for doc in docs:
        other = files.setdefault(file_name(doc), doc)
        if other is not doc:
            raise AnnotationError(f"{other.name} and {doc.name} would both be {file_name(doc)}.txt")
    standoffs = {name: standoff(doc) for name, doc in files.items()}
    folder.mkdir(exist_ok=True)
    folder.joinpath(CONF).write_text(conf(), encoding="utf-8")
    for name, doc in files.items():
        folder.joinpath(f"{name}.txt").write_bytes(doc.text.encode())
        folder.joinpath(f"{name}.ann").write_bytes(standoffs[name].encode())


def file_name(doc: AnnotatedDocument) -> str:
    """The document's name with what a file's name cannot hold as _."""
    return _UNSAFE.sub("_", doc.name).lstrip(".") or "_"


def conf() -> str:
    """annotation.conf: the types, the attributes with every value that they may have, the relation."""
    quantities, names = ("|".join(kind for kind in SpanType if kind in group) for group in (QUANTITIES, NAMES))
    indicators = "|".join((OTHER, *vocabulary().indicators))
    return "\n".join((
        "[entities]", *scheme().types, "",
        "[relations]", f"Of\tArg1:{quantities}, Arg2:{names}",
        "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>",
        "", "[events]", "",
        "[attributes]", f"Indicator\tArg:{quantities}, Value:{indicators}", f"Scope\tArg:{quantities}, "
        f"Value:{'|'.join(SCOPES)}", ""))


def standoff(doc: AnnotatedDocument) -> str:
    """The .ann file. Raises AnnotationError for a span that begins or ends with a line's end."""
    doc = annotated(doc)
    lines = [_entity(doc, number, mark) for number, mark in enumerate(doc.annotations, 1)]
    attributes = [words for number, mark in enumerate(doc.annotations, 1) for words in _attributes(number, mark)]
    lines += [f"A{number}\t{words}" for number, words in enumerate(attributes, 1)]
    lines += [f"R{number}\tOf Arg1:T{source + 1} Arg2:T{target + 1}\t"
              for number, (source, target) in enumerate(doc.links, 1)]
    return "".join(f"{line}\n" for line in lines)


def _entity(doc: AnnotatedDocument, number: int, mark: Annotation) -> str:
    runs = [match.span() for match in _RUN.finditer(doc.text, mark.start, mark.end)]
    if not runs or runs[0][0] != mark.start or runs[-1][1] != mark.end:
        shown = f"{mark.label.tag} {doc.words(mark)!r} [{mark.start}:{mark.end}]"
        raise AnnotationError(f"{doc.name}: brat cannot hold {shown}")
    places = ";".join(f"{start} {end}" for start, end in runs)
    return f"T{number}\t{mark.type} {places}\t{' '.join(doc.text[start:end] for start, end in runs)}"


def _attributes(number: int, mark: Annotation) -> Iterator[str]:
    if mark.type in QUANTITIES:
        yield f"Indicator T{number} {mark.indicator or OTHER}"
        if mark.scope != "own":
            yield f"Scope T{number} {mark.scope}"


def read_standoff(
    lines: Sequence[str], text: str
) -> tuple[tuple[Annotation, ...], tuple[tuple[int, int], ...]]:
    """Annotations and links of an .ann file made by standoff or edited in brat; checks the words against the text.

    Raises AnnotationError for words that are not the text's. Events, notes and equivalences are passed over.
    """
    rows = [line.rstrip("\n").split("\t") for line in lines]
    values: dict[tuple[str, str], str] = {}
    for row in rows:
        if row[0][:1] == "A":
            kind, target, value = row[1].split(" ")
            values[target, kind] = value
    marks = {row[0]: _read_entity(row, values, text) for row in rows if row[0][:1] == "T"}
    index = {name: number for number, name in enumerate(marks)}
    links = []
    for row in rows:
        if row[0][:1] == "R":
            source, target = (word.partition(":")[2] for word in row[1].split(" ")[1:])
            links.append((index[source], index[target]))
    return tuple(marks.values()), tuple(sorted(links))


def _read_entity(row: Sequence[str], values: dict[tuple[str, str], str], text: str) -> Annotation:
    kind, _, places = row[1].partition(" ")
    runs = [tuple(map(int, run.split(" "))) for run in places.split(";")]
    if " ".join(text[start:end] for start, end in runs) != row[2]:
        raise AnnotationError(f"{row[0]}: {row[2]!r} does not stand at {places}")
    indicator = values.get((row[0], "Indicator"))
    scope = values.get((row[0], "Scope"), "own")
    label = Label.parse(f"{kind}:{indicator}@{scope}" if indicator else kind)
    return Annotation.of(label, runs[0][0], runs[-1][1])
