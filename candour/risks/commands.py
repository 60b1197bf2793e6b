"""The verbs of a risk. Each: may they, do the rules allow it, record it, give the row back."""

from datetime import date, datetime

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record, Sensitivity
from candour.kernel.rules import Refused, need_reason
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import scale_on
from candour.risks import rules
from candour.risks.access import RiskPermission
from candour.risks.models import Assessment, Control, Level, Risk, Update


def raise_risk(
    *,
    organisation: Organisation,
    reference: str,
    title: str,
    impact: int | None,
    likelihood: int | None,
    actor: Actor,
    at: datetime,
    reason: str,
    owner: Post | None = None,
    responsible_officer: Post | None = None,
    level: str = Level.STRATEGIC,
    sensitivity: str = Sensitivity.OFFICE,
    source: str = "",
    event: str = "",
    effect: str = "",
    context: str = "",
    category: str = "",
    effective: date | None = None,
    scale: Scale | None = None,
) -> Risk:
    """Raise a risk, first recorded on `effective` (today unless given), scored on the scale of that day or not yet scored.

    Raises Refused for an empty title, a reference that is taken, no scale, or a level that the scale does not have.
    """
    require(actor, RiskPermission.RAISE, Record(organisation=organisation))
    day = effective or local_date(at)
    reference, title = reference.strip(), title.strip()
    if not title:
        raise Refused("title", "Enter a title that says what could happen")
    if not reference:
        raise Refused("reference", "Enter a reference")
    if Record.objects.filter(organisation=organisation, kind="risk", reference=reference).exists():
        raise Refused("reference", f"{reference} is taken: enter another reference")
    with recording("risk.raised", actor=actor, at=at, effective=day, reason=need_reason(reason)):
        record = Record.objects.create(
            kind="risk",
            reference=reference,
            title=title[:300],
            organisation=organisation,
            owner=owner,
            sensitivity=sensitivity,
        )
        risk = Risk.objects.create(
            record=record,
            level=level,
            source=source,
            event=event,
            effect=effect,
            context=context,
            category=category,
            responsible_officer=responsible_officer,
            first_recorded=day,
        )
        if impact is not None and likelihood is not None:
            _score(risk, impact=impact, likelihood=likelihood, scored_on=day, scale=scale)
    return risk


def rescore(
    risk: Risk,
    *,
    impact: int,
    likelihood: int,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
    scale: Scale | None = None,
) -> Assessment | None:
    """Score a risk anew; None when it already stands so on that day. Raises Refused without a reason or off the scale."""
    require(actor, RiskPermission.REVIEW, risk.record)
    day = effective or local_date(at)
    why = need_reason(reason, "Say why the score changes")
    _still_open(risk)
    standing = _score_on(risk, day)
    if standing and (standing.impact, standing.likelihood) == (impact, likelihood):
        return None
    with recording("risk.rescored", risk.record, actor=actor, at=at, effective=day, reason=why):
        return _score(risk, impact=impact, likelihood=likelihood, scored_on=day, scale=scale)


def set_target(
    risk: Risk, *, impact: int, likelihood: int, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Assessment:
    """The score that the controls are meant to reach."""
    require(actor, RiskPermission.REVIEW, risk.record)
    day = effective or local_date(at)
    with recording("risk.target_set", risk.record, actor=actor, at=at, effective=day, reason=need_reason(reason)):
        return _score(risk, impact=impact, likelihood=likelihood, scored_on=day, purpose=Assessment.Purpose.TARGET)


def add_control(
    risk: Risk,
    *,
    text: str,
    actor: Actor,
    at: datetime,
    reason: str,
    owner: Post | None = None,
    due: date | None = None,
    in_place_since: date | None = None,
    effective: date | None = None,
) -> Control:
    """Add a control: pending with a due date, or in place since a day. Raises Refused for an empty text."""
    require(actor, RiskPermission.CHANGE, risk.record)
    if not text.strip():
        raise Refused("text", "Enter what the control is")
    day = effective or local_date(at)
    with recording("risk.control_added", risk.record, actor=actor, at=at, effective=day, reason=need_reason(reason)):
        return Control.objects.create(
            risk=risk,
            text=text.strip(),
            owner=owner,
            pending=in_place_since is None,
            due=due,
            in_place_since=in_place_since,
            added_on=day,
        )


def settle_control(
    control: Control,
    *,
    answer: str,
    actor: Actor,
    at: datetime,
    reason: str,
    new_due: date | None = None,
    effective: date | None = None,
) -> Control:
    """Settle one control: "in place", "works", "in part", "still to do" (with a new date) or "removed".

    Raises Refused without a reason, or for a pending control past its date that is given no later one.
    """
    require(actor, RiskPermission.REVIEW, control.risk.record)
    day = effective or local_date(at)
    why = need_reason(reason)
    with recording("risk.control_settled", control.risk.record, actor=actor, at=at, effective=day, reason=why):
        answer_control(control, answer=answer, day=day, new_due=new_due)
    return control


def answer_control(control: Control, *, answer: str, day: date, new_due: date | None = None) -> None:
    """Write one answer about one control, inside a recording."""
    if control.removed_on is not None:
        raise Refused("answer", "This control was removed")
    if answer == "removed":
        control.removed_on = day
    elif answer in {"in place", "works", "in part"}:
        if control.pending:
            control.pending, control.in_place_since = False, day
        if answer != "in place":
            control.effect = answer
    elif answer == "still to do":
        if rules.needs_new_date(control.due, new_due, day):
            raise Refused("new_due", "Enter a new date, or say it is in place")
        control.due = new_due or control.due
    else:
        raise Refused("answer", "Choose what has become of the control")
    control.save()


def record_update(
    risk: Risk, *, text: str, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Update:
    """Record what was said of a risk on a day."""
    require(actor, RiskPermission.REVIEW, risk.record)
    if not text.strip():
        raise Refused("text", "Enter the update")
    day = effective or local_date(at)
    with recording("risk.updated", risk.record, actor=actor, at=at, effective=day, reason=reason):
        return Update.objects.create(risk=risk, dated=day, text=text.strip())


def review(
    risk: Risk,
    *,
    impact: int | None,
    likelihood: int | None,
    narrative: str,
    answers: dict[int, tuple[str, date | None]],
    actor: Actor,
    at: datetime,
    accept: bool = False,
    seen: int | None = None,
    effective: date | None = None,
) -> Risk:
    """Review a risk: its score, what moved since the last review, and every control, in one entry.

    answers: by control number (answer, new due date), as settle_control takes them. accept: the risk is accepted as it
    stands. seen: the sequence of the last entry that the reviewer saw; a change since then is refused, so that nobody
    overwrites what they have not read. Raises Refused without a narrative, or with a field "control-<number>-due".
    """
    require(actor, RiskPermission.REVIEW, risk.record)
    _still_open(risk)
    day = effective or local_date(at)
    standing = _score_on(risk, day)
    was = (standing.impact, standing.likelihood) if standing else None
    now = (impact, likelihood) if impact is not None and likelihood is not None else was
    moved = now is not None and now != was
    why = need_reason(narrative, rules.why_moved(was, now) if moved and now else "Say what moved, or that nothing has")
    with recording("risk.reviewed", risk.record, actor=actor, at=at, effective=day, reason=why) as batch:
        held = batch.records[risk.pk]
        if seen is not None and held.head_sequence != seen:
            raise Refused(
                "seen", "Someone has changed this risk since you opened it: look at the change, then save again"
            )
        if moved and impact is not None and likelihood is not None:
            _score(risk, impact=impact, likelihood=likelihood, scored_on=day)
        controls = Control.objects.select_related("risk__record").filter(risk=risk, pk__in=answers)
        for control in controls.order_by("pk"):
            answer, new_due = answers[control.pk]
            try:
                answer_control(control, answer=answer, day=day, new_due=new_due)
            except Refused as refused:
                field = f"control-{control.pk}-due" if refused.field == "new_due" else f"control-{control.pk}"
                message = refused.message.replace("a new date", f"a new date for ‘{control.text[:60]}’")
                raise Refused(field, message) from None
        Update.objects.create(risk=risk, dated=day, text=why)
        risk.last_review = day
        risk.accepted_on = day if accept else None
        risk.save()
    return risk


def note_review(risk: Risk, *, actor: Actor, at: datetime, reason: str, effective: date) -> None:
    """A review that a paper dates without saying what was said."""
    require(actor, RiskPermission.REVIEW, risk.record)
    with recording("risk.reviewed", risk.record, actor=actor, at=at, effective=effective, reason=reason):
        risk.last_review = effective
        risk.save()


def change_wording(
    risk: Risk,
    *,
    title: str,
    source: str,
    event: str,
    effect: str,
    context: str,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Risk:
    """Change how a risk is worded; history keeps the old words."""
    require(actor, RiskPermission.CHANGE, risk.record)
    if not title.strip():
        raise Refused("title", "Enter a title that says what could happen")
    why = need_reason(reason, "Say why the wording changes")
    with recording("risk.reworded", risk.record, actor=actor, at=at, effective=effective, reason=why):
        risk.record.title = title.strip()[:300]
        risk.record.save()
        risk.source, risk.event, risk.effect, risk.context = source, event, effect, context
        risk.save()
    return risk


def hand_over(
    risk: Risk,
    *,
    owner: Post | None,
    responsible_officer: Post | None,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Risk:
    """Give a risk to another owner or responsible officer. A new responsible officer has it to review."""
    require(actor, RiskPermission.CHANGE, risk.record)
    day = effective or local_date(at)
    why = need_reason(reason, "Say why the risk changes hands")
    with recording("risk.handed_over", risk.record, actor=actor, at=at, effective=day, reason=why):
        risk.record.owner = owner
        risk.record.save()
        if responsible_officer != risk.responsible_officer:
            risk.responsible_officer, risk.transferred_on = responsible_officer, day
        risk.save()
    return risk


def change_level(
    risk: Risk, *, level: str, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Risk:
    """Escalate a risk to the strategic register, or manage it at operational level from now on."""
    require(actor, RiskPermission.CLOSE, risk.record)
    if level not in Level.values:
        raise Refused("level", "Choose strategic, operational or project")
    why = need_reason(reason)
    with recording("risk.level_changed", risk.record, actor=actor, at=at, effective=effective, reason=why):
        risk.level = level
        risk.save()
    return risk


def close(risk: Risk, *, actor: Actor, at: datetime, reason: str, effective: date | None = None) -> Risk:
    """Close a risk. It stays in the register of every day on which it was live."""
    require(actor, RiskPermission.CLOSE, risk.record)
    _still_open(risk)
    day = effective or local_date(at)
    with recording("risk.closed", risk.record, actor=actor, at=at, effective=day, reason=need_reason(reason)):
        risk.record.closed_on = day
        risk.record.save()
    return risk


def reopen(risk: Risk, *, actor: Actor, at: datetime, reason: str, effective: date | None = None) -> Risk:
    """Bring a closed risk back."""
    require(actor, RiskPermission.CLOSE, risk.record)
    if risk.record.closed_on is None:
        raise Refused("reason", "This risk is not closed")
    with recording("risk.reopened", risk.record, actor=actor, at=at, effective=effective, reason=need_reason(reason)):
        risk.record.closed_on = None
        risk.record.save()
    return risk


def restrict(
    risk: Risk, *, sensitivity: str, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Risk:
    """Change who may ever see a risk: public, office, restricted."""
    require(actor, RiskPermission.RESTRICT, risk.record)
    if sensitivity not in Sensitivity.values:
        raise Refused("sensitivity", "Choose who may see this risk")
    why = need_reason(reason, "Say why, without repeating what must not be seen")
    with recording("risk.restricted", risk.record, actor=actor, at=at, effective=effective, reason=why):
        risk.record.sensitivity = sensitivity
        risk.record.save()
    return risk


def _still_open(risk: Risk) -> None:
    if risk.record.closed_on is not None:
        raise Refused("reason", "This risk is closed: reopen it first")


def _score_on(risk: Risk, day: date) -> Assessment | None:
    """The current score as it stood on a day."""
    scored = Assessment.objects.filter(risk=risk, purpose=Assessment.Purpose.CURRENT, proposed=False, withdrawn_on=None)
    return scored.filter(scored_on__lte=day).order_by("-scored_on", "-pk").first()


def _score(
    risk: Risk,
    *,
    impact: int,
    likelihood: int,
    scored_on: date,
    scale: Scale | None = None,
    purpose: str = Assessment.Purpose.CURRENT,
) -> Assessment:
    scale = scale or scale_on(risk.record.organisation_id, scored_on)
    if scale is None:
        raise Refused("impact", f"{risk.record.organisation} has no risk matrix yet")
    try:
        scale.matrix().score(impact, likelihood)
    except ValueError as off_scale:
        raise Refused("impact", f"Choose a level of the scale: {off_scale}") from None
    return Assessment.objects.create(
        risk=risk, purpose=purpose, scale=scale, impact=impact, likelihood=likelihood, scored_on=scored_on
    )
