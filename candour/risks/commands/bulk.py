"""Reviewing many risks at once, from one form: all of them or none, in as many queries for a hundred as for one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording_many
from candour.kernel.rules import Refused
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import scale_book
from candour.risks import rules
from candour.risks.access import RiskPermission
from candour.risks.commands.reviewing import mark_reviewed
from candour.risks.commands.scoring import moves
from candour.risks.models import Assessment, Response, Risk, RiskLine, Update

UNCHANGED = "Reviewed: nothing has moved."


@dataclass(frozen=True)
class Answer:
    """What is said of one risk. levels: impact and likelihood on the scale in force that day; None leaves the score."""

    narrative: str = ""
    levels: tuple[int, int] | None = None


class Unfit(ValueError):
    """Some rows cannot be saved, so none is. refusals: by risk, the answer to mend and how."""

    def __init__(self, refusals: Mapping[int, Refused]) -> None:
        super().__init__("; ".join(refused.message for refused in refusals.values()))
        self.refusals = dict(refusals)


def review_many(
    risks: Sequence[Risk], answers: Mapping[int, Answer], *, actor: Actor, at: datetime, effective: date | None = None
) -> None:
    """Review the risks that have an answer, an entry each. What is accepted stays accepted.

    A risk without a narrative says that nothing has moved, so a new score needs one. Raises Unfit, with every row that is
    to be mended: a moved score without its reason, a level that the scale does not have, a closed risk, a control that
    is past its date, which a review of its own has to answer.
    """
    reviewed = [risk for risk in risks if risk.pk in answers]
    for risk in reviewed:
        require(actor, RiskPermission.REVIEW, risk.record)
    day = effective or local_date(at)
    lines = RiskLine.objects.in_bulk([risk.pk for risk in reviewed])
    standing = _standing(reviewed, day)
    book = scale_book()
    scales = {scale.pk: scale for scale in book.scales}
    whys: dict[int, str] = {}
    scored: list[Assessment] = []
    refusals: dict[int, Refused] = {}
    for risk in reviewed:
        matrix = book.on(risk.record.organisation_id, day)
        try:
            _may_be_answered_here(risk, lines[risk.pk], day=day)
            scale, was = scales[matrix.id] if matrix else None, standing.get(risk.pk)
            held = book.matrices[was.scale_id] if was else None
            same = held is not None and matrix is not None and held.same_levels(matrix)
            why, new = _checked(risk, was, answers[risk.pk], scale=scale, day=day, same=same)
        except Refused as refused:
            refusals[risk.pk] = refused
            continue
        whys[risk.pk] = why
        scored += [new] if new else []
    if refusals:
        raise Unfit(refusals)
    records = [risk.record for risk in reviewed]
    with recording_many("risk.reviewed", records, actor=actor, at=at, effective=day, reasons=whys):
        Assessment.objects.bulk_create(scored)
        Update.objects.bulk_create(Update(risk=risk, dated=day, text=whys[risk.pk]) for risk in reviewed)
        for risk in reviewed:
            mark_reviewed(risk, day=day, accept=risk.response == Response.ACCEPT)
        Risk.objects.bulk_update(reviewed, ["last_review", "accepted_on", "response"])


def _standing(risks: Sequence[Risk], day: date) -> dict[int, Assessment]:
    """The current score of each risk as it stood on a day. One query."""
    scored = Assessment.objects.filter(risk__in=risks, purpose=Assessment.Purpose.CURRENT, proposed=False)
    ordered = scored.filter(withdrawn_on=None, scored_on__lte=day).order_by("scored_on", "pk")
    return {each.risk_id: each for each in ordered}


def _may_be_answered_here(risk: Risk, line: RiskLine, *, day: date) -> None:
    if risk.record.closed_on is not None:
        raise Refused("answer", "This risk is closed: reopen it first, or leave it out")
    if line.next_control_due is not None and line.next_control_due < day:
        raise Refused("answer", "A control is past its date: review this risk on its own page, or leave it out")


def _checked(
    risk: Risk, standing: Assessment | None, answer: Answer, *, scale: Scale | None, day: date, same: bool
) -> tuple[str, Assessment | None]:
    """The narrative of a review and the new score, if it moved. same: the levels mean what they meant when it was scored.

    Raises Refused as review does.
    """
    why, now = answer.narrative.strip(), answer.levels
    if now is None or not moves(standing, now, scale):
        return why or UNCHANGED, None
    if scale is None:
        raise Refused("impact", f"{risk.record.organisation} has no risk matrix yet")
    try:
        scale.matrix().score(*now)
    except ValueError as off_scale:
        raise Refused("impact", f"Choose a level of the scale: {off_scale}") from None
    was = (standing.impact, standing.likelihood) if standing and same else None
    if not why and now != was:
        raise Refused("narrative", rules.why_moved(was, now))
    return why or UNCHANGED, Assessment(risk=risk, scale=scale, impact=now[0], likelihood=now[1], scored_on=day)
