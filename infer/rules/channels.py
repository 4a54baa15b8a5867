"""Where information was disclosed: the channel words of a clause, of an account named before, of a heading."""

import re
from bisect import bisect_left

from infer.rules.context import Context, Reading
from infer.rules.patterns import lexicon, pattern
from infer.rules.quantities import Quantity

Range = tuple[int, int]
_ACCOUNTS_COUNTED = frozenset({"个", "家", "账号", "帐号", "平台", "期"})
_HEADING_REACH = 14


def channel_of_clause(reading: Reading, context: Context, clause_start: int, accounts: dict[str, str]) -> Range | None:
    """The one channel that the clause, or an adverbial clause before it, names; None where there is none or several."""
    text = reading.prose.text
    rest = pattern("channels.other_ways").search(text, clause_start, context.quantity.start)
    if rest:
        return rest.span()
    found = _only(channels_in(text[clause_start : context.quantity.start], accounts), clause_start)
    if found or channels_in(text[clause_start : context.quantity.start], accounts):
        return found
    earlier = text[context.left_start : clause_start]
    adverbial = re.split(r"[,;。:]", earlier.rstrip(",;:"))[-1]
    if is_channel_item(adverbial.lstrip("①②③④⑤⑥⑦⑧⑨⑩□ ")):
        return _only(channels_in(adverbial, accounts), clause_start - len(earlier) + earlier.rfind(adverbial))
    if (
        pattern("channels.medium").search(adverbial) or pattern("channels.followers").search(adverbial)
    ) and not lexicon().words["verbs.not_disclosure"].search(adverbial):
        return _only(channels_in(adverbial, accounts), clause_start - len(earlier) + earlier.rfind(adverbial))
    return _counted_account(reading, context, accounts)


def _counted_account(reading: Reading, context: Context, accounts: dict[str, str]) -> Range | None:
    """微博29个,共发布信息1992条: the accounts counted just before are the channel."""
    if context.first:
        return _heading_channel(reading, context, accounts)
    begin = max(reading.marked.rfind(";", context.sentence.start, context.left_start) + 1, context.sentence.start)
    between = _quantities_within(reading, begin, context.quantity.start)
    others = [quantity.end for quantity in between if quantity.measure not in _ACCOUNTS_COUNTED]
    if not between or between[-1].end in others:
        return None
    begin = max([begin, *others])
    return _only(channels_in(reading.prose.text[begin : context.left_start], accounts), begin)


def _quantities_within(reading: Reading, start: int, end: int) -> tuple[Quantity, ...]:
    """The quantities of a stretch of the view."""
    first = bisect_left(reading.quantities, start, key=lambda quantity: quantity.start)
    last = bisect_left(reading.quantities, end, key=lambda quantity: quantity.start)
    return reading.quantities[first:last]


def _heading_channel(reading: Reading, context: Context, accounts: dict[str, str]) -> Range | None:
    """1.门户网站。公开信息80条: a heading that is nothing but a channel."""
    end = context.sentence.start
    text = reading.prose.text[max(0, end - _HEADING_REACH) : end]
    heading = re.search(r"(?:[\d一二三四五六七八九十]+[.、)]|[①-⑳])([\u4e00-\u9fff]{2,10})[。:\n]?$", text)
    if heading is None:
        return None
    return _only(channels_in(heading[1], accounts), end - len(text) + heading.start(1))


def _only(hits: list[tuple[str, int, int]], offset: int) -> Range | None:
    return (offset + hits[0][1], offset + hits[0][2]) if hits and len({key for key, _, _ in hits}) == 1 else None


def channels_in(text: str, accounts: dict[str, str] | None = None) -> list[tuple[str, int, int]]:
    """Channels named in a text: vocabulary key and bounds, in order; a longer name hides what it contains."""
    hits = [
        (name_key, match.start(), match.end())
        for name, name_key in (accounts or {}).items()
        for match in re.finditer(re.escape(name), text)
    ]
    for key, words in lexicon().channel.items():
        for match in words.finditer(text):
            if not any(start < match.end() and match.start() < end for _, start, end in hits):
                hits.append((key, match.start(), match.end()))
    return sorted(hits, key=lambda hit: hit[1])


def named_accounts(text: str) -> dict[str, str]:
    """Accounts that the report names once with their kind (X微信公众号) and later without it."""
    kinds = {"微信": "wechat", "公众号": "wechat", "微博": "weibo", "抖音": "new_media", "头条": "new_media"}
    generic = re.compile(r"政务|官方|我|本|政府|通过|利用|网站|平台|公众|以及|信息|各|和|等|在|开|的|用|创新|推送")
    told: dict[str, set[str]] = {}
    for match in pattern("channels.account").finditer(text):
        if not generic.search(match[1]):
            told.setdefault(match[1], set()).add(kinds[match[2]])
    for match in re.finditer(r"以([\u4e00-\u9fff]{2,8})(微信|微博|抖音)", text):
        told.setdefault(match[1], set()).add(kinds[match[2]])
    # one name in several places tells none of them
    return {name: next(iter(found)) for name, found in told.items() if len(found) == 1}


def is_channel_item(item: str) -> bool:
    """微信公众号312条, 网站发稿531篇: nothing but a channel and words of publishing."""
    hits = channels_in(item)
    return (
        len({key for key, _, _ in hits}) == 1
        and pattern("channels.channel_item").fullmatch(item[hits[-1][2] :]) is not None
        and len(item) <= 30
    )
