"""gongkai train promote"""
from pathlib import Path
from typing import Annotated

import typer

EXAMPLE = "Example: gongkai train promote exported/ --scores scores.json"


def promote(
    exported: Annotated[Path, typer.Argument(metavar="EXPORTED", exists=True, file_okay=False,
                                             help="Folder of `train export --check`.")],
    scores: Annotated[list[Path], typer.Option(
        "--scores", exists=True, dir_okay=False,
        help="File of `train evaluate --json` or `train leave-out --json`; may be repeated.")],
    despite: Annotated[str | None, typer.Option(
        "--despite", metavar="REASON", help="Release it although it scores lower; the reason is kept.")] = None,
    to: Annotated[Path | None, typer.Option(
        "--to", file_okay=False, help="Another folder than that of the released model.")] = None,
    real_reports: Annotated[bool, typer.Option(
        "--real-reports", help="It also trained on real reports, kept elsewhere; the card says so.")] = False,
) -> None:
    """Make an exported model the released one, with meta.json and its card.

    Refused where its strict F1 is lower than the released model's on any set that both were scored on.
    """
    from train.cli.saying import one_line, say

    if despite is not None and not despite.strip():
        raise typer.BadParameter("a reason is needed", param_hint="--despite")
    with one_line():
        from models.session import RELEASED
        from train.meta import read_scores
        from train.promoting import Candidate
        from train.promoting import promote as release

        target = to or RELEASED
        meta = release(Candidate(folder=exported, scores=read_scores(scores), real_reports=real_reports),
                       to=target, despite=despite)
        for objection in meta.despite.objections if meta.despite else ():
            say(f"despite: {objection}")
        say(f"released to {target}: {len(meta.files)} files and their card")
