"""What a run trains on and what it is measured on."""
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotations.corpus import AnnotatedDocument, encode, read_corpus
from annotations.corpus.splits import FILE, SPLITS, Split, Splits, office, read_splits
from train.errors import TrainingError


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Labelled documents by split; an issuer is in one split only."""

    train: tuple[AnnotatedDocument, ...]
    dev: tuple[AnnotatedDocument, ...]
    test: tuple[AnnotatedDocument, ...]

    @property
    def digest(self) -> str:
        """sha256 over every document's file, split by split."""
        digest = hashlib.sha256()
        for split in (self.train, self.dev, self.test):
            digest.update(b"".join(hashlib.sha256(encode(doc)).digest() for doc in split) + b"|")
        return digest.hexdigest()


def read_splitted(folder: Path) -> Corpus:
    """The corpus of a folder with its splits.toml. Raises GongkaiError."""
    path = folder / FILE
    if not path.is_file():
        raise TrainingError(f"{path} is missing: it says which issuers are train, dev and test")
    return split_up(read_corpus(folder), read_splits(path), name=str(folder))


def split_up(docs: Iterable[AnnotatedDocument], splits: Splits, *, name: str) -> Corpus:
    """The documents by the split of their issuer."""
    parts: dict[Split, list[AnnotatedDocument]] = {split: [] for split in SPLITS}
    for doc in docs:
        split = splits.of(doc.provenance.issuer)
        if split is None:
            raise TrainingError(f"{name}: {doc.name}: its issuer {doc.provenance.issuer or ''!r} is in no split")
        parts[split].append(doc)
    if empty := [split for split in ("train", "dev") if not parts[split]]:
        raise TrainingError(f"{name}: no document to {'train on' if empty[0] == 'train' else 'measure with'}")
    return Corpus(train=tuple(parts["train"]), dev=tuple(parts["dev"]), test=tuple(parts["test"]))


def share_of(corpus: Corpus, share: float) -> Corpus:
    """The corpus with this share of its training documents, the same each time; a larger share holds a smaller."""
    order = sorted(corpus.train, key=lambda doc: hashlib.sha256(doc.name.encode()).digest())
    kept = {doc.name for doc in order[: max(1, round(share * len(order)))]}
    return Corpus(train=tuple(doc for doc in corpus.train if doc.name in kept), dev=corpus.dev, test=corpus.test)


def more(corpus: Corpus, extra: Iterable[AnnotatedDocument]) -> Corpus:
    """The corpus with more to train on, without reports of issuers that it is measured on."""
    measured = {office(doc.provenance.issuer or "") for doc in (*corpus.dev, *corpus.test)} - {""}
    added = [doc for doc in extra if office(doc.provenance.issuer or "") not in measured]
    return Corpus(train=(*corpus.train, *added), dev=corpus.dev, test=corpus.test)


def gather(
    folder: Path, *, share: float = 1.0, extra: Sequence[Path] = (), times: int = 1, synthetic: int = 0, seed: int = 0,
) -> Corpus:
    """A folder's corpus; `share` of its training documents, those of other folders `times` over, and synthetic ones."""
    corpus = share_of(read_splitted(folder), share)
    for other in extra:
        corpus = more(corpus, [*read_corpus(other)] * times)
    if synthetic:
        from train.synthesis import compose_reports, seeds_of

        corpus = more(corpus, compose_reports(seeds_of(synthetic, seed)))
    return corpus
