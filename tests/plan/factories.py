"""Plans, objectives and activities for tests, made through the real commands."""

from datetime import date
from io import BytesIO
from typing import Any

from candour.kernel.access import CANDOUR
from candour.kernel.evidence.commands import add_file
from candour.plan import commands
from candour.plan.models import Activity, Objective, Plan, Priority, Progress
from tests.evidence.samples import PDF
from tests.factories import NOW, House

BY: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
DAY = date(2026, 1, 5)
BLUE, RED, AMBER, GREEN, NOT_STARTED = 1, 2, 3, 4, 5


def a_plan(house: House, **values: Any) -> Plan:
    """A published plan of the office for four years, for office and panel, led by the chief executive."""
    published = values.pop("published_on", DAY)
    given: dict[str, Any] = {
        "title": "Police and Crime Plan 2025 to 2029",
        "starts": date(2025, 4, 1),
        "ends": date(2029, 3, 31),
        "owner": house.posts["chief"],
        "reference": "PCP25",
        "effective": DAY,
    }
    plan = commands.set_up_plan(organisation=values.pop("organisation", house.office), **(BY | given | values))
    a_priority(plan, house)
    return commands.publish_plan(plan, on=published, effective=published, **BY) if published else plan


def a_priority(plan: Plan, house: House, **values: Any) -> Priority:
    given: dict[str, Any] = {
        "number": "1",
        "title": "Putting victims first",
        "lead": house.posts["chief"],
        "effective": DAY,
    }
    return commands.add_priority(plan, **(BY | given | values))


def an_objective(plan: Plan, house: House, **values: Any) -> Objective:
    """An objective under the first priority, owned by the chief executive."""
    given: dict[str, Any] = {"number": "1.1", "title": "Every victim is offered support", "effective": DAY}
    given |= {"owner": house.posts["chief"], "outcome": "Victims cope and recover"}
    priority = values.pop("priority", None) or plan.priorities.select_related("plan__record__organisation").first()
    return commands.add_objective(priority, **(BY | given | values))


def an_activity(objective: Objective, house: House, **values: Any) -> Activity:
    """An activity of the head of communications, due at the end of the year."""
    given: dict[str, Any] = {"title": "Write to every victim within two days", "effective": DAY}
    given |= {"owner": house.posts["owner"], "due": date(2026, 12, 31), "starts": DAY}
    return commands.add_activity(objective, **(BY | given | values))


def updated(activity: Activity, rating: int = GREEN, **values: Any) -> Progress:
    """Say that letters go out, that some are left, and nothing is in the way unless it is red or amber."""
    given: dict[str, Any] = {"achieved": "Letters go out", "left": "Two districts", "rating": rating}
    given["barriers"] = "Nobody to post them" if rating in (RED, AMBER) else ""
    return commands.update_activity(activity, **(BY | given | values))


def evidenced(activity: Activity, **values: Any) -> None:
    """A file on an activity that shows what was done."""
    add_file(activity.record, name="shown.pdf", content=BytesIO(PDF), **(BY | values))


def proposed(activity: Activity, **values: Any) -> Progress:
    """Its owner proposes that it is done, with a file."""
    evidenced(activity)
    return updated(activity, BLUE, left="Nothing", **values)


def tree(house: House, **values: Any) -> tuple[Plan, Objective, Activity]:
    """A plan with one objective and one activity."""
    plan = a_plan(house, **values)
    objective = an_objective(plan, house)
    return plan, objective, an_activity(objective, house)
