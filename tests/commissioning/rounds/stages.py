"""A grant round as far along as a command needs it, made once: asked for again, it is found."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from candour.commissioning.commands import rounds as commands
from candour.commissioning.models import Appeal, Application, Round
from candour.commissioning.queries.rounds import criteria_of
from tests.commissioning.rounds.factories import (
    BY,
    CRITERIA,
    QUESTIONS,
    a_draft,
    a_round,
    again,
    an_application,
    fresh,
    scoring_of,
)
from tests.factories import TODAY, House

# The stage that each command needs, by its name.
NEEDS = {
    "raise_round": "draft",
    "change_round": "draft",
    "set_criteria": "draft",
    "set_questions": "draft",
    "open_round": "draft",
    "receive": "open",
    "receive_many": "open",
    "attach_answer": "open",
    "let_in": "open",
    "withdraw": "open",
    "judge": "open",
    "judge_all": "open",
    "begin_scoring": "open",
    "give": "scoring",
    "moderate": "apart",
    "rank": "sent",
    "settle_tie": "ranked",
    "decide": "ranked",
    "announce": "decided",
    "set_conditions": "decided",
    "make_agreement": "announced",
    "receive_appeal": "announced",
    "answer_appeal": "announced",
}


@dataclass(frozen=True)
class Held:
    round: Round
    applications: tuple[Application, Application]
    appeal: Appeal | None


def at_stage(house: House, stage: str) -> Held:
    """The round of a stage with two equal applications, the first of which came late and is let in later than "open"."""
    reference = f"ST-{stage}"
    found = Round.objects.filter(record__reference=reference).first() or _made(house, stage, reference)
    rows = Application.objects.filter(round=found).order_by("pk")
    first, second = [fresh(one) for one in rows] or _nobody(found)
    appeal = Appeal.objects.filter(application=first).select_related("application__round").first()
    if appeal is not None:
        appeal.application = first
    return Held(again(found), (first, second), appeal)


def _nobody(it: Round) -> tuple[Application, Application]:
    """Of a draft there are none."""
    blank: Any = Application(pk=0, round=it)
    return blank, blank


def _made(house: House, stage: str, reference: str) -> Round:
    if stage == "draft":
        it = a_draft(house, reference=reference)
        commands.set_criteria(it, criteria=CRITERIA, **BY)
        commands.set_questions(it, questions=QUESTIONS, **BY)
        return it
    it = a_round(house, reference=reference)
    rows = [an_application(it, "Late", received_on=date(2026, 5, 20)), an_application(it, "In time")]
    if stage == "open":
        return it
    commands.let_in(fresh(rows[0]), **BY)
    posts = [house.posts["owner"], house.posts["reader"]]
    commands.begin_scoring(again(it), posts=posts, **BY)
    if stage == "scoring":
        return it
    for one in rows:
        for name, first in (("owner", 4), ("reader", 1 if stage == "apart" else 4)):
            row = scoring_of(house, one, name)
            marks = {each.pk: (first if each.number == 1 else 4, "So") for each in criteria_of(it)}
            commands.save_scores(row, marks=marks, send=True, **BY)
    if stage in ("apart", "sent"):
        return it
    commands.rank(again(it), **BY)
    if stage == "ranked":
        return it
    commands.decide(again(it), awards={one.pk: one.asked for one in rows}, **BY)
    if stage == "announced":
        commands.announce(again(it), **BY)
        commands.receive_appeal(fresh(rows[0]), on=TODAY, **BY)
    return it
