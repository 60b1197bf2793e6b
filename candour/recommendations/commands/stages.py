"""What every verb asks first: where the recommendation stands in its life."""

from candour.kernel.rules import Refused
from candour.recommendations import rules
from candour.recommendations.models import Closure, Recommendation
from candour.recommendations.queries.one import proposal_of, stage_of


def need_stage(verb: rules.Verb, recommendation: Recommendation, field: str = "reason") -> rules.Stage:
    """The stage of a recommendation. Raises Refused, on a field, where a verb is not allowed at it."""
    stage = stage_of(recommendation)
    if refused := rules.refusal(verb, stage):
        raise Refused(field, refused)
    return stage


def need_proposal(recommendation: Recommendation) -> Closure:
    """The proposal to close that counts. Raises Refused where there is none."""
    proposal = proposal_of(recommendation)
    if proposal is None:
        raise Refused("reason", "No closure is proposed: propose it first")
    return proposal
