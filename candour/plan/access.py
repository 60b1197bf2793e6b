"""What there is to permit about plans."""

from enum import StrEnum


class PlanPermission(StrEnum):
    SEE = "plan.see"
    MANAGE = "plan.manage"  # write the plan, its objectives and activities; agree that one is done
    UPDATE = "plan.update"  # say what moved in the activities of one’s post; answer a deep dive
    ASK = "plan.ask"  # ask for a deep dive
    RESTRICT = "plan.restrict"  # change who may see it
