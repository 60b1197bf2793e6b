"""The report of grant rounds: for the panel its whole audit trail, for others who was awarded what. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from candour.commissioning import rules as of_agreements
from candour.commissioning.papers.rounds.trail import appeals, decision, ranking
from candour.commissioning.queries.rounds.report import Applied, Reported
from candour.commissioning.rules import rounds as rules
from candour.kernel.calendar import say_date
from candour.kernel.papers.audiences import COPY, may_read
from candour.kernel.papers.document import (
    Block,
    Column,
    Document,
    Heading,
    PageBreak,
    Row,
    Table,
    bold,
    cell,
    fact,
    para,
)

TITLE = "Report of grant rounds"


@dataclass(frozen=True)
class Stock:
    """The rounds of one body decided by a day: every copy is made from them."""

    body: str
    panel: str
    as_at: date
    dated: date
    rounds: tuple[Reported, ...]

    def shown(self, audience: str) -> tuple[Reported, ...]:
        """The rounds that an audience may read: for the public once their awards are announced."""
        found = [one for one in self.rounds if one.sensitivity in may_read(audience)]
        return tuple(one for one in found if audience == "panel" or one.announced_on)


def report(stock: Stock, audience: str) -> Document:
    """The copy of one audience, as a draft. Raises ValueError for an audience that does not exist."""
    rounds, whole = stock.shown(audience), audience == "panel"
    return Document(
        TITLE,
        stock.body,
        (*_summary(rounds, whole), *(block for one in rounds for block in _of_one(one, whole))),
        subtitle=f"{COPY[audience]}. Rounds decided by {say_date(stock.as_at)}",
        marking="OFFICIAL-SENSITIVE" if whole and rounds else "OFFICIAL",
        meta=(
            fact("Meeting", stock.panel),
            fact("Date", say_date(stock.dated)),
            fact("Report of", stock.body),
            fact("Subject", "How grants were asked for, scored and decided"),
            fact("As at", say_date(stock.as_at)),
        ),
        date=stock.dated,
    )


def _summary(rounds: Sequence[Reported], whole: bool) -> Iterator[Block]:
    """How many applications came is for who reads them all."""
    yield Heading(1, "Summary")
    if not rounds:
        yield para("No round is decided and announced yet.")
        return
    awards = [one for each in rounds for one in each.awarded]
    came = sum(len(each.applications) for each in rounds)
    given = of_agreements.pounds(sum(one.award for one in awards))
    decided = f" {'round was' if len(rounds) == 1 else 'rounds were'} decided. "
    arrived = (bold(came), f" {'application' if came == 1 else 'applications'} came. ") if whole else ()
    made = f" {'award comes' if len(awards) == 1 else 'awards come'} to {given} together."
    yield para(bold(len(rounds)), decided, *arrived, bold(len(awards)), made)


def _of_one(it: Reported, whole: bool) -> Iterator[Block]:
    yield Heading(1, f"{it.reference}: {it.title}")
    if it.purpose:
        yield para(it.purpose)
    budget = of_agreements.pounds(it.budget)
    yield para(
        f"Paid from {it.stream}, with a budget of {budget}. Applications were taken from {say_date(it.opens)} to "
        f"{say_date(it.closes)}, and the round was decided on {say_date(it.decided_on)}."
    )
    yield from _criteria(it)
    if not whole:
        yield from _awards(it)
        return
    yield from _scorers(it)
    yield from _not_scored(it)
    yield from _moderation(it)
    yield PageBreak(landscape=True)
    yield from ranking(it)
    yield PageBreak()
    yield from decision(it)
    yield from appeals(it)


def _criteria(it: Reported) -> Iterator[Block]:
    yield Heading(2, "What applications were scored by")
    said = ", ".join(f"{mark} {words.lower()}" for mark, words in enumerate(it.marks))
    yield para(
        f"Marks: {said}. A total is the marks times their weights, of 100. "
        f"{f'The pass mark of the total is {it.scheme.pass_mark}. ' if it.scheme.pass_mark else ''}"
        "Ties go to the better mark in the first criterion, then the next."
    )
    yield Table(
        f"Criteria of {it.reference}",
        (
            Column("Criterion", 30),
            Column("Weight", 10, "right", "number"),
            Column("Pass mark", 12, "right", "number"),
            Column("What scorers look for", 48),
        ),
        tuple(
            Row(
                (cell(one.name), cell(one.weight), cell(one.pass_mark or "none"), cell(words or "Nothing more is said"))
            )
            for one, words in zip(it.scheme.criteria, it.guidance, strict=True)
        ),
    )
    for one in it.told:
        if one.event in ("round.criteria_changed", "round.changed_in_public"):
            yield para(f"Changed after the round had opened, on {say_date(one.on)}: {one.why}")


def _awards(it: Reported) -> Iterator[Block]:
    yield Heading(2, "Awards")
    if not it.awarded:
        yield para("Nothing was awarded.")
        return
    rows = sorted(it.awarded, key=lambda one: (-one.award, one.applicant, one.title))
    total = of_agreements.pounds(sum(one.award for one in rows))
    yield Table(
        f"Awards of {it.reference}",
        (Column("Awarded to", 36), Column("For", 46), Column("Award", 18, "right", "number")),
        (
            *(Row((cell(one.applicant), cell(one.title), cell(of_agreements.pounds(one.award)))) for one in rows),
            Row((cell("Together"), cell(""), cell(total)), total=True),
        ),
    )


def _scorers(it: Reported) -> Iterator[Block]:
    yield Heading(2, "Who scored, and interests declared")
    if not it.scorers:
        yield para("No post was given an application to score.")
        return
    yield para(
        "Each post scored on its own, and read no other score before all of its own and of the application were sent."
    )
    yield Table(
        f"Scorers of {it.reference}",
        (Column("Post", 34), Column("Scored", 12, "right", "number"), Column("Taken off for an interest", 54)),
        tuple(
            Row(
                (
                    cell(one.post),
                    cell(one.given),
                    cell(*(para(f"{reference}: {nature}") for reference, nature in one.conflicts))
                    if one.conflicts
                    else cell("none"),
                )
            )
            for one in it.scorers
        ),
    )


def _not_scored(it: Reported) -> Iterator[Block]:
    rows = [one for one in it.applications if one.place is None]
    yield Heading(2, "Applications that were not scored to the end")
    if not rows:
        yield para("Every application was scored.")
        return
    yield Table(
        f"Applications of {it.reference} that were not ranked",
        (
            Column("Reference", 20, kind="reference"),
            Column("Applicant", 32),
            Column("Received", 20, kind="date"),
            Column("Outcome", 28),
        ),
        tuple(
            Row((cell(one.reference), cell(one.applicant), cell(say_date(one.received_on)), cell(_outcome(one))))
            for one in rows
        ),
    )


def _outcome(one: Applied) -> str:
    if one.withdrawn_on:
        return f"Withdrawn on {say_date(one.withdrawn_on)}"
    return rules.OUTCOMES.get(one.outcome, "")


def _moderation(it: Reported) -> Iterator[Block]:
    yield Heading(2, "Moderation")
    if not it.moderated:
        yield para("No scorers were further apart than the round allows.")
        return
    yield Table(
        f"Marks of {it.reference} that scorers agreed",
        (
            Column("Reference", 18, kind="reference"),
            Column("Criterion", 24),
            Column("Marks sent", 12),
            Column("Agreed", 10, "right", "number"),
            Column("How it was agreed", 36),
        ),
        tuple(
            Row((cell(one.reference), cell(one.criterion), cell(one.marks), cell(one.value), cell(one.why)))
            for one in it.moderated
        ),
    )
