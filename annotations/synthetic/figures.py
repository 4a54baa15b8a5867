"""The numbers of one report: drawn once, so that the form's identities hold and prose and form say the same."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import pow, sqrt
from random import Random
from typing import Final

from report import vocabulary
from report.forms import forms
from report.spans import Scope

By = tuple[tuple[str, str], ...]
Key = tuple[str, By]
"""Indicator and its sorted dimensions; applicant=total is the indicator alone."""

_APPLICANTS: Final = tuple(key for key in vocabulary().dimensions["applicant"] if key != "total")
_APPLICANT_WEIGHTS: Final = (60, 14, 2, 2, 9, 4)
_MODES: Final = ("online", "letter", "in_person", "fax")
_RESULTS: Final = ("upheld", "corrected", "other", "pending")
_OTHER_2021: Final = ("requests.other.correction_overdue", "requests.other.fee_overdue", "requests.other.other")
_OUTCOMES: Final = tuple(name for name in vocabulary().indicators if name in forms().outcomes)
_OUTCOMES_2019: Final = tuple(name for name in _OUTCOMES if name not in _OTHER_2021)
_OUTCOMES_2021: Final = tuple(name for name in _OUTCOMES if name != "requests.other.total")
_OF_ANY: Final = ("new", "carried_in", "processed_total", "replied", "completed_on_time")
_REPLIES: Final = (
    "requests.reply.already_disclosed", "requests.granted", "requests.partially_granted", "requests.reply.other_agency",
    "requests.reply.nonexistent", "requests.reply.amend", "requests.reply.redirected",
)
_DENIED_2014: Final = tuple(
    f"requests.denied.{name}" for name in ("state_secret", "trade_secret", "privacy", "security_stability",
                                           "not_government_information", "other_legal_grounds")
)
_CHANNELS: Final = ("website", "wechat", "weibo", "gazette", "other")
_FEES: Final = ("fees.search", "fees.copying", "fees.postage")
_CONSULTATIONS: Final = ("consultations.phone", "consultations.on_site", "consultations.online")
_SIZES: Final[Mapping[str, int]] = {"town": 1, "department": 2, "county": 5, "city": 9, "province": 14}
_WIDE: Final[Mapping[str, tuple[int, int]]] = {
    "proactive.total": (40, 3000), "proactive.all_channels": (60, 4000), "proactive.full_text_electronic": (30, 2000),
    "visits.total": (900, 900_000), "consultations.total": (20, 4000), "licensing.decisions": (10, 20_000),
    "other_services.decisions": (5, 9000), "penalties.decisions": (3, 3000), "coercion.decisions": (1, 300),
    "trainings.participants": (12, 900), "organization.information_officers": (4, 90), "proposals.received": (3, 160),
}
_FACTORS: Final[Mapping[str, tuple[float, float]]] = {
    "cumulative": (2.5, 16), "previous_year": (0.55, 1.7), "aggregate": (4, 40), "upward": (0.1, 0.9), "own": (1, 1),
}


@dataclass(frozen=True, slots=True)
class Demand:
    """What the chosen sentences need: counts above zero, and indicators of which there is none."""

    wanted: frozenset[Key] = frozenset()
    absent: frozenset[str] = frozenset()

    def allows(self, wanted: frozenset[Key], absent: frozenset[str]) -> bool:
        """Whether more sentences fit: nothing both counted and denied, no part of what there is none of."""
        counted = {name for key in (*self.wanted, *wanted) for name in (key[0], *wholes(key[0]))}
        return not counted & (self.absent | absent)

    def plus(self, wanted: frozenset[Key], absent: frozenset[str]) -> "Demand":
        return Demand(self.wanted | wanted, self.absent | absent)


def wholes(indicator: str) -> tuple[str, ...]:
    """Indicators that cannot be zero where this one is not."""
    family, _, rest = indicator.partition(".")
    if family == "requests" and indicator not in ("requests.new", "requests.carried_in"):
        return ("requests.new",)
    if family == "reconsideration":
        return ("reconsideration.total",)
    if family == "litigation":
        branch = rest.split(".")[0]
        return ("litigation.total", f"litigation.{branch}.total") if "." in rest else ("litigation.total",)
    if family == "fees":
        return ("fees.collected",) if indicator != "fees.waived" else ()
    return ("staff.total",) if family == "staff" else ()


@dataclass(slots=True)
class Figures:
    """Values in base units; what no form holds is drawn when a sentence first asks for it."""

    rng: Random
    form: str
    level: str
    busy: bool
    demand: Demand
    values: dict[Key, int] = field(default_factory=dict)
    others: dict[tuple[Key, Scope], int] = field(default_factory=dict)

    def get(self, indicator: str, by: By = (), scope: Scope = "own") -> int:
        """The value; of a scope other than own it is kept apart."""
        key = (indicator, by)
        if key not in self.values:
            self.values[key] = 0 if indicator in self.demand.absent else self.draw(indicator)
        if scope == "own":
            return self.values[key]
        if (key, scope) not in self.others:
            low, high = _FACTORS[scope]
            base = max(1, self.values[key] or self.draw(indicator))
            self.others[key, scope] = max(1, round(base * self.rng.uniform(low, high)))
        return self.others[key, scope]

    def put(self, indicator: str, value: int, **by: str) -> int:
        self.values[indicator, tuple(sorted(by.items()))] = value
        return value

    def draw(self, indicator: str) -> int:
        """A value above zero."""
        row = vocabulary()[indicator]
        if row.kind == "rate":
            return self.rng.choice((100, 100, 100, 99, 98, 97, 95))
        if row.kind == "money":
            return self._money(indicator)
        low, high = _WIDE.get(indicator, (1, 18))
        return max(1, round(low * pow(high / low, self.rng.random()) * sqrt(_SIZES[self.level] / 5)))

    def _money(self, indicator: str) -> int:
        """Fees are small change, funds are thousands, procurement and administrative fees anything above."""
        if indicator.startswith("fees."):
            return self.rng.choice((self.rng.randint(3, 400), self.rng.randint(1, 40) * 50))
        return self.rng.randint(1, 120) * self.rng.choice((500, 1000, 5000))

    def count(self, indicator: str, most: float) -> int:
        """Draw and set a small count that grows with the body's size; often none where the office is quiet."""
        if indicator in self.demand.absent:
            return self.put(indicator, 0)
        value = 0
        if self.rng.random() < (0.75 if self.busy else 0.25):
            value = int(self.rng.expovariate(1 / max(0.8, most * _SIZES[self.level] / 5)) + 0.6)
        return self.put(indicator, max(value, int(self.wants(indicator))))

    def wants(self, indicator: str, **by: str) -> bool:
        return (indicator, tuple(sorted(by.items()))) in self.demand.wanted

    def total(self, indicator: str, parts: Sequence[str]) -> int:
        """Set the sum of other indicators."""
        return self.put(indicator, sum(self.values.get((name, ()), 0) for name in parts))


def draw_figures(rng: Random, *, form: str, level: str, demand: Demand | None = None) -> Figures:
    """Numbers of a report whose table (if any) is `form`: narrative, 2014, 2019 or 2021."""
    figures = Figures(rng, form, level, busy=rng.random() < 0.75, demand=demand or Demand())
    (_requests_2014 if form == "2014" else _requests_by_applicant)(figures)
    _review(figures)
    _documents(figures)
    _services(figures)
    _disclosure(figures)
    _staff(figures)
    return figures


def _requests_by_applicant(figures: Figures) -> None:
    outcomes = _OUTCOMES_2019 if figures.form == "2019" else _OUTCOMES_2021
    rows = ["requests.new", "requests.carried_in", "requests.processed_total", "requests.carried_out"]
    sums = dict.fromkeys([*rows, *outcomes], 0)
    for applicant, weight in zip(_APPLICANTS, _APPLICANT_WEIGHTS, strict=True):
        column = _applicant(figures, outcomes, applicant, weight / 60)
        for indicator, value in column.items():
            figures.put(indicator, value, applicant=applicant)
            sums[indicator] += value
    for indicator, value in sums.items():
        figures.put(indicator, value)
    if figures.form != "2019":
        figures.total("requests.other.total", _OTHER_2021)
    figures.total("requests.denied.total", [name for name in sums if name.startswith("requests.denied.")])
    processed = figures.put("requests.replied", sums["requests.processed_total"])
    _modes(figures, sums["requests.new"])
    _timing(figures, processed)


def _applicant(figures: Figures, outcomes: Sequence[str], applicant: str, share: float) -> dict[str, int]:
    rng = figures.rng
    column = dict.fromkeys(outcomes, 0)
    quiet = "requests.new" in figures.demand.absent
    allowed = [name for name in outcomes if name not in figures.demand.absent]
    busy = figures.busy and not quiet
    drawn = int(rng.expovariate(1 / (4.5 * _SIZES[figures.level])) * share + rng.random() * share)
    for _ in range(drawn if busy else 0):
        column[rng.choice(allowed) if rng.random() < 0.55 else "requests.granted"] += 1
    if quiet:
        pass
    elif applicant == "natural_person":
        for name in outcomes:
            column[name] += rng.randint(1, 3) if figures.wants(name) else 0
        asked = any(figures.wants(f"requests.{name}") for name in _OF_ANY)
        column["requests.granted"] += int(asked and not sum(column.values()))
    for name in outcomes:
        column[name] += int(figures.wants(name, applicant=applicant))
    column["requests.granted"] += int(figures.wants("requests.new", applicant=applicant) and not sum(column.values()))
    return column | _balance(figures, sum(column.values()), first=applicant == "natural_person")


def _balance(figures: Figures, processed: int, *, first: bool) -> dict[str, int]:
    """The four rows of 一＋二＝三＋四."""
    rng = figures.rng
    wanted = [first and figures.wants(f"requests.carried_{way}") for way in ("in", "out")]
    carried_out = rng.randint(1, 3) if wanted[1] or (processed and rng.random() < 0.3) else 0
    carried_in = rng.randint(1, 4) if wanted[0] or (processed and rng.random() < 0.35) else 0
    if "requests.carried_out" in figures.demand.absent:
        carried_out = 0
    if "requests.carried_in" in figures.demand.absent:
        carried_in = 0
    carried_in = min(carried_in, processed + carried_out - int(first and figures.wants("requests.new")))
    return {"requests.new": processed + carried_out - carried_in, "requests.carried_in": carried_in,
            "requests.processed_total": processed, "requests.carried_out": carried_out}


def _requests_2014(figures: Figures) -> None:
    if "requests.new" in figures.demand.absent:
        figures.demand = figures.demand.plus(frozenset(), frozenset((*_REPLIES, *_DENIED_2014)))
    for name in _REPLIES:
        figures.count(name, 6 if name == "requests.granted" else 1.6)
    for name in _DENIED_2014:
        figures.count(name, 0.9)
    asked = any(figures.wants(f"requests.{name}") for name in _OF_ANY)
    if asked and not any(figures.values[name, ()] for name in (*_REPLIES, *_DENIED_2014)):
        figures.put("requests.granted", 1)
    figures.total("requests.denied.total", _DENIED_2014)
    replied = figures.total("requests.replied", [*_REPLIES, "requests.denied.total"])
    figures.put("requests.processed_total", replied)
    _timing(figures, replied)
    carries = figures.wants("requests.carried_out") or (replied and figures.rng.random() < 0.2)
    carried = figures.put("requests.carried_out", figures.rng.randint(1, 3) if carries else 0)
    _modes(figures, figures.put("requests.new", replied + carried))


def _timing(figures: Figures, processed: int) -> None:
    late = min(processed, figures.count("requests.completed_extended", 0.7))
    figures.put("requests.completed_extended", late)
    figures.put("requests.completed_on_time", processed - late)


def _modes(figures: Figures, whole: int) -> None:
    parts = dict.fromkeys(_MODES, 0)
    for key in figures.rng.choices(_MODES, (55, 20, 22, 3), k=whole):
        parts[key] += 1
    for key, value in parts.items():
        figures.put("requests.new", value, mode=key)


def _review(figures: Figures) -> None:
    for name in ("reconsideration", "litigation.direct", "litigation.after_reconsideration"):
        whole = f"{name}.total"
        if {whole, *wholes(whole)} & figures.demand.absent:
            figures.demand = figures.demand.plus(frozenset(), frozenset(f"{name}.{result}" for result in _RESULTS))
        parts = [f"{name}.{result}" for result in _RESULTS]
        for part in parts:
            figures.count(part, 1.4 if name == "reconsideration" else 0.8)
        if figures.form == "2014":
            figures.put(parts[3], 0)
        if figures.wants(whole) and not any(figures.values[part, ()] for part in parts):
            figures.put(parts[0], 1)
        figures.total(whole, parts)
    for result in _RESULTS[:3]:
        branches = [f"litigation.{branch}.{result}" for branch in ("direct", "after_reconsideration")]
        if figures.wants(f"litigation.{result}") and not any(figures.values[name, ()] for name in branches):
            figures.put(branches[0], 1)
            figures.total("litigation.direct.total", [f"litigation.direct.{one}" for one in _RESULTS])
        figures.total(f"litigation.{result}", branches)
    totals = ["litigation.direct.total", "litigation.after_reconsideration.total"]
    if figures.wants("litigation.total") and not any(figures.values[name, ()] for name in totals):
        figures.put("litigation.direct.upheld", 1)
        figures.put("litigation.upheld", 1)
        figures.put("litigation.direct.total", 1)
    figures.total("litigation.total", totals)
    figures.count("complaints.total", 1.0)


def _documents(figures: Figures) -> None:
    for name in ("regulations", "normative"):
        lawful = name == "normative" or figures.level in ("province", "city")
        row = f"documents.{name}"
        issued = figures.count(f"{row}.issued", 5 if lawful else 0)
        old = figures.count(f"{row}.in_force", 16 if lawful else 0)
        before = max(old, int(figures.wants(f"{row}.repealed")))
        repealed = min(before, figures.count(f"{row}.repealed", 2 if lawful else 0))
        in_force = issued + max(0, old - repealed) or int(figures.wants(f"{row}.in_force"))
        made = figures.count(f"{row}.new_made", 5 if lawful else 0) or int(figures.wants(f"{row}.new_disclosed"))
        disclosed = made and max(1, made - figures.rng.choice((0, 0, 0, 1)))
        public = disclosed + max(0, old - repealed) or int(figures.wants(f"{row}.disclosed_total"))
        values = {"issued": issued, "repealed": repealed, "in_force": in_force, "new_made": made,
                  "new_disclosed": disclosed, "disclosed_total": public}
        for column, value in values.items():
            figures.put(f"{row}.{column}", 0 if f"{row}.{column}" in figures.demand.absent else value)


def _services(figures: Figures) -> None:
    rng = figures.rng
    for name in ("licensing", "other_services", "penalties", "coercion", "administrative_fees"):
        before = figures.count(f"{name}.items_previous_year", 60)
        wanted = figures.wants(f"{name}.items_change")
        change = rng.choice((1, 2, 3, 5, 12, -1, -2, -4) if wanted else (0, 0, 0, 1, 4, -2))
        change = max(-before, change) or int(wanted)
        figures.put(f"{name}.items_change", 0 if f"{name}.items_change" in figures.demand.absent else change)
    for name in ("licensing", "other_services", "penalties", "coercion"):
        _sometimes(figures, f"{name}.decisions", 0.7)
    items = figures.count("procurement.items", 20)
    if items:
        figures.put("procurement.amount", rng.randint(2, 900) * 10_000)
    else:
        _sometimes(figures, "procurement.amount", 0)
    _sometimes(figures, "administrative_fees.amount", 0.5)


def _sometimes(figures: Figures, indicator: str, chance: float) -> int:
    absent = indicator in figures.demand.absent
    drawn = figures.wants(indicator) or figures.rng.random() < chance
    return figures.put(indicator, figures.draw(indicator) if drawn and not absent else 0)


def _disclosure(figures: Figures) -> None:
    rng = figures.rng
    total = figures.put("proactive.total", figures.draw("proactive.total"))
    normative = min(total, figures.values["documents.normative.issued", ()])
    figures.put("proactive.normative_documents", max(normative, int(figures.wants("proactive.normative_documents"))))
    cells = 0
    for channel in _CHANNELS if figures.form == "2014" else ():
        share = rng.uniform(0.5, 1) if channel == "website" else rng.choice((0, 0, rng.uniform(0, 0.4)))
        cells += figures.put("proactive.total", round(total * share), channel=channel)
    figures.put("proactive.all_channels", max(total, cells))
    for name in ("press_conferences", "online_interviews"):
        whole = figures.count(f"response.{name}", 4)
        by_leader = figures.wants(f"response.{name}_by_leader")
        whole = figures.put(f"response.{name}", max(whole, int(by_leader)))
        figures.put(f"response.{name}_by_leader", rng.randint(int(by_leader), whole))
    for name in ("hot_topics", "weibo_wechat", "other"):
        figures.count(f"response.{name}", 5)
    figures.count("response.interpretations", 14)


def _staff(figures: Figures) -> None:
    full, part = figures.count("staff.full_time", 3), figures.count("staff.part_time", 6)
    if figures.wants("staff.total") and not full + part:
        full = figures.put("staff.full_time", 1)
    figures.put("staff.total", full + part)
    for name, most in (("meetings.total", 4.0), ("trainings.total", 3.0), ("organization.offices", 2.0),
                       ("organization.inquiry_points", 4.0)):
        figures.count(name, most)
    _sometimes(figures, "trainings.participants", 0.9 if figures.values["trainings.total", ()] else 0)
    received = figures.count("proposals.received", 25)
    completed = figures.put("proposals.completed", max(received, int(figures.wants("proposals.completed"))))
    figures.put("proposals.received", completed)
    _sometimes(figures, "funds.special", 0.4)
    if sum(_sometimes(figures, name, 0) for name in _FEES):
        figures.total("fees.collected", _FEES)
    else:
        _sometimes(figures, "fees.collected", 0.2)
    if sum(_sometimes(figures, name, 0) for name in _CONSULTATIONS):
        figures.total("consultations.total", _CONSULTATIONS)
