"""Readings of the running text beside what is true: what confidences and figures of extraction are measured from."""
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from annotations.corpus import AnnotatedDocument, to_spans
from infer.annotate.gold import Key as GoldKey
from infer.annotate.gold import read_gold
from infer.annotate.reading import prepared_of
from infer.assemble import text_facts
from infer.model.candidates import Key, bare
from infer.pipeline import Prepared, prepare
from infer.read import Limits, read
from report import Fact

_READ: Final = (".txt", ".html", ".pdf", ".docx")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A report as read before its running text is labelled, and what is true of it.

    `needed`: keys that must be found in the running text; `allowed`: those that are no fault, among them debatable
    ones and what the form says too; `at`: places of the true facts, where labels tell them.
    """

    name: str
    read: Prepared
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
    return _plain(fact.indicator, fact.by, fact.value)


def _plain(indicator: str | None, by: Mapping[str, str], value: float | None) -> Key:
    kept = tuple(one for one in sorted(bare(by)) if one != ("applicant", "total"))
    return indicator, "", kept, None if value is None else round(float(value), 6)


def labelled_cases(docs: Iterable[AnnotatedDocument]) -> Iterator[Case]:
    """Cases of labelled documents: the true facts are those that the assembler makes of their labels and links."""
    for doc in docs:
        held = prepared_of(doc)
        facts = [fact for fact in text_facts(held.doc, to_spans(doc), held.text)
                 if fact.indicator and fact.value is not None]
        at = tuple((fact.evidence.start, fact.evidence.end, plain(fact)) for fact in facts)
        keys = frozenset(key for _, _, key in at)
        origin = doc.provenance
        yield Case(name=doc.name, read=held, needed=keys, allowed=keys, debatable=frozenset(), at=at,
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
        name=path.stem, read=held, needed=frozenset(needed),
        allowed=frozenset({*told, *cells}), debatable=frozenset(set(told) - needed - cells),
        form=str(truth.meta.get("form") or ""))


def _key(key: GoldKey) -> Key:
    indicator, by, value = key
    return _plain(indicator, dict(by), value)
