"""What there is to permit about agreements."""

from enum import StrEnum


class CommissioningPermission(StrEnum):
    SEE = "commissioning.see"
    MANAGE = "commissioning.manage"  # raise, change, sign, vary, order, end; providers, streams and templates
    LEAD = "commissioning.lead"  # agreements come to one’s desk: what is to be decided, by when
    OVERRIDE = "commissioning.override"  # let an order be raised while the gate is shut
    RESTRICT = "commissioning.restrict"  # change who may see it
    APPLICATIONS = (
        "commissioning.applications"  # read applications for grants: one’s own to score or to run; see queries
    )
    SCORE = "commissioning.score"  # score the applications that were given to one’s posts
    DECIDE = "commissioning.decide"  # decide a grant round: ties, awards, appeals
    CARRY = "commissioning.carry"  # let a provider keep for a later year what it did not spend
