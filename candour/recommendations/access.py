"""What there is to permit about recommendations."""

from enum import StrEnum


class RecommendationPermission(StrEnum):
    SEE = "recommendations.see"
    RAISE = "recommendations.raise"
    UPDATE = "recommendations.update"  # say what moved, move a date that was agreed, propose closure
    CHANGE = "recommendations.change"  # response, wording, owners, repeats
    GRANT = "recommendations.grant"  # grant or refuse the new date that an owner asks for
    CLOSE = "recommendations.close"  # record what the panel decided, end without closure, reopen
    VERIFY = "recommendations.verify"  # record what the auditor found of a closed one
    RESTRICT = "recommendations.restrict"  # change who may see it
    ASK = "recommendations.ask"  # open and close a cycle, remind, send answers back, revoke links, name who covers
