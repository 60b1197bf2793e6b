"""The end of a round's audit trail: its ranking, its decision, and what came after. Pure."""

from collections.abc import Iterator

from candour.commissioning import rules as of_agreements
from candour.commissioning.queries.rounds.report import Applied, Reported
from candour.commissioning.rules import rounds as rules
from candour.kernel.calendar import say_date
from candour.kernel.papers.document import Block, Cell, Column, Heading, Row, Table, bold, cell, para

TONES = {"awarded": "green", "part": "green"}


def ranking(it: Reported) -> Iterator[Block]:
    yield Heading(2, "Ranking")
    columns = (
        Column("Place", 6, "right", "number"),
        Column("Reference", 13, kind="reference"),
        Column("Application", 33),
        *(Column(f"{each.number}. {each.name}", 8) for each in it.scheme.criteria),
        Column("Total", 7, "right", "number"),
        Column("Asks for", 9, "right", "number"),
        Column("Outcome", 16),
    )
    rows = it.ranked
    if not rows:
        yield para("No application was ranked.")
        return
    yield Table(f"Ranking of {it.reference}", columns, tuple(_ranked(one) for one in rows), row_headers=False)


def _ranked(one: Applied) -> Row:
    place = one.place
    assert place is not None  # noqa: S101 only ranked ones are printed here
    notes = [f"Tie broken by {place.broken[:1].lower()}{place.broken[1:]}."] if place.broken else []
    notes += [f"Below a pass mark: {said}." for said in place.below]
    notes += ["Excepted, for the reason of the decision."] if one.excepted else []
    notes += ["Came late, and was let in."] if one.late and one.let_in else []
    return Row(
        (
            cell(place.place),
            cell(one.reference),
            cell(para(bold(one.title)), para(one.applicant), *(para(note) for note in notes)),
            *(cell(said) for said in one.scores),
            cell(rules.said(place.total)),
            cell(of_agreements.pounds(one.asked)),
            _award(one),
        )
    )


def _award(one: Applied) -> Cell:
    words = rules.OUTCOMES.get(one.outcome, "")
    said = f"{words}, {of_agreements.pounds(one.award)}" if one.award else words
    return cell(said, tone=TONES.get(one.outcome, ""))


def decision(it: Reported) -> Iterator[Block]:
    yield Heading(2, "Decision")
    for one in it.told:
        if one.event == "round.decided":
            agreed = f", agreed by {one.approver}" if one.approver else ""
            yield para(f"Decided on {say_date(one.on)} by {one.by}{agreed}: {one.why}")
        elif one.event == "round.announced":
            yield para(f"Announced on {say_date(one.on)} by {one.by}.")
    given = sum(one.award for one in it.awarded)
    left = of_agreements.pounds(it.budget - given)
    yield para(f"Awarded {of_agreements.pounds(given)} of {of_agreements.pounds(it.budget)}; {left} is left.")


def appeals(it: Reported) -> Iterator[Block]:
    yield Heading(2, "Appeals and corrections")
    if not it.appeals:
        yield para("Nobody appealed, and no mistake was found.")
        return
    answers = {None: "Not answered yet", True: "Upheld", False: "Not upheld"}
    yield Table(
        f"Appeals and corrections of {it.reference}",
        (
            Column("Reference", 18, kind="reference"),
            Column("What", 14),
            Column("On", 16, kind="date"),
            Column("Grounds", 26),
            Column("Answer", 26),
        ),
        tuple(
            Row(
                (
                    cell(one.reference),
                    cell("Correction" if one.correction else "Appeal"),
                    cell(say_date(one.on)),
                    cell(one.grounds),
                    cell(*_answered(answers[one.upheld], one.answer, one.before, one.after)),
                )
            )
            for one in it.appeals
        ),
    )


def _answered(word: str, answer: str, before: int | None, after: int | None) -> list[str]:
    moved = f" Award {of_agreements.pounds(after)}, {of_agreements.pounds(before)} before." if after is not None else ""
    return [f"{word}. {answer}{moved}" if answer else f"{word}.{moved}"]
