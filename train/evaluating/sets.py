"""The documents that a model is measured on."""
import hashlib
from dataclasses import dataclass
from pathlib import Path

from annotations.corpus import AnnotatedDocument, encode, read_corpus
from annotations.corpus.bio import windows
from annotations.corpus.splits import FILE, SPLITS, Split, read_splits
from train.errors import TrainingError


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationSet:
    """Documents under the name that the results give them."""

    name: str
    folder: str
    split: Split | None
    docs: tuple[AnnotatedDocument, ...]

    @property
    def digest(self) -> str:
        """sha256 over every document's file."""
        return hashlib.sha256(b"".join(hashlib.sha256(encode(doc)).digest() for doc in self.docs)).hexdigest()


def parse_set(words: str) -> tuple[str, Path, Split | None]:
    """Name, folder and split of NAME=FOLDER[:SPLIT]. Raises ValueError."""
    name, found, place = words.partition("=")
    if not (name and found and place):
        raise ValueError(f"{words!r} is not NAME=FOLDER or NAME=FOLDER:SPLIT")
    folder, _, last = place.rpartition(":")
    split = next((one for one in SPLITS if folder and one == last), None)
    return name, Path(folder if split else place), split


def read_set(folder: Path, split: Split | None, *, name: str) -> EvaluationSet:
    """A folder's documents, or those of one split. Raises GongkaiError, also for labels that no tags can say."""
    docs = read_corpus(folder)
    if not docs:
        raise TrainingError(f"{folder} holds no labelled document")
    if split is not None:
        docs = _of_split(docs, folder, split)
    for doc in docs:
        windows(doc, size=max(1, len(doc.text)), overlap=0)
    return EvaluationSet(name=name, folder=str(folder), split=split, docs=tuple(docs))


def _of_split(docs: list[AnnotatedDocument], folder: Path, split: Split) -> list[AnnotatedDocument]:
    path = folder / FILE
    if not path.is_file():
        raise TrainingError(f"{path} is missing: it says which issuers are {split}")
    splits = read_splits(path)
    for doc in docs:
        if splits.of(doc.provenance.issuer) is None:
            raise TrainingError(f"{folder}: {doc.name}: its issuer {doc.provenance.issuer or ''!r} is in no split")
    found = [doc for doc in docs if splits.of(doc.provenance.issuer) == split]
    if not found:
        raise TrainingError(f"{folder} holds no document of the split {split}")
    return found
