"""The labelling page, made from the scheme. A choice reads `收到申请数 · requests.new`: what follows the dot is its id."""
from typing import Final
from xml.etree import ElementTree as ET

from annotations.errors import AnnotationError
from annotations.scheme import OTHER, QUANTITIES, scheme
from report import SpanType, vocabulary
from report.spans import Scope

LABEL: Final = "label"
INDICATOR: Final = "indicator"
SCOPE: Final = "scope"
TEXT: Final = "text"
_SEPARATOR: Final = " · "
_LONGEST_WORDING: Final = 20
_OTHER_ZH: Final = "其他（词表没有的事项）"
_DEFAULT_SCOPE: Final = "own"
# the labels and what belongs to the picked span stay in sight while a long report scrolls below them
_STICKY: Final = "position: sticky; top: 0; z-index: 200; padding: 4px 0; background: var(--color-neutral-background)"
# picking a span shows its indicator and scope: without room kept for them the text would jump
_ROOM: Final = "min-height: 96px"
# and the arrows between spans need room between the lines
_CSS: Final = ".lsf-richtext__container { line-height: 2; font-size: 16px }"


def type_value(kind: SpanType) -> str:
    return f"{scheme().types[kind].zh}{_SEPARATOR}{kind}"


def scope_value(scope: Scope) -> str:
    return f"{scheme().scopes[scope].zh}{_SEPARATOR}{scope}"


def indicator_path(indicator: str | None) -> list[str]:
    """Where an indicator stands in the tree; None is the leaf for figures that the vocabulary does not name."""
    if indicator is None:
        return [f"{_OTHER_ZH}{_SEPARATOR}{OTHER}"]
    group = next((group.zh for group in scheme().groups if indicator in group.indicators), None)
    if group is None:
        raise AnnotationError(f"no indicator {indicator} in the vocabulary")
    return [group, f"{short_wording(vocabulary()[indicator].zh)}{_SEPARATOR}{indicator}"]


def stable_id(value: str) -> str:
    """The id that a choice carries, whatever its wording was when it was picked."""
    return value.rpartition(_SEPARATOR.strip())[2].strip()


def short_wording(zh: str) -> str:
    """The shortest of the forms' wordings; of one that is still long, its first part."""
    wording = min(zh.split("；"), key=len)
    return wording if len(wording) <= _LONGEST_WORDING else wording.split("、")[0]


def labelling_config() -> str:
    """The XML that Label Studio builds its page from."""
    view = ET.Element("View")
    ET.SubElement(view, "Style").text = _CSS
    head = ET.SubElement(view, "View", style=_STICKY)
    ET.SubElement(head, "Header", value="$title", size="5")
    labels = ET.SubElement(head, "Labels", name=LABEL, toName=TEXT, choice="single", showInline="true")
    for kind, wording in scheme().types.items():
        ET.SubElement(labels, "Label", value=type_value(kind), background=wording.color, hint=wording.definition_zh)
    of_region = ET.SubElement(head, "View", style=_ROOM)
    _add_indicators(of_region)
    _add_scopes(of_region)
    ET.SubElement(view, "Text", name=TEXT, value="$text", granularity="symbol")
    ET.indent(view)
    return ET.tostring(view, encoding="unicode") + "\n"


def _only_for_quantities() -> dict[str, str]:
    shown_for = ",".join(type_value(kind) for kind in SpanType if kind in QUANTITIES)
    return {"toName": TEXT, "perRegion": "true", "visibleWhen": "region-selected", "whenTagName": LABEL,
            "whenLabelValue": shown_for}


def _add_indicators(head: ET.Element) -> None:
    tree = ET.SubElement(head, "Taxonomy", _only_for_quantities(), name=INDICATOR, leafsOnly="true", maxUsages="1",
                         showFullPath="true", pathSeparator=" › ", placeholder="指标 · indicator")
    for group in scheme().groups:
        branch = ET.SubElement(tree, "Choice", value=group.zh)
        for indicator in group.indicators:
            zh = vocabulary()[indicator].zh
            hint = {} if short_wording(zh) == zh else {"hint": zh}
            ET.SubElement(branch, "Choice", hint, value=indicator_path(indicator)[-1])
    ET.SubElement(tree, "Choice", value=indicator_path(None)[-1])


def _add_scopes(head: ET.Element) -> None:
    choices = ET.SubElement(head, "Choices", _only_for_quantities(), name=SCOPE, choice="single-radio",
                            showInline="true")
    for scope, wording in scheme().scopes.items():
        hint = f"{wording.definition_zh}（不选即此）" if scope == _DEFAULT_SCOPE else wording.definition_zh
        ET.SubElement(choices, "Choice", value=scope_value(scope), hint=hint)


def known_values() -> frozenset[str]:
    """Every value that an annotation made on this page can hold."""
    leaves = (indicator_path(name)[-1] for group in scheme().groups for name in group.indicators)
    return frozenset({*map(type_value, scheme().types), *map(scope_value, scheme().scopes), *leaves,
                      *(group.zh for group in scheme().groups), *indicator_path(None)})
