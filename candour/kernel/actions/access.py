"""What there is to permit about actions."""

from enum import StrEnum


class ActionPermission(StrEnum):
    SEE = "actions.see"
    ADD = "actions.add"
    SETTLE = "actions.settle"  # mark as done, or move its date
