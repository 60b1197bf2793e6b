"""What commands of plans take."""

from typing import Any

from candour.plan import commands as plans
from candour.plan.models import Activity, DeepDive, Objective, Plan, Priority, Success
from candour.plan.rules import BRAG
from tests.everywhere.world import FAR, World
from tests.factories import START, TODAY
from tests.plan.factories import BY, a_plan, a_priority, an_activity, an_objective


def of_plans(world: World, name: str) -> dict[str, Any]:
    """The same for what only the commands of plans take, or take another of."""
    if not name.startswith("candour.plan."):
        return {}
    house, plan = world.house, Plan.objects.select_related("record__organisation").get(pk=world.plans["seen"].pk)
    objectives = Objective.objects.select_related("record__organisation", "plan__record", "priority")
    objective = objectives.get(pk=world.objectives["seen"].pk)
    activities = Activity.objects.select_related("record__organisation", "objective__record", "objective__plan__record")
    waits = name.endswith((".agree_done", ".send_back"))
    activity = activities.get(pk=world.activities["proposed" if waits else "seen"].pk)
    priority = plan.priorities.select_related("plan__record__organisation").get(number="1")
    if name.endswith(".publish_plan"):
        rows = Plan.objects.select_related("record").filter(record__reference="PDRAFT")
        plan = rows.first() or a_plan(house, reference="PDRAFT", published_on=None)
    if name.endswith(".remove_priority"):
        rows = Priority.objects.select_related("plan__record").filter(number="9")
        priority = rows.first() or a_priority(plan, house, number="9")
    if name.endswith(".close_objective"):
        objective = objectives.filter(number="9.9").first() or an_objective(plan, house, number="9.9")
    if name.endswith(".reopen_activity"):
        activity = activities.filter(number="9.9.9").first() or plans.stop_activity(
            an_activity(objective, house, number="9.9.9"), **BY
        )
    if name.endswith(".drop_success") and not Success.objects.exists():
        plans.agree_success(objective.record, text="Nine of ten", **BY)
    return {
        "plan": plan,
        "priority": priority,
        "objective": objective,
        "activity": activity,
        "record": activity.record,
        "success": Success.objects.select_related("record").first(),
        "new": plans.AsPrinted("Read from a paper", achieved="Letters", stands="on"),
        "scale": BRAG,
        "dive": DeepDive.objects.select_related("objective__record").get(objective=world.objectives["seen"].pk),
        "number": "7.7",
        "text": "Words",
        "outcome": "Another",
        "aim": "For all",
        "lead": None,
        "on": TODAY,
        "starts": START,
        "ends": FAR,
        "every": 3,
        "to": FAR,
        "achieved": "Letters",
        "left": "More",
        "barriers": "",
        "rating": 4,
        "asked_by": "The board",
        "post": house.posts["owner"],
        "asked": "Why?",
        "answer": "Because",
        "due": FAR,
        "sensitivity": "restricted",
    }
