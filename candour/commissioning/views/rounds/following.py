"""What is next in a round, in words, with the page where it is done."""

from collections.abc import Mapping

from candour.commissioning.models import Round
from candour.commissioning.queries.rounds import Tally
from candour.commissioning.views.rounds.frame import address

# By what a round waits for: the words, the button, the page, and what one needs to press it.
STEPS: Mapping[str, tuple[str, str, str, str]] = {
    "criteria": (
        "Set the criteria: they are published when the round opens, and hardly change after.",
        "Set the criteria",
        "round-criteria",
        "manage",
    ),
    "form": (
        "Set the form: the questions that every application answers.",
        "Set the form",
        "round-questions",
        "manage",
    ),
    "open": (
        "Open the round: criteria and form are published as they stand.",
        "Open the round",
        "round-open",
        "manage",
    ),
    "apply": (
        "Applications come in. Enter each as it comes, or load them from the round’s workbook.",
        "Enter an application",
        "round-apply",
        "manage",
    ),
    "judge": ("{unjudged} still to judge: say of each whether it is eligible.", "Judge them", "round-judge", "manage"),
    "begin": (
        "Choose who scores. Each scores on their own, and reads no other score before all are sent.",
        "Begin scoring",
        "round-begin",
        "manage",
    ),
    "wait": ("{sent} of {scorings} scores are sent. Nobody reads any of them before all are.", "", "", ""),
    "moderate": (
        "All scores are sent. Moderate where scorers are too far apart, then settle the ranking.",
        "Moderate",
        "round-moderation",
        "manage",
    ),
    "decide": ("The ranking stands. Who is entitled decides the round.", "Decide the round", "round-decide", "decide"),
    "announce": (
        "Send the letters, then announce the awards.",
        "Announce the awards",
        "round-announce",
        "manage",
    ),
    "over": ("The round is over. Raise the agreement of each award on the page of its application.", "", "", ""),
}
BY_STATE = {"To open": "apply", "Open": "apply", "To decide": "decide", "Decided": "announce", "Announced": "over"}


def next_step(
    it: Round, state: str, counts: Tally | None, may: Mapping[str, bool], *, set_up: tuple[bool, bool]
) -> dict[str, str]:
    """The words, and for who may do it the button and where it leads. set_up: whether there are criteria, and a form."""
    words, button, name, who = STEPS[_waits_for(state, counts, set_up)]
    if counts is not None:
        words = words.format(**vars(counts))
    elif "{" in words:  # how many is not for this reader
        words = "Scores are being sent. Nobody reads any of them before all are."
    return {"words": words} | ({"button": button, "href": address(it, name)} if name and may[who] else {})


def _waits_for(state: str, counts: Tally | None, set_up: tuple[bool, bool]) -> str:
    if state == "Draft":
        criteria, form = set_up
        return "open" if criteria and form else "form" if criteria else "criteria"
    if state == "Closed to applications":
        return "judge" if counts and counts.unjudged else "begin"
    if state == "Scoring":
        return "moderate" if counts and counts.all_in else "wait"
    return BY_STATE[state]
