"""Whether this is a report at all, or one of the pages that are easily taken for one."""
import re
from collections.abc import Sequence
from dataclasses import dataclass

from infer.metadata.title import LINED, QUOTED, Title
from infer.metadata.view import LINE, View
from infer.metadata.words import pattern
from report.facts import Evidence, Kind, Section, Warning

HEAD = 400
LONGEST_HEADLINE = 80
REPORT_TOPICS = frozenset({"overview", "proactive", "requests", "disputes", "fees", "problems"})
TOPICS_OF_A_REPORT = 3
LISTED_TITLES = 4
STOPS_OF_PROSE = 8
ARTICLES_OF_A_RULE = 3
BLANKS_OF_A_TEMPLATE = 3
LOST_YEARS_OF_A_TEMPLATE = 4
_SUBJECT = re.compile(r"信息公开|政务公开")
_MESSAGES: dict[Kind, str] = {
    "interpretation": "This looks like an interpretation of an annual report, not like the report itself.",
    "periodic_statistics": "This looks like figures of a part of a year, not like an annual report.",
    "template": "This looks like a model text with its particulars taken out, not like the report of an office.",
    "index_page": "This looks like a list of reports, not like a report.",
    "guide": "This looks like a guide or rule on reports, not like a report.",
    "other": "This does not look like an annual report on government information disclosure.",
}


@dataclass(frozen=True, slots=True)
class KindReading:
    """The kind, and for a look-alike the words that gave it away."""

    kind: Kind
    evidence: Evidence | None = None

    def warnings(self) -> tuple[Warning, ...]:
        if self.kind == "report":
            return ()
        return (Warning(code=f"kind_{self.kind}", message=_MESSAGES[self.kind], evidence=self.evidence),)


def read_kind(view: View, title: Title | None, titles: Sequence[Title], sections: Sequence[Section],
              *, has_period: bool) -> KindReading:
    """Look-alikes by their own words first; then a report by its name or its parts; else something else."""
    topics = {section.topic for section in sections} & REPORT_TOPICS
    structured = len(topics) >= TOPICS_OF_A_REPORT
    template = _template(view)
    if template:
        return template
    headline = _headline(view, titles, structured=structured)
    if headline:
        return headline
    if not structured:
        listed = _index_page(view, titles)
        if listed:
            return listed
    sure_title = title is not None and title.rank >= QUOTED and title.year is not None
    if structured or (topics and (title or has_period)) or sure_title or (has_period and _SUBJECT.search(view.text)):
        return KindReading("report")
    return KindReading("other")


def _template(view: View) -> KindReading | None:
    words = pattern("kind", "template").search(view.text, 0, HEAD)
    blanks = list(pattern("kind", "blank").finditer(view.text))
    lost = list(pattern("kind", "lost_year").finditer(view.text))
    if words:
        return KindReading("template", view.evidence(*words.span()))
    if len(blanks) >= BLANKS_OF_A_TEMPLATE:
        return KindReading("template", view.evidence(*blanks[0].span()))
    if len(lost) >= LOST_YEARS_OF_A_TEMPLATE:
        return KindReading("template", view.evidence(*lost[0].span()))
    return None


def _headline(view: View, titles: Sequence[Title], *, structured: bool) -> KindReading | None:
    """A look-alike by what its first lines are called; a page with a report's parts keeps its own name."""
    named = any(title.rank >= LINED for title in titles)
    for kind, name in _HEADLINES:
        if kind == "guide" and (structured or named) and not _is_rule(view):
            continue
        if kind == "periodic_statistics" and structured and named:
            continue
        for match in pattern("kind", name).finditer(view.text, 0, HEAD):
            if _in_headline(view, match, cited=kind == "guide"):
                return KindReading(kind, view.evidence(*match.span()))
    if _is_rule(view) and not structured:
        article = pattern("kind", "article").search(view.text)
        return KindReading("guide", view.evidence(*article.span()) if article else None)
    return None


_HEADLINES: tuple[tuple[Kind, str], ...] = (
    ("interpretation", "interpretation"), ("periodic_statistics", "periodic"), ("guide", "guide"),
)


def _in_headline(view: View, match: re.Match[str], *, cited: bool) -> bool:
    """Inside a line that is a name, not a sentence or a link of the page's head; in 《》 only where `cited` allows it."""
    start = max(0, view.gaps.rfind(LINE, 0, match.start() + 1))
    end = view.line_end(match.start())
    line = view.text[start:end]
    if end - start > LONGEST_HEADLINE or re.search(r"[。;]|[>→]", line):
        return False
    inside = line[:match.start() - start].count("《") > line[:match.end() - start].count("》")
    return (cited or not inside) and not re.match(r"(?:当前|您的|所在)?位置|首页", line)


def _is_rule(view: View) -> bool:
    """Articles that open a line or a sentence, as rules have them."""
    opened = [match for match in pattern("kind", "article").finditer(view.text)
              if view.gaps[match.start()] or view.text[match.start() - 1] in "。;"]
    return len(opened) >= ARTICLES_OF_A_RULE


def _index_page(view: View, titles: Sequence[Title]) -> KindReading | None:
    """Several reports by different names and hardly a sentence."""
    named = {view.text[title.start:title.end]: title for title in titles if title.rank >= LINED}
    if len(named) < LISTED_TITLES or view.text.count("。") > STOPS_OF_PROSE:
        return None
    first = min(named.values(), key=lambda title: title.start)
    return KindReading("index_page", view.evidence(first.start, first.end))
