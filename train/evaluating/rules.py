"""What the rules alone find in a labelled document's text."""
from annotations.corpus import AnnotatedDocument
from infer.annotate.prelabel import prelabel
from infer.annotate.reading import prepared_of, read_prepared
from train.scoring import Mark


def found_by_rules(doc: AnnotatedDocument) -> dict[Mark, float]:
    """The marks that annotators would be proposed, outside the forms that the document names, and how sure of each."""
    labelled = prelabel(read_prepared(prepared_of(doc)), name=doc.name)
    marks = ((mark.start, mark.end, mark.label.tag) for mark in labelled.doc.annotations)
    return {mark: sure for mark, sure in zip(marks, labelled.scores, strict=True)
            if not any(mark[0] < end and start < mark[1] for start, end in doc.regions)}
