"""What to push: reports of any kind that gongkai reads, and documents that are labelled already."""
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from annotations.corpus import AnnotatedDocument, decode
from annotations.corpus.document import SUFFIX
from annotations.errors import AnnotationError
from annotations.labelstudio.pushing import Candidate
from annotations.labelstudio.tasks import Proposal
from infer.annotate.prelabel import model_version, prelabel
from infer.annotate.reading import read_report
from infer.batch import Failure
from infer.inputs import Input, Missing, find_inputs
from report import UnreadableDocument

LABELLED: Final = "corpus"
FILE_HEAD: Final = b'{\n"version": '


def find_candidates(arguments: Sequence[str], *, propose: bool) -> Iterator[Candidate | Failure]:
    """Each document with its labels (the rules' for a report, its own for a labelled document), or bare."""
    for found in _find(arguments):
        if isinstance(found, Missing):
            yield Failure(name=found.name, reason=found.reason)
        else:
            yield _candidate(found, propose=propose)


def _find(arguments: Sequence[str]) -> Iterator[Input | Missing]:
    for argument in arguments:
        labelled = list(_labelled_in(Path(argument)))
        yield from labelled
        yield from (found for found in find_inputs([argument]) if not (labelled and isinstance(found, Missing)))


def _labelled_in(folder: Path) -> Iterator[Input]:
    """Other JSON files of a folder are none of ours; one that is named itself is answered with a reason."""
    if folder.is_dir():
        for path in sorted(folder.rglob(f"[!.]*{SUFFIX}")):
            with path.open("rb") as file:
                if file.read(len(FILE_HEAD)) == FILE_HEAD:
                    yield Input(name=path.as_posix(), path=path)


def _candidate(found: Input, *, propose: bool) -> Candidate | Failure:
    try:
        data = found.read()
        if found.path is not None and found.path.suffix == SUFFIX:
            return _labelled(decode(data, name=found.name), propose=propose)
        return _report(data, found.name, propose=propose)
    except OSError as error:
        return Failure(name=found.name, reason=error.strerror or str(error))
    except UnreadableDocument as error:
        return Failure(name=found.name, reason=error.reason)
    except AnnotationError as error:
        return Failure(name=found.name, reason=str(error).removeprefix(f"{found.name}: "))
    # a fault of ours in one document must not cost the others
    except Exception as error:
        reason = f"internal error: {type(error).__name__}: {' '.join(str(error).split())}"
        return Failure(name=found.name, reason=reason, trace=traceback.format_exc())


def _labelled(doc: AnnotatedDocument, *, propose: bool) -> Candidate:
    proposal = Proposal(model_version=LABELLED) if doc.annotations else None
    return Candidate(doc=doc, proposal=proposal if propose else None)


def _report(data: bytes, name: str, *, propose: bool) -> Candidate:
    """Named by the file alone, so that it is the same task from whatever folder it is pushed."""
    guessed = prelabel(read_report(data, name=name), name=Path(name).name)
    proposal = Proposal(model_version=model_version(), scores=guessed.scores)
    return Candidate(doc=guessed.doc, proposal=proposal if propose else None)
