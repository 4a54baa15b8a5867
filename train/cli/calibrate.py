"""gongkai train calibrate"""
from pathlib import Path
from typing import Annotated

import typer

EXAMPLE = "Example: gongkai train calibrate --gold tests/aside --labelled annotations/written --json figures.json"


def calibrate(
    gold: Annotated[list[Path], typer.Option(
        "--gold", exists=True, file_okay=False, help="Reports with gold files beside them; may be repeated.")],
    labelled: Annotated[Path, typer.Option(
        "--labelled", exists=True, file_okay=False, help="Labelled corpus: dev to fit with, test to measure on.")],
    json_file: Annotated[Path, typer.Option("--json", dir_okay=False, help="Write the figures here.")],
    model: Annotated[Path | None, typer.Option(
        "--model", exists=True, file_okay=False, help="Folder of `train export`; default: the released model.")] = None,
    synthetic: Annotated[int, typer.Option("--synthetic", min=0, help="Synthetic reports of dev's patterns.")] = 160,
    take: Annotated[float, typer.Option(
        "--take", min=0.0, max=1.0, help="Confidence from which facts are stated.")] = 0.7,
    replay: Annotated[list[str] | None, typer.Option(
        "--replay", metavar="NAME=[REPORTS:GOLD:]SPANS", help="Also measure on these reports (default: the labelled "
        "test part) with another model's spans, such as `train leave-out --spans` writes.")] = None,
    measure_only: Annotated[bool, typer.Option("--measure-only", help="Leave reliability.json as it is.")] = False,
) -> None:
    """Measure how reliable readings are on reports that no weights were trained on; the measured weights decide.

    Writes infer/model/reliability.json. What the figures say of the reports used to fit comes from left-out folds.
    """
    from train.cli.saying import one_line, say

    with one_line():
        from train.reliability import Job, run

        table = run(Job(gold=tuple(gold), labelled=labelled, model=model, synthetic=synthetic, take=take,
                        replays=tuple(replay or ()), write=not measure_only), json_file)
    for name, modes in table["sets"].items():
        for mode, figures in modes.items():
            at = figures["at"]
            say(f"{name:12} {mode:6} F1 {at['f1']:.3f}, {at['wrong_in_100']:.1f} wrong in 100, "
                f"{at['whole']}/{at['reports']} whole, ECE {figures['confidence']['ece']:.3f}")
