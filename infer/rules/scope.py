"""Whose year and area a number belongs to: cumulative, previous year, sent upward, a change, or the report's own."""

import re
from typing import Literal

from infer.rules.context import Context, Reading
from infer.rules.patterns import lexicon, pattern
from report.numerals import parse_year

FIRST_YEAR_OF_FORMS = 2019
Temporal = Literal["own", "cumulative", "previous_year", "other_year", "change"]
_YEAR = re.compile("□{4}")
_TITLE = re.compile(r"《[^》]{1,80}》|〔[^〕]{1,20}〕")


def temporal_scope(reading: Reading, context: Context) -> Temporal:
    """Which period the number is of; other_year where a year word says neither the report's year nor the one before."""
    words = lexicon().words
    clause = re.split(r"[,;]", context.left)[-1]
    tail = context.left[-40:]
    if words["scope.change"].search(clause):
        return "change"
    since = words["scope.since"].search(clause) or (
        words["scope.since"].search(tail) and pattern("scope.cumulative_word").search(tail)
    )
    if (since or words["scope.cumulative"].search(tail)) and not _since_this_year(reading, context):
        return "cumulative"
    until = words["scope.until"].search(tail)
    # 截至2009年底累计公开2009年度信息31条 is of 2009
    if until and _YEAR.search(tail, until.end()) is None and _counts_on(context):
        return "cumulative"
    if words["scope.of_all_years"].search(context.head.rsplit(";", 1)[-1]):
        return "cumulative"
    rest = reading.marked[context.quantity.end : context.sentence.end]
    if (
        pattern("scope.cumulative_word").search(clause)
        and re.match(r"#?[,;(]其中[:,]?(?:本年|今年|当年|□{4})", rest)
        and pattern("scope.new_after").match(rest)
    ):
        return "cumulative"
    if (
        words["scope.previous_year"].search(re.sub(r"(?:较|比|同比|与)(?:去年|上一?年)", "", clause))
        and "结转" not in clause
    ):
        return "previous_year"
    return _by_year_word(reading, context)


def _counts_on(context: Context) -> bool:
    """Reports of the forms since 2019 count from January to 截至12月底."""
    return context.year is None or context.year < FIRST_YEAR_OF_FORMS


def _since_this_year(reading: Reading, context: Context) -> bool:
    text = reading.prose.text[context.left_start : context.quantity.start]
    return bool(re.search(r"今年以来|一年来|年初以来", text)) or any(
        parse_year(match[1]) == context.year and "以来" in text[match.end() : match.end() + 4]
        for match in pattern("scope.year").finditer(text)
    )


def _by_year_word(reading: Reading, context: Context) -> Temporal:
    if context.year is None:
        return "own"
    start = context.left_start if not context.first else context.sentence.start
    words = _TITLE.sub(lambda match: " " * len(match[0]), reading.prose.text[start : context.quantity.start])
    years = [(parse_year(match[1]), words[match.end() :]) for match in pattern("scope.year").finditer(words)]
    if not years or pattern("scope.this_year").search(words[-len(years[-1][1]) :] if years[-1][1] else ""):
        return "own"
    year, after = years[-1]
    if (
        year is None
        or year in (context.year, context.year + 1)
        or pattern("scope.budget").match(after)
        or pattern("scope.carried").match(after)
    ):
        return "own"
    if re.match(r"年?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:度)?(?:以来|至今|起|开始|至|-|—|到)", after) or any(
        other == context.year for other, _ in years
    ):
        return "own"
    return "previous_year" if year == context.year - 1 else "other_year"


def is_upward(context: Context) -> bool:
    """Whether the number counts what was sent to or used by a higher body (报送, 采用)."""
    pattern = lexicon().words["verbs.upward"]
    ends = [match.end() for match in pattern.finditer(context.left)]
    return bool(ends) and not lexicon().words["macro.pub"].search(context.left, ends[-1])


def last_year_word(words: str) -> int | None:
    """The last year named in a stretch of text."""
    years = [parse_year(match[1]) for match in pattern("scope.year").finditer(words)]
    return years[-1] if years else None
