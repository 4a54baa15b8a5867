"""Reports of invented places, extracted by rules, for panels."""
from pathlib import Path

from infer.labelling import Choice, labelling
from infer.pipeline import extract
from infer.results import encode

RULES = labelling(Choice(mode="rules"))
TEXT = """{issuer}{year}年政府信息公开工作年度报告

一、总体情况
{year}年，我{kind}主动公开政府信息{total}条，其中政府网站公开{website}条。收到政府信息公开申请{new}件，均为自然人提出。全年收取复制费{fee}元。
"""


def page(issuer: str = "云河县人民政府", year: int = 2012, **changes: object) -> str:
    return TEXT.format(**{"issuer": issuer, "year": year, "kind": "县", "total": 120, "website": 80, "new": 7,
                          "fee": "12.35"} | changes)


def results(folder: Path, *texts: str, name: str = "results.jsonl") -> Path:
    """A file of results of these texts, called 0.txt, 1.txt, …"""
    lines = [encode(extract(text.encode(), name=f"{number}.txt", labels=RULES)) for number, text in enumerate(texts)]
    path = folder / name
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path
