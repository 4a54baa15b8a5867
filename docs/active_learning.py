"""Plot and table of docs/annotation.md out of active_learning.json: python docs/active_learning.py [RUNS/*.json]

With the files of `gongkai train study`, active_learning.json is made of them first.
"""
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from train.savings import COSTS, MEASURES, merged, saving

HERE: Final = Path(__file__).parent
DATA: Final = HERE / "active_learning.json"
_WORDS: Final = {
    "span_f1": "strict span F1", "fact_f1": "fact F1, model and rules", "model_fact_f1": "fact F1, model alone"}
_STYLES: Final = {"chosen": ("#b5472f", "-"), "random": ("#1f5f99", "--")}
Points = dict[str, list[dict[str, float]]]


def draw(points: Points) -> Figure:
    """A panel for each measure, by the work that was done; all of the work as a level line."""
    figure, panels = plt.subplots(1, len(MEASURES), figsize=(10, 3.4))
    for axes, measure in zip(panels, MEASURES, strict=True):
        for name, rows in points.items():
            if name == "all":
                axes.axhline(rows[0][measure], color="grey", linewidth=0.8, linestyle=":", label="everything annotated")
                continue
            colour, style = _STYLES[name.split()[0]]
            axes.plot([row["effort"] for row in rows], [row[measure] for row in rows], style, marker="o", markersize=4,
                      color=colour, alpha=1.0 if name.endswith("sentence") else 0.5, label=name)
        axes.set(xlabel="sentences looked at and labels set", title=_WORDS[measure])
        axes.title.set_fontsize(10)
        axes.grid(alpha=0.3)
    panels[0].legend(fontsize=7, loc="lower right")
    figure.tight_layout()
    return figure


def table(points: Points) -> Iterator[str]:
    """Markdown: what choosing cost where it came to the score of random picks."""
    yield "| unit | measure | score | " + " | ".join(f"{cost} saved" for cost in COSTS) + " |"
    yield "| --- | --- | ---: | " + " | ".join("---:" for _ in COSTS) + " |"
    for unit in ("sentence", "report"):
        if not {f"chosen {unit}", f"random {unit}"} <= points.keys():
            continue
        for measure in MEASURES:
            found = [saving(points[f"chosen {unit}"], points[f"random {unit}"], measure, cost) for cost in COSTS]
            score = next((f"{one.score:.3f}" for one in found if one), "")
            yield f"| {unit} | {_WORDS[measure]} | {score} | " + " | ".join(
                f"{one.share:.0%} ({one.needed:.0f} for {one.cost:.0f})" if one else "" for one in found) + " |"


if __name__ == "__main__":
    if runs := [Path(name) for name in sys.argv[1:]]:
        DATA.write_text(json.dumps(merged(runs), indent=1) + "\n", encoding="utf-8")
    plt.rcParams["svg.hashsalt"] = "gongkai"
    held: Points = json.loads(DATA.read_text(encoding="utf-8"))
    draw(held).savefig(HERE / "images" / "active_learning.svg", metadata={"Date": None})
    sys.stdout.write("\n".join(table(held)) + "\n")
