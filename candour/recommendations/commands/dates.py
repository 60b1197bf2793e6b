"""A new date that an owner asks for: asked, taken back, granted or refused."""

from datetime import date, datetime

from django.db import transaction

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date, say_date
from candour.kernel.history.recording import recording
from candour.kernel.notices.commands import Letter, write
from candour.kernel.rules import Refused, need_reason
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.commands.ledger import line_after, new_words
from candour.recommendations.commands.stages import need_stage
from candour.recommendations.models import Assignment, DateAsked, Target
from candour.recommendations.rules import mail

KIND = "recommendations.date"  # of letter
ANSWERS = (DateAsked.Answer.GRANTED.value, DateAsked.Answer.REFUSED.value)


def ask_date(
    assignment: Assignment,
    *,
    text: str,
    actor: Actor,
    at: datetime,
    reason: str,
    due: date | None = None,
) -> DateAsked:
    """Ask for a new date for an owner: a day (due) as it was typed (text), or words alone. The date that stands stands.

    Raises Refused without a reason or a date, for the date that stands, for an owner that has no date yet, which needs
    nobody's agreement, and while another waits for an answer.
    """
    recommendation = assignment.recommendation
    require(actor, RecommendationPermission.UPDATE, recommendation.record)
    need_stage("slip", recommendation, "due")
    before = Target.objects.filter(assignment=assignment).order_by("-number").first()
    if before is None:
        raise Refused("due", "It has no date yet: give it its first date, which nobody has to agree")
    if waiting := waiting_of(assignment):
        raise Refused("due", f"‘{waiting.text}’ is asked for already: take that back first")
    words, day = new_words(before, text=text, due=due), local_date(at)
    why = need_reason(reason, "Say why the date has to move")
    with recording("recommendation.date_asked", recommendation.record, actor=actor, at=at, reason=why):
        return DateAsked.objects.create(
            recommendation=recommendation, assignment=assignment, text=words, due=due, why=why, asked_on=day
        )


def withdraw_date(asked: DateAsked, *, actor: Actor, at: datetime, reason: str) -> DateAsked:
    """Take back what was asked for. Raises Refused once it is answered."""
    record = asked.recommendation.record
    require(actor, RecommendationPermission.UPDATE, record)
    _need_waiting(asked)
    why = need_reason(reason, "Say why it is taken back")
    with recording("recommendation.date_withdrawn", record, actor=actor, at=at, reason=why):
        _answer(asked, DateAsked.Answer.WITHDRAWN, why, local_date(at))
    return asked


def answer_date(
    asked: DateAsked, *, answer: str, actor: Actor, at: datetime, reason: str = "", approver: str = ""
) -> DateAsked:
    """Grant a date, which becomes the next line of the owner's ledger, or refuse it; and tell the owner.

    Granted, the line keeps the owner's reason, and who agreed it. Raises Refused for another answer, for a date granted
    without an approver or refused without a reason, once it is answered, and where no date may be moved any more.
    """
    recommendation = asked.recommendation
    record = recommendation.record
    require(actor, RecommendationPermission.GRANT, record)
    if answer not in ANSWERS:
        raise Refused("answer", "Choose whether the date is granted")
    _need_waiting(asked)
    granted, day = answer == DateAsked.Answer.GRANTED, local_date(at)
    if granted:
        need_stage("slip", recommendation, "answer")
        if not approver.strip():
            raise Refused("approver", "Enter the board or post that agreed the new date")
    why = reason.strip() if granted else need_reason(reason, "Say why it is refused: its owner reads this")
    event = "recommendation.date_granted" if granted else "recommendation.date_refused"
    with transaction.atomic():
        with recording(event, record, actor=actor, at=at, reason=why or asked.why, approver=approver.strip()):
            _answer(asked, answer, why, day)
            if granted:
                before = Target.objects.filter(assignment=asked.assignment_id).order_by("-number").first()
                line_after(
                    before, asked.assignment, text=asked.text, due=asked.due, why=asked.why, approver=approver, day=day
                ).save()
        _tell(asked, at=at, by=actor)
    return asked


def waiting_of(assignment: Assignment) -> DateAsked | None:
    """The date that an owner asks for and that waits for an answer. One query."""
    rows = DateAsked.objects.select_related("recommendation__record__organisation", "assignment__owner")
    return rows.filter(assignment=assignment, answer="").first()


def _answer(asked: DateAsked, answer: str, said: str, day: date) -> None:
    asked.answer, asked.answered_on, asked.said = answer, day, said
    asked.save()


def _need_waiting(asked: DateAsked) -> None:
    if asked.answer:
        on = f" on {say_date(asked.answered_on)}" if asked.answered_on else ""
        raise Refused("answer", f"It was answered{on}: {DateAsked.Answer(asked.answer).label.lower()}")


def _tell(asked: DateAsked, *, at: datetime, by: Actor) -> None:
    """Write to the post what became of it. What was said about it is read in Candour, not in a mail."""
    owner, record = asked.assignment.owner, asked.recommendation.record
    if owner is None:
        return
    granted = asked.answer == DateAsked.Answer.GRANTED
    named = mail.named(record.reference, record.title, record.sensitivity)
    text = mail.date_answered(post=owner.title, named=named, granted=granted)
    subject = f"Your request for a new date was {'granted' if granted else 'refused'}"
    write([Letter(f"date-asked:{asked.pk}", owner, subject, text, kind=KIND)], at=at, by=by)
