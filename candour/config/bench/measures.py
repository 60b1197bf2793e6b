"""Measures with millions of figures beside nothing else, and how long their pages and a large workbook take."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.db import connection
from django.test import Client
from django.utils import timezone

from candour.config.bench.build import AT, START, Register, analyse
from candour.config.bench.measure import Figure, again, once, page, processor
from candour.kernel.access import CANDOUR
from candour.kernel.calendar import MONTHS, add_months
from candour.kernel.intake.commands import load, read
from candour.kernel.intake.readers import read_document
from candour.kernel.records.kinds import kind_named
from candour.kernel.records.lines import write
from candour.performance import commands
from candour.performance.commands import NewFigure
from candour.performance.models import Measure, MeasureSet, Observation

LIST = "/performance/"
FIGURES = 2560  # of a measure: the whole and nineteen areas, some five years of months, each loaded twice
AREAS = ("", *(f"Area {number:02}" for number in range(1, 20)))
TOPICS = 20
BODIES = tuple(f"Force {name}" for name in "ABCDEFG")
BATCH = 500
CELLS = 200_000
SAID: dict[str, Any] = {"actor": CANDOUR, "at": AT, "reason": "Made to measure"}


@dataclass
class Measures:
    """The measures of the bench: so many, with FIGURES figures each, written as loads write them but in bulk."""

    register: Register
    many: int
    first: Measure = None  # type: ignore[assignment]

    def define(self) -> None:
        """The measures, and one more whose only figures are those that make a load."""
        for number in range(self.many):
            self._define(number)
        self.first = commands.define_measure(
            organisation=self.register.office,
            title="Loads",
            counts="What was loaded",
            reference="A",
            effective=START,
            **SAID,
        )

    def _define(self, number: int) -> None:
        unit, aimed = ("number", "percent", "minutes")[number % 3], number % 2 == 1
        commands.define_measure(
            organisation=self.register.office,
            reference=f"B{number + 1:05}",
            title=f"Counts of {self.register.words(4)} {number + 1}",
            counts=self.register.words(12),
            owner=self.register.random.choice(self.register.owners),
            sensitivity="restricted" if number % 50 == 49 else "public",
            topic=f"Priority {number % TOPICS}",
            unit=unit,
            places=1 if unit != "number" else 0,
            better=("higher", "lower", "neither")[number % 3],
            smallest=5 if number % 10 == 0 else 0,
            target="85" if aimed else None,
            target_by=date(2030, 3, 31) if aimed else None,
            tolerance="2" if aimed else None,
            mean="weighted" if unit != "number" else "simple",
            effective=START,
            **SAID,
        )

    def load(self, months: list[date]) -> None:
        """A load a month: the month, provisional, and the one before it, final. Their figures come in one statement.

        The root of each load is of one figure alone, so this history is not verified.
        """
        periods = []
        for number, newest in enumerate(months):
            day = min(add_months(newest, 1) + timedelta(days=11), timezone.localdate())
            at = datetime(day.year, day.month, day.day, 9, tzinfo=AT.tzinfo)
            made = commands.load_figures(
                [NewFigure(self.first, newest, value=Decimal(number))],
                organisation=self.register.office, file_name="", sha256="", actor=CANDOUR, at=at, reason="Measured",
            )  # fmt: skip
            if made is None:
                raise RuntimeError(f"nothing was loaded for {newest}")
            periods += [(made.pk, month, number, month == newest) for month in months[max(number - 1, 0) : number + 1]]
        with connection.cursor() as cursor:
            cursor.execute(statement(periods))

    def draw(self) -> None:
        """The lines of lists, which a load would have written."""
        pks = list(Measure.objects.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(pks), BATCH):
            write(kind_named("measure"), pks[start : start + BATCH])

    def compare(self, months: list[date]) -> None:
        """A group of seven, with their figures of some months."""
        office = self.register.office
        said: dict[str, Any] = {"actor": CANDOUR, "at": AT, "reason": "Set up to measure"}
        said |= {"name": "Most similar", "own": "Office", "source": "Made to measure"}
        commands.set_up_group(organisation=office, bodies=BODIES, joined=START, effective=START, **said)
        measures = list(Measure.objects.exclude(topic="").select_related("record").order_by("pk"))
        figures = [
            NewFigure(one, month, body=body, numerator=Decimal(800 + place), denominator=Decimal(1000))
            if one.unit != "number"
            else NewFigure(one, month, body=body, value=Decimal(80 + place))
            for one in measures
            for month in months
            for place, body in enumerate(BODIES)
        ]
        today = timezone.localdate()
        at = datetime(today.year, today.month, today.day, 9, tzinfo=AT.tzinfo)
        commands.load_figures(
            figures, organisation=office, file_name="others.xlsx", sha256="", actor=CANDOUR, at=at, reason="Measured"
        )

    def gather(self) -> MeasureSet:
        """A set with twelve measures under four headings."""
        headings = [f"Heading {number}" for number in range(4)]
        said: dict[str, Any] = {"actor": CANDOUR, "at": AT}
        made = commands.begin_set(
            organisation=self.register.office, name="A set", source="", headings="\n".join(headings), starts=START,
            reason="Set up to measure", **said,
        )  # fmt: skip
        for number, one in enumerate(Measure.objects.select_related("record").order_by("pk")[:12]):
            commands.put_in_sets(one, wanted=[(made, headings[number % 4])], on=START, **said)
        return made


def statement(periods: list[tuple[int, date, int, bool]]) -> str:
    """Figures of every measure, area and period. periods: (load, month, its number, provisional). Areas have 1,000 each."""
    day = "CAST(month.period AS date)" if connection.vendor == "postgresql" else "month.period"
    no, yes = ("false", "true") if connection.vendor == "postgresql" else ("0", "1")
    areas = ", ".join(f"({place}, '{name}', {1 if name else 19})" for place, name in enumerate(AREAS))
    months = ", ".join(
        f"({load}, '{month}', {n}, {yes if provisional else no})" for load, month, n, provisional in periods
    )
    level = "(80 + (record_id * 7 + place * 3 + number * 5) % 11)"
    value = f"CASE unit WHEN 'number' THEN {level} * size WHEN 'percent' THEN {level} ELSE {level} / 100.0 END"
    return f"""
        WITH area(place, name, size) AS (VALUES {areas}), month(load_id, period, number, provisional) AS (VALUES {months})
        INSERT INTO performance_observation
            (measure_id, area, period, load_id, value, numerator, denominator, provisional, suppressed)
        SELECT record_id, name, {day}, load_id, {value}, CASE WHEN unit <> 'number' THEN {level} * size * 10 END,
            CASE WHEN unit <> 'number' THEN 1000 * size END, provisional, {no}
        FROM performance_measure CROSS JOIN area CROSS JOIN month WHERE topic <> ''"""  # noqa: S608


def build(register: Register, many: int) -> tuple[Measures, list[date]]:
    """The measures with all their figures, and the months of these."""
    measures = Measures(register, many)
    last = add_months(timezone.localdate().replace(day=1), -2)
    months = [add_months(last, -n) for n in reversed(range(FIGURES // len(AREAS) // 2))]
    measures.define()
    measures.load(months)
    measures.draw()
    measures.compare(months[-3:])
    return measures, months


def measures(register: Register, rows: int) -> Iterator[Figure]:
    """Every figure of measures, as it is measured. rows: how many measures."""
    made: list[Any] = []
    yield once("building", lambda: made.append(build(register, rows)))
    analyse()
    found, _ = made[0]
    yield Figure("observations", Observation.objects.count(), Observation.objects.count(), unit="rows")
    client = Client()
    client.force_login(register.person)
    yield from of_pages(client, found.gather().pk, rows)
    yield from of_workbook(register, rows)


def of_pages(client: Client, number: int, rows: int) -> Iterator[Figure]:
    """How long the pages take. number: of a set."""
    one, past = f"{LIST}office/B00007/", (timezone.localdate() - timedelta(days=40)).isoformat()
    yield page(client, "measures: list of 50", LIST)
    yield again(client, "measures: list of 50", LIST)
    for name, query in QUERIES.items():
        yield page(client, f"measures: {name}", f"{LIST}?{query}")
    yield page(client, "measures: last page", f"{LIST}?page={max(rows // 50 - 1, 1)}")
    yield page(client, "measure: page with its chart", one)
    yield again(client, "measure: page with its chart", one)
    yield page(client, "measure: as at a past day", f"{one}?as_at={past}")
    yield page(client, "measure: compared", f"{one}compare/")
    yield page(client, "measures: a set", f"{LIST}sets/{number}/")
    yield page(client, "desk beside measures", "/desk/")
    for name, query in THEN.items():
        yield page(client, f"measures: {name}", f"{LIST}?as_at={past}{query}")
    yield from processor(f"what changed of {rows:,} measures", lambda: opened(client, f"{LIST}changes/?since={past}"))


QUERIES = {
    "exceptions": "view=exceptions",
    "filter by topic": "topic=Priority+3",
    "filter by state": "state=Steady",
    "filter by words": "q=custody+radio",
    "sort by owner": "sort=owner",
    "sort by title": "sort=title",
}

THEN = {
    "list as at a past day": "",
    "exceptions as at a past day": "&view=exceptions",
    "by words as at a past day": "&q=custody",
}


def opened(client: Client, address: str) -> None:
    status = client.get(address).status_code
    if status != 200:
        raise RuntimeError(f"{address} answered {status}")


def of_workbook(register: Register, rows: int) -> Iterator[Figure]:
    """A workbook of CELLS cells: read, checked, held against what stands, and loaded, in one go."""
    file, today = workbook(rows), timezone.localdate()
    at = datetime(today.year, today.month, today.day, 9, tzinfo=AT.tzinfo)
    said: dict[str, Any] = {"organisation": register.office, "actor": CANDOUR, "at": at, "effective": today}

    def whole() -> None:
        load(read(read_document(file, "figures.xlsx"), "measures"), **said)

    yield from processor(f"a workbook of {CELLS:,} cells: read, checked and loaded", whole, hold="60")


def workbook(rows: int) -> bytes:
    """Months as headings, areas as rows: of each measure as many as make CELLS cells with 25 months."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": True})
    sheet = book.add_worksheet("Figures")
    last = add_months(timezone.localdate().replace(day=1), -2)
    months = [add_months(last, -n) for n in reversed(range(25))]
    sheet.write_row(0, 0, ["Reference", "Area", *(f"{MONTHS[month.month - 1]} {month.year}" for month in months)])
    for place in range(min(CELLS // len(months), rows * (len(AREAS) - 1))):
        number, area = place % rows, AREAS[1 + place // rows % 19]
        sheet.write_row(place + 1, 0, [f"B{number + 1:05}", area, *(60 + (place + n) % 17 for n in range(25))])
    book.close()
    return out.getvalue()
