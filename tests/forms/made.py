"""Invented forms: consistent tables of numbers, and the states in which such tables come down."""

from dataclasses import dataclass
from random import Random

from infer.read.text import tables_in_text
from report.document import Cell, Document, Source, Table

APPLICANTS = (
    "natural_person",
    "enterprise",
    "research_institution",
    "public_interest_organization",
    "legal_service",
    "other_organization",
    "total",
)
OUTCOMES = (
    ("（一）予以公开", "requests.granted"),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "requests.partially_granted"),
    ("1.属于国家秘密", "requests.denied.state_secret"),
    ("2.其他法律行政法规禁止公开", "requests.denied.prohibited_by_law"),
    ("3.危及“三安全一稳定”", "requests.denied.security_stability"),
    ("4.保护第三方合法权益", "requests.denied.third_party_rights"),
    ("5.属于三类内部事务信息", "requests.denied.internal_affairs"),
    ("6.属于四类过程性信息", "requests.denied.process_information"),
    ("7.属于行政执法案卷", "requests.denied.enforcement_file"),
    ("8.属于行政查询事项", "requests.denied.administrative_inquiry"),
    ("1.本机关不掌握相关政府信息", "requests.unavailable.not_held"),
    ("2.没有现成信息需要另行制作", "requests.unavailable.needs_creation"),
    ("3.补正后申请内容仍不明确", "requests.unavailable.unclear_after_correction"),
    ("1.信访举报投诉类申请", "requests.not_processed.petition"),
    ("2.重复申请", "requests.not_processed.repeated"),
    ("3.要求提供公开出版物", "requests.not_processed.public_publication"),
    ("4.无正当理由大量反复申请", "requests.not_processed.excessive"),
    ("5.要求行政机关确认或重新出具已获取信息", "requests.not_processed.confirmation"),
    ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "requests.other.correction_overdue"),
    ("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "requests.other.fee_overdue"),
    ("3.其他", "requests.other.other"),
)
HEADS_BEFORE = {
    "（一）予以公开": "三、本年度办理结果",
    "1.属于国家秘密": "（三）不予公开",
    "1.本机关不掌握相关政府信息": "（四）无法提供",
    "1.信访举报投诉类申请": "（五）不予处理",
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": "（六）其他处理",
}
NEW_LABEL, IN_LABEL = "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"
TOTAL_LABEL, OUT_LABEL = "（七）总计", "四、结转下年度继续办理"
REQUEST_HEADS = (
    "申请人情况",
    "自然人",
    "法人或其他组织",
    "总计",
    "商业企业",
    "科研机构",
    "社会公益组织",
    "法律服务机构",
    "其他",
)
RESULTS = ("upheld", "corrected", "other", "pending", "total")
RESULT_HEADS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
DISPUTES = ("reconsideration", "litigation.direct", "litigation.after_reconsideration")
DRIFT = {
    "其他法律行政法规禁止公开": "其他法律行政止公开",
    "本年新收政府信息公开申请数量": "本年度新收政府信息公开申请数量",
    "属于四类过程性信息": "属于四类过程性的信息",
    "没有现成信息需要另行制作": "没有现成信息需另行制作",
    "本年制发件数": "本年度制发数",
    "行政规范性文件": "规范性文件",
    "补正后申请内容仍不明确": "经补正后申请内容仍不明确",
}


@dataclass(frozen=True)
class Row:
    """A printed line of a form: heads before it, label, cells as printed, and what each cell is."""

    label: str
    cells: tuple[str, ...]
    keys: tuple[tuple[str, str], ...]
    heads: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """A filled form: rows in printed order, and the truth: number by (indicator, applicant)."""

    rows: tuple[Row, ...]
    truth: dict[tuple[str, str], int | None]


def seeded(seed: int) -> Random:
    """The same form for the same number."""
    return Random(seed)


def make_form(random: Random, *, zero: str = "0", large: bool = False) -> Form:
    """A consistent form of 2021; `zero` is what the office prints for nothing."""
    rows = [*_section_two(random, zero), *_requests(random, zero, large), *_disputes(random, zero)]
    truth = {
        key: (None if words == zero != "0" else int(words))
        for row in rows
        for key, words in zip(row.keys, row.cells, strict=True)
    }
    return Form(tuple(rows), truth)


def _section_two(random: Random, zero: str) -> list[Row]:
    rows = []
    heads: tuple[str, ...] = ("第二十条第（一）项", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数")
    for label, indicator in (("规章", "documents.regulations"), ("行政规范性文件", "documents.normative")):
        issued = random.choice([0, 0, random.randrange(90)]) if label != "规章" else 0
        values = (
            (issued, random.choice([0, random.randrange(60)]), issued + random.randrange(500))
            if label != "规章"
            else (0, 0, 0)
        )
        keys = tuple((f"{indicator}.{name}", "") for name in ("issued", "repealed", "in_force"))
        rows.append(Row(label, _words(values, zero), keys, heads))
        heads = ()
    single = (
        ("行政许可", "licensing.decisions", "第二十条第（五）项"),
        ("行政处罚", "penalties.decisions", "第二十条第（六）项"),
        ("行政强制", "coercion.decisions", ""),
    )
    for label, indicator, block in single:
        heads = (block, "信息内容", "本年处理决定数量") if block else ()
        rows.append(Row(label, _words((random.choice([0, random.randrange(9000)]),), zero), ((indicator, ""),), heads))
    return rows


def _requests(random: Random, zero: str, large: bool) -> list[Row]:
    top = 2000 if large else 60
    outcomes = [
        [
            random.choice([0] * 9 + [random.randrange(top)])
            if c == 0
            else random.choice([0] * 15 + [random.randrange(9)])
            for c in range(6)
        ]
        for _ in OUTCOMES
    ]
    total = [sum(column) for column in zip(*outcomes, strict=True)]
    out = [random.choice([0, 0, random.randrange(9)]) for _ in range(6)]
    new = [random.randrange(a + b + 1) if random.random() < 0.3 else a + b for a, b in zip(total, out, strict=True)]
    carried = [a + b - n for a, b, n in zip(total, out, new, strict=True)]
    lines = [
        (NEW_LABEL, "requests.new", new),
        (IN_LABEL, "requests.carried_in", carried),
        *((label, indicator, values) for (label, indicator), values in zip(OUTCOMES, outcomes, strict=True)),
        (TOTAL_LABEL, "requests.processed_total", total),
        (OUT_LABEL, "requests.carried_out", out),
    ]
    rows = []
    for n, (label, indicator, values) in enumerate(lines):
        heads = REQUEST_HEADS if n == 0 else tuple(HEADS_BEFORE[label].split("|")) if label in HEADS_BEFORE else ()
        keys = tuple((indicator, "" if name == "total" else name) for name in APPLICANTS)
        rows.append(Row(label, _words((*values, sum(values)), zero), keys, heads))
    return rows


def _disputes(random: Random, zero: str) -> list[Row]:
    values: list[int] = []
    for _ in DISPUTES:
        group = [random.choice([0, 0, random.randrange(40)]) for _ in range(4)]
        values += [*group, sum(group)]
    keys = tuple((f"{dispute}.{result}", "") for dispute in DISPUTES for result in RESULTS)
    heads = ("行政复议", "行政诉讼", *RESULT_HEADS, "未经复议直接起诉", "复议后起诉", *RESULT_HEADS, *RESULT_HEADS)
    return [Row("", _words(tuple(values), zero), keys, heads)]


def _words(values: tuple[int, ...], zero: str) -> tuple[str, ...]:
    return tuple(str(value) if value else zero for value in values)


def drift(text: str) -> str:
    """The labels as some offices word them."""
    for official, other in DRIFT.items():
        text = text.replace(official, other)
    return text


def document(text: str, tables: tuple[Table, ...] | None = None) -> Document:
    source = Source(name="made", media="text", encoding="utf-8", sha256="", size=len(text), pages=None, text=text)
    return Document(source=source, tables=tables_in_text(text) if tables is None else tables)


BEFORE = "岚溪县人民政府办公室2023年政府信息公开工作年度报告\n全年主动公开政府信息1203条，收到申请件均按时办结，不予公开0件。\n二、主动公开政府信息情况\n"
AFTER = "\n五、存在的主要问题及改进情况\n2024年将抓好3项工作。"


def as_lines(form: Form, *, gap: str = "\n", indent: str = "") -> Document:
    """One cell a line."""
    cells = [words for row in form.rows for words in (*row.heads, row.label, *row.cells) if words]
    return document(BEFORE + gap.join(indent + words for words in cells) + AFTER)


def as_run(form: Form) -> Document:
    """Everything in one endless line."""
    return document(
        BEFORE.replace("\n", "")
        + "".join("".join((*row.heads, row.label, *row.cells)) for row in form.rows)
        + AFTER.replace("\n", "")
    )


def as_loose_run(form: Form, random: Random) -> Document:
    """Run together, with white space at some of the boundaries."""
    text = ""
    for row in form.rows:
        text += "".join(row.heads) + row.label
        text += "".join(random.choice(["", "", " "]) + words for words in row.cells) + random.choice(["", " "])
    return document(BEFORE + text + AFTER)


def as_pipes(form: Form) -> Document:
    """Rows of a pipe table, each with its label and its cells."""
    blocks = []
    for row in form.rows:
        if row.heads:
            blocks.append("|" + "|".join(row.heads) + "|")
        blocks.append("|" + "|".join((row.label, *row.cells) if row.label else row.cells) + "|")
    return document(BEFORE + "\n".join(blocks) + AFTER)


def as_grid(form: Form, *, pages: bool = False) -> Document:
    """Tables with cells, as HTML, PDF and DOCX give them; `pages` begins a new table in the middle of the requests."""
    text, number = BEFORE, 0
    tables: list[Table] = []
    cells: list[Cell] = []
    for n, row in enumerate(form.rows):
        breaks = pages and n in (12, 20)
        if (breaks or (row.heads and len(row.heads) > 2)) and cells:
            tables.append(Table(id=len(tables), start=cells[0].start, end=cells[-1].end, cells=tuple(cells)))
            cells, number = [], 0
            text += "\n— 3 —\n" if breaks else "\n"
        for words in ([row.heads] if row.heads else []) + [(row.label, *row.cells) if row.label else row.cells]:
            for column, word in enumerate(words):
                cells.append(Cell(row=number, column=column, start=len(text), end=len(text) + len(word)))
                text += word + ("\n" if column == len(words) - 1 else "\t")
            number += 1
    tables.append(Table(id=len(tables), start=cells[0].start, end=cells[-1].end, cells=tuple(cells)))
    return document(text + AFTER, tuple(tables))
