"""The ablation tables out of docs/extraction.json: rules, model, both; without checks; by form, script and noise."""
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

FIGURES: Final = Path(__file__).resolve().parent.parent / "docs" / "extraction.json"
_SETS: Final = ("aside", "test", "real")
_TRAINED: Final = ("no_real_spans", "no_pretraining")
"""sets measured with the spans of models trained otherwise are called test.no_pretraining and so on"""
_WORDS: Final[dict[str, dict[str, str]]] = {
    "README.md": {
        "head": "| | " + " | ".join(("48 reports kept aside", "118 written reports", "19 real reports")) + " |",
        "rules": "rules", "model": "model", "both": "model and rules", "checks": "the same without checks",
        "no_real_spans": "model and rules, trained without real spans",
        "no_pretraining": "model and rules, trained without real spans and without pretraining",
        "groups": "| model and rules, written reports | reports | F1 | wrong in 100 |",
        "cell": "F1 {f1:.3f}, {wrong_in_100:.1f} wrong in 100, {whole} whole",
        "form": "form", "script": "script", "noise": "noise"},
    "README.zh-CN.md": {
        "head": "| | 留置的 48 份 | 自编的 118 份 | 真实的 19 份 |",
        "rules": "规则", "model": "模型", "both": "模型与规则", "checks": "同上，不用勾稽",
        "no_real_spans": "模型与规则，训练不用真实标注", "no_pretraining": "模型与规则，训练不用真实标注，也不预训练",
        "groups": "| 模型与规则，自编年报 | 份数 | F1 | 每百个中的错数 |",
        "cell": "F1 {f1:.3f}，每百个错 {wrong_in_100:.1f} 个，全对 {whole} 份",
        "form": "表式", "script": "字体", "noise": "噪声"},
}


def ablation(name: str) -> str:
    """Both tables in the language of this README."""
    figures: dict[str, Any] = json.loads(FIGURES.read_text(encoding="utf-8"))["sets"]
    words = _WORDS[name]
    return "\n".join([*_modes(figures, words), "", *_groups(figures["test"]["both"]["groups"], words)])


def _modes(figures: dict[str, Any], words: dict[str, str]) -> Iterator[str]:
    yield words["head"]
    yield "| --- | --- | --- | --- |"
    for mode in ("rules", "model", "both"):
        yield _row(words[mode], [figures[one][mode]["at"] for one in _SETS], words["cell"])
    yield _row(words["checks"], [figures[one]["both"]["without_checks"] for one in _SETS], words["cell"])
    for way in _TRAINED:
        yield _row(words[way], [figures.get(f"{one}.{way}", {}).get("both", {}).get("at") for one in _SETS],
                   words["cell"])


def _row(label: str, cells: list[dict[str, Any] | None], shape: str) -> str:
    return f"| {label} | " + " | ".join(shape.format(**cell) if cell else "" for cell in cells) + " |"


def _groups(groups: dict[str, dict[str, dict[str, Any]]], words: dict[str, str]) -> Iterator[str]:
    yield words["groups"]
    yield "| --- | ---: | ---: | ---: |"
    for kind, held in groups.items():
        for key, one in held.items():
            yield f"| {words[kind]}: {key} | {one['reports']} | {one['f1']:.3f} | {one['wrong_in_100']:.1f} |"
