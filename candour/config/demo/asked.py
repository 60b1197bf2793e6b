"""The demo's recommendations, raised, answered, put off, proposed, decided and verified through their commands."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from candour.config.demo import asks
from candour.config.demo.asks import PRIORITIES, Ask, StepOfAsk
from candour.config.demo.stage import POLICY_POSTS, Event, Stage
from candour.kernel.calendar import MONTHS, say_date
from candour.kernel.records.commands import link
from candour.kernel.scales.commands import bring_in_words
from candour.kernel.scales.models import Scale
from candour.recommendations import commands
from candour.recommendations.models import Recommendation
from candour.recommendations.queries.one import owners_of

AUDITOR = "audit"
WORDS_FROM = 100  # the week from which both bodies use one scale of priorities


def recommendations(found: tuple[Ask, ...], stage: Stage) -> list[Event]:
    """The scale of priorities, and all that happens to each recommendation in its order."""
    begins = stage.timeline.back(WORDS_FROM * 7)
    events = [Event(begins, 3, partial(priorities, stage, code)) for code in POLICY_POSTS]
    for ask in found:
        events.append(Event(stage.timeline.day(ask.raised, ask.ref), 4, partial(raise_it, stage, ask)))
        if ask.answered:
            week, response, words = ask.answered
            day = stage.timeline.day(week, ask.ref)
            events.append(Event(day, 5, partial(respond, stage, ask, response, words)))
        events += [_event(stage, ask, step) for step in ask.steps]
    return events


def _event(stage: Stage, ask: Ask, step: StepOfAsk) -> Event:
    day = stage.timeline.day(step.week, ask.ref)
    if isinstance(step, asks.Panel):  # written up in the week after the meeting
        day = stage.timeline.day(step.week - 1, ask.ref)
    return Event(day, 6, partial(ACTS[type(step)], stage, ask, step))


def priorities(stage: Stage, code: str, at: datetime) -> None:
    bring_in_words(
        PRIORITIES,
        kind=Scale.Kind.PRIORITY,
        organisation=stage.bodies[code],
        starts=at.date(),
        actor=stage.actor(POLICY_POSTS[code], at),
        at=at,
        reason="Agreed with the internal auditor",
    )


def by(stage: Stage, post: str, at: datetime) -> dict[str, Any]:
    return {"actor": stage.actor(post, at), "at": at}


def dated(stage: Stage, due: asks.Due) -> commands.Due:
    """A date of the demo: the Friday of a week, or words."""
    if isinstance(due, str):
        return commands.Due(due)
    day = stage.timeline.due(due)
    return commands.Due(say_date(day), day)


def raise_it(stage: Stage, ask: Ask, at: datetime) -> None:
    reported = stage.timeline.back((ask.raised if ask.reported is None else ask.reported) * 7)
    names = ("title", "source", "audit", "printed", "text", "finding", "risk", "priority", "sensitivity")
    new = commands.NewRecommendation(
        reference=ask.ref,
        reported_on=min(reported, at.date()),
        repeat_of=_raised(ask, ask.repeat_of).record if ask.repeat_of else None,
        owners=[commands.Owner(stage.posts[post], [dated(stage, due)]) for post, due in ask.owners],
        **{name: getattr(ask, name) for name in names},
    )
    said = by(stage, POLICY_POSTS[ask.body], at)
    made = commands.raise_recommendation(
        new, organisation=stage.bodies[ask.body], reason="The report is out; entered for the panel", **said
    )
    if ask.bears_on:
        link(
            made.record, to=stage.risks[ask.bears_on].record, how="would make it smaller", reason="Seen at once", **said
        )


def respond(stage: Stage, ask: Ask, response: str, words: str, at: datetime) -> None:
    said = by(stage, POLICY_POSTS[ask.body], at)
    it = _raised(ask, ask.ref)
    commands.respond(it, response=response, response_text=words, reason="As agreed with the auditor", **said)


def slip(stage: Stage, ask: Ask, step: asks.Slip, at: datetime) -> None:
    part = next(each for each in owners_of(_raised(ask, ask.ref)) if each.owner == stage.posts[step.post])
    new = dated(stage, step.due)
    said = by(stage, POLICY_POSTS[ask.body], at)
    commands.slip(part, text=new.text, due=new.due, reason=step.why, approver=step.approver, **said)


def say(stage: Stage, ask: Ask, step: asks.Said, at: datetime) -> None:
    post = ask.owners[0][0]
    commands.record_update(
        _raised(ask, ask.ref),
        period=f"{MONTHS[at.month - 1]} {at.year}",
        achieved=step.achieved,
        left=step.left,
        barriers=step.barriers,
        evidence=step.evidence,
        proposes_closure=bool(step.evidence),
        by=stage.posts[post],
        **by(stage, post, at),
    )


def decide(stage: Stage, ask: Ask, step: asks.Panel, at: datetime) -> None:
    commands.decide_closure(
        _raised(ask, ask.ref),
        answer="agreed" if step.agreed else "sent back",
        board="Audit Panel",
        met_on=stage.timeline.back(step.week * 7 - 3),
        minute=step.minute,
        resolved=f"To close {ask.ref}." if step.agreed else f"To send {ask.ref} back.",
        reason=step.why,
        **by(stage, POLICY_POSTS[ask.body], at),
    )


def verify(stage: Stage, ask: Ask, step: asks.Found, at: datetime) -> None:
    commands.verify_closure(_raised(ask, ask.ref), verdict=step.verdict, reason=step.words, **by(stage, AUDITOR, at))


def end(stage: Stage, ask: Ask, step: asks.Ended, at: datetime) -> None:
    said = by(stage, POLICY_POSTS[ask.body], at)
    commands.end(_raised(ask, ask.ref), outcome=step.outcome, reason=step.why, approver="Audit Panel", **said)


def _raised(ask: Ask, reference: str) -> Recommendation:
    """A recommendation of the body of another, by its reference, as it stands."""
    rows = Recommendation.objects.select_related("record__organisation", "record__owner")
    return rows.get(record__organisation__code=ask.body, record__reference=reference)


ACTS: dict[type, Callable[..., None]] = {
    asks.Slip: slip,
    asks.Said: say,
    asks.Panel: decide,
    asks.Found: verify,
    asks.Ended: end,
}
