"""Plans on the spine: a plan, its objectives and its activities are records, and what hangs on them is chained to them."""

from candour.plan.models.activities import Activity, Progress, Slip
from candour.plan.models.lines import ActivityLine, ObjectiveLine, PlanLine
from candour.plan.models.plans import DeepDive, Objective, Plan, Priority, Success

__all__ = [
    "Activity",
    "ActivityLine",
    "DeepDive",
    "Objective",
    "ObjectiveLine",
    "Plan",
    "PlanLine",
    "Priority",
    "Progress",
    "Slip",
    "Success",
]
