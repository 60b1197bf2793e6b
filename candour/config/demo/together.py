"""The demo's sets of measures, national priorities and people and complaints, with the measures that only they ask for."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from io import BytesIO
from math import cos, pi
from typing import Any

import xlsxwriter

from candour.config.demo.measured import by, it, last_month
from candour.config.demo.measures import VIOLENCE, WELL_RUN, MeasureTale, noise
from candour.config.demo.stage import START, Event, Stage
from candour.config.demo.timeline import WEEKS
from candour.kernel.calendar import MONTHS, add_months, is_working_day
from candour.kernel.intake.commands import load, read
from candour.kernel.intake.readers import read_document
from candour.performance import commands, rules
from candour.performance.models import MeasureSet

M = MeasureTale
MORE = (
    M("Neighbourhood crime", "Burglary of homes, robbery, theft from the person and of vehicles, recorded offences",
      VIOLENCE, "number", "lower", 410, 14, "season", target=390),
    M("Homicides", "Recorded offences of murder and manslaughter", VIOLENCE, "number", "lower", 0.6, 0.7),
    M("Cyber crime reported", "Reports passed on by Action Fraud", VIOLENCE, "number", "neither", 96, 9),
    M("Drug lines closed", "Lines by which drugs are sold that were closed", VIOLENCE, "number", "higher", 6, 2),
    M("Allegations in complaints", "Allegations recorded, by type", WELL_RUN, "number", "neither", 0, 0, "small"),
    M("Issues that complaints raise", "What complaints are about, recorded", WELL_RUN, "number", "neither", 0, 0,
      "small"),
    M("Referrals to the IOPC", "Matters referred, mandatory and voluntary", WELL_RUN, "number", "neither", 0, 0, "small"),
    M("Establishment of officers", "Posts of officers that the budget pays for", WELL_RUN, "number", "neither", 2260, 1),
    M("Vetting overdue", "People in post whose vetting has ended", WELL_RUN, "number", "lower", 31, 4, target=25),
)  # fmt: skip
TOLERANCE = {"Neighbourhood crime": "20", "Vetting overdue": "8"}
# By measure: what its categories are called, and about how many of each a month.
CATEGORIES: Mapping[str, tuple[str, Mapping[str, int]]] = {
    "Allegations in complaints": ("Type", {
        "Delivery of duties and service": 74, "Police powers, policies and procedures": 31, "Individual behaviours": 27,
        "Handling of information": 8, "Discriminatory behaviour": 5, "Sexual conduct": 2,
    }),
    "Issues that complaints raise": ("Theme", {
        "Being kept informed": 44, "Time taken": 38, "Decisions": 29, "Manner": 21, "Use of force": 6,
    }),
    "Referrals to the IOPC": ("Referral", {"Mandatory": 9, "Voluntary": 7}),
}  # fmt: skip
UNDER = {
    "Homicides": ("national", 0),
    "Serious violence for each 1,000 people": ("national", 1),
    "Drug lines closed": ("national", 2),
    "Neighbourhood crime": ("national", 3),
    "Victims satisfied, domestic abuse": ("national", 5),
    "Complaints received": ("people", 0),
    "Allegations in complaints": ("people", 1),
    "Complaints handled within 20 working days": ("people", 2),
    "Referrals to the IOPC": ("people", 3),
    "Issues that complaints raise": ("people", 4),
    "Establishment of officers": ("people", 5),
    "Officers in post": ("people", 5),
    "Days lost to sickness for each officer": ("people", 6),
    "Vetting overdue": ("people", 7),
    "Vetting renewed before it ends": ("people", 7),
}
CONTRIBUTION = """All six priorities apply to Mereford.

Neighbourhood crime and serious violence weigh most here, as the plan says under priority 3: hot spots are patrolled, and \
those who are diverted are followed for a year. Drug lines are closed with the region. Cyber crime is worked on with the \
regional unit; no measure of the plan stands for it yet, which the board has been told."""
YEARS = 4  # of the measure that has seasons


def together(stage: Stage) -> list[Event]:
    """The measures defined, their workbook loaded, the sets begun and filled, the contribution stated."""
    first, last = stage.timeline.back(WEEKS * 7), stage.timeline.last_working_day()
    loaded = last - timedelta(days=4)
    while not is_working_day(loaded):
        loaded -= timedelta(days=1)
    return [
        Event(first, 5, partial(define, stage)),
        Event(first, 6, partial(begin, stage)),
        Event(loaded, 8, partial(load_all, stage)),
        Event(loaded, 9, partial(state, stage)),
    ]


def define(stage: Stage, at: datetime) -> None:
    by_day = date(stage.timeline.today.year + 1, 3, 31)
    for tale in MORE:
        aim: dict[str, Any] = {"target": str(tale.target), "target_by": by_day} if tale.target else {}
        commands.define_measure(
            organisation=stage.bodies["office"],
            title=tale.title,
            counts=tale.counts,
            topic=tale.topic,
            unit=tale.unit,
            better=tale.better,
            owner=stage.posts[tale.owner],
            sensitivity="public",
            source="Taken from the force’s systems by its performance unit",
            revisions="The newest month is provisional, and is revised with the next load",
            smallest=5 if tale.shape == "small" else 0,
            tolerance=TOLERANCE.get(tale.title),
            **aim,
            **by(stage, at, START),
        )


def begin(stage: Stage, at: datetime) -> None:
    """Both sets, with the measures under their headings."""
    for like in ("national", "people"):
        begun = rules.BEGUN[like]
        made = commands.begin_set(
            organisation=stage.bodies["office"],
            name=begun.name,
            source=begun.source,
            headings="\n".join(begun.headings),
            starts=begun.starts or at.date(),
            **by(stage, at, START),
        )
        said = {name: value for name, value in by(stage, at, "").items() if name != "reason"}
        for title, (of, place) in UNDER.items():
            if of == like:
                commands.put_in_sets(it(title), wanted=[(made, begun.headings[place])], on=at.date(), **said)


def state(stage: Stage, at: datetime) -> None:
    name = rules.BEGUN["national"].name
    found = MeasureSet.objects.select_related("organisation").get(name=name)
    said = {key: value for key, value in by(stage, at, "").items() if key != "reason"}
    commands.state_contribution(found, text=CONTRIBUTION, on=at.date(), **said)


def load_all(stage: Stage, at: datetime) -> None:
    last = last_month(stage)
    months = [add_months(last, -n) for n in reversed(range(12 * YEARS))]
    load(
        read(read_document(workbook(months), f"people-and-priorities-{last:%Y-%m}.xlsx"), "measures"),
        organisation=stage.bodies["office"],
        actor=stage.actor("performance", at),
        at=at,
        effective=at.date(),
    )


def level(tale: MeasureTale, month: date) -> int:
    """A month's count. What has seasons lies highest in November and lowest in May, and falls slowly."""
    season = 1 + 0.14 * cos(2 * pi * (month.month - 11) / 12) if tale.shape == "season" else 1.0
    fall = 1 - 0.002 * (12 * (month.year - 2026) + month.month) if tale.shape == "season" else 1.0
    return max(round(tale.level * season * fall + tale.noise * noise(tale.title, month)), 0)


def workbook(months: Sequence[date]) -> bytes:
    """A sheet of plain counts, and a sheet for each breakdown, whose totals nobody types."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    year = months[-12:]
    plain = book.add_worksheet("Counts")
    plain.write_row(0, 0, ["Measure", *(f"{MONTHS[month.month - 1]} {month.year}" for month in months)])
    for place, tale in enumerate((tale for tale in MORE if tale.title not in CATEGORIES), 1):
        short = tale.shape != "season"
        counts = ["" if short and month not in months[-24:] else level(tale, month) for month in months]
        plain.write_row(place, 0, [tale.title, *counts])
    for title, (breakdown, categories) in CATEGORIES.items():
        sheet = book.add_worksheet(title[:30])
        sheet.write_row(0, 0, ["Measure", breakdown, *(f"{MONTHS[month.month - 1]} {month.year}" for month in year)])
        for place, (name, count) in enumerate(categories.items(), 1):
            counts = [max(round(count * (1 + 0.25 * noise(f"{title} {name}", month))), 0) for month in year]
            sheet.write_row(place, 0, [title, name, *counts])
    book.set_properties({"title": "People and priorities"})
    book.close()
    return out.getvalue()
