"""Invented numbers that keep the identities of a form."""
from random import Random

from annotations.synthetic.layouts import FormValues
from annotations.synthetic.layouts.values import By, FormName, Nothing, Number
from report.forms import forms

Cells = dict[tuple[str, By], Number | None]
DENIED = ("state_secret", "trade_secret", "privacy", "security_stability", "not_government_information",
          "other_legal_grounds")
REPLIES = ("requests.reply.already_disclosed", "requests.granted", "requests.partially_granted",
           "requests.denied.total", "requests.reply.other_agency", "requests.reply.nonexistent", "requests.reply.amend",
           "requests.reply.redirected")


def seeded(seed: int) -> Random:
    """The same numbers for the same seed."""
    return Random(seed)


def filled(form: FormName, random: Random, *, zero: Nothing = "0", year: int = 0) -> FormValues:
    """A form with numbers as a county has them."""
    cells: Cells = {}
    if form in ("2019", "2021"):
        _disclosure(cells, form, random)
        _requests(cells, form, random)
        _disputes(cells, random)
    elif form == "2014":
        _national(cells, random)
    else:
        _provincial(cells, random)
    years = {"2014": 2017, "2019": 2020, "2021": 2023, "short": random.choice([2010, 2012, 2015])}
    return FormValues(form=form, year=year or years[form], cells=cells, zero=zero)


def few(random: Random, top: int) -> int:
    """Mostly nothing."""
    return random.choice([0, 0, random.randrange(top)])


def shared(random: Random, whole: int, parts: int) -> list[int]:
    """Parts that add up to the whole."""
    cuts = sorted(random.randrange(whole + 1) for _ in range(parts - 1))
    return [after - before for before, after in zip([0, *cuts], [*cuts, whole], strict=True)]


def _disclosure(cells: Cells, form: str, random: Random) -> None:
    table = next(table for table in forms().tables if table.id == f"disclosure_{form}")
    for key in (key for element in table.elements for key in element.cells):
        name = key.indicator or ""
        cells[name, ()] = few(random, 900)
        if name.endswith("items_change"):
            before = cells[name.replace("items_change", "items_previous_year"), ()] or 0
            cells[name, ()] = random.choice([0, random.randrange(-min(30, int(before)), 60)])
        if name.endswith("amount"):
            cells[name, ()] = random.choice([0, 100 * random.randrange(1, 900_000)])
    for name in ("regulations", "normative"):
        made, more = few(random, 60), few(random, 300)
        if form == "2021":
            cells |= {(f"documents.{name}.issued", ()): made, (f"documents.{name}.in_force", ()): made + more}
        else:
            cells |= {(f"documents.{name}.new_made", ()): made, (f"documents.{name}.new_disclosed", ()): made,
                      (f"documents.{name}.disclosed_total", ()): made + more}


def _requests(cells: Cells, form: str, random: Random) -> None:
    names = [name for name in sorted(forms().outcomes)
             if (name == "requests.other.total") == (form == "2019") or not name.startswith("requests.other.")]
    lines = ("requests.new", "requests.carried_in", *names, "requests.processed_total", "requests.carried_out")
    totals = dict.fromkeys(lines, 0)
    for column, applicant in enumerate(forms().applicants[:-1]):
        column_of = dict.fromkeys(lines, 0)
        for name in names:
            column_of[name] = random.choice([0] * (4 + 9 * bool(column)) + [random.randrange(90 if not column else 9)])
        total, left = sum(column_of.values()), few(random, 9)
        carried = random.randrange(total + left + 1) if random.random() < 0.3 else 0
        column_of |= {"requests.new": total + left - carried, "requests.carried_in": carried,
                      "requests.processed_total": total, "requests.carried_out": left}
        for name in lines:
            cells[name, (("applicant", applicant),)] = column_of[name]
            totals[name] += column_of[name]
    cells.update({(name, ()): total for name, total in totals.items()})


def _disputes(cells: Cells, random: Random) -> None:
    for name in ("reconsideration", "litigation.direct", "litigation.after_reconsideration"):
        group = [few(random, 40) for _ in range(4)]
        for result, value in zip(("upheld", "corrected", "other", "pending", "total"), [*group, sum(group)],
                                 strict=True):
            cells[f"{name}.{result}", ()] = value


def _national(cells: Cells, random: Random) -> None:
    table = next(table for table in forms().tables if table.id == "statistics_2014")
    for key in (key for element in table.elements for key in element.cells):
        cells[key.indicator or "", key.by] = few(random, 5000)
    whole = random.randrange(9000)
    parts = dict(zip(("gazette", "website", "weibo", "wechat", "other"), shared(random, whole, 5), strict=True))
    cells |= {("proactive.total", (("channel", name),)): value for name, value in parts.items()}
    cells |= {("proactive.total", ()): whole, ("proactive.all_channels", ()): whole}
    asked = few(random, 300)
    cells["requests.new", ()] = asked
    modes = zip(("in_person", "fax", "online", "letter"), shared(random, asked, 4), strict=True)
    cells |= {("requests.new", (("mode", name),)): value for name, value in modes}
    replies = shared(random, asked, len(REPLIES))
    cells |= {(name, ()): value for name, value in zip(REPLIES, replies, strict=True)}
    reasons = shared(random, replies[3], len(DENIED))
    cells |= {(f"requests.denied.{name}", ()): value for name, value in zip(DENIED, reasons, strict=True)}
    timely = random.randrange(asked + 1)
    cells |= {("requests.processed_total", ()): asked, ("requests.replied", ()): asked,
              ("requests.completed_on_time", ()): timely, ("requests.completed_extended", ()): asked - timely}
    for name in ("reconsideration", "litigation"):
        group = [few(random, 12) for _ in range(3)]
        for result, value in zip(("upheld", "corrected", "other", "total"), [*group, sum(group)], strict=True):
            cells[f"{name}.{result}", ()] = value
    full, part = few(random, 30), few(random, 90)
    cells |= {("staff.full_time", ()): full, ("staff.part_time", ()): part, ("staff.total", ()): full + part}
    cells |= {("fees.collected", ()): 100 * few(random, 90), ("funds.special", ()): 1000 * few(random, 300)}


def _provincial(cells: Cells, random: Random) -> None:
    this: Cells = {}
    whole, asked = random.randrange(1, 4000), few(random, 90)
    gazette = few(random, 20)
    this |= {("proactive.total", ()): whole + gazette, ("proactive.total", (("channel", "website"),)): whole,
             ("proactive.total", (("channel", "gazette"),)): gazette, ("requests.new", ()): asked}
    modes = zip(("in_person", "online", "letter"), shared(random, asked, 3), strict=True)
    this |= {("requests.new", (("mode", name),)): value for name, value in modes}
    this |= {("requests.new", (("mode", "fax"),)): 0, ("requests.new email", ()): 0, ("requests.new other_mode", ()): 0}
    names = ("requests.granted", "requests.partially_granted", "requests.denied.total")
    this |= {(name, ()): value for name, value in zip(names, shared(random, asked, 3), strict=True)}
    this |= {("requests.replied", ()): asked, ("requests.other.total", ()): 0, ("fees.waived", ()): 0}
    this |= {(name, ()): few(random, 5) for name in ("complaints.total", "reconsideration.total", "litigation.total")}
    ever = few(random, 70_000)
    for (name, by), value in this.items():
        more = ever if name == "proactive.total" and not any(key == "gazette" for _, key in by) else 0
        cells[name, by] = value
        cells[name, tuple(sorted((*by, ("period", "cumulative"))))] = (value or 0) + more
    letters = cells["requests.new", (("mode", "letter"),)]
    ever_letters = cells["requests.new", (("mode", "letter"), ("period", "cumulative"))]
    cells |= {("requests.new letter_fax", ()): letters}
    cells |= {("requests.new letter_fax", (("period", "cumulative"),)): ever_letters}
