"""Readings of the running text beside what is true: what confidences and figures of extraction are measured from."""
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from annotations.corpus import AnnotatedDocument, to_spans
from infer.annotate.gold import read_gold
from infer.annotate.reading import document_of
from infer.assemble import cell_facts, numbered, text_facts
from infer.forms import read_forms
from infer.labelling import Labelling, read_both, stated
from infer.model.candidates import Key, bare, key_of
from infer.model.deciding import Checker, Seen
from infer.pipeline import Prepared, prepare
from infer.read import Limits, read
from report import Fact
from report.identities import check

_READ: Final = (".txt", ".html", ".pdf", ".docx")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A report as read before its running text is labelled, and what is true of it.

    `needed`: keys that must be found in the running text; `allowed`: those that are no fault, among them debatable
    ones and what the form says too; `at`: places of the true facts, where labels tell them.
    """

    name: str
    read: Prepared
    cells: tuple[Fact, ...]
    needed: frozenset[Key]
    allowed: frozenset[Key]
    debatable: frozenset[Key]
    at: tuple[tuple[int, int, Key], ...] | None = None
    form: str = ""
    script: str = "simplified"
    noisy: bool = False

    def right(self, fact: Fact) -> bool | None:
        """Whether the fact is true; None for open figures and debatable readings."""
        key = plain(fact)
        if fact.indicator is None or fact.value is None or key in self.debatable:
            return None
        if self.at is None:
            return key in self.allowed
        place = fact.evidence
        return any(key == other and start < place.end and place.start < end for start, end, other in self.at)


def plain(fact: Fact) -> Key:
    """The fact as gold compares it: the scope stands in `by` alone, one applicant in all is nobody's."""
    indicator, _, by, value = key_of(fact)
    return (indicator, "", tuple(one for one in by if one != ("applicant", "total")),
            None if value is None else round(float(value), 6))


def labelled_cases(docs: Iterable[AnnotatedDocument]) -> Iterator[Case]:
    """Cases of labelled documents: the true facts are those that the assembler makes of their labels and links."""
    for doc in docs:
        given = document_of(doc)
        held = prepare(given, replace(read_forms(given), regions=doc.regions, cells=()))
        facts = [fact for fact in text_facts(given, to_spans(doc), held.text)
                 if fact.indicator and fact.value is not None]
        at = tuple((fact.evidence.start, fact.evidence.end, plain(fact)) for fact in facts)
        keys = frozenset(key for _, _, key in at)
        origin = doc.provenance
        yield Case(name=doc.name, read=held, cells=(), needed=keys, allowed=keys, debatable=frozenset(), at=at,
                   form=origin.form or "", script=origin.script, noisy=bool(origin.noise))


def gold_cases(folder: Path, gold: Path | None = None) -> Iterator[Case]:
    """Cases of reports with gold files of the same name, beside them or in `gold`."""
    for path in sorted(folder.iterdir()):
        answers = (gold or folder) / f"{path.stem}.json"
        if path.suffix in _READ and answers.is_file():
            yield _gold_case(path, answers)


def _gold_case(path: Path, answers: Path) -> Case:
    truth = read_gold(answers)
    held = prepare(read(path.read_bytes(), name=path.name, limits=Limits()))
    told = {_key(fact.key): fact.optional for fact in truth.facts}
    cells = {_key(fact.key) for fact in truth.cells}
    needed = {key for key, optional in told.items() if not optional}
    return Case(
        name=path.stem, read=held, cells=tuple(cell_facts(held.doc, held.forms.cells)), needed=frozenset(needed),
        allowed=frozenset({*told, *cells}), debatable=frozenset(set(told) - needed - cells),
        form=str(truth.meta.get("form") or ""))


def _key(key: tuple[str, tuple[tuple[str, str], ...], float]) -> Key:
    by = tuple(one for one in sorted(bare(dict(key[1]))) if one != ("applicant", "total"))
    return key[0], "", by, round(float(key[2]), 6)


def seen_in(case: Case, labels: Labelling) -> list[Seen]:
    """What the labellers read of a case."""
    read = case.read
    return read_both(read.doc, read.text, read.spans, case.cells, read.meta.meta.report_year, labels)


def facts_of(case: Case, seen: Sequence[Seen], labels: Labelling) -> tuple[Fact, ...]:
    """The facts of a case as extraction would give them."""
    return numbered([*case.cells, *stated(seen, labels, checker(case))])


def checker(case: Case) -> Checker:
    """The checks of a case's report over facts of its running text."""
    meta, sections, text = case.read.meta.meta, case.read.sections, case.read.doc.text
    return lambda facts: check([*case.cells, *facts], meta, sections, text)
