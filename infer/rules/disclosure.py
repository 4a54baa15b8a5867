"""Proactive disclosure in prose: totals, and their parts by channel, category and sub-unit."""

import re
from dataclasses import dataclass
from functools import cache

from infer.rules.channels import channel_of_clause, channels_in, is_channel_item
from infer.rules.context import Context, Reading
from infer.rules.names import body_only, is_issuer, trim, trim_text, without_count_words
from infer.rules.patterns import lexicon, pattern

Range = tuple[int, int]
_MEASURES = frozenset({"条", "件", "篇", "份", "则", "条次", "余条"})
_LOOSE_MEASURES = frozenset({"项", "个", "余个", "例", ""})
_NOUN_USE = (
    r"(?!栏|指南|目录|制度|专栏|平台|条例|形式|范围|率|方式|办|网|力度|载体|渠道|途径|领域|机制|会|稿|中心|厅|系统"
    r"|标准|主体|清单|查阅|属性|年报|申请|年度|单位|公告|的(?:主要|形式|内容|数量|类别|范围))"
)
_HEADING_REACH = 14
_LEAD_REACH = 700


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """A reading of one quantity as proactive disclosure; ranges are view offsets.

    `enumerated`: the words list several kinds (规章、规范性文件等), so that no one category is named.
    """

    category: Range | None = None
    channel: Range | None = None
    confidence: float
    total: bool = False
    enumerated: bool = False


def read_disclosure(
    reading: Reading, context: Context, *, total_known: bool, issuer: str | None = None, accounts: dict[str, str]
) -> Disclosure | None:
    """The part of the disclosed information that is counted; None where it is something else or cannot be told."""
    quantity = context.quantity
    clause_start = _clause_start(reading, context)
    clause = _words(reading, clause_start, quantity.start)
    if not _countable(context, clause) or pattern("disclosure.periodic").search(clause) or _handed_out(context, clause):
        return None
    verb = _verb(context, clause)
    if verb == "other":
        return None
    listed = "proactive" in context.frames or _resumes(context, clause) or _goes_on(context, clause)
    if (
        verb is None
        and not listed
        and not pattern("disclosure.class_item").search(clause)
        and not _announced_list(reading, context)
    ):
        return None
    listed = listed or verb is None
    channel = channel_of_clause(reading, context, clause_start, accounts)
    if listed and channel is None and pattern("disclosure.sum").match(context.left):
        return Disclosure(confidence=0.7, total=True)
    noun = _noun(reading, context, clause_start, verb)
    if noun is None:
        return Disclosure(channel=channel, confidence=0.8) if channel else None
    found = _classify(reading, context, noun, channel, listed=verb is None, total_known=total_known)
    if found and found.category and issuer and is_issuer(reading.prose.text[slice(*found.category)], issuer):
        return Disclosure(channel=found.channel, confidence=found.confidence, total=found.channel is None)
    return found


_DIVIDED, _ALONE = 16, 60
"""characters behind a whole in which its parts begin, and in which no other count stands that could be its sibling"""


def _handed_out(context: Context, clause: str) -> bool:
    """短信3.2万条, 宣传单1.5万份 and 一条重要…: nothing that was disclosed as information."""
    one = (
        context.quantity.value == 1
        and context.quantity.end - context.quantity.start == 2
        and not context.quantity.words_are_digits
    )
    return bool(pattern("disclosure.handed_out").search(clause)) or (one and "proactive" not in context.frames)


def _countable(context: Context, clause: str) -> bool:
    measure = context.quantity.measure
    if measure == "" and context.lone:
        return False
    if measure in _MEASURES:
        return True
    if measure in _LOOSE_MEASURES:
        listed = "proactive" in context.frames
        return (
            listed and bool(re.search(r"(?:类|信息)(?:共|为|计|达)*$", clause) or measure == "")
        ) or "公开信息" in clause
    return measure == "次" and bool(
        re.search(r"(?:更新|发布|公开)(?:各类|政府|政务|网站)*信息(?:共|达|约|累计)*$", clause)
    )


def _words(reading: Reading, start: int, end: int) -> str:
    """A stretch of the view with dates masked but titles and slogans readable."""
    masked = reading.marked[start:end]
    if "□" not in masked:
        return masked
    text = reading.prose.text[start:end]
    return "".join(a if a != "□" or _dated(text, i) else b for i, (a, b) in enumerate(zip(masked, text, strict=True)))


def _dated(text: str, i: int) -> bool:
    return any(
        match.start() <= i < match.end()
        for match in pattern("disclosure.date_words").finditer(text, max(0, i - 12), i + 12)
    )


def _clause_start(reading: Reading, context: Context) -> int:
    text = reading.prose.text
    start = context.left_start
    for match in pattern("disclosure.clause").finditer(context.left):
        start = context.left_start + match.end()
    dates = [
        match.end()
        for match in pattern("disclosure.dated").finditer(text, start, context.quantity.start)
        if ")" not in text[match.end() : context.quantity.start]
    ]
    return dates[-1] if dates and publishing(text[dates[-1] : context.quantity.start], 0) else start


def _verb(context: Context, clause: str) -> str | None:
    """'pub' where the clause or the words since the last number disclose; 'other' where another verb governs."""
    words = lexicon().words
    listed = "proactive" in context.frames
    item = trim_text(clause)
    other = words["verbs.not_disclosure"].search(clause)
    strong = words["verbs.never_disclosure"].search(clause)
    pub = publishing(clause, 0)
    class_item = pattern("disclosure.class_item").search(clause) and (not pub or (listed and pub.start() > 1))
    if (pattern("disclosure.others").match(clause) and listed) or class_item:
        return None
    if (
        pub
        and listed
        and pub.end() == len(words["category.tail"].sub("", clause))
        and pub.start() > 1
        and not other
        and not channels_in(clause)
    ):
        return None
    if pub:
        return "other" if strong and strong.start() < pub.start() else "pub"
    if is_channel_item(item):
        return "pub"
    if other and not (listed and _plain_item(item)):
        return "other"
    if channels_in(clause) and re.search(r"信息(?:共|达|约|为|累计|总计|数|量)*$", clause):
        return "pub"
    earlier = context.left[: len(context.left) - len(clause)]
    last_pub = _last(words["macro.pub"], earlier)
    last_other = _last(words["verbs.not_disclosure"], earlier)
    if listed:
        return "other" if (last_other > last_pub and len(earlier) > 30) or not _plain_item(item) else None
    return "earlier" if last_pub > last_other else None


def _goes_on(context: Context, clause: str) -> bool:
    """公开规章3件,规范性文件5件,人事任免9件: a row of disclosed documents goes on with kinds that the vocabulary does not know."""
    begin = re.match(r"[^#]*", context.head)
    documents = any(frame.startswith("documents.") for frame in context.frames)
    return (
        documents
        and begin is not None
        and publishing(begin[0], 0) is not None
        and _plain_item(trim_text(clause))
        and bool(re.search(r"文件|信息|任免|公告|通知", clause))
    )


def _resumes(context: Context, clause: str) -> bool:
    """各乡镇7015条,占38%: a body or channel that opens the sentence after a statement of disclosure."""
    if "proactive.recent" not in context.frames or not context.first:
        return False
    item = trim_text(clause)
    words = lexicon().words
    body = words["subunit.tail"].search(item) and not words["subunit.not"].search(item)
    return len(item) <= 16 and context.quantity.measure == "条" and bool(body or is_channel_item(item))


def _announced_list(reading: Reading, context: Context) -> bool:
    """(一)主动公开:行政执法83条、招投标41条、…: a list of at least three items right under its heading."""
    begin = max(0, context.sentence.start - _HEADING_REACH)
    heading = pattern("disclosure.list_heading").search(reading.marked, begin, context.sentence.start + _HEADING_REACH)
    if set(context.frames) - {"proactive.recent"} or (context.topic != "proactive" and not heading):
        return False
    start = max(heading.end(), context.sentence.start) if heading else context.sentence.start
    sentence = reading.marked[start : context.sentence.end].lstrip(":。,")
    begins = re.match(r"(?:#+|[^#,;。:]{1,20})(?:#+[、,;]?(?:占#+[,;、]?)?[^#,;。:]{0,20}){3,}", sentence)
    return begins is not None and len(re.findall(r"#+", sentence)) >= 3


def publishing(clause: str, after: int) -> re.Match[str] | None:
    """The verb of disclosure in a clause, not a noun such as 公开栏 or an account's name in quotation marks."""
    quoted = [match.span() for match in re.finditer(r'"[^"]{1,20}"', clause)]
    for match in _publishing().finditer(clause, after):
        if not any(start < match.start() < end for start, end in quoted):
            return match
    return None


@cache
def _publishing() -> re.Pattern[str]:
    return re.compile(
        r"(?<!政务)(?<!公告)(?<!不予)(?<!不)(?<!申请)(?<!部分)(?<!免予)(?<!同意)"
        + lexicon().words["macro.pub"].pattern
        + _NOUN_USE
    )


def _last(pattern: re.Pattern[str], text: str) -> int:
    position = -1
    for match in pattern.finditer(text):
        position = match.start()
    return position


def _plain_item(item: str) -> bool:
    words = lexicon().words
    return not words["category.reject"].search(item) and not words["category.reject_start"].match(item)


def _noun(reading: Reading, context: Context, clause_start: int, verb: str | None) -> Range | None:
    """View range of what is counted: between verb and number, the list item before it, or the words after it."""
    quantity = context.quantity
    clause = _words(reading, clause_start, quantity.start)
    start = clause_start
    if verb == "pub":
        channels = channels_in(clause)
        pub = publishing(clause, channels[-1][2] if channels else 0) or publishing(clause, 0)
        start = clause_start + (pub.end() if pub else 0)
    noun = trim(reading.marked, start, quantity.start)
    if noun[0] < noun[1]:
        return noun
    after = re.match(r"(?:的)?[^#,;。:()]{2,34}", context.right)
    if after and re.search(r"信息|动态|情况|公告|文件|政策|通知|资讯", after[0]):
        return trim(reading.marked, quantity.end, quantity.end + after.end())
    return noun


def _classify(
    reading: Reading, context: Context, noun: Range, channel: Range | None, *, listed: bool, total_known: bool
) -> Disclosure | None:
    words = lexicon().words
    name = reading.marked[noun[0] : noun[1]]
    if channel and noun[0] <= channel[0] and channel[1] <= noun[1] + 2:
        return Disclosure(channel=channel, confidence=0.85)
    if not channel and name and not listed and pattern("disclosure.posts").fullmatch(name):
        return None
    if channel and pattern("disclosure.media_noun").fullmatch(name):
        return Disclosure(channel=channel, confidence=0.85)
    name, noun = without_count_words(name, noun)
    body = listed and words["subunit.tail"].search(name) and not words["macro.own"].match(name)
    if name and (body or not words["generic.nouns"].fullmatch(name)):
        if (
            len(name) > 70
            or words["category.never"].match(name)
            or (words["category.reject"].search(name) and listed)
            or re.search(r"几$|□{3,}", name)
        ):
            return None
        if _sums_up(reading, context, name, total_known=total_known):
            return Disclosure(channel=channel, confidence=0.6, total=True)
        if (
            channel
            and not listed
            and pattern("disclosure.enumeration").search(reading.prose.text[noun[0] : context.quantity.start])
        ):
            return Disclosure(channel=channel, confidence=0.7, enumerated=True)
        noun = body_only(reading, noun)
        return Disclosure(category=noun, channel=None if listed else channel, confidence=0.8 if listed else 0.75)
    return _total(reading, context, channel, total_known=total_known, listed=listed)


def _sums_up(reading: Reading, context: Context, name: str, *, total_known: bool) -> bool:
    """发布招生、收费、人事等信息76条,其中…: the enumeration describes the whole that the list then divides."""
    if total_known or not re.search(r"、.+等(?:各类|方面|多方面)?(?:的)?(?:政府)?(?:信息|文件|内容)?$", name):
        return False
    following = reading.marked[context.quantity.end : context.quantity.end + _ALONE]
    divided = pattern("disclosure.places").search(following, 0, _DIVIDED)
    return bool(divided) or (context.first and "#" not in following and not context.head.endswith("其中"))


def _total(
    reading: Reading, context: Context, channel: Range | None, *, total_known: bool, listed: bool
) -> Disclosure | None:
    words = reading.marked[_clause_start(reading, context) : context.quantity.start] + context.right[:8]
    strong = bool(pattern("disclosure.strong").search(words))
    subject = _column(reading, context) or _subject(reading, context)
    if subject:
        return Disclosure(category=subject, channel=channel, confidence=0.75)
    if channel and not (strong and not total_known and pattern("disclosure.platform").search(words)):
        return Disclosure(channel=channel, confidence=0.85)
    if "proactive" in context.frames and re.search(r"累计|历年", context.left):
        return Disclosure(confidence=0.7, total=True)
    if listed and not lexicon().words["macro.pub"].search(context.left):
        return (
            Disclosure(confidence=0.6, total=True)
            if re.search(r"新增|合计|总计|累计|总数|共计", context.left)
            else None
        )
    lead = None if strong else _lead(reading, context)
    if lead:
        return Disclosure(category=lead, confidence=0.5)
    strong = strong or "公开信息" in words
    if total_known and not strong:
        return None
    return Disclosure(confidence=0.9 if strong else 0.6, total=True)


def _column(reading: Reading, context: Context) -> Range | None:
    """"政策法规"栏目发布信息24条: what a column of the site is called."""
    start = _clause_start(reading, context)
    named = pattern("disclosure.column").search(_words(reading, start, context.quantity.start))
    return (start + named.start("name"), start + named.end("name")) if named else None


def _subject(reading: Reading, context: Context) -> Range | None:
    """The body before the verb, where it is a part of the reporting body."""
    words = lexicon().words
    clause_start = _clause_start(reading, context)
    clause = _words(reading, clause_start, context.quantity.start)
    pub = publishing(clause, 0)
    if not pub:
        return None
    start, end = trim(reading.marked, clause_start, clause_start + pub.start())
    name = reading.marked[start:end]
    own = words["macro.own"].match(name) or re.match(r"(?:我|本|全|该|各级各|各级政府)", name)
    if (
        own
        or pattern("disclosure.bare_body").fullmatch(name)
        or not 2 <= len(name) <= 30
        or "□" in name
        or (re.search(r"单位$", name) and "公开单位" in name)
    ):
        return None
    if channels_in(name):
        return None
    if (
        words["subunit.tail"].search(name)
        and not words["subunit.not"].search(name)
        and not re.search(r"通过|利用|依托|在", name)
    ):
        return start, end
    return None


def _lead(reading: Reading, context: Context) -> Range | None:
    """The topic that the numbered item announced (推进X信息公开。), where it is narrower than disclosure as such."""
    text = reading.prose.text
    begin = max(0, context.sentence.start - _LEAD_REACH)
    for match in pattern("disclosure.enumerator").finditer(text, begin, context.quantity.start):
        begin = match.end()
    for lead in pattern("disclosure.lead").finditer(text[begin : context.quantity.start]):
        if not pattern("disclosure.generic_lead").match(lead["lead"]):
            start, end = begin + lead.start("lead"), begin + lead.end("lead")
            return trim(reading.marked, start, end + 2 if text[end : end + 2] == "信息" else end)
    return None
