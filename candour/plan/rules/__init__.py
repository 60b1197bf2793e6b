"""The rules of plans: ratings, the state of an activity, when its update is due, what covers an objective. Pure, no Django."""

from candour.kernel.scales.rules import STANDS
from candour.plan.rules.gaps import GAPS, Cover, Gap, gaps, said
from candour.plan.rules.rating import BRAG, REASONED, TONES, scale_named, step_of
from candour.plan.rules.slipping import Moved, Slippage, by_owner, slippage
from candour.plan.rules.states import (
    ORDER,
    RANK,
    RISK,
    SOON,
    STATE,
    STATE_TONES,
    STATE_WORDS,
    UPDATE,
    Facts,
    Line,
    is_at_risk,
    line,
    state,
    update_due,
    update_state,
)
from candour.plan.rules.tally import PARTS, Tally, tally

SORTS = {"plan": "Police and Crime Plan", "delivery": "Delivery plan"}
EVERY = {1: "Each month", 2: "Every two months", 3: "Each quarter", 6: "Each half-year", 12: "Each year"}
NONE_OF = frozenset({"", "n/a", "na", "nil", "no", "none", "nothing", "nothing left"})


def nothing(words: str) -> bool:
    """Whether an answer says that there is nothing to say."""
    return " ".join(words.split()).rstrip(".").casefold() in NONE_OF


__all__ = [
    "BRAG",
    "EVERY",
    "GAPS",
    "ORDER",
    "PARTS",
    "RANK",
    "REASONED",
    "RISK",
    "SOON",
    "SORTS",
    "STANDS",
    "STATE",
    "STATE_TONES",
    "STATE_WORDS",
    "TONES",
    "UPDATE",
    "Cover",
    "Facts",
    "Gap",
    "Line",
    "Moved",
    "Slippage",
    "Tally",
    "by_owner",
    "gaps",
    "is_at_risk",
    "line",
    "nothing",
    "said",
    "scale_named",
    "slippage",
    "state",
    "step_of",
    "tally",
    "update_due",
    "update_state",
]
