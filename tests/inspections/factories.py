"""Inspections for tests, made through the real commands."""

from datetime import UTC, date, datetime
from typing import Any

from candour.inspections import commands
from candour.inspections.models import Inspection, StatementItem
from candour.inspections.rules.items import AFI, CAUSE, RECOMMENDATION
from candour.kernel.access import CANDOUR
from candour.kernel.establishment.commands import set_up_organisation
from candour.kernel.people.models import Organisation
from candour.kernel.records.models import Record
from candour.kernel.scales.commands import bring_in_words
from candour.kernel.scales.models import Scale
from candour.kernel.scales.rules import Step, Words
from candour.recommendations.commands import Due, Owner
from candour.recommendations.models import Recommendation
from tests.factories import NOW, House
from tests.recommendations.factories import a_recommendation

BY: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
FOUR = ("Outstanding", "Good", "Requires improvement", "Inadequate")
FIVE = ("Outstanding", "Good", "Adequate", "Requires improvement", "Inadequate")
STATUSES = ("Not started", "In progress", "With the inspectorate", "Closed")
NEW_SCALE = date(2021, 4, 1)
OUT = date(2026, 5, 4)  # 42 days before the factories' day: the law's last day is 28 June 2026
DUE = date(2026, 6, 28)


def words(name: str, steps: tuple[str, ...]) -> Words:
    tones = ["low", "low", "medium", "high", "high"]
    return Words(0, name, tuple(Step(n, word, tone=tones[n - 1]) for n, word in enumerate(steps, 1)))  # type: ignore[arg-type]


def an_inspectorate(**values: Any) -> Organisation:
    """An inspectorate with four grades until 2021 and five since, statuses of a portal and levels of closure."""
    there = Organisation.objects.filter(code="hmi").first()
    if there is not None:
        return there
    made = set_up_organisation(
        name="Inspectorate of Constabulary", short_name="HMI", code="hmi", kind="inspectorate", **BY
    )
    scales = (
        (Scale.Kind.GRADE, words("Four grades", FOUR), date(2014, 1, 1)),
        (Scale.Kind.GRADE, words("Five grades", FIVE), NEW_SCALE),
        (
            Scale.Kind.PORTAL,
            words("Statuses", ("Not started", "In progress", "With the inspectorate", "Closed")),
            date(2014, 1, 1),
        ),
        (Scale.Kind.LEVEL, words("Levels", ("Level 1", "Level 2", "Level 3")), date(2014, 1, 1)),
    )
    for kind, of, starts in scales:
        bring_in_words(of, kind=kind, organisation=made, starts=starts, **BY)
    return made


def an_inspection(house: House, **values: Any) -> Inspection:
    """A PEEL inspection of the office's force, kept by the chief executive, for office and panel, with two areas.

    out: the day on which its report was published; None for not yet. grades: by area the step.
    """
    out, grades = values.pop("out", OUT), values.pop("grades", None)
    body = values.pop("organisation", house.office)
    given: dict[str, Any] = {
        "title": "PEEL 2026",
        "kind": "peel",
        "inspectorate": an_inspectorate(),
        "areas": ("Preventing crime", "Responding to the public"),
        "owner": house.posts["chief"],
        "effective": date(2014, 1, 6),
    }
    given |= values
    made = commands.enter_inspection(organisation=body, **(BY | given))
    if out is not None:
        commands.publish_report(made, on=out, **(BY | {"effective": out}))
    if grades is not None:
        commands.grade(made, grades=grades, **(BY | {"effective": out}))
    return made


def an_item(house: House, of: Inspection | Record, sort: str = RECOMMENDATION, **values: Any) -> Recommendation:
    """Something that a report asks for, through the register that holds it, of the head of communications by August."""
    origin = of.record if isinstance(of, Inspection) else of
    owner = values.pop("owner", house.posts["owner"])
    given: dict[str, Any] = {"source": sort, "came_from": origin, "organisation": origin.organisation}
    given |= {"owners": [Owner(owner, [Due("31 August 2026", date(2026, 8, 31))])]}
    return a_recommendation(house, **(given | values))


def a_statement_item(house: House, **values: Any) -> StatementItem:
    """An item of the statement of 2026/27, of the head of communications, due at the end of the year."""
    body = values.pop("organisation", house.office)
    given: dict[str, Any] = {
        "year": "2026/27",
        "section": "Responding to the public",
        "title": "Answer the public sooner",
        "due": date(2027, 3, 31),
        "owner": house.posts["owner"],
        "effective": date(2026, 4, 6),
    }
    return commands.enter_statement_item(organisation=body, **(BY | given | values))


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, 0, tzinfo=UTC)


def on(day: date) -> dict[str, Any]:
    """Who does something on a day, and why."""
    return {"actor": CANDOUR, "at": moment(day), "reason": "For a test"}


__all__ = ["AFI", "CAUSE", "RECOMMENDATION"]
