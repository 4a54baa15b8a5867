"""Draws docs/images/reliability.svg out of docs/extraction.json.

    python docs/reliability_diagram.py
"""
import json
from pathlib import Path

import matplotlib as mpl

mpl.use("svg")
from matplotlib import pyplot as plt

HERE = Path(__file__).parent
NAMES = {"aside": "kept aside, left out of the fit", "test": "written, unseen patterns",
         "real": "real, issuers left out"}


def main() -> None:
    mpl.rcParams["svg.hashsalt"] = "gongkai"
    figures = json.loads((HERE / "extraction.json").read_text(encoding="utf-8"))["sets"]
    figure, axes = plt.subplots(figsize=(6, 5))
    axes.plot([0, 1], [0, 1], color="grey", linewidth=1)
    for name, label in NAMES.items():
        told = figures[name]["both"]["confidence"]
        bins = told["bins"]
        axes.scatter([one["confidence"] for one in bins], [one["right"] for one in bins],
                     s=[max(6, one["facts"] ** 0.5 * 4) for one in bins], alpha=0.7,
                     label=f"{label} (ECE {told['ece']:.3f})")
    axes.set_xlabel("confidence")
    axes.set_ylabel("share of the facts that is right")
    axes.legend(loc="upper left")
    figure.tight_layout()
    figure.savefig(HERE / "images" / "reliability.svg", metadata={"Date": None})


if __name__ == "__main__":
    main()
