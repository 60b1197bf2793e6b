"""The demo’s most similar forces: who is in the group from when, and the workbook of their figures, a row to each force."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from io import BytesIO

import xlsxwriter

from candour.config.demo.measured import by, last_month
from candour.config.demo.measures import MEASURES, noise
from candour.config.demo.stage import START, Event, Stage
from candour.config.demo.timeline import WEEKS
from candour.kernel.calendar import MONTHS, add_months, is_working_day
from candour.kernel.intake.commands import load, read
from candour.kernel.intake.readers import read_document
from candour.performance import commands
from candour.performance.models import Group, Member

OWN, NAME = "Mereford", "Most similar forces"
SOURCE = "Put together by the inspectorate from what the areas are like; published with its value for money profiles"
FORCES = ("Aldershire", "Carrowmoor", "Denholm", "Estmarch", "Northmere", "Oakshire", "Westvale")
JOINS, LEAVES = "Thornby", "Denholm"
SIZES = (0.8, 1.7, 0.6, 1.1, 2.4, 0.9, 1.3, 1.0)
COMPARED = frozenset({
    "Victims satisfied, domestic abuse", "Emergency calls answered within 10 seconds", "Calls to 101 given up",
    "Serious violence for each 1,000 people", "Days lost to sickness for each officer",
    "Complaints handled within 20 working days",
})  # fmt: skip
MONTHS_COMPARED = 6


def alike(stage: Stage) -> list[Event]:
    """The group set up, one force for another half a year ago, and the figures of all of them."""
    first, last = stage.timeline.back(WEEKS * 7), stage.timeline.last_working_day()
    moved, loaded = stage.timeline.back(120), last - timedelta(days=3)
    while not is_working_day(loaded):
        loaded -= timedelta(days=1)
    return [
        Event(first, 5, partial(set_up, stage)),
        Event(moved, 6, partial(move, stage)),
        Event(loaded, 7, partial(load_all, stage)),
    ]


def set_up(stage: Stage, at: datetime) -> None:
    commands.set_up_group(
        organisation=stage.bodies["office"],
        name=NAME,
        own=OWN,
        source=SOURCE,
        bodies=FORCES,
        joined=date(at.year - 3, 4, 1),
        **by(stage, at, START),
    )


def move(stage: Stage, at: datetime) -> None:
    """A new list of the inspectorate: one leaves, another joins."""
    why = by(stage, at, "The inspectorate put the groups together anew")
    group, day = Group.objects.select_related("organisation").get(name=NAME), at.date().replace(day=1)
    leaver = Member.objects.get(group=group, body=LEAVES)
    leaver.group = group  # so that both entries follow each other
    commands.leave_group(leaver, left=day, **why)
    commands.join_group(group, body=JOINS, joined=day, **why)


def load_all(stage: Stage, at: datetime) -> None:
    last = last_month(stage)
    file = workbook([add_months(last, -n) for n in reversed(range(MONTHS_COMPARED))])
    load(
        read(read_document(file, f"similar-forces-{last:%Y-%m}.xlsx"), "measures"),
        organisation=stage.bodies["office"],
        actor=stage.actor("performance", at),
        at=at,
        effective=at.date(),
    )


def workbook(months: Sequence[date]) -> bytes:
    """The workbook of other forces: a column that names the force, months as headings. One force gave nothing for a measure."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Forces")
    heads = ["Reference", "Measure", "Force", "Row"] + [f"{MONTHS[month.month - 1]} {month.year}" for month in months]
    sheet.write_row(0, 0, heads)
    place = 0
    for number, tale in enumerate(MEASURES):
        if tale.title not in COMPARED:
            continue
        per = {"percent": 100, "rate": 1000}.get(tale.unit, 1)
        for force, size in zip((*FORCES, JOINS), SIZES, strict=True):
            if (force, tale.unit) == ("Oakshire", "rate"):
                continue
            own = noise(f"{tale.title} {force}", date(2000, 1, 1))
            bases = [round(tale.base * size * (1 + 0.06 * noise(f"{force} base", month))) for month in months]
            levels = [tale.level + tale.noise * (4 * own + noise(f"{tale.title} {force}", month)) for month in months]
            tops = [round(level * base / per) for level, base in zip(levels, bases, strict=True)]
            for what, row in (("numerator", tops), ("denominator", bases)):
                place += 1
                sheet.write_row(place, 0, [f"M-{number + 1:03}", tale.title, force, what, *row])
    book.set_properties({"title": "Figures of similar forces"})
    book.close()
    return out.getvalue()
