"""Which part of its indicator a quantity counts: channel, category, sub-unit, mode, applicant."""
import re

from infer.rules.channels import channels_in
from infer.rules.patterns import lexicon
from report.folding import fold

_BOUNDARY = re.compile(r"[,;:(。]|其中")
_REQUEST_WORDS = re.compile(r"方式|形式|申请|提交|提出|递交|渠道|途径|通过|个人|本人|[省市县区镇]政府|的|人")
_PERSONS = re.compile("村民|居民|市民|群众")
_TOGETHER = re.compile(r"(?:企业|单位|机构)(?:及|和|或|、|与)(?:其[他它])?(?:社会)?组织")
_ORGANIZATIONS = re.compile(r"法人")


def channel_of(words: str, accounts: dict[str, str]) -> str | None:
    """Vocabulary key of a channel span's words."""
    found = channels_in(re.sub(r"\s", "", fold(words).text), accounts)
    return found[0][0] if found else None


def part_dimension(words: str) -> str:
    """'subunit' for a body (大营水村, 各乡镇), 'category' for anything else."""
    name = re.sub(r"\s", "", fold(words).text)
    patterns = lexicon().words
    is_body = patterns["subunit.tail"].search(name) and not patterns["subunit.not"].search(name)
    return "subunit" if is_body else "category"


def request_dimensions(item: str, *, after_applicant: bool = False) -> list[dict[str, str]] | None:
    """Modes or applicants that the words before a count of requests name; None where they name organizations as one.

    `after_applicant`: the count before was one applicant's, so that a bare 其他 is the sixth of the form's columns.
    """
    clause = _TOGETHER.sub("法人或其他组织", _BOUNDARY.split(item)[-1]) if item else ""
    modes = [key for key, pattern in lexicon().mode.items() if pattern.search(clause)]
    if modes:
        return [{"mode": key} for key in modes]
    if after_applicant and re.fullmatch(r"[,、;(\s]*(?:及|和)?其[他它](?:组织)?(?:提交|提出)?(?:的)?", clause):
        return [{"applicant": "other_organization"}]
    keys = [key for key, pattern in lexicon().applicant.items() if pattern.search(clause)]
    specific = [key for key in keys if key != "organizations"]
    if "organizations" in keys and "natural_person" in keys:
        return []
    if "organizations" in keys and not set(specific) - {"natural_person", "other_organization"}:
        return None if clause and _ORGANIZATIONS.search(clause) else [{"applicant": key} for key in specific[:1]]
    return [{"applicant": specific[0]}] if len(specific) == 1 else []


def said_of_all(words: str) -> list[dict[str, str]]:
    """Mode and applicant of 均为自然人网络提交; empty where the words say anything else as well (均为企业登记档案类)."""
    found: list[dict[str, str]] = []
    words = rest = _PERSONS.sub("公民", words)
    for dimension, patterns in (("mode", lexicon().mode), ("applicant", lexicon().applicant)):
        hits = {key: match[0] for key, pattern in patterns.items() if (match := pattern.search(words))}
        if len(hits) == 1 and "organizations" not in hits:
            found.append({dimension: next(iter(hits))})
        for hit in hits.values():
            rest = rest.replace(hit, "")
    return found if len(_REQUEST_WORDS.sub("", rest)) <= 1 else []
