"""Documents made for these tests, of invented places."""
from infer.metadata import MetaReading, read_meta
from infer.sections import read_sections
from report.document import Document, Source
from report.facts import Section

PARTS = ("一、总体情况\n我镇认真落实。\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n"
         "四、政府信息公开行政复议、行政诉讼情况\n五、存在的主要问题及改进情况\n六、其他需要报告的事项\n无。")


def made(text: str) -> Document:
    """A plain text document."""
    return Document(source=Source(name="made.txt", media="text", encoding="utf-8", sha256="", size=len(text.encode()),
                                  pages=None, text=text))


def sections_of(text: str, skip: tuple[tuple[int, int], ...] = ()) -> tuple[Section, ...]:
    return read_sections(made(text), skip)


def reading_of(text: str, form: str | None = None) -> MetaReading:
    doc = made(text)
    return read_meta(doc, read_sections(doc), form=form)
