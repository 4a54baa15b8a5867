"""The model card: card.md filled in from what is known of a released model, and nothing else."""
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from string import Template
from typing import Any, Final

from msgspec.structs import asdict

from models.labels import Labels
from models.record import Record
from train.meta import Figures, Meta

FILE: Final = "README.md"
_FRAMES: Final = {
    True: 'before = [tokenizer.cls_token_id, *ids("2021"), tokenizer.sep_token_id]  # the year that the report is on',
    False: "before = [tokenizer.cls_token_id]",
}
_POOLED: Final = {"min": "least sure character", "mean": "characters on average"}
_REAL: Final = (" Beside these it was trained on labelled real reports. Their text is not in the repository, so that "
                "this very model cannot be trained again from the repository alone.")


def card_of(meta: Meta, record: Record) -> str:
    """The card's text."""
    template = Template(files("train").joinpath("card.md").read_text(encoding="utf-8"))
    parity = meta.parity
    return template.substitute(
        base_model=_base_model(_encoder(meta.training)), base_words=_base_words(_encoder(meta.training)),
        labels=_labels(record), size=record.size, overlap=record.overlap, frame=_FRAMES[record.year], data=_data(meta),
        training=_training(meta), scores=_scores(meta.scores), despite=_despite(meta),
        parity_documents=parity.documents, parity_characters=parity.characters,
        **{f"f1_{name}": f"{value:.3f}" for name, value in asdict(parity.f1).items()},
        **{f"same_{name}": f"{value:.2%}" for name, value in asdict(parity.same).items()},
        temperature="" if record.temperature == 1 else f" at temperature {record.temperature:g}",
        pooling=_POOLED[record.pooling],
    )


def _encoder(record: Figures) -> Figures:
    """Where the encoder is from, below the trainings that went on from one another."""
    base: Figures = record["base"]
    return _encoder(base) if "base" in base else base


def _earlier(record: Figures) -> Iterator[Figures]:
    """The trainings that this one went on from, the last one first."""
    base = record["base"]
    if "base" in base:
        yield base
        yield from _earlier(base)


def _base_model(base: Figures) -> str:
    name = str(base.get("name", ""))
    return f"base_model: {name}\n" if "/" in name else ""


def _base_words(base: Figures) -> str:
    held = [f"licence {base['licence']}"] if "licence" in base else []
    held += [f"from {base['from']}"] if "from" in base else []
    name = str(base.get("name", "an encoder of unknown origin"))
    return f"{name} ({'; '.join(held)})" if held else name


def _labels(record: Record) -> str:
    counts = Counter(name.partition(":")[0] for name in Labels.of_tags(record.tags).names)
    return _table(("type", "labels"), counts.items())


def _data(meta: Meta) -> str:
    corpus = meta.training["corpus"]
    return (f"Trained on {corpus['train']:,} reports ({corpus['windows']:,} windows) and chosen on {corpus['dev']:,} "
            "others by other issuers, as the command below names them: `annotations/written` is the corpus written for "
            "this project; synthetic reports are composed of the sentence patterns of its training part alone."
            f"{_REAL if meta.real_reports else ''}\n\nsha256 of the corpus: `{corpus['sha256']}`")


def _training(meta: Meta) -> str:
    record = meta.training
    base = _encoder(record)
    best = record["history"][record["best_epoch"] - 1]
    rows = [
        ("command", f"`{record['command']}`"),
        *(("after", f"`{one['command']}`, {one['corpus']['train']:,} reports, {one['steps']:,} steps, "
                    f"{one['seconds'] / 60:.1f} minutes on {one['machine']}") for one in _earlier(record)),
        *_pretraining(base),
        ("seed", record["seed"]),
        ("encoder", f"{_base_words(base)}, {base.get('layers', '?')} layers, {base.get('characters', '?')} characters"),
        ("steps", f"{record['steps']:,}, best after epoch {record['best_epoch']}"),
        ("dev F1", f"{best['dev_f1']:.3f}, types alone {best['dev_types_f1']:.3f}"),
        ("time", f"{record['seconds'] / 60:.1f} minutes on {record['machine']}"),
        ("commit", f"`{meta.commit}`" if meta.commit else "not known"),
        ("released", f"{meta.promoted}, with {', '.join(f'{name} {one}' for name, one in meta.versions.items())}"),
    ]
    return _table(("", ""), rows)


def _pretraining(base: Figures) -> Iterator[tuple[str, str]]:
    done = base.get("pretraining")
    if done:
        last = done["history"][-1]
        yield "pretraining", (
            f"`gongkai train pretrain`, {done['settings']['epochs']} times over {done['characters']:,} characters of "
            f"{', '.join(done['texts'])}; {last['held_out_accuracy']:.1%} of the hidden characters told, "
            f"{done['seconds'] / 60:.1f} minutes on {done['machine']}")


def _scores(scores: dict[str, Figures]) -> str:
    """Sets by their figures and intervals; tables inside a set stand in meta.json alone."""
    every = (item for figures in scores.values() for item in figures.items())
    names = list(dict.fromkeys(name for name, value in every if _shown(value) is not None))
    rows = [(name, *(_shown(figures[one]) if one in figures else "" for one in names))
            for name, figures in scores.items()]
    return _table(("set", *names), rows)


def _shown(value: object) -> str | None:
    """A figure, or the bounds of an interval; None for what is neither."""
    match value:
        case None:
            return "none"
        case float():
            return f"{value:.3f}"
        case str() | int():
            return str(value)
        case [float(low), float(high)]:
            return f"{low:.3f} to {high:.3f}"
    return None


def _despite(meta: Meta) -> str:
    if meta.despite is None:
        return ""
    return f"\nReleased although {'; '.join(meta.despite.objections)}. Why: {meta.despite.reason}\n"


def _table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(str(cell).replace('|', '&#124;') for cell in line)} |" for line in lines)
