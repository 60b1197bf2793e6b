"""Applications come in, one or many at a time; late ones, withdrawn ones, and whether each is eligible."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import BinaryIO

from django.db import transaction

from candour.commissioning import rules as of_agreements
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.commands.base import not_to_come
from candour.commissioning.commands.rounds.base import not_decided, not_ranked, not_scoring
from candour.commissioning.models import Answer, Application, Question, Round
from candour.commissioning.queries.rounds import applications, next_application, questions_of
from candour.commissioning.rules import rounds as rules
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date, say_date
from candour.kernel.evidence.commands import add_file
from candour.kernel.history.recording import recording, recording_many
from candour.kernel.records.models import Record, Sensitivity
from candour.kernel.rules import Refused, need_reason

YES, NO = "Yes", "No"


@dataclass(frozen=True)
class NewApplication:
    """An application as it came. asked: pence. answers: by the number of the question, as words. reference: "" for the next."""

    title: str
    applicant: str
    asked: int
    received_on: date
    email: str = ""
    answers: Mapping[int, str] = field(default_factory=dict)
    reference: str = ""
    sensitivity: str = Sensitivity.RESTRICTED


def receive(
    round: Round, *, new: NewApplication, actor: Actor, at: datetime, reason: str = "", effective: date | None = None
) -> Application:
    """Enter one application. Raises Refused as receive_many."""
    return receive_many(round, found=[new], actor=actor, at=at, reason=reason, effective=effective)[0]


def receive_many(
    round: Round,
    *,
    found: Sequence[NewApplication],
    actor: Actor,
    at: datetime,
    reason: str = "",
    effective: date | None = None,
) -> list[Application]:
    """Enter applications, all or none, as records that only their scorers and who runs the round see.

    One that came after the last day is entered, and shown as late: it is scored only if it is let in. Raises Refused before
    the round has opened, once scoring has begun (but for late ones), and for answers that break what the form asks; the
    field is that of the answer ("answer_3"), and the message of several names the applicant.
    """
    require(actor, CommissioningPermission.MANAGE, round.record)
    not_decided(round)
    if round.opened_on is None:
        raise Refused("title", "Open the round first: its criteria and form must stand before an application comes")
    if round.scoring_on is not None and any(not rules.late(new.received_on, round.closes) for new in found):
        raise Refused("received_on", "Scoring has begun: only a late application can still be entered")
    questions = {each.number: each for each in questions_of(round)}
    for new in found:
        try:
            check(round, new, questions, today=local_date(at))
        except Refused as wrong:
            if len(found) == 1:
                raise
            raise Refused(wrong.field, f"{new.applicant or new.title or 'A row'}: {wrong.message}") from None
    first = next_application(round)
    taken = [new.reference for new in found if new.reference]
    if (
        taken
        and Record.objects.filter(
            organisation=round.record.organisation_id, kind="application", reference__in=taken
        ).exists()
    ):
        raise Refused("reference", "One of these references is taken: enter another, or none")
    event = "application.received"
    with recording_many(event, [], actor=actor, at=at, effective=effective, reason=reason.strip()):
        return _made(round, found, first, questions)


def _made(
    round: Round, found: Sequence[NewApplication], first: int, questions: Mapping[int, Question]
) -> list[Application]:
    records = Record.objects.bulk_create(
        [
            Record(
                kind="application",
                reference=new.reference or f"{round.record.reference}-{number:03}",
                title=" ".join(new.title.split())[:300],
                organisation_id=round.record.organisation_id,
                owner_id=round.record.owner_id,
                sensitivity=new.sensitivity,
            )
            for number, new in enumerate(found, first)
        ]
    )
    made = Application.objects.bulk_create(
        [
            Application(
                record=record,
                round=round,
                applicant=" ".join(new.applicant.split())[:200],
                email=new.email.strip()[:200],
                asked=new.asked,
                received_on=new.received_on,
            )
            for record, new in zip(records, found, strict=True)
        ]
    )
    Answer.objects.bulk_create(
        [
            Answer(application=one, question=questions[number], text=_plain(questions[number], text))
            for one, new in zip(made, found, strict=True)
            for number, text in sorted(new.answers.items())
            if number in questions and text.strip()
        ]
    )
    return list(made)


def _plain(question: Question, text: str) -> str:
    """An answer as it is kept: numbers and money without commas and signs."""
    if question.kind in (Question.Kind.NUMBER, Question.Kind.MONEY):
        return text.replace(",", "").replace("£", "").strip()
    return text.strip()


def check(round: Round, new: NewApplication, questions: Mapping[int, Question], *, today: date) -> None:
    """Raises Refused for the first thing of an application that breaks what its round asks."""
    if not new.applicant.strip():
        raise Refused("applicant", "Enter who applies")
    if not new.title.strip():
        raise Refused("title", "Enter what the project is called")
    if new.email and ("@" not in new.email[1:-1] or " " in new.email.strip()):
        raise Refused("email", "Enter an e-mail address, such as name@example.org")
    if new.asked <= 0:
        raise Refused("asked", "Enter an amount above nothing")
    if round.most is not None and new.asked > round.most:
        raise Refused("asked", f"This round gives {of_agreements.pounds(round.most)} at most: enter less")
    if new.received_on < round.opens:
        raise Refused("received_on", f"Enter a day on or after {say_date(round.opens)}, when the round opened")
    not_to_come(new.received_on, today, "received_on")
    for number, question in sorted(questions.items()):
        if wrong := wrong_answer(question, new.answers.get(number, "").strip()):
            raise Refused(f"answer_{number}", wrong)


def wrong_answer(question: Question, text: str) -> str:
    """How to mend an answer, "" for one that can stand. A file is attached afterwards, so none is missed here."""
    if question.kind == Question.Kind.FILE:
        return ""
    if not text:
        return f"Answer question {question.number}: {question.text}" if question.required else ""
    if question.most_words and (count := rules.count_words(text)) > question.most_words:
        return f"Shorten the answer to question {question.number} to {question.most_words} words: it has {count}"
    if question.kind == Question.Kind.YES_NO and text not in (YES, NO):
        return f"Answer question {question.number} with Yes or No"
    plain = text.replace(",", "").removeprefix("£").strip()
    whole, _, rest = plain.partition(".")
    if question.kind in (Question.Kind.NUMBER, Question.Kind.MONEY) and not (
        whole.isascii() and whole.isdigit() and (not rest or (rest.isascii() and rest.isdigit()))
    ):
        return f"Answer question {question.number} with a number, such as 1,200"
    return ""


def attach_answer(
    application: Application,
    *,
    question: Question,
    name: str,
    content: BinaryIO,
    actor: Actor,
    at: datetime,
    reason: str = "",
    effective: date | None = None,
) -> Answer:
    """Put the file that a question asks for on an application. Raises Refused for a question that asks for none."""
    require(actor, CommissioningPermission.MANAGE, application.record)
    not_scoring(application.round)
    if question.kind != Question.Kind.FILE or question.round_id != application.round_id:
        raise Refused("question", "Choose a question that asks for a file")
    said = {"actor": actor, "at": at, "effective": effective, "reason": reason.strip()}
    with transaction.atomic():
        file = add_file(application.record, name=name, content=content, **said)  # type: ignore[arg-type]
        with recording("application.file_attached", application.record, **said):  # type: ignore[arg-type]
            answer = Answer.objects.filter(application=application, question=question).first() or Answer(
                application=application, question=question
            )
            answer.text, answer.file = file.name, file
            answer.save()
    return answer


def let_in(
    application: Application, *, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Application:
    """Let a late application be scored, with a reason. Raises Refused for one that came in time, and once scoring has begun."""
    require(actor, CommissioningPermission.DECIDE, application.record)
    not_scoring(application.round)
    why = need_reason(reason, "Say why it is scored although it came late")
    if not rules.late(application.received_on, application.round.closes):
        raise Refused("reason", "This application came in time")
    if application.let_in_on is not None:
        raise Refused("reason", "This application is let in already")
    with recording("application.let_in", application.record, actor=actor, at=at, effective=effective, reason=why):
        application.let_in_on = effective or local_date(at)
        application.save()
    return application


def withdraw(
    application: Application, *, on: date, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Application:
    """Record that the applicant withdrew. What was scored stays in the history, and counts no more."""
    require(actor, CommissioningPermission.MANAGE, application.record)
    not_ranked(application.round)
    why = need_reason(reason, "Say how the applicant withdrew it")
    if application.withdrawn_on is not None:
        raise Refused("reason", "This application is withdrawn already")
    not_to_come(on, local_date(at))
    if on < application.received_on:
        raise Refused("on", f"Enter a day on or after {say_date(application.received_on)}, when it came")
    with recording("application.withdrawn", application.record, actor=actor, at=at, effective=effective, reason=why):
        application.withdrawn_on = on
        application.save()
    return application


def judge(
    application: Application,
    *,
    eligible: bool,
    actor: Actor,
    at: datetime,
    reason: str = "",
    effective: date | None = None,
) -> Application:
    """Say whether an application is eligible; that it is not needs a reason, which its letter gives.

    Raises Refused once scoring has begun.
    """
    require(actor, CommissioningPermission.MANAGE, application.record)
    not_scoring(application.round)
    why = reason.strip() if eligible else need_reason(reason, "Say why it is not eligible: the applicant reads it")
    with recording("application.judged", application.record, actor=actor, at=at, effective=effective, reason=why):
        application.eligible = eligible
        application.save()
    return application


def judge_all(
    round: Round, *, actor: Actor, at: datetime, reason: str = "By their answers", effective: date | None = None
) -> int:
    """Take every application as eligible that says yes to each question that decides it; gives how many.

    Those that say no are left for a person to judge.
    """
    require(actor, CommissioningPermission.MANAGE, round.record)
    not_scoring(round)
    must = [each.pk for each in questions_of(round) if each.must]
    waiting = applications(actor, round).filter(eligible=None, withdrawn_on=None).order_by().values("pk")
    rows = Application.objects.filter(pk__in=waiting).select_related("record")
    yes: dict[int, set[int]] = {}
    said = Answer.objects.filter(application__in=waiting, question__in=must, text=YES)
    for application, question in said.values_list("application", "question"):
        yes.setdefault(application, set()).add(question)
    found = [one for one in rows if yes.get(one.pk, set()).issuperset(must)]
    records = [one.record for one in found]
    with recording_many("application.judged", records, actor=actor, at=at, effective=effective, reason=reason.strip()):
        Application.objects.filter(pk__in=[one.pk for one in found]).update(eligible=True)
    return len(found)
