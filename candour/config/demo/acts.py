"""Each step of a risk's story as the command that a person would have used."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any
from zlib import crc32

from candour.config.demo import shapes
from candour.config.demo.quiet import QUIET
from candour.config.demo.shapes import Review, Step, Tale
from candour.config.demo.stage import POLICY_POSTS, Event, Stage
from candour.config.demo.timeline import worded
from candour.kernel.calendar import add_working_days
from candour.kernel.history.commands import redact
from candour.kernel.records.commands import link, share
from candour.risks import commands
from candour.risks.models import Control, Risk, Update

OTHER = {"office": "force", "force": "office"}
CHIEFS = {"office": "ce", "force": "acc"}


def events_of(tale: Tale, stage: Stage) -> list[Event]:
    """All that happens to one risk, in its order."""
    day = stage.timeline.day
    events = [Event(day(tale.raised, tale.ref), 3, partial(raise_it, stage, tale))]
    for number, control in enumerate(tale.controls, 1):
        week = tale.raised if control.added is None else control.added
        events.append(Event(day(week, tale.ref), 4, partial(add, stage, tale, number)))
    if tale.joint:
        events.append(Event(day(tale.raised - 1, tale.ref), 5, partial(share_it, stage, tale)))
    quiet = [Review(week, quiet_words(tale, week)) for week in tale.quiet]
    for step in sorted([*tale.steps, *quiet], key=lambda step: -step.week):
        happened = day(step.week, tale.ref)
        written_up = min(add_working_days(happened, getattr(step, "late", 0)), stage.timeline.last_working_day())
        events.append(Event(written_up, 6, partial(act, stage, tale, step, happened)))
    return events


def links_of(tales: tuple[Tale, ...], stage: Stage) -> list[Event]:
    """Links, each made the week after both its ends were raised."""
    raised = {tale.ref: tale.raised for tale in tales}
    events = []
    for tale in tales:
        for ref, how in tale.links:
            day = stage.timeline.day(min(tale.raised, raised[ref]) - 1, tale.ref)
            events.append(Event(day, 7, partial(link_it, stage, tale, ref, how)))
    return events


def quiet_words(tale: Tale, week: int) -> str:
    """What is said of a review in which nothing moved; another line each time."""
    lines = QUIET[tale.body]
    return lines[crc32(f"{tale.ref} {week}".encode()) % len(lines)]


def raise_it(stage: Stage, tale: Tale, at: datetime) -> None:
    said: dict[str, Any] = {"actor": stage.actor(POLICY_POSTS[tale.body], at), "at": at}
    words: dict[str, Any] = {
        name: worded(getattr(tale, name), at.date()) for name in ("source", "event", "effect", "context")
    }
    risk = commands.raise_risk(
        organisation=stage.bodies[tale.body],
        reference=tale.ref,
        title=tale.title,
        impact=tale.score[0],
        likelihood=tale.score[1],
        owner=stage.posts.get(tale.owner),
        responsible_officer=stage.posts[tale.officer],
        level=tale.level,
        sensitivity=tale.sensitivity,
        category=tale.category,
        response=tale.response,
        joint_with=stage.bodies[OTHER[tale.body]] if tale.joint else None,
        joint_reference=tale.half,
        reason=worded(tale.why, at.date()),
        **words,
        **said,
    )
    stage.risks[tale.ref] = risk
    if tale.inherent:
        commands.set_inherent(
            risk, impact=tale.inherent[0], likelihood=tale.inherent[1], reason="As it would stand uncontrolled", **said
        )
    if tale.target:
        commands.set_target(
            risk, impact=tale.target[0], likelihood=tale.target[1], reason="Where the controls should bring it", **said
        )


def add(stage: Stage, tale: Tale, number: int, at: datetime) -> None:
    control = tale.controls[number - 1]
    since = None if control.since is None else stage.timeline.day(control.since, tale.ref)
    stage.controls[tale.ref, number] = commands.add_control(
        stage.risks[tale.ref],
        text=worded(control.text, at.date()),
        owner=stage.posts[control.owner or tale.officer],
        due=None if control.due is None else stage.timeline.due(control.due),
        in_place_since=since and min(since, at.date()),
        actor=stage.actor(tale.officer, at),
        at=at,
        reason="Recorded with the risk" if control.added is None else "Agreed by the senior team as a further control",
    )


def share_it(stage: Stage, tale: Tale, at: datetime) -> None:
    share(
        stage.risks[tale.ref].record,
        organisation=stage.bodies[OTHER[tale.body]],
        actor=stage.actor(POLICY_POSTS[tale.body], at),
        at=at,
        reason="Both bodies carry this risk",
    )


def link_it(stage: Stage, tale: Tale, ref: str, how: str, at: datetime) -> None:
    link(
        stage.risks[tale.ref].record,
        to=stage.risks[ref].record,
        how=how,
        actor=stage.actor(POLICY_POSTS[tale.body], at),
        at=at,
        reason="Seen while the registers were read side by side",
    )


def act(stage: Stage, tale: Tale, step: Step, happened: date, at: datetime) -> None:
    """One step, by whoever would take it: the responsible officer, the policy officer or the chief."""
    taken = ACTS[type(step)]
    officer = stage.officers.get(tale.ref, tale.officer)
    post = {"officer": officer, "policy": POLICY_POSTS[tale.body], "chief": CHIEFS[tale.body]}[taken[0]]
    said = {"actor": stage.actor(post, at), "at": at, "effective": happened}
    taken[1](stage, tale, stage.risks[tale.ref], step, said)


def review(stage: Stage, tale: Tale, risk: Risk, step: shapes.Review, said: dict[str, Any]) -> None:
    answers = {
        stage.controls[tale.ref, number].pk: (answer, None if due is None else stage.timeline.due(due))
        for number, answer, due in step.answers
    }
    impact, likelihood = step.score or (None, None)
    text = worded(step.text, said["effective"])
    commands.review(
        risk, impact=impact, likelihood=likelihood, narrative=text, answers=answers, accept=step.accept, **said
    )


def update(stage: Stage, tale: Tale, risk: Risk, step: shapes.Update, said: dict[str, Any]) -> None:
    commands.record_update(risk, text=worded(step.text, said["effective"]), reason="Between reviews", **said)


def rescore(stage: Stage, tale: Tale, risk: Risk, step: shapes.Rescore, said: dict[str, Any]) -> None:
    why = worded(step.why, said["effective"])
    commands.rescore(risk, impact=step.score[0], likelihood=step.score[1], reason=why, **said)


def target(stage: Stage, tale: Tale, risk: Risk, step: shapes.Target, said: dict[str, Any]) -> None:
    commands.set_target(risk, impact=step.score[0], likelihood=step.score[1], reason=step.why, **said)


def propose(stage: Stage, tale: Tale, risk: Risk, step: shapes.Propose, said: dict[str, Any]) -> None:
    why = worded(step.why, said["effective"])
    commands.propose_score(risk, impact=step.score[0], likelihood=step.score[1], reason=why, **said)


def decide(stage: Stage, tale: Tale, risk: Risk, step: shapes.Decide, said: dict[str, Any]) -> None:
    why = worded(step.why, said["effective"])
    if step.answer == "agreed":
        commands.agree_score(risk, reason=why, approver=step.by, **said)
    elif step.answer == "refused":
        commands.refuse_score(risk, reason=why, approver=step.by, **said)
    else:
        commands.withdraw_score(risk, reason=why, **said)


def respond(stage: Stage, tale: Tale, risk: Risk, step: shapes.Respond, said: dict[str, Any]) -> None:
    why = worded(step.why, said["effective"])
    commands.choose_response(risk, response=step.response, reason=why, approver=step.by, **said)


def merge(stage: Stage, tale: Tale, risk: Risk, step: shapes.Merge, said: dict[str, Any]) -> None:
    controls = Control.objects.filter(risk=risk, removed_on=None)
    moved: dict[int, commands.Fate] = dict.fromkeys(controls.values_list("pk", flat=True), "move")
    into = stage.risks[step.into]
    why = worded(step.why, said["effective"])
    commands.merge(risk, into=into, controls=moved, actions={}, reason=why, approver=step.by, **said)


def settle(stage: Stage, tale: Tale, risk: Risk, step: shapes.Settle, said: dict[str, Any]) -> None:
    held = stage.controls[tale.ref, step.number].pk
    control = Control.objects.select_related("risk__record").get(pk=held)  # a review may have changed it since
    due = None if step.due is None else stage.timeline.due(step.due)
    commands.settle_control(
        control, answer=step.answer, new_due=due, reason=worded(step.why, said["effective"]), **said
    )


def hand_over(stage: Stage, tale: Tale, risk: Risk, step: shapes.HandOver, said: dict[str, Any]) -> None:
    owner = stage.posts[step.owner] if step.owner else risk.record.owner
    officer = stage.posts[step.officer] if step.officer else risk.responsible_officer
    stage.officers[tale.ref] = step.officer or stage.officers.get(tale.ref, tale.officer)
    commands.hand_over(risk, owner=owner, responsible_officer=officer, reason=step.why, approver=step.by, **said)


def move(stage: Stage, tale: Tale, risk: Risk, step: shapes.MoveTo, said: dict[str, Any]) -> None:
    commands.change_level(risk, level=step.level, reason=step.why, approver=step.by, **said)


def close(stage: Stage, tale: Tale, risk: Risk, step: shapes.Close, said: dict[str, Any]) -> None:
    commands.close(risk, reason=worded(step.why, said["effective"]), approver=step.by, **said)


def reopen(stage: Stage, tale: Tale, risk: Risk, step: shapes.Reopen, said: dict[str, Any]) -> None:
    commands.reopen(risk, reason=worded(step.why, said["effective"]), approver=step.by, **said)


def restrict(stage: Stage, tale: Tale, risk: Risk, step: shapes.Restrict, said: dict[str, Any]) -> None:
    commands.restrict(risk, sensitivity=step.sensitivity, reason=step.why, approver=step.by, **said)


def reword(stage: Stage, tale: Tale, risk: Risk, step: shapes.Reword, said: dict[str, Any]) -> None:
    words = {name: getattr(risk, name) for name in ("source", "event", "effect", "context")}
    commands.change_wording(risk, title=step.title, reason=step.why, **words, **said)


def remove_words(stage: Stage, tale: Tale, risk: Risk, step: shapes.Redact, said: dict[str, Any]) -> None:
    last = Update.objects.filter(risk=risk).order_by("-dated", "-pk")[0]
    redact(risk.record, last, "text", actor=said["actor"], at=said["at"], reason=step.why)
    commands.record_update(risk, text=step.said_again, reason="Said again without the name", **said)


Act = Callable[[Stage, Tale, Risk, Any, dict[str, Any]], None]
ACTS: dict[type[Step], tuple[str, Act]] = {
    shapes.Review: ("officer", review),
    shapes.Update: ("officer", update),
    shapes.Rescore: ("officer", rescore),
    shapes.Target: ("officer", target),
    shapes.Propose: ("officer", propose),
    shapes.Decide: ("policy", decide),
    shapes.Respond: ("officer", respond),
    shapes.Merge: ("policy", merge),
    shapes.Settle: ("officer", settle),
    shapes.HandOver: ("policy", hand_over),
    shapes.MoveTo: ("policy", move),
    shapes.Close: ("policy", close),
    shapes.Reopen: ("policy", reopen),
    shapes.Restrict: ("policy", restrict),
    shapes.Reword: ("policy", reword),
    shapes.Redact: ("chief", remove_words),
}
