"""The letter to an applicant, from one template: award, refusal with feedback, not eligible, late, withdrawn. Pure."""

from collections.abc import Iterator

from candour.commissioning import rules as of_agreements
from candour.commissioning.queries.rounds.letters import LetterFacts
from candour.kernel.calendar import say_date
from candour.kernel.papers.document import (
    Block,
    Column,
    Document,
    Heading,
    Item,
    Row,
    Table,
    bold,
    bullets,
    cell,
    fact,
    para,
)
from candour.kernel.papers.document import words as runs

TITLES = {
    "awarded": "Your application is successful",
    "part": "Your application is successful in part",
    "refused": "Your application is not successful",
    "ineligible": "Your application is not eligible",
    "late": "Your application came too late",
    "withdrawn": "Your application is withdrawn",
}


def letter_of(facts: LetterFacts) -> Document:
    """The letter of an application."""
    return Document(
        TITLES[facts.outcome],
        facts.body,
        (*_opening(facts), *_conditions(facts), *_feedback(facts), *_closing(facts)),
        subtitle=facts.round,
        draft=False,
        meta=(
            fact("To", facts.applicant),
            fact("Date", say_date(facts.dated)),
            fact("Application", f"{facts.reference}, {facts.title}"),
            fact("Asked for", of_agreements.pounds(facts.asked)),
        ),
        date=facts.dated,
    )


def _opening(facts: LetterFacts) -> Iterator[Block]:
    award, asked = of_agreements.pounds(facts.award), of_agreements.pounds(facts.asked)
    if facts.outcome == "awarded":
        yield para("We are pleased to award you ", bold(award), f" for {facts.title}, all that you asked for.")
    elif facts.outcome == "part":
        yield para(
            "We are pleased to award you ", bold(award), f" of the {asked} that you asked for, for {facts.title}."
        )
    elif facts.outcome == "refused":
        yield para(f"Thank you for applying. We are sorry that we cannot award a grant for {facts.title}.")
        yield para("Below is what our scorers said of each criterion, so that you can use it when you apply again.")
    elif facts.outcome == "ineligible":
        yield para("Thank you for applying. Your application could not be scored, because it is not eligible.")
        if facts.why:
            yield para(facts.why)
    elif facts.outcome == "late":
        yield para("Your application came after the last day of the round, and so could not be scored.")
    else:
        yield para(
            "You withdrew your application. We have not scored it any further, and nothing more is needed of you."
        )
    if facts.total:
        passed = f" The round asks for {facts.pass_mark} at least." if facts.pass_mark else ""
        if facts.feedback:
            yield para("Your application scored ", bold(facts.total), f" of 100.{passed}")


def _conditions(facts: LetterFacts) -> Iterator[Block]:
    if not facts.award:
        return
    yield Heading(1, "Conditions of the award")
    if facts.conditions:
        yield bullets(*(Item(runs(line)) for line in facts.conditions))
    yield para("Nothing may be spent before both of us have signed the agreement, which we will send you.")


def _feedback(facts: LetterFacts) -> Iterator[Block]:
    if not facts.feedback:
        return
    yield Heading(1, "Feedback on each criterion")
    yield Table(
        "What scorers said of each criterion",
        (
            Column("Criterion", 26),
            Column("Weight", 9, "right", "number"),
            Column("Mark", 13),
            Column("What scorers said", 52),
        ),
        tuple(
            Row(
                (
                    cell(one.name),
                    cell(one.weight),
                    cell(f"{one.mark} of {one.top}{', below the pass mark' if one.below else ''}"),
                    cell(*(para(said) for said in one.words)) if one.words else cell("Nothing more"),
                )
            )
            for one in facts.feedback
        ),
    )


def _closing(facts: LetterFacts) -> Iterator[Block]:
    yield Heading(1, "If you think that we made a mistake")
    yield para(
        f"Write to us and give the reference {facts.reference}. Say what you think is wrong: a post that did not score your "
        "application will look at it, and you will have an answer with its reasons."
    )
    if facts.lead:
        yield para(facts.lead)
