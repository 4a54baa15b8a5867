"""Proactive disclosure in prose: totals, and their parts by channel, category and sub-unit."""
import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from infer.rules.context import Context, Reading
from infer.rules.patterns import lexicon
from infer.rules.quantities import Quantity

Range = tuple[int, int]
_MEASURES = frozenset({"条", "件", "篇", "份", "则", "条次", "余条"})
_LOOSE_MEASURES = frozenset({"项", "个", "余个", "例", ""})
_CLAUSE = re.compile(r"[,;。]|[:：]|\((?![^()]*\))(?=.)|其中|条、|件、|篇、|[①-⑳]")
_NOUN_USE = r"(?!栏|指南|目录|制度|专栏|平台|条例|形式|范围|率|方式|办|网|力度|载体|渠道|途径|领域|机制|会|稿|中心|厅|系统|标准|主体|清单|查阅|属性|年报|申请|年度|单位|公告|的(?:主要|形式|内容|数量|类别|范围))"
_STRONG = re.compile(r"主动公开|政府信息|政务信息|信息公开(?:数|量|总)|公开信息(?:数|量|总)")
_ACCOUNT = re.compile(r'["“]?([\u4e00-\u9fffA-Za-z·]{2,12}?)["”]?(?:官方)?(?:政务)?(微信|微博|公众号|抖音|头条)')
_LEAD = re.compile(
    r"(?:^|[。;,\n]|[一二三四五六七八九十]是|[)）、.:□])(?:切实|着力|持续|深入|积极|进一步|稳步|及时|全面|不断|扎实|努力)*"
    r"(?:推进|加强|深化|做好|强化|推动|加大|抓好|完善|拓展|突出|聚焦|规范|推行|促进|落实|做实|做细)"
    r"(?P<lead>[^。;,\n:#□]{2,60}?)(?:的)?(?:信息)?(?:主动)?公开(?:工作|力度|情况|力)?(?=[。:,;\n])")
_GENERIC_LEAD = re.compile(r"^(?:政府|政务|应|予|其他|信息|主动|依申请|基层政务|基层|重点领域|重点|政府信息|各类|各项|本级|全面|做好|工作|内容|有关|.{0,4}政务|.{0,6}标准化规范化)*(?:的)?(?:信息)?$")
_PERIODIC = re.compile(r"每(?:月|周|季|天|日|年|半年|人|村|期)|日均|平均|至少|不少于|不足|最少|最多")
_CLASS_ITEM = re.compile(r"类(?:的)?(?:政府)?(?:信息)?(?:共|为|计|有|约|达)*$")
_DATE_WORDS = re.compile(r"\d+[年月日号]|\d+")
_DATED = re.compile(r"(?:(?:19|20)\d\d|二[〇零○][〇零○一二三四五六七八九]{2})年?度?")
_ENUMERATOR = re.compile(r"[一二三四五六七八九十]是|[(（][一二三四五六七八九十\d]{1,3}[)）]|(?<=[。;\n])\d{1,2}[.、]|[①-⑳]|\n")
_OTHERS = re.compile(r"^[,;、和及与(]*(?:其[他它]|应主动公开|应当主动公开)")
_MEDIUM = re.compile(r"通过|利用|依托|借助|运用|在|经|使用|以")
_FOLLOWERS = re.compile(r"(?:关注|粉丝|用户|订阅)(?:量|数|人数|者)?[^,;]{0,12}$")
_ACCOUNTS_COUNTED = frozenset({"个", "家", "账号", "帐号", "平台", "期"})
_MEDIA_NOUN = re.compile(r"(?:各类|原创|政务|转发)*(?:短视频|视频|图文|推文|博文|微博|文章|稿件|文件|作品|信息|动态信息|内容|图文信息)*(?:共|合计|共计)*")
_CHANNEL_ITEM = re.compile(r"(?:上|共|合计|累计|发稿|发文|推文|推送|更新|编发|刊登|刊载|登载|收录文件|发帖|发|信息|图文|文章|稿件|转发|原创|全年|今年|平台|号|账号|官方|□|,|\)|\"|[\u4e00-\u9fffA-Za-z]{0,6}\"|为|达|数|量)*")
_SUM = re.compile(r"^[,;、。(\s]*(?:以上)?(?:合计|总计|总数|共计|总共|共)(?:公开|发布)?(?:各类)?(?:政府)?(?:信息)?(?:[共达为约计])*$")
_LIST_HEADING = re.compile(r"(?:主动公开|公开(?:的)?内容|公开(?:的)?类别|(?:按)?类别|内容类别)[^。;#,]{0,6}[:。,\n]")
_HEADING_REACH = 14
_BEFORE_TOTAL = re.compile(r"^.*?(?:以来|截[至止]\S{0,6}底?|历年|新增|合计|总计|共计|累计)+(?:主动)?(?:公开|发布|新增)?")
_PLACES = re.compile(r"其中|具体|包括|分别")
_LEAD_REACH = 700
_CONNECT = re.compile(r"^(?:各|及|和|与|等|的|类)+|(?:等|的)+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """A reading of one quantity as proactive disclosure; ranges are view offsets."""

    category: Range | None = None
    channel: Range | None = None
    confidence: float
    total: bool = False


def read_disclosure(reading: Reading, context: Context, *, total_known: bool, issuer: str | None = None,
                    accounts: dict[str, str]) -> Disclosure | None:
    """What part of the disclosed information the quantity counts; None where it counts something else or cannot be told."""
    quantity = context.quantity
    clause_start = _clause_start(reading, context)
    clause = _words(reading, clause_start, quantity.start)
    if not _countable(context, clause) or _PERIODIC.search(clause):
        return None
    verb = _verb(context, clause)
    if verb == "other":
        return None
    listed = "proactive" in context.frames or _resumes(context, clause) or _goes_on(context, clause)
    if verb is None and not listed and not _CLASS_ITEM.search(clause) and not _announced_list(reading, context):
        return None
    listed = listed or verb is None
    channel = _channel(reading, context, clause_start, accounts)
    if listed and channel is None and _SUM.match(context.left):
        return Disclosure(confidence=0.7, total=True)
    noun = _noun(reading, context, clause_start, verb)
    if noun is None:
        return Disclosure(channel=channel, confidence=0.8) if channel else None
    found = _classify(reading, context, noun, channel, listed=verb is None, total_known=total_known)
    if found and found.category and issuer and _is_issuer(reading.prose.text[slice(*found.category)], issuer):
        return Disclosure(channel=found.channel, confidence=found.confidence, total=found.channel is None)
    return found


def _is_issuer(name: str, issuer: str) -> bool:
    short = re.sub(r"人民|\s", "", issuer)
    return len(name) >= 3 and (re.sub("人民", "", name) in short or short in name)


def _countable(context: Context, clause: str) -> bool:
    measure = context.quantity.measure
    if measure in _MEASURES:
        return True
    if measure in _LOOSE_MEASURES:
        listed = "proactive" in context.frames
        return (listed and bool(re.search(r"(?:类|信息)(?:共|为|计|达)*$", clause) or measure == "")) or "公开信息" in clause
    return measure == "次" and bool(re.search(r"(?:更新|发布|公开)(?:各类|政府|政务|网站)*信息(?:共|达|约|累计)*$", clause))


def _words(reading: Reading, start: int, end: int) -> str:
    """A stretch of the view with dates masked but titles and slogans readable."""
    masked = reading.marked[start:end]
    if "□" not in masked:
        return masked
    text = reading.prose.text[start:end]
    return "".join(a if a != "□" or _dated(text, i) else b for i, (a, b) in enumerate(zip(masked, text, strict=True)))


def _dated(text: str, i: int) -> bool:
    return any(match.start() <= i < match.end() for match in _DATE_WORDS.finditer(text, max(0, i - 12), i + 12))


def _clause_start(reading: Reading, context: Context) -> int:
    text = reading.prose.text
    start = context.left_start
    for match in _CLAUSE.finditer(context.left):
        start = context.left_start + match.end()
    dates = [match.end() for match in _DATED.finditer(text, start, context.quantity.start)
             if ")" not in text[match.end():context.quantity.start]]
    return dates[-1] if dates and publishing(text[dates[-1]:context.quantity.start], 0) else start


def _verb(context: Context, clause: str) -> str | None:
    """'pub' where the clause or the words since the last number disclose; 'other' where another verb governs."""
    words = lexicon().words
    listed = "proactive" in context.frames
    item = trim_text(clause)
    other = words["verbs.not_disclosure"].search(clause)
    strong = words["verbs.never_disclosure"].search(clause)
    pub = publishing(clause, 0)
    if (_OTHERS.match(clause) and listed) or (_CLASS_ITEM.search(clause) and not pub):
        return None
    if pub and listed and pub.end() == len(words["category.tail"].sub("", clause)) and pub.start() > 1 and not other and not channels_in(clause):
        return None
    if pub:
        return "other" if strong and strong.start() < pub.start() else "pub"
    if _is_channel_item(item):
        return "pub"
    if other and not (listed and _plain_item(item)):
        return "other"
    if channels_in(clause) and re.search(r"信息(?:共|达|约|为|累计|总计|数|量)*$", clause):
        return "pub"
    earlier = context.left[:len(context.left) - len(clause)]
    last_pub = _last(words["macro.pub"], earlier)
    last_other = _last(words["verbs.not_disclosure"], earlier)
    if listed:
        return "other" if (last_other > last_pub and len(earlier) > 30) or not _plain_item(item) else None
    return "earlier" if last_pub > last_other else None


def _is_channel_item(item: str) -> bool:
    """微信公众号312条, 网站发稿531篇: nothing but a channel and words of publishing."""
    hits = channels_in(item)
    return len({key for key, _, _ in hits}) == 1 and _CHANNEL_ITEM.fullmatch(item[hits[-1][2]:]) is not None and len(item) <= 30


def _goes_on(context: Context, clause: str) -> bool:
    """公开规章3件,规范性文件5件,人事任免9件: a row of disclosed documents goes on with kinds that the vocabulary does not know."""
    begin = re.match(r"[^#]*", context.head)
    documents = any(frame.startswith("documents.") for frame in context.frames)
    return documents and begin is not None and publishing(begin[0], 0) is not None and _plain_item(trim_text(clause)) and bool(
        re.search(r"文件|信息|任免|公告|通知", clause))


def _resumes(context: Context, clause: str) -> bool:
    """各乡镇7015条,占38%: a body or channel that opens the sentence after a statement of disclosure."""
    if "proactive.recent" not in context.frames or not context.first:
        return False
    item = trim_text(clause)
    words = lexicon().words
    body = words["subunit.tail"].search(item) and not words["subunit.not"].search(item)
    return len(item) <= 16 and context.quantity.measure == "条" and bool(body or _is_channel_item(item))


def _announced_list(reading: Reading, context: Context) -> bool:
    """(一)主动公开:行政执法83条、招投标41条、…: a list of at least three items right under its heading."""
    begin = max(0, context.sentence.start - _HEADING_REACH)
    heading = _LIST_HEADING.search(reading.marked, begin, context.sentence.start + _HEADING_REACH)
    if context.frames or (context.topic != "proactive" and not heading):
        return False
    start = max(heading.end(), context.sentence.start) if heading else context.sentence.start
    sentence = reading.marked[start:context.sentence.end].lstrip(":。,")
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
    return re.compile(r"(?<!不予)(?<!不)(?<!申请)(?<!部分)(?<!免予)(?<!同意)" + lexicon().words["macro.pub"].pattern + _NOUN_USE)


def _last(pattern: re.Pattern[str], text: str) -> int:
    position = -1
    for match in pattern.finditer(text):
        position = match.start()
    return position


def _plain_item(item: str) -> bool:
    words = lexicon().words
    return not words["category.reject"].search(item) and not words["category.reject_start"].match(item)


def _channel(reading: Reading, context: Context, clause_start: int, accounts: dict[str, str]) -> Range | None:
    """The one channel that the clause, or an adverbial clause before it, names; None where there is none or several."""
    text = reading.prose.text
    found = _only(channels_in(text[clause_start:context.quantity.start], accounts), clause_start)
    if found or channels_in(text[clause_start:context.quantity.start], accounts):
        return found
    earlier = text[context.left_start:clause_start]
    adverbial = re.split(r"[,;。:]", earlier.rstrip(",;:"))[-1]
    if (_MEDIUM.search(adverbial) or _FOLLOWERS.search(adverbial)) and not lexicon().words["verbs.not_disclosure"].search(adverbial):
        return _only(channels_in(adverbial, accounts), clause_start - len(earlier) + earlier.rfind(adverbial))
    return _counted_account(reading, context, accounts)


def _counted_account(reading: Reading, context: Context, accounts: dict[str, str]) -> Range | None:
    """微博29个,共发布信息1992条: the accounts counted just before are the channel."""
    if context.first:
        return _heading_channel(reading, context, accounts)
    begin = max(reading.marked.rfind(";", context.sentence.start, context.left_start) + 1, context.sentence.start)
    between = quantities_within(reading, begin, context.quantity.start)
    others = [quantity.end for quantity in between if quantity.measure not in _ACCOUNTS_COUNTED]
    if not between or between[-1].end in others:
        return None
    begin = max([begin, *others])
    return _only(channels_in(reading.prose.text[begin:context.left_start], accounts), begin)


def quantities_within(reading: Reading, start: int, end: int) -> tuple[Quantity, ...]:
    """The quantities of a stretch of the view."""
    first = bisect_left(reading.quantities, start, key=lambda quantity: quantity.start)
    last = bisect_left(reading.quantities, end, key=lambda quantity: quantity.start)
    return reading.quantities[first:last]


def _heading_channel(reading: Reading, context: Context, accounts: dict[str, str]) -> Range | None:
    """1.门户网站。公开信息80条: a heading that is nothing but a channel."""
    end = context.sentence.start
    text = reading.prose.text[max(0, end - _HEADING_REACH):end]
    heading = re.search(r"(?:[\d一二三四五六七八九十]+[.、)]|[①-⑳])([\u4e00-\u9fff]{2,10})[。:\n]?$", text)
    if heading is None:
        return None
    return _only(channels_in(heading[1], accounts), end - len(text) + heading.start(1))


def _only(hits: list[tuple[str, int, int]], offset: int) -> Range | None:
    return (offset + hits[0][1], offset + hits[0][2]) if hits and len({key for key, _, _ in hits}) == 1 else None


def channels_in(text: str, accounts: dict[str, str] | None = None) -> list[tuple[str, int, int]]:
    """Channels named in a text: vocabulary key and bounds, in order; a longer name hides what it contains."""
    hits = [(name_key, match.start(), match.end()) for name, name_key in (accounts or {}).items()
            for match in re.finditer(re.escape(name), text)]
    for key, pattern in lexicon().channel.items():
        for match in pattern.finditer(text):
            if not any(start <= match.start() < end for _, start, end in hits):
                hits.append((key, match.start(), match.end()))
    return sorted(hits, key=lambda hit: hit[1])


def named_accounts(text: str) -> dict[str, str]:
    """Accounts that the report names once with their kind (X微信公众号) and later without it."""
    kinds = {"微信": "wechat", "公众号": "wechat", "微博": "weibo", "抖音": "new_media", "头条": "new_media"}
    generic = re.compile(r"政务|官方|我|本|政府|通过|利用|网站|平台|公众|以及|信息|各|和|等|在|开|的|用|创新|推送")
    return {match[1]: kinds[match[2]] for match in _ACCOUNT.finditer(text) if not generic.search(match[1])} | {
        match[1]: kinds[match[2]] for match in re.finditer(r"以([\u4e00-\u9fff]{2,8})(微信|微博|抖音)", text)}


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


def trim(text: str, start: int, end: int) -> Range:
    """Cut connectives and counting words off both ends of a name."""
    words = lexicon().words
    lead = words["category.lead"].match(text[start:end])
    if lead:
        start += lead.end()
    tail = words["category.tail"].search(text[start:end])
    if tail:
        end = start + tail.start()
    while start < end and text[start] in "的等了和及与、,;:":
        start += 1
    if text[start:end].count('"') % 2 and start > 0 and text[start - 1] == '"':
        start -= 1
    return start, max(start, end)


def trim_text(clause: str) -> str:
    """A list item without connectives and counting words."""
    start, end = trim(clause, 0, len(clause))
    return clause[start:end]


def _classify(reading: Reading, context: Context, noun: Range, channel: Range | None, *, listed: bool, total_known: bool) -> Disclosure | None:
    words = lexicon().words
    name = reading.marked[noun[0]:noun[1]]
    if channel and noun[0] <= channel[0] and channel[1] <= noun[1] + 2:
        return Disclosure(channel=channel, confidence=0.85)
    if channel and _MEDIA_NOUN.fullmatch(name):
        return Disclosure(channel=channel, confidence=0.85)
    name, noun = _without_count_words(name, noun)
    if name and not words["generic.nouns"].fullmatch(name):
        if len(name) > 70 or words["category.never"].match(name) or (words["category.reject"].search(name) and listed) or re.search(r"几$|□{3,}", name):
            return None
        if _sums_up(reading, context, name, total_known=total_known):
            return Disclosure(channel=channel, confidence=0.6, total=True)
        noun = _body_only(reading, noun)
        return Disclosure(category=noun, channel=None if listed else channel, confidence=0.8 if listed else 0.75)
    return _total(reading, context, channel, total_known=total_known, listed=listed)


def _without_count_words(name: str, noun: Range) -> tuple[str, Range]:
    counting = _BEFORE_TOTAL.match(name)
    return (name[counting.end():], (noun[0] + counting.end(), noun[1])) if counting else (name, noun)


def _sums_up(reading: Reading, context: Context, name: str, *, total_known: bool) -> bool:
    """发布招生、收费、人事等信息76条,其中…: the enumeration describes the whole that the list then divides."""
    if total_known or not re.search(r"、.+等(?:各类|方面|多方面)?(?:的)?(?:政府)?(?:信息|文件|内容)?$", name):
        return False
    return bool(_PLACES.search(reading.marked, context.quantity.end, min(len(reading.marked), context.quantity.end + 16)))


def _body_only(reading: Reading, noun: Range) -> Range:
    """市级机关公开56208条: the body, without the verb."""
    name = reading.marked[noun[0]:noun[1]]
    short = re.sub(r"(?:共|合计)?(?:主动)?(?:公开|发布)$", "", name)
    words = lexicon().words
    if short != name and words["subunit.tail"].search(short) and not words["subunit.not"].search(short):
        return noun[0], noun[0] + len(short)
    return noun


def _total(reading: Reading, context: Context, channel: Range | None, *, total_known: bool, listed: bool) -> Disclosure | None:
    subject = _subject(reading, context)
    if subject:
        return Disclosure(category=subject, channel=channel, confidence=0.75)
    if channel:
        return Disclosure(channel=channel, confidence=0.85)
    if "proactive" in context.frames and re.search(r"累计|历年", context.left):
        return Disclosure(confidence=0.7, total=True)
    if listed and not lexicon().words["macro.pub"].search(context.left):
        return Disclosure(confidence=0.6, total=True) if re.search(r"新增|合计|总计|累计|总数|共计", context.left) else None
    words = reading.marked[_clause_start(reading, context):context.quantity.start] + context.right[:8]
    strong = bool(_STRONG.search(words))
    lead = None if strong else _lead(reading, context)
    if lead:
        return Disclosure(category=lead, confidence=0.5)
    strong = strong or "公开信息" in words
    if total_known and not strong:
        return None
    return Disclosure(confidence=0.9 if strong else 0.6, total=True)


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
    if own or not 2 <= len(name) <= 30 or "□" in name or (re.search(r"单位$", name) and "公开单位" in name):
        return None
    if channels_in(name):
        return None
    if words["subunit.tail"].search(name) and not words["subunit.not"].search(name) and not re.search(r"通过|利用|依托|在", name):
        return start, end
    return None


def _lead(reading: Reading, context: Context) -> Range | None:
    """The topic that the numbered item announced (推进X信息公开。), where it is narrower than disclosure as such."""
    text = reading.prose.text
    begin = max(0, context.sentence.start - _LEAD_REACH)
    for match in _ENUMERATOR.finditer(text, begin, context.quantity.start):
        begin = match.end()
    for lead in _LEAD.finditer(text[begin:context.quantity.start]):
        if not _GENERIC_LEAD.match(lead["lead"]):
            start, end = begin + lead.start("lead"), begin + lead.end("lead")
            return trim(reading.marked, start, end + 2 if text[end:end + 2] == "信息" else end)
    return None
