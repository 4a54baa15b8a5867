"""Frozen splits: every issuer is in train, dev or test for good, and no sentence stands on both sides."""
import hashlib
import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

from annotations.corpus.document import AnnotatedDocument
from annotations.corpus.masking import HAN, Masked, compact, masked, names_of, pattern, sentences
from annotations.errors import AnnotationError

Split = Literal["train", "dev", "test"]
SPLITS: Final[tuple[Split, ...]] = get_args(Split)
FILE: Final = "splits.toml"
FEWEST_HAN: Final = 8
"""shorter sentences are nobody's own"""
_SHARES: Final[dict[Split, int]] = {"train": 80, "dev": 10, "test": 10}
_Places = dict[Split, tuple[Split, str, int, int]]
_OFFICE: Final = re.compile(r"(?:人民政府|办事处|办公室|政府)+$")


@dataclass(frozen=True, slots=True)
class Splits:
    """The split of each issuer, by the issuer's name as provenance has it."""

    issuers: dict[str, Split]

    def of(self, issuer: str | None) -> Split | None:
        return self.issuers.get(issuer) if issuer is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """What stands in more than one split: a masked sentence with a place in each, or an issuer under two names."""

    kind: Literal["sentence", "issuer"]
    words: str
    places: tuple[tuple[Split, str, int, int], ...]
    """split, document, half-open bounds of the sentence in its text (0, 0 for an issuer), one for each split"""


def read_splits(path: Path) -> Splits:
    """Read splits.toml: lists of issuers named train, dev and test. Raises AnnotationError where it is broken."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AnnotationError(f"{path.name}: {error}") from None
    if unknown := sorted(set(data) - set(SPLITS)):
        raise AnnotationError(f"{path.name}: no split is called {unknown[0]}")
    issuers: dict[str, Split] = {}
    for split in SPLITS:
        listed = data.get(split, [])
        if not isinstance(listed, list) or not all(isinstance(issuer, str) and issuer for issuer in listed):
            raise AnnotationError(f"{path.name}: {split} is no list of issuers")
        for issuer in listed:
            if issuer in issuers:
                raise AnnotationError(f"{path.name}: {issuer} stands in {issuers[issuer]} and in {split}")
            issuers[issuer] = split
    return Splits(issuers)


def write_splits(path: Path, splits: Splits) -> None:
    """Write splits.toml, issuers sorted, one a line."""
    blocks = []
    for split in SPLITS:
        listed = sorted(issuer for issuer, its in splits.issuers.items() if its == split)
        rows = "".join(f"  {json.dumps(name, ensure_ascii=False)},\n" for name in listed)
        blocks.append(f"{split} = [\n{rows}]\n")
    path.write_text("\n".join(blocks), encoding="utf-8")


def assign(splits: Splits, issuers: Iterable[str]) -> Splits:
    """The splits with new issuers in them: 80 : 10 : 10 by the sha256 of the name; old ones stay where they are.

    A name that differs from a known one only in script, width or 人民政府 at its end goes where that one is.
    """
    known = {office(issuer): split for issuer, split in splits.issuers.items()}
    found = dict(splits.issuers)
    for issuer in sorted(set(issuers) - set(found)):
        found[issuer] = known.setdefault(office(issuer), _drawn(office(issuer)))
    return Splits(found)


def _drawn(issuer: str) -> Split:
    number = int.from_bytes(hashlib.sha256(issuer.encode()).digest()[:8]) % sum(_SHARES.values())
    for split, share in _SHARES.items():
        if number < share:
            return split
        number -= share
    raise AssertionError(number)


def office(issuer: str) -> str:
    """What two spellings of one issuer share: folded, without 人民政府, 办事处 and 办公室 at the end."""
    return _OFFICE.sub("", compact(issuer)) or compact(issuer)


class LeakFinder:
    """Collects the masked sentences of documents one by one, so that a corpus is masked only once."""

    def __init__(self, splits: Splits) -> None:
        self._splits = splits
        self._places: dict[str, _Places] = {}

    def add(self, doc: AnnotatedDocument, masks: Iterable[Masked]) -> None:
        """Masked sentences of a document; one whose issuer has no split is passed over."""
        split = self._splits.of(doc.provenance.issuer)
        if split is None:
            return
        for mask in masks:
            found = self._places.setdefault(mask.text, {})
            if split not in found:
                found[split] = (split, doc.name, mask.starts[0], mask.ends[-1])

    def leaks(self) -> tuple[Leak, ...]:
        """Sentences of at least 8 Han characters in two splits, and issuers in two; sorted by their words."""
        offices: dict[str, _Places] = {}
        for issuer, split in self._splits.issuers.items():
            offices.setdefault(office(issuer), {}).setdefault(split, (split, issuer, 0, 0))
        twice = [Leak(kind="issuer", words=words, places=tuple(found.values()))
                 for words, found in sorted(offices.items()) if len(found) > 1]
        shared = [Leak(kind="sentence", words=words, places=tuple(found.values()))
                  for words, found in sorted(self._places.items())
                  if len(found) > 1 and len(HAN.findall(words)) >= FEWEST_HAN]
        return (*twice, *shared)


def leaks(docs: Iterable[AnnotatedDocument], splits: Splits) -> tuple[Leak, ...]:
    """What stands in more than one split of the documents."""
    finder = LeakFinder(splits)
    for doc in docs:
        replaced = pattern(names_of(doc))
        finder.add(doc, (masked(sentence, replaced) for sentence in sentences(doc)))
    return finder.leaks()
