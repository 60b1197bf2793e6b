"""What a board is asked about risks: to agree a proposed score, to take one up to the strategic register, to close one."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import F

from candour.boards.models import Decision
from candour.boards.queries.acts import Act, Due
from candour.kernel.access import Actor
from candour.kernel.calendar import say_date
from candour.kernel.records.kinds import kind_named
from candour.kernel.records.models import Record, Sensitivity, visible
from candour.kernel.rules import Refused
from candour.risks.access import RiskPermission
from candour.risks.commands.life import change_level, close
from candour.risks.commands.proposing import agree_score, refuse_score
from candour.risks.commands.reviewing import record_update
from candour.risks.models import Assessment, Level, Risk, RiskLine


def _scores_asked(numbers: Sequence[int], actor: Actor, today: date) -> dict[int, str]:
    """By number of the risk: the score as it stands and the one proposed. One query."""
    return {row.risk_id: _move(row) for row in _proposed(actor).filter(risk__in=numbers)}


def _scores_due(organisation: int, actor: Actor, today: date) -> list[Due]:
    """The proposed scores of a body that wait for a board, longest first. One query."""
    rows = _proposed(actor).filter(risk__record__organisation=organisation, risk__record__closed_on=None)
    address = kind_named("risk").address
    found = []
    for row in rows.select_related("risk__record__organisation").order_by("scored_on", "risk__record__reference", "pk"):
        record = row.risk.record
        found.append(
            Due(
                about=record.pk,
                reference=record.reference,
                title=record.title,
                address=address(record.organisation.code, record.reference),
                act=SCORE.name,
                asks=_move(row),
                since=row.scored_on,
                restricted=record.sensitivity == Sensitivity.RESTRICTED,
            )
        )
    return found


def _risks_asked(numbers: Sequence[int], actor: Actor, today: date) -> dict[int, str]:
    """By number of the risk: its score and register as they stand. One query."""
    rows = RiskLine.objects.filter(visible(actor, RiskPermission.SEE), record__in=numbers)
    return {row.pk: f"{_score(row.score, row.band)}, on the {row.kind} register" for row in rows}


def _nothing_due(organisation: int, actor: Actor, today: date) -> list[Due]:
    """A risk is taken up or closed when somebody asks the board: nothing of it waits in the register."""
    return []


def _proposed(actor: Actor) -> Any:
    rows = Assessment.objects.filter(
        visible(actor, RiskPermission.SEE, "risk__record__"), proposed=True, withdrawn_on=None
    )
    return rows.annotate(standing=F("risk__record__risk_line__score"))


def _move(row: Any) -> str:
    """Score 9 to 16, proposed on 3 June 2026."""
    now = row.standing if row.standing is not None else "none"
    return f"Score {now} to {row.impact * row.likelihood}, proposed on {say_date(row.scored_on)}"


def _score(score: int | None, band: str) -> str:
    return "Without a score" if score is None else f"Score {score}{f', {band.lower()}' if band else ''}"


def _risk(record: Record) -> Risk:
    return Risk.objects.select_related("record__organisation", "record__owner", "responsible_officer").get(pk=record.pk)


def _of_this_body(decision: Decision, record: Record) -> None:
    if decision.organisation_id != record.organisation_id:
        raise Refused("answer", f"{record.reference} is another body’s")


def _agree_score(record: Record, *, answer: str, decision: Decision, why: str, actor: Actor, at: datetime) -> None:
    _of_this_body(decision, record)
    verb = agree_score if answer == "agreed" else refuse_score
    verb(_risk(record), actor=actor, at=at, reason=why, approver=str(decision), effective=decision.met_on)


def _escalate(record: Record, *, answer: str, decision: Decision, why: str, actor: Actor, at: datetime) -> None:
    _of_this_body(decision, record)
    if answer == "agreed":
        said: dict[str, Any] = {"reason": why, "approver": str(decision), "effective": decision.met_on}
        change_level(_risk(record), level=Level.STRATEGIC, actor=actor, at=at, **said)
    else:
        _sent_back(record, decision, why, "not taken up to the strategic register", actor=actor, at=at)


def _close(record: Record, *, answer: str, decision: Decision, why: str, actor: Actor, at: datetime) -> None:
    _of_this_body(decision, record)
    if answer == "agreed":
        close(_risk(record), actor=actor, at=at, reason=why, approver=str(decision), effective=decision.met_on)
    else:
        _sent_back(record, decision, why, "not closed", actor=actor, at=at)


def _sent_back(record: Record, decision: Decision, why: str, what: str, *, actor: Actor, at: datetime) -> None:
    """A dated update of the risk, so that its owner reads what the board asks for."""
    text = f"{decision}: {what}. {why}"
    record_update(_risk(record), text=text, actor=actor, at=at, reason="", effective=decision.met_on)


SCORE = Act(
    name="risk.score",
    label="Agree the proposed score",
    heading="Proposed scores of risks",
    permission=RiskPermission.AGREE,
    asks=_scores_asked,
    carry_out=_agree_score,
    due=_scores_due,
)
ESCALATE = Act(
    name="risk.escalate",
    label="Take the risk up to the strategic register",
    heading="Risks to take up to the strategic register",
    permission=RiskPermission.CLOSE,
    asks=_risks_asked,
    carry_out=_escalate,
    due=_nothing_due,
)
CLOSE = Act(
    name="risk.close",
    label="Close the risk",
    heading="Risks to close",
    permission=RiskPermission.CLOSE,
    asks=_risks_asked,
    carry_out=_close,
    due=_nothing_due,
)
