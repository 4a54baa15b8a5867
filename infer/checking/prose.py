"""What the running text says against the tables and against itself."""
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from infer.checking.certainty import all_sure
from infer.checking.findings import Finding, Sum
from infer.checking.layout import named
from infer.checking.lexicon import lexicon
from infer.checking.places import Draft
from infer.checking.sums import repaired
from infer.checking.wording import found, wording
from infer.results.wording import fact_label, indicator_label, key_label, number_text, one_line, value_label
from report.checks import Check
from report.facts import Fact
from report.folding import fold
from report.identities.parts import dimension_of
from report.identities.texts import ALSO_AGREES

_TABLE_FIRST: Final = "text_vs_table."
_MEASURED: Final = re.compile(r"[\d０-９][\d０-９,，.．]*\s*[余多]?[万亿]?(?:件|条|次|人次|篇|份|期|场|个|项|宗|起|人)")
_SHARE: Final = re.compile(r"[\s,，、（(]*占(?:比|总[数体量]|全部|信息总[数量])?[^。；;，,\d０-９]{0,14}")
_BOUNDED: Final = re.compile(r"(?:占比?|办结率|答复率|公开率|按时办结率|满意率|解读率|整改率|比例)[^，。；,;\d]{0,8}$")
_TEN_THOUSAND: Final = 10_000
_RATE: Final = "1"
_YUAN: Final = "元"
_WHOLE: Final = 1.0
_ROUNDED_WHOLE: Final = 101
_NEAR: Final = 12
_MANY: Final = 3


def check_prose(draft: Draft) -> Iterator[Finding]:
    """Failed checks of the running text; where rules and model did not both read it so, a note or nothing."""
    failed = [check for check in draft.report.checks if check.status == "fail"]
    mended = repaired(draft)
    yield from _together([finding for check in failed if check.id.startswith(_TABLE_FIRST)
                          for finding in _against_table(check, mended, draft)])
    for check in failed:
        family = check.id.split(".")[0]
        if family == "parts_of_whole":
            yield from _parts(check, draft)
        elif family == "rates":
            yield from _share(check, draft)
        elif family == "previous_year":
            yield from _change(check, draft)
    yield from _over_the_whole(draft)
    yield from _shares_of_one(draft)


def _together(findings: list[Finding]) -> Iterator[Finding]:
    """Where a whole paragraph seems to be at odds with a table, one note; a list of them would bury the errors."""
    doubts = [finding for finding in findings if finding.level == "note"]
    yield from (finding for finding in findings if finding.level != "note")
    if len(doubts) <= _MANY:
        yield from doubts
    else:
        yield replace(doubts[0], places=tuple(place for doubt in doubts for place in doubt.places[:1]),
                      sums=tuple(one for doubt in doubts for one in doubt.sums))


def _facts(names: Sequence[str], draft: Draft) -> list[Fact]:
    return [draft.facts[name] for name in names]


def _against_table(check: Check, mended: dict[str, int | float], draft: Draft) -> Iterator[Finding]:
    said, cells = _facts(check.left.facts, draft), _facts(check.right.facts, draft)
    filled = [cell for cell in cells if cell.value] or cells[:1]
    if len(filled) == 1 and mended.get(filled[0].id) == said[0].value:
        return  # told with the sums, whose repair the text bears out
    cell = named(filled[0], draft.form)
    words = one_line(said[0].evidence.text)
    shown = " ＋ ".join(map(_in_the_cell, filled))
    if len(filled) > 1 and isinstance(check.right.value, int | float):
        shown += f" ＝ {number_text(check.right.value)}"
    sums = [Sum(formula=check.formula, case=indicator_label(said[0].indicator or ""), left=f"正文 {words}",
                right=f"表格 {shown}")]
    sure = all_sure([*said, *filled], draft) and check.note != ALSO_AGREES
    places = [draft.of_fact(fact) for fact in (*said, *filled)]
    kind, column = ("text.table", cell.column) if sure else ("reading.text", "")
    row = cell.row if len(filled) == 1 else indicator_label(said[0].indicator or "")
    slip = _slip(check, said[0], filled, mended, draft) if sure else None
    yield found(kind, draft, places=places, sums=sums, slip=slip, words=words, row=row, column=column, value=shown)


def _in_the_cell(fact: Fact) -> str:
    """As the form has it: money in 万元."""
    if fact.unit == _YUAN and fact.value:
        return f"{number_text(fact.value / _TEN_THOUSAND)} 万元"
    return value_label(fact)


def _slip(check: Check, said: Fact, cells: Sequence[Fact], mended: dict[str, int | float], draft: Draft) -> str | None:
    slips = wording().slips
    stated, shown = said.value, check.right.value
    if stated and isinstance(shown, int | float) and shown and _TEN_THOUSAND in (shown / stated, stated / shown):
        return slips["ten_thousand"]
    if said.indicator == "requests.new" and not said.by and stated is not None:
        carried = next((fact.value for fact in draft.cells()
                        if fact.indicator == "requests.carried_in" and not fact.by), None)
        if carried and isinstance(shown, int | float) and stated - shown == carried:
            return slips["carried_in_new"].format(difference=number_text(carried))
    names = {cell.id for cell in cells}
    holding = [one for one in draft.report.checks if names & {*one.left.facts, *one.right.facts}
               and not one.id.startswith(_TABLE_FIRST)]
    if holding and all(one.status == "pass" for one in holding) and not names & set(mended):
        return slips["table_holds"]
    return None


def _parts(check: Check, draft: Draft) -> Iterator[Finding]:
    """Only a list that reads the same without knowing what it counts: 总数…其中…, one sentence, every number in it."""
    parts, (whole,) = _facts(check.left.facts, draft), _facts(check.right.facts, draft)
    if whole.by or not draft.in_one_sentence([whole, *parts]) or not _is_plain_list(whole, parts, draft):
        return
    names = [part.indicator for part in parts]
    if any(name and f"{name}." .removesuffix("total.") != f"{name}." and other != name
           and (other or "").startswith(name.removesuffix("total")) for name in names for other in names):
        return  # a ground of refusal beside all refusals
    ordered = sorted(parts, key=lambda part: part.evidence.start)
    addends = " ＋ ".join(f"{_of_part(part)} {value_label(part)}" for part in ordered)
    total = number_text(sum(part.value or 0 for part in parts))
    sums = [Sum(formula=check.formula, case="", left=f"{addends} ＝ {total}", right=f"总数 {value_label(whole)}")]
    places = [draft.of_words(min(whole.evidence.start, ordered[0].evidence.start),
                             max(whole.evidence.end, ordered[-1].evidence.end), page=whole.evidence.page)]
    if all_sure([whole, *parts], draft):
        yield found("text.parts" if len(parts) > 1 else "text.part", draft, places=places, sums=sums, sum=total,
                    whole=value_label(whole))


def _of_part(part: Fact) -> str:
    keys = "，".join(key_label(dimension, key) for dimension, key in part.by.items())
    return keys or fact_label(part)


def _is_plain_list(whole: Fact, parts: Sequence[Fact], draft: Draft) -> bool:
    """Every number with a measure word between the whole and the last part is one of the parts."""
    spots = [(part.evidence.start, part.evidence.end) for part in parts]
    start = min(whole.evidence.end, *(begin for begin, _ in spots))
    end = max(whole.evidence.start, *(stop for _, stop in spots))
    known = [*spots, (whole.evidence.start, whole.evidence.end)]
    between = [draft.text[one[1]:other[0]] for one, other in pairwise(sorted(spots))]
    if len({bool(re.search("[；;]", words)) for words in between}) > 1 or re.search("[；;]", draft.text[
            whole.evidence.end:max(start, min(begin for begin, _ in spots))]):
        return False  # a semicolon ends the list
    return all(any(begin < match.end() and match.start() < stop for begin, stop in known)
               for match in _MEASURED.finditer(draft.text, start, end))


def _share(check: Check, draft: Draft) -> Iterator[Finding]:
    """Only N条，占…N% right behind its part, of the one total that the text gives."""
    (part, whole), (rate,) = _facts(check.left.facts, draft), _facts(check.right.facts, draft)
    between = draft.text[part.evidence.end:rate.evidence.start]
    totals = {fact.value for fact in draft.stated() if fact.indicator == whole.indicator and not fact.by
              and fact.scope == "own"}
    if not _SHARE.fullmatch(between) or whole.by or dimension_of(part, whole) is None or len(totals) > 1:
        return
    share = f"{number_text(round((part.value or 0) / (whole.value or 1) * 100, 2))}%"
    sums = [Sum(formula=check.formula, case="", right=f"原文 {rate.evidence.text}",
                left=f"{value_label(part)} ÷ {value_label(whole)} ＝ {share}")]
    places = [draft.of_words(part.evidence.start, rate.evidence.end, page=rate.evidence.page), draft.of_fact(whole)]
    yield found("text.share" if all_sure([part, whole, rate], draft) else "reading.text", draft, places=places,
                sums=sums, stated=one_line(rate.evidence.text), share=share)


def _change(check: Check, draft: Draft) -> Iterator[Finding]:
    (now, before), (difference,) = _facts(check.left.facts, draft), _facts(check.right.facts, draft)
    sums = [Sum(formula=check.formula, case="", right=f"原文 {one_line(difference.evidence.text)}",
                left=f"本年 {value_label(now)}，上年 {value_label(before)}")]
    places = [draft.of_fact(fact) for fact in (difference, now, before)]
    yield found("text.change" if all_sure([now, before, difference], draft) else "reading.text", draft,
                places=places, sums=sums, stated=one_line(difference.evidence.text))


def _over_the_whole(draft: Draft) -> Iterator[Finding]:
    """A share or rate of completion over 100%; a growth may well be."""
    for fact in draft.stated():
        if fact.unit == _RATE and fact.value is not None and fact.value > _WHOLE and fact.method != "table":
            begin, _ = draft.sentence(fact.evidence.start, fact.evidence.end)
            before = fold(draft.text[begin:fact.evidence.start]).text
            if _BOUNDED.search(before) and not re.search(lexicon().dates["unbounded"], before[-_NEAR:]):
                yield found("text.percent", draft, places=[draft.of_fact(fact)], words=one_line(fact.evidence.text))


def _shares_of_one(draft: Draft) -> Iterator[Finding]:
    """The shares in one sentence add up to more than the whole."""
    words = lexicon().writing
    for line in re.finditer(r"[^。；;\n\t]+(?:[；;][^。\n\t]+)*", draft.text):
        shares = list(re.finditer(words["share"], line[0]))
        total = sum(float(share[1]) for share in shares)
        if len(shares) > 1 and total > _ROUNDED_WHOLE and not re.search(words["nested"], line[0]):
            spot = (line.start() + shares[0].start(), line.start() + shares[-1].end())
            added = " ＋ ".join(f"{share[1]}%" for share in shares)
            shown = number_text(round(total, 2))
            sums = [Sum(formula="各部分占比之和不超过100%", case="", left=f"{added} ＝ {shown}%", right="100%")]
            yield found("text.shares", draft, places=[draft.of_words(*spot)], total=shown, sums=sums)
