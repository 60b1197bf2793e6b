"""The life of a recommendation: what may be done at each stage, and what must be mended before it may."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from candour.recommendations.rules.line import Line

Stage = Literal["unanswered", "open", "proposed", "closed", "ended"]
Verb = Literal["respond", "update", "propose", "withdraw", "decide", "verify", "end", "reopen", "slip", "change"]

# From what the body has not answered yet, through what it works on and proposes to close, to what the panel closed or
# what ended otherwise (not accepted, risk accepted, superseded).
ALLOWED: Mapping[Verb, frozenset[Stage]] = {
    "respond": frozenset({"unanswered", "open"}),
    "update": frozenset({"unanswered", "open"}),
    "propose": frozenset({"open"}),
    "withdraw": frozenset({"proposed"}),
    "decide": frozenset({"proposed"}),
    "verify": frozenset({"closed"}),
    "end": frozenset({"unanswered", "open", "proposed"}),
    "reopen": frozenset({"closed", "ended"}),
    "slip": frozenset({"unanswered", "open"}),
    "change": frozenset({"unanswered", "open", "proposed"}),
}

MEND: Mapping[Stage, str] = {
    "unanswered": "Say first whether it is accepted",
    "open": "It is open: propose to close it first",
    "proposed": "Its closure is proposed: record what the panel decided, or withdraw the proposal, first",
    "closed": "It is closed: reopen it first",
    "ended": "It has ended: reopen it first",
}


def stage(line: Line) -> Stage:
    """Where a recommendation stands in its life, whatever the day."""
    return stage_at(
        closed_on=line.closed_on, outcome=line.outcome, proposed_on=line.proposed_on, response=line.response
    )


def stage_at(*, closed_on: date | None, outcome: str, proposed_on: date | None, response: str) -> Stage:
    """The stage from the four facts that decide it."""
    if closed_on is not None:
        return "closed" if outcome == "closed" else "ended"
    if proposed_on is not None:
        return "proposed"
    return "open" if response else "unanswered"


def may(verb: Verb, at: Stage) -> bool:
    """Whether something may be done at a stage."""
    return at in ALLOWED[verb]


def refusal(verb: Verb, at: Stage) -> str:
    """Why something may not be done at a stage, as a sentence that says how to mend it; "" where it may."""
    if may(verb, at):
        return ""
    return "It is open already" if verb == "reopen" else MEND[at]
