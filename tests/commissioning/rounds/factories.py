"""Grant rounds for tests, made through the real commands."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from candour.commissioning.commands import rounds as commands
from candour.commissioning.commands.rounds import NewApplication, NewCriterion, NewQuestion, RoundFacts
from candour.commissioning.models import Application, Round, Scoring
from candour.commissioning.queries.rounds import criteria_of
from candour.kernel.access import CANDOUR, Actor
from candour.kernel.establishment.commands import grant
from tests.commissioning.factories import a_stream
from tests.factories import NOW, START, House

BY: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
OPENS, CLOSES = date(2026, 4, 1), date(2026, 5, 15)
CRITERIA = (
    NewCriterion("Need", 40, pass_mark=1, guidance="Local evidence"),
    NewCriterion("Change", 35),
    NewCriterion("Cost", 25),
)
QUESTIONS = (
    NewQuestion("What will change?", most_words=12),
    NewQuestion("Is there a safeguarding policy?", kind="yes or no", must=True),
    NewQuestion("What do others pay?", kind="money", required=False),
    NewQuestion("The accounts", kind="file", required=False),
)
FACTS: dict[str, Any] = {
    "title": "Safer streets, spring 2026",
    "budget": 30_000_00,
    "opens": OPENS,
    "closes": CLOSES,
    "purpose": "For groups that make streets safer.",
    "conditions": "A return each quarter",
    "pass_mark": 50,
    "score_by": date(2026, 6, 30),
}


def a_draft(house: House, **over: Any) -> Round:
    """A round of the office that has not opened, led by the chief executive, without criteria or form."""
    body = over.pop("organisation", house.office)
    given: dict[str, Any] = {"owner": house.posts["chief"], "effective": date(2026, 3, 2)}
    given |= {name: over.pop(name) for name in ("owner", "sensitivity", "reference") if name in over}
    return commands.raise_round(stream=a_stream(house, body), facts=RoundFacts(**(FACTS | over)), **given, **BY)


def a_round(house: House, **over: Any) -> Round:
    """The same, with criteria and a form, open."""
    it = a_draft(house, **over)
    commands.set_criteria(it, criteria=CRITERIA, effective=date(2026, 3, 3), **BY)
    commands.set_questions(it, questions=QUESTIONS, effective=date(2026, 3, 3), **BY)
    return commands.open_round(it, effective=OPENS, **BY)


def new(applicant: str = "Northgate Support", asked: int = 10_000_00, **over: Any) -> NewApplication:
    """An application in time, eligible by its answers."""
    given: dict[str, Any] = {
        "title": f"A project of {applicant}",
        "received_on": date(2026, 5, 4),
        "email": "post@example.org",
        "answers": {1: "Fewer people are afraid", 2: "Yes"},
    }
    return NewApplication(applicant=applicant, asked=asked, **(given | over))


def an_application(it: Round, applicant: str = "Northgate Support", asked: int = 10_000_00, **over: Any) -> Application:
    """One that is entered and judged eligible."""
    made = fresh(commands.receive(it, new=new(applicant, asked, **over), **BY))
    return commands.judge(made, eligible=True, **BY)


def fresh(it: Application) -> Application:
    rows = Application.objects.select_related("record__organisation", "record__owner", "round__record__organisation")
    return rows.select_related("round__stream__organisation", "round__record__owner").get(pk=it.pk)


def again(it: Round) -> Round:
    return Round.objects.select_related("record__organisation", "record__owner", "stream__organisation").get(pk=it.pk)


def scorers(house: House, *names: str) -> list[Actor]:
    """Make the posts of some people scorers, and give them as they then are."""
    for name in names:
        grant("grant_scorer", post=house.posts[name], organisation=house.office, starts=START, **BY)
        house.posts[name].refresh_from_db()
        house.actors[name] = house.refreshed(name)
    return [house.actors[name] for name in names]


def begun(house: House, it: Round, *names: str) -> Round:
    """Scoring begun, with some people as scorers."""
    scorers(house, *names)
    it = again(it)
    commands.begin_scoring(it, posts=[house.posts[name] for name in names], **BY)
    return again(it)


def scoring_of(house: House, it: Application, name: str) -> Scoring:
    rows = Scoring.objects.select_related("application__record", "application__round__record", "owner")
    return rows.get(application=it, owner=house.posts[name])


def send(house: House, it: Application, name: str, marks: Sequence[int]) -> Scoring:
    """The marks of one scorer, in the order of the criteria, sent."""
    row = scoring_of(house, it, name)
    given = {one.pk: (mark, f"{one.name} by {name}") for one, mark in zip(criteria_of(it.round), marks, strict=True)}
    return commands.save_scores(row, marks=given, send=True, actor=house.actors[name], at=NOW)


def scored(house: House, found: Mapping[Application, Mapping[str, Sequence[int]]]) -> None:
    """Every mark of some applications, sent."""
    for it, by in found.items():
        for name, marks in by.items():
            send(house, it, name, marks)


def ranked(
    house: House, asks: Sequence[int], marks: Sequence[Sequence[int]], **over: Any
) -> tuple[Round, list[Application]]:
    """A round whose ranking stands: an application for each amount (pence), both scorers giving it the same marks."""
    it = a_round(house, **over)
    rows = [an_application(it, f"Group {number}", asked) for number, asked in enumerate(asks, 1)]
    it = begun(house, it, "owner", "reader")
    rows = [fresh(one) for one in rows]
    scored(house, {one: {"owner": each, "reader": each} for one, each in zip(rows, marks, strict=True)})
    commands.rank(again(it), **BY)
    return again(it), [fresh(one) for one in rows]
