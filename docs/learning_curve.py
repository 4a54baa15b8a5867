"""The plot of docs/training.md out of learning_curve.toml: python docs/learning_curve.py"""
import tomllib
from pathlib import Path
from typing import Any, Final

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

HERE: Final = Path(__file__).parent
_SETS: Final = ("written, other issuers", "real, unseen")
_STARTS: Final = {"encoder": ("e5, 6 layers", "--"), "pretrained": ("and pretrained", "-")}
_COLOURS: Final = ("#1f5f99", "#b5472f")


def draw(data: dict[str, Any]) -> Figure:
    """Left: F1 by share of the data; right: by layers; the rules alone as level lines."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.8), sharey=True, width_ratios=(3, 2))
    for place, name in enumerate(_SETS):
        for start, (words, style) in _STARTS.items():
            row = data["shares"][start]
            left.plot([int(share) for share in row], [f1[place] for f1 in row.values()], style, marker="o",
                      color=_COLOURS[place], label=f"{name}: {words}")
        row = data["layers"]
        right.plot(range(len(row)), [f1[place] for f1 in row.values()], "--", marker="o", color=_COLOURS[place])
        for axes in (left, right):
            axes.axhline(data["rules"][place], color=_COLOURS[place], linewidth=0.8, linestyle=":",
                         label=f"{name.replace('unseen', 'seen')}: rules alone" if axes is left else None)
    left.set(xscale="log", xlabel="share of the training data, %", ylabel="strict span F1", ylim=(0.5, 1.0))
    left.set_xticks([10, 30, 100], labels=["10", "30", "100"])
    left.minorticks_off()
    right.set(xlabel="layers (not pretrained)")
    right.set_xticks(range(len(data["layers"])), labels=list(data["layers"]))
    left.legend(fontsize=7, loc="lower right", handlelength=4)
    for axes in (left, right):
        axes.grid(alpha=0.3)
    figure.tight_layout()
    return figure


if __name__ == "__main__":
    plt.rcParams["svg.hashsalt"] = "gongkai"
    found = tomllib.loads((HERE / "learning_curve.toml").read_text(encoding="utf-8"))
    draw(found).savefig(HERE / "images" / "learning_curve.svg", metadata={"Date": None})
