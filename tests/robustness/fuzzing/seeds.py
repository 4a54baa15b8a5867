"""What a fuzzer begins with: small sound inputs of each target, out of the invented reports of this repository."""
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

from infer.labelling import Choice, labelling
from infer.pipeline import extract
from infer.results import encode
from tests.robustness.containers import packed, page, paper, plain, unpacked

_ROOT: Final = Path(__file__).resolve().parents[3]
_EXAMPLES: Final = _ROOT / "examples"
_LONGEST: Final = 3_000
_NUMERALS: Final = ("1,136", "2.5万", "20余万", "百余", "二十一", "二〇二一", "3亿5千万", "上千", "１２．５", "约3", "亿一", "几十", "贰拾")
_MESSAGE: Final = "action,sha256,start,end,words,indicator,value\r\nconfirm,{0},3,5,12,requests.new,12\r\n"


def write_seeds(target: str, folder: Path) -> int:
    """Write the seeds of a target into the folder; how many."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    for number, data in enumerate(_seeds(target), start=1):
        (folder / f"seed{number:03}").write_bytes(data)
    return number


def _seeds(target: str) -> Iterator[bytes]:
    chance = Random("fuzzing")
    if target == "numerals":
        yield from (words.encode() for words in _NUMERALS)
    elif target == "results":
        yield from _results()
    elif target == "corrections":
        yield _MESSAGE.format("0" * 64).encode()
        yield ("\ufeff" + _MESSAGE.replace(",", ";").format("0" * 64)).encode("utf-16")
    elif target == "docx_part":
        yield from _parts()
    else:
        make = {"html": page, "pdf": paper}.get(target, plain)
        if target == "docx":
            yield from (packed(one) for one in _bodies())
            yield from (one.encode() for one in _bodies())
        else:
            yield from (make(words, chance) for words in _texts())


def _texts() -> Iterator[str]:
    for path in (*sorted(_EXAMPLES.glob("[0-9]*.txt")), *sorted((_ROOT / "tests" / "written").glob("*.txt"))[:12]):
        try:
            words = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        yield words[:_LONGEST]
        yield words[-_LONGEST:]


def _bodies() -> Iterator[str]:
    whole = unpacked((_EXAMPLES / "09_qingdai_county_2022.docx").read_bytes())
    yield whole[:2_000]
    yield ('<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:tbl><w:tr>'
           '<w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge/></w:tcPr><w:p><w:r><w:t>申请</w:t></w:r></w:p></w:tc><w:tc>'
           '<w:p><w:r><w:t>3</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:sdt><w:p/></w:sdt></w:body></w:document>')


def _parts() -> Iterator[bytes]:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(packed(next(_bodies())))) as archive:
        for number, name in enumerate(("[Content_Types].xml", "_rels/.rels", "docProps/core.xml",
                                       "word/_rels/document.xml.rels")):
            yield bytes([number]) + archive.read(name)


def _results() -> Iterator[bytes]:
    rules = labelling(Choice(mode="rules"))
    words = "某镇2023年政府信息公开工作年度报告\n2023年，某镇主动公开政府信息12条，收到申请3件，均已办结。\n"
    line = encode(extract(words.encode(), name="a.txt", labels=rules))
    yield line
    yield line[:200]
