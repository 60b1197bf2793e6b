"""What the letter to an applicant says, gathered once the round is decided."""

from dataclasses import dataclass
from datetime import date

from candour.commissioning.models import Application, Moderation
from candour.commissioning.queries.rounds.one import criteria_of, marks_in, scheme_of
from candour.commissioning.queries.rounds.scoring import marks_of
from candour.commissioning.rules import rounds as rules
from candour.kernel.history.queries import entries_of, events


@dataclass(frozen=True)
class Feedback:
    """What is said of one criterion: its mark of the highest, and why, in the words of scorers or moderators, unsigned."""

    name: str
    weight: int
    mark: str
    top: int
    words: tuple[str, ...]
    below: bool


@dataclass(frozen=True)
class LetterFacts:
    """A letter. award, asked: pence. why: of one that was not scored. conditions: of an award."""

    body: str
    round: str
    round_reference: str
    reference: str
    title: str
    applicant: str
    dated: date
    outcome: str
    asked: int
    award: int
    total: str
    pass_mark: int
    feedback: tuple[Feedback, ...]
    conditions: tuple[str, ...]
    why: str
    lead: str


def letter_facts(it: Application) -> LetterFacts | None:
    """What the letter of an application says; None before its round is decided. Seven queries."""
    if it.round.decided_on is None or not it.outcome:
        return None
    criteria = criteria_of(it.round)
    scheme, top = scheme_of(it.round, criteria), len(marks_in(it.round)) - 1
    marked = [one for one in marks_of(it) if not one.removed and one.sent_on]
    agreed = {each.criterion_id: each for each in Moderation.objects.filter(application=it)}
    marks: dict[int, list[int]] = {}
    for one in marked:
        for criterion, (value, _) in one.scores.items():
            if value is not None:
                marks.setdefault(criterion, []).append(value)
    candidate = rules.Candidate(it.pk, it.asked, marks, {pk: each.value for pk, each in agreed.items()}, it.tie)
    finals, total = rules.finals(candidate, scheme), rules.total(candidate, scheme)
    feedback = []
    for each in criteria:
        mark = finals[each.pk]
        if mark is None:
            continue
        said = [why for one in marked if (why := one.scores.get(each.pk, (None, ""))[1])]
        words = tuple(dict.fromkeys((agreed[each.pk].why, *said) if each.pk in agreed else said))
        feedback.append(
            Feedback(
                each.name, each.weight, rules.said(mark), top, words, bool(each.pass_mark and mark < each.pass_mark)
            )
        )
    scored = it.outcome in ("awarded", "part", "refused")
    return LetterFacts(
        body=it.record.organisation.name,
        round=it.round.record.title,
        round_reference=it.round.record.reference,
        reference=it.record.reference,
        title=it.record.title,
        applicant=it.applicant,
        dated=it.round.announced_on or it.round.decided_on,
        outcome=it.outcome,
        asked=it.asked,
        award=it.award or 0,
        total=rules.said(total) if total is not None else "",
        pass_mark=it.round.pass_mark,
        feedback=tuple(feedback) if scored else (),
        conditions=tuple(
            line.strip() for line in (*it.round.conditions.splitlines(), *it.conditions.splitlines()) if line.strip()
        )
        if it.award
        else (),
        why=_why(it),
        lead=it.record.owner.title if it.record.owner else "",
    )


def _why(it: Application) -> str:
    """The reason that was given where an application was not eligible."""
    if it.outcome != "ineligible":
        return ""
    judged = entries_of(it.record).filter(event="application.judged").order_by("-sequence")[:1]
    return next((event.reason for event in events(list(judged))), "")
