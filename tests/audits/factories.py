"""Audits for tests, made through the real commands."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from candour.audits import commands
from candour.audits.models import Audit
from candour.kernel.access import CANDOUR
from candour.kernel.establishment.commands import set_up_organisation
from candour.kernel.people.models import Organisation
from candour.kernel.scales.commands import bring_in_words
from candour.kernel.scales.models import Scale
from candour.kernel.scales.rules import Step, Words
from tests.factories import NOW, House

numbers = count(1)
YEAR = "2026/27"
BY: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
AGREED: dict[str, Any] = BY | {"approver": "The panel"}
OPINIONS = Words(
    id=0,
    name="Opinions of 2026",
    steps=(
        Step(1, "Strong", "Everything that was tested works.", "low"),
        Step(2, "Fair", "Most of it works.", "low"),
        Step(3, "Weak", "Much of it does not work.", "medium"),
        Step(4, "None", "Nothing can be relied on.", "high"),
    ),
)
DATES = {
    "brief": date(2026, 4, 7),
    "fieldwork": date(2026, 4, 27),
    "exit": date(2026, 5, 15),
    "draft": date(2026, 6, 1),
    "responses": date(2026, 6, 12),
    "final": date(2026, 6, 19),
    "panel": date(2026, 7, 16),
}


def moment(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 9, tzinfo=UTC)


def an_auditor(name: str = "Assurance Partners", code: str = "partners", *, opinions: bool = True) -> Organisation:
    """An organisation that audits, with a scale of opinions since 2026/27 unless said otherwise; the same one each time."""
    found = Organisation.objects.filter(code=code).first()
    if found is None:
        found = set_up_organisation(name=name, short_name=name, code=code, kind="auditor", **BY)
        if opinions:
            bring_in_words(OPINIONS, kind=Scale.Kind.OPINION, organisation=found, starts=date(2026, 4, 1), **BY)
    return found


def an_audit(house: House, **values: Any) -> Audit:
    """An audit of the office's plan of 2026/27, added in April with every stage planned, unless said otherwise."""
    number = next(numbers)
    given: dict[str, Any] = {
        "organisation": house.office,
        "provider": values.get("provider") or an_auditor(),
        "reference": f"A{number:04}",
        "title": f"Something is looked at {number}",
        "year": YEAR,
        "days": 10,
        "owner": house.posts["chief"],
        "planned": DATES,
        "effective": date(2026, 4, 1),
    }
    return commands.plan_audit(**(BY | given | values))


def reached(audit: Audit, **days: date) -> Audit:
    """Record stages as reached: reached(audit, brief=..., fieldwork=...). The final report comes without an opinion."""
    for which, day in days.items():
        if which == "final":
            commands.issue_report(audit, on=day, opinion=None, **BY)
        else:
            commands.record_stage(audit, stage=which, on=day, **BY)
    return audit
