"""What there is to permit about agreements."""

from enum import StrEnum


class CommissioningPermission(StrEnum):
    SEE = "commissioning.see"
    MANAGE = "commissioning.manage"  # raise, change, sign, vary, order, end; providers, streams and templates
    OVERRIDE = "commissioning.override"  # let an order be raised while the gate is shut
    RESTRICT = "commissioning.restrict"  # change who may see it
