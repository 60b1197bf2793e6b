"""The demo's recommendations, raised, answered, put off, proposed, decided and verified through their commands."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
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
from candour.recommendations.commands.dates import waiting_of
from candour.recommendations.models import Assignment, Recommendation
from candour.recommendations.queries.one import owners_of

AUDITOR = "audit"
WORDS_FROM = (
    104  # the week from which both bodies use one scale of priorities; older reports are graded on it as brought in
)


def recommendations(found: tuple[Ask, ...], stage: Stage) -> list[Event]:
    """The scale of priorities, and all that happens to each recommendation in its order."""
    begins = stage.timeline.back(WORDS_FROM * 7)
    events = [Event(begins, 3, partial(priorities, stage, code)) for code in POLICY_POSTS]
    for ask in found:
        events.append(Event(stage.timeline.day(ask.raised, ask.ref), 4, partial(raise_it, stage, ask)))
        if ask.answered and not ask.ended:
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
    stage.priorities[code] = bring_in_words(
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


def ledger(stage: Stage, ask: Ask, post: str, due: asks.Due, reported: date) -> list[commands.Due]:
    """The first date of an owner, of the day of the report, and those that it was moved to before it was brought in."""
    found = [replace(dated(stage, due), set_on=reported)]
    for step in ask.earlier:
        if step.post == post:
            set_on = stage.timeline.due(step.week)
            found.append(replace(dated(stage, step.due), why=step.why, approver=step.approver, set_on=set_on))
    return found


def raise_it(stage: Stage, ask: Ask, at: datetime) -> None:
    reported = min(stage.timeline.long_ago(ask.raised if ask.reported is None else ask.reported), at.date())
    names = ("title", "source", "audit", "printed", "text", "finding", "risk", "priority", "sensitivity")
    new = commands.NewRecommendation(
        reference=ask.ref,
        reported_on=reported,
        priority_scale=stage.priorities[ask.body],
        repeat_of=_raised(ask, ask.repeat_of).record if ask.repeat_of else None,
        owners=[commands.Owner(stage.posts[post], ledger(stage, ask, post, due, reported)) for post, due in ask.owners],
        **{name: getattr(ask, name) for name in names},
        **(_brought_in(stage, ask) if ask.ended else {}),
    )
    said = by(stage, POLICY_POSTS[ask.body], at)
    made = commands.raise_recommendation(
        new, organisation=stage.bodies[ask.body], reason="The report is out; entered for the panel", **said
    )
    if ask.bears_on:
        link(
            made.record, to=stage.risks[ask.bears_on].record, how="would make it smaller", reason="Seen at once", **said
        )


def _brought_in(stage: Stage, ask: Ask) -> dict[str, Any]:
    """What had been answered and had ended before the tracker was brought in."""
    week, outcome = ask.ended or (0, "")
    _, response, words = ask.answered or (0, "", "")
    return {
        "response": response,
        "response_text": words,
        "outcome": outcome,
        "ended_on": stage.timeline.due(week),
    }


def respond(stage: Stage, ask: Ask, response: str, words: str, at: datetime) -> None:
    said = by(stage, POLICY_POSTS[ask.body], at)
    it = _raised(ask, ask.ref)
    commands.respond(it, response=response, response_text=words, reason="As agreed with the auditor", **said)


def slip(stage: Stage, ask: Ask, step: asks.Slip, at: datetime) -> None:
    new, said = dated(stage, step.due), by(stage, POLICY_POSTS[ask.body], at)
    commands.slip(
        _part(stage, ask, step.post), text=new.text, due=new.due, reason=step.why, approver=step.approver, **said
    )


def say(stage: Stage, ask: Ask, step: asks.Said, at: datetime) -> None:
    post = step.post or _first_owner(ask, step.week)
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


def _first_owner(ask: Ask, week: int) -> str:
    """The post that holds the first owner's part in a week, after those that handed it over by then."""
    post = ask.owners[0][0]
    for step in ask.steps:
        if isinstance(step, asks.HandedOver) and step.post == post and step.week >= week:
            post = step.to
    return post


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


def withdraw(stage: Stage, ask: Ask, step: asks.Withdrawn, at: datetime) -> None:
    said = by(stage, POLICY_POSTS[ask.body], at)
    commands.withdraw_closure(_raised(ask, ask.ref), reason=step.why, **said)


def reopen(stage: Stage, ask: Ask, step: asks.Reopened, at: datetime) -> None:
    said = by(stage, POLICY_POSTS[ask.body], at)
    commands.reopen(_raised(ask, ask.ref), reason=step.why, approver="Audit Panel", **said)


def hand_over(stage: Stage, ask: Ask, step: asks.HandedOver, at: datetime) -> None:
    said = by(stage, POLICY_POSTS[ask.body], at)
    commands.hand_over(
        _part(stage, ask, step.post), owner=stage.posts[step.to], reason=step.why, approver="Chief Executive", **said
    )


def join(stage: Stage, ask: Ask, step: asks.Joined, at: datetime) -> None:
    new, said = dated(stage, step.due), by(stage, POLICY_POSTS[ask.body], at)
    owner = stage.posts[step.post]
    commands.add_owner(_raised(ask, ask.ref), owner=owner, text=new.text, due=new.due, reason=step.why, **said)


def ask_date(stage: Stage, ask: Ask, step: asks.DateAsked, at: datetime) -> None:
    new, said = dated(stage, step.due), by(stage, step.post, at)
    commands.ask_date(_part(stage, ask, step.post), text=new.text, due=new.due, reason=step.why, **said)


def answer_date(stage: Stage, ask: Ask, step: asks.DateAnswered, at: datetime) -> None:
    waiting, said = waiting_of(_part(stage, ask, step.post)), by(stage, POLICY_POSTS[ask.body], at)
    if waiting is not None:
        answer = "granted" if step.granted else "refused"
        commands.answer_date(waiting, answer=answer, reason=step.why, approver=step.by, **said)


def _part(stage: Stage, ask: Ask, post: str) -> Assignment:
    """The part of a post in a recommendation."""
    return next(each for each in owners_of(_raised(ask, ask.ref)) if each.owner == stage.posts[post])


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
    asks.Withdrawn: withdraw,
    asks.Reopened: reopen,
    asks.HandedOver: hand_over,
    asks.Joined: join,
    asks.DateAsked: ask_date,
    asks.DateAnswered: answer_date,
}
