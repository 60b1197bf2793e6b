"""A round is set up: its facts, criteria and form; it opens, and from then on every change is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from candour.commissioning.access import CommissioningPermission
from candour.commissioning.commands.rounds.base import not_scoring
from candour.commissioning.models import Application, Criterion, FundingStream, Question, Round
from candour.commissioning.queries.rounds import criteria_of, next_round, questions_of
from candour.commissioning.rules import rounds as rules
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording, recording_many
from candour.kernel.people.models import Post
from candour.kernel.records.models import Record, Sensitivity
from candour.kernel.rules import Refused, need_reason


@dataclass(frozen=True)
class RoundFacts:
    """What a round says of itself. budget, most: pence. marks: what each mark means, from 0 up."""

    title: str
    budget: int
    opens: date
    closes: date
    purpose: str = ""
    conditions: str = ""
    marks: tuple[str, ...] = rules.MARKS
    pass_mark: int = 0
    tolerance: int = 1
    most: int | None = None
    part_awards: bool = False
    score_by: date | None = None


@dataclass(frozen=True)
class NewCriterion:
    name: str
    weight: int
    pass_mark: int = 0
    guidance: str = ""


@dataclass(frozen=True)
class NewQuestion:
    """kind: of Question.Kind. must: a yes or no that has to be yes."""

    text: str
    kind: str = "text"
    most_words: int = 0
    required: bool = True
    must: bool = False


def raise_round(
    *,
    stream: FundingStream,
    facts: RoundFacts,
    owner: Post | None,
    actor: Actor,
    at: datetime,
    reason: str,
    sensitivity: str = Sensitivity.OFFICE,
    reference: str = "",
    effective: date | None = None,
) -> Round:
    """Set up a grant round paid from a stream, as a draft. reference: one that it has already, from elsewhere.

    Raises Refused for no name, a budget of nothing, dates that run backwards, and marks that cannot be.
    """
    body = stream.organisation
    require(actor, CommissioningPermission.MANAGE, Record(organisation=body))
    values, title = _checked(facts), _title(facts)
    reference = reference.strip()[:60]
    if reference and Record.objects.filter(organisation=body, kind="round", reference=reference).exists():
        raise Refused("reference", f"{reference} is taken: enter another reference, or none")
    with recording("round.raised", actor=actor, at=at, effective=effective, reason=need_reason(reason)):
        record = Record.objects.create(
            kind="round",
            reference=reference or next_round(body.pk, stream.year),
            title=title,
            organisation=body,
            owner=owner,
            sensitivity=sensitivity,
        )
        return Round.objects.create(record=record, stream=stream, **values)


def change_round(
    round: Round,
    *,
    facts: RoundFacts,
    owner: Post | None,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Round:
    """Change the facts of a round until scoring begins. Once it has opened, applicants are told: it stands on its page.

    Its applications follow its lead. Raises Refused as raise_round, and for an earlier last day once it has opened.
    """
    require(actor, CommissioningPermission.MANAGE, round.record)
    not_scoring(round)
    why, values, title = need_reason(reason, "Say why it changes"), _checked(facts), _title(facts)
    if round.opened_on and facts.closes < round.closes:
        raise Refused("closes", "The round has opened: the last day can only be later")
    moved = round.record.owner_id != (owner.pk if owner else None)
    rows = Application.objects.filter(round=round).select_related("record") if moved else ()
    records = [round.record, *(each.record for each in rows)]
    event = "round.changed_in_public" if round.opened_on else "round.changed"
    with recording_many(event, records, actor=actor, at=at, effective=effective, reason=why):
        for record in records:
            record.owner = owner
            record.title = title if record is round.record else record.title
            record.save()
        for name, value in values.items():
            setattr(round, name, value)
        round.save()
    return round


def set_criteria(
    round: Round,
    *,
    criteria: Sequence[NewCriterion],
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> list[Criterion]:
    """Say what applications are scored by, in the order in which ties are broken.

    Until the round opens freely; then only with a reason that applicants read, until scoring begins. Raises Refused where
    weights do not come to 100, or a pass mark is above the highest mark.
    """
    require(actor, CommissioningPermission.MANAGE, round.record)
    not_scoring(round)
    why = need_reason(reason, "Say why the criteria change: applicants are told" if round.opened_on else "Say why")
    top = len([line for line in round.marks.splitlines() if line.strip()]) - 1
    named = [
        rules.Criterion(number, number, " ".join(one.name.split()), one.weight, one.pass_mark)
        for number, one in enumerate(criteria, 1)
    ]
    if any(not one.name for one in named):
        raise Refused("criteria", "Enter the name of each criterion")
    if wrong := rules.wrong_criteria(named, top):
        raise Refused("criteria", wrong)
    event = "round.criteria_changed" if round.opened_on else "round.criteria_set"
    with recording(event, round.record, actor=actor, at=at, effective=effective, reason=why):
        Criterion.objects.filter(round=round, removed_on=None).update(removed_on=effective or local_date(at))
        return [
            Criterion.objects.create(
                round=round,
                number=one.number,
                name=one.name[:120],
                weight=one.weight,
                pass_mark=one.pass_mark,
                guidance=new.guidance.strip(),
            )
            for one, new in zip(named, criteria, strict=True)
        ]


def set_questions(
    round: Round,
    *,
    questions: Sequence[NewQuestion],
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> list[Question]:
    """Say what the form asks. Raises Refused for a question without words, a kind that is none, and once answers have come."""
    require(actor, CommissioningPermission.MANAGE, round.record)
    not_scoring(round)
    why = need_reason(reason)
    if not questions or any(not one.text.strip() for one in questions):
        raise Refused("questions", "Enter the words of each question")
    if any(one.kind not in Question.Kind.values for one in questions):
        raise Refused("questions", "Choose the kind of each question")
    if any(one.must and one.kind != Question.Kind.YES_NO for one in questions):
        raise Refused("questions", "Only a yes or no can decide whether one is eligible")
    if Application.objects.filter(round=round).exists():
        raise Refused("questions", "Applications have come: their answers are to the form as it stands")
    event = "round.form_changed" if round.opened_on else "round.form_set"
    with recording(event, round.record, actor=actor, at=at, effective=effective, reason=why):
        Question.objects.filter(round=round, removed_on=None).update(removed_on=effective or local_date(at))
        return [
            Question.objects.create(
                round=round,
                number=number,
                text=" ".join(one.text.split())[:300],
                kind=one.kind,
                most_words=one.most_words if one.kind == Question.Kind.TEXT else 0,
                required=one.required,
                must=one.must,
            )
            for number, one in enumerate(questions, 1)
        ]


def open_round(round: Round, *, actor: Actor, at: datetime, reason: str = "", effective: date | None = None) -> Round:
    """Publish the criteria and the form: applications can come from its first day. Raises Refused while either is missing."""
    require(actor, CommissioningPermission.MANAGE, round.record)
    if round.opened_on is not None:
        raise Refused("reason", "This round has opened already")
    if not criteria_of(round):
        raise Refused("reason", "Set the criteria first: they are published with the round")
    if not questions_of(round):
        raise Refused("reason", "Set the form first: it is published with the round")
    with recording("round.opened", round.record, actor=actor, at=at, effective=effective, reason=reason.strip()):
        round.opened_on = effective or local_date(at)
        round.save()
    return round


def _title(facts: RoundFacts) -> str:
    title = " ".join(facts.title.split())
    if not title:
        raise Refused("title", "Enter the name of the round")
    return title[:300]


def _checked(facts: RoundFacts) -> dict[str, object]:
    marks = [line.strip() for line in facts.marks if line.strip()]
    if not 3 <= len(marks) <= 11:
        raise Refused("marks", "Enter what each mark means, from 0 up, a line each: 3 to 11 lines")
    if facts.budget <= 0:
        raise Refused("budget", "Enter a budget above nothing")
    if facts.most is not None and not 0 < facts.most <= facts.budget:
        raise Refused("most", "Enter a most above nothing, within the budget")
    if facts.closes < facts.opens:
        raise Refused("closes", "Enter a last day on or after the first")
    if facts.score_by and facts.score_by < facts.closes:
        raise Refused("score_by", "Enter a day after the last day for applications")
    if not 0 <= facts.pass_mark <= rules.WHOLE:
        raise Refused("pass_mark", f"Enter a pass mark from 0 to {rules.WHOLE}")
    if not 0 <= facts.tolerance < len(marks):
        raise Refused("tolerance", f"Enter a difference from 0 to {len(marks) - 1} marks")
    plain = ("budget", "most", "opens", "closes", "score_by", "pass_mark", "tolerance", "part_awards")
    given = {name: getattr(facts, name) for name in plain}
    return given | {"marks": "\n".join(marks), "purpose": facts.purpose, "conditions": facts.conditions}
