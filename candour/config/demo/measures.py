"""The demo's measures: four priorities, and figures of every shape that a chart can have (pure).

Figures are worked out from a measure's number and the month, so that each day's demo has the same shapes at its own dates.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import BytesIO

import xlsxwriter

from candour.kernel.calendar import MONTHS

MONTHS_OF_DEMO = 24
DISTRICTS = ("North", "East", "South", "West")
VICTIMS, VISIBLE = "Priority 1: putting victims first", "Priority 2: visible and responsive"
VIOLENCE, WELL_RUN = "Priority 3: less violence, fewer victims", "Priority 4: a force that is well run"


@dataclass(frozen=True)
class MeasureTale:
    """A measure and the shape of its figures. level, noise: in its unit. base: the denominator, 0 for a plain number.

    shape: steady, falling or rising (in the last eight months), better or worse (a step in the last nine), spike (the last
    month), dip (one month a year ago), gap (a month without a figure), step (a change of process half way), small (counts by
    district).
    """

    title: str
    counts: str
    topic: str
    unit: str
    better: str
    level: float
    noise: float
    shape: str = "steady"
    base: int = 0
    target: float | None = None
    owner: str = "performance"
    sensitivity: str = "public"


M = MeasureTale
MEASURES = (
    M("Victims offered support within 48 hours", "Victims offered support within 48 hours, of all who are referred",
      VICTIMS, "percent", "higher", 91, 1.1, base=640, target=90, owner="commissioning"),
    M("Victims satisfied, domestic abuse", "Victims who say that they are satisfied, of those who answer",
      VICTIMS, "percent", "higher", 76, 1.9, "better", base=310, target=80, owner="commissioning"),
    M("Referrals to services taken up", "People who take up a service, of those who are referred",
      VICTIMS, "percent", "higher", 47, 1.6, "worse", base=720, target=55, owner="commissioning"),
    M("Victims told of the outcome within five days", "Victims told in time, of all cases that ended",
      VICTIMS, "percent", "higher", 68, 2.4, base=410, target=75),
    M("Trials that go ahead on their day", "Trials that go ahead, of those listed", VICTIMS, "percent", "higher", 52, 3.2,
      "gap", base=95),
    M("Days until first contact with a victim", "Days on average until the service speaks to the victim",
      VICTIMS, "days", "lower", 3.4, 0.25, "better", base=560, target=3, owner="commissioning"),
    M("Emergency calls answered within 10 seconds", "999 calls answered in 10 seconds or less, of all presented",
      VISIBLE, "percent", "higher", 82, 0.9, "falling", base=14600, target=86),
    M("Calls to 101 given up", "Calls that end before they are answered, of all presented",
      VISIBLE, "percent", "lower", 8.3, 0.45, base=21800, target=8),
    M("Minutes to reach an emergency in a town", "Minutes on average from the call to arrival",
      VISIBLE, "minutes", "lower", 11.8, 0.4, base=3900, target=15),
    M("Minutes to reach an emergency in the country", "Minutes on average from the call to arrival",
      VISIBLE, "minutes", "lower", 19.1, 0.9, "dip", base=820, target=20),
    M("Wards with a named officer", "Wards with an officer who is named and known", VISIBLE, "number", "higher", 126, 1.2,
      target=128, owner="comms"),
    M("Time of ward officers on the beat", "Hours on the beat, of all hours worked", VISIBLE, "percent", "higher", 69, 1.3,
      "step", base=8400, target=70),
    M("Serious violence for each 1,000 people", "Recorded offences of serious violence, for each 1,000 people",
      VIOLENCE, "rate", "lower", 1.31, 0.05, base=612000, target=1.25, owner="violence"),
    M("Knife crime", "Recorded offences with a knife or sharp instrument", VIOLENCE, "number", "lower", 58, 5, "spike",
      owner="violence"),
    M("Hours of patrol in hot spots", "Hours of patrol in the places agreed", VIOLENCE, "number", "higher", 1860, 70,
      "rising", target=1800, owner="violence"),
    M("Young people who offend again", "Those who offend again within a year, of those diverted",
      VIOLENCE, "percent", "lower", 27, 1.5, base=190, target=25, owner="violence"),
    M("Referrals of modern slavery", "Referrals of potential victims, by district",
      VIOLENCE, "number", "neither", 5, 1.5, "small", owner="violence"),
    M("Hospital visits after assault with a knife", "People seen in emergency care", VIOLENCE, "number", "lower", 21, 3,
      sensitivity="restricted"),
    M("Complaints handled within 20 working days", "Complaints handled in time, of all that ended",
      WELL_RUN, "percent", "higher", 94, 1.4, base=130, target=95),
    M("Complaints received", "Complaints recorded under schedule 3 and otherwise", WELL_RUN, "number", "neither", 141, 11,
      "rising"),
    M("Days lost to sickness for each officer", "Days lost, for each officer in post", WELL_RUN, "days", "lower", 0.94, 0.06,
      base=2240, target=0.9),
    M("Officers in post", "Officers in post on the last day, full time equivalent", WELL_RUN, "number", "higher", 2236, 6,
      target=2240, owner="cfo"),
    M("Vetting renewed before it ends", "Renewals done in time, of all that fell due", WELL_RUN, "percent", "higher", 88, 2.2,
      "worse", base=150, target=95),
    M("Savings delivered", "Savings delivered in the month, in pounds", WELL_RUN, "pounds", "higher", 174000, 16000,
      owner="cfo", sensitivity="office"),
)  # fmt: skip


def noise(key: str, month: date) -> float:
    """Between -1 and 1, nearer to 0 more often; the same each time for a measure and a month."""
    made = sha256(f"{key} {month:%Y-%m}".encode()).digest()
    return (sum(made[:3]) - 382.5) / 382.5


def level_of(tale: MeasureTale, month: date, left: int) -> float:
    """What a measure would show in a month, so many months before the last."""
    moved = {
        "falling": -1.1 * max(8 - left, 0),
        "rising": 1.2 * max(8 - left, 0),
        "spike": 7.0 if left == 0 else 0.0,
        "dip": 8.0 if left == 12 else 0.0,
        "step": 4.0 if left < 12 else 0.0,
    }.get(tale.shape, 0.0)
    if tale.shape in ("better", "worse") and left < 9:
        moved = 2.5 if (tale.better == "higher") == (tale.shape == "better") else -2.5
    return tale.level + tale.noise * (noise(tale.title, month) + moved)


@dataclass(frozen=True)
class Sheet:
    """One row of the workbook: what it is of, and the text of each month's cell."""

    reference: str
    title: str
    area: str
    what: str
    cells: tuple[str | float, ...]


def sheet_of(number: int, tale: MeasureTale, months: Sequence[date], last: date) -> list[Sheet]:
    """The rows of a measure. Of the newest month a few things are not counted yet; the next workbook has them."""
    ref, per = f"M-{number + 1:03}", {"percent": 100, "rate": 1000}.get(tale.unit, 1)
    if tale.shape == "small":
        counts = [[int(3 + 16 * abs(noise(f"{tale.title} {name}", month))) for month in months] for name in DISTRICTS]
        rows = [
            Sheet(ref, tale.title, name, "value", tuple("*" if 0 < count < 5 else count for count in column))
            for name, column in zip(DISTRICTS, counts, strict=True)
        ]
        whole = tuple(sum(column[n] for column in counts) for n in range(len(months)))
        return [*rows, Sheet(ref, tale.title, "", "value", whole)]
    tops: list[str | float] = []
    bottoms: list[str | float] = []
    for month in months:
        left = (last.year - month.year) * 12 + last.month - month.month
        found = level_of(tale, month, left)
        if tale.shape == "gap" and left == 7:
            tops.append("-")
            bottoms.append("-")
            continue
        base = round(tale.base * (1 + 0.06 * noise(f"{tale.title} base", month)))
        counted = found * (0.996 if month == months[-1] else 1)
        tops.append(round(counted * base / per) if tale.base else round(counted))
        bottoms.append(base)
    if not tale.base:
        return [Sheet(ref, tale.title, "", "value", tuple(tops))]
    return [
        Sheet(ref, tale.title, "", "numerator", tuple(tops)),
        Sheet(ref, tale.title, "", "denominator", tuple(bottoms)),
    ]


def workbook(months: Sequence[date], last: date, *, dated: str) -> bytes:
    """The workbook of figures as the force sends it: a merged title, months as headings, footnotes."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Figures")
    bold = book.add_format({"bold": True})
    sheet.merge_range(0, 0, 0, 3 + len(months), "Mereford: figures of the performance framework", bold)
    sheet.write_string(1, 0, f"Published {dated}")
    heads = ["Reference", "Measure", "Area", "Row"]
    heads += [f"{MONTHS[month.month - 1]} {month.year}" for month in months]
    heads[-1] += " (provisional)"
    sheet.write_row(3, 0, heads, bold)
    rows = [row for n, tale in enumerate(MEASURES) for row in sheet_of(n, tale, months, last)]
    for place, row in enumerate(rows, 4):
        sheet.write_row(place, 0, [row.reference, row.title, row.area, row.what, *row.cells])
    sheet.write_string(len(rows) + 5, 0, "* Small numbers are hidden. - No figure: the court’s system was replaced.")
    book.set_properties({"title": "Figures"})
    book.close()
    return out.getvalue()
