"""How the demo's bodies came to score as they do: a scale that changed, and the appetite for risk."""

from datetime import datetime
from functools import partial
from typing import Any

from candour.config.demo.appetites import APPETITES, Said
from candour.config.demo.scales import BEFORE, CHANGED, SCALES, WHY_CHANGED
from candour.config.demo.stage import POLICY_POSTS, Event, Stage
from candour.kernel.scales.commands import begin_draft, change_draft, put_in_force, set_appetite
from candour.kernel.scales.models import Scale
from candour.risks.commands import rescore, set_target
from candour.risks.models import Assessment, Risk

ANEW = "Scored anew on the scale that came in force today; the levels stay as they were"


def scales_and_appetites(stage: Stage) -> list[Event]:
    """The change of scale, and each appetite, as events."""
    events = [Event(stage.timeline.back(CHANGED * 7), 8, partial(change_scale, stage, code)) for code in BEFORE]
    for said in APPETITES:
        week = CHANGED - 1 if said.week is None else said.week
        events.append(Event(stage.timeline.back(week * 7), 2, partial(set_one, stage, said)))
    return events


def change_scale(stage: Stage, code: str, at: datetime) -> None:
    """The policy officer drafts a copy, changes it and puts it in force; then each risk is scored anew on it."""
    body = stage.bodies[code]
    by: dict[str, Any] = {"actor": stage.actor(POLICY_POSTS[code], at), "at": at}
    standing = Scale.objects.get(organisation=body, kind=Scale.Kind.MATRIX)
    draft = begin_draft(organisation=body, name=SCALES[code].name, copied_from=standing, **by)
    change_draft(draft, matrix=SCALES[code], **by)
    put_in_force(draft, starts=at.date(), reason=WHY_CHANGED, **by)
    for risk in Risk.objects.select_related("record").filter(record__organisation=body).order_by("pk"):
        for purpose, score in ((Assessment.Purpose.TARGET, set_target), (Assessment.Purpose.CURRENT, rescore)):
            last = Assessment.objects.filter(risk=risk, purpose=purpose).order_by("scored_on", "pk").last()
            if last:
                score(risk, impact=last.impact, likelihood=last.likelihood, reason=ANEW, **by)


def set_one(stage: Stage, said: Said, at: datetime) -> None:
    set_appetite(
        organisation=stage.bodies[said.body],
        category=said.category,
        word=said.word,
        highest=said.highest,
        actor=stage.actor(POLICY_POSTS[said.body], at),
        at=at,
        reason=said.why,
    )
