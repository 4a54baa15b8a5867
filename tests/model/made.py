"""Facts of an invented report, made without reading one."""
from report import Evidence, Fact
from report.spans import Method, Scope


def fact(
    name: str, value: float | None, start: int, *, words: str = "条", indicator: str | None = "proactive.total",
    confidence: float = 0.9, parent: str | None = None, before: str = "", scope: Scope = "own",
    reason: str | None = None, **by: str,
) -> Fact:
    """A fact of the labeller that its name begins with: r for the rules, m for the model, c for a form's cell."""
    text = f"{value}{words}"
    method: Method = "rule" if name.startswith("r") else "model" if name.startswith("m") else "table"
    return Fact(
        id=name, indicator=indicator, by=by, value=value, unit="条", state="zero" if value == 0 else "value",
        scope=scope, method=method, confidence=confidence, reason=reason, parent=parent,
        evidence=Evidence(start=start, end=start + len(text), text=text),
        context=Evidence(start=start - len(before), end=start + len(text), text=before + text))
