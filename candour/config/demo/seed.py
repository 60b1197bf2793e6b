"""Fill an empty database with the demo: two years of two bodies, through the commands that people use."""

from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import groupby

from django.db import transaction

from candour.config.demo.acts import events_of, links_of
from candour.config.demo.agreed import agreements
from candour.config.demo.alike import alike
from candour.config.demo.asked import recommendations
from candour.config.demo.asked_in_cycle import cycle
from candour.config.demo.asks import ASKS
from candour.config.demo.audited import audits
from candour.config.demo.boarded import boards
from candour.config.demo.brought import Kept, brought
from candour.config.demo.continued import continued
from candour.config.demo.exhibits import EXHIBITS, exhibits
from candour.config.demo.financed import finances
from candour.config.demo.follow_ups import ACTIONS
from candour.config.demo.followed import follow_ups
from candour.config.demo.granted import rounds
from candour.config.demo.inspected import inspections
from candour.config.demo.measured import measures
from candour.config.demo.opened import openings
from candour.config.demo.packs import packs
from candour.config.demo.planned import plan
from candour.config.demo.public import publications
from candour.config.demo.retained import retained
from candour.config.demo.returned import following
from candour.config.demo.risks import TALES
from candour.config.demo.scoring import scales_and_appetites
from candour.config.demo.scripted import scripts
from candour.config.demo.stage import POLICY_POSTS, Event, Stage, beginnings
from candour.config.demo.timeline import Timeline
from candour.config.demo.together import together
from candour.kernel.history.commands import seal
from candour.kernel.history.models import Entry
from candour.kernel.papers.commands import issue

OPENS, OPEN_FOR = time(9, 5, tzinfo=UTC), timedelta(hours=7)  # the hours in which the demo's people work


class NotEmpty(ValueError):
    """The database holds something already, so the demo stays out of it."""


def seed(*, today: date, now: datetime) -> None:
    """Write the whole demo in one transaction, each entry dated when it would have been made. The last seal is of now.

    Raises NotEmpty for a database with any history, ValueError for a today before 1 August 2025.
    """
    if Entry.objects.exists():
        raise NotEmpty("the database is not empty: the demo goes into an empty one only")
    stage = Stage(Timeline(today))
    with transaction.atomic():
        for at, event in timed(script(stage)):
            event.act(at)
        seal(at=now)


def script(stage: Stage) -> list[Event]:
    """Everything that will happen, day after day."""
    events = beginnings(stage) + scales_and_appetites(stage)
    for tale in TALES:
        events += events_of(tale, stage)
    events += links_of(TALES, stage)
    events += follow_ups(ACTIONS, stage)
    events += exhibits(EXHIBITS, stage)
    events += audits(stage)
    events += recommendations(ASKS, stage)
    events += cycle(stage)
    events += boards(stage)
    events += agreements(stage)
    events += brought(stage, kept := Kept(stage)) + continued(stage, kept)
    events += following(stage)
    events += measures(stage)
    events += alike(stage)
    events += together(stage)
    events += inspections(stage)
    events += finances(stage)
    events += plan(stage)
    events += rounds(stage)
    events += packs(stage)
    events += publications(stage)
    events += retained(stage) + openings(stage) + scripts(stage)
    events += [Event(day, 9, partial(issue_papers, stage)) for day in stage.timeline.panels()]
    return sorted(events, key=lambda event: (event.day, event.rank))


def issue_papers(stage: Stage, at: datetime) -> None:
    """Each body’s risk paper for the panel that day, which also seals the history."""
    for code, body in stage.bodies.items():
        issue(
            "risk-register",
            actor=stage.actor(POLICY_POSTS[code], at),
            organisation=body,
            at=at,
            reason="Issued for the panel: what the checks name is followed up with its owner",
        )


def timed(events: list[Event]) -> list[tuple[datetime, Event]]:
    """The moment of each event: a day's events are spread over its working hours."""
    moments = []
    for day, of_day in groupby(events, key=lambda event: event.day):
        found = list(of_day)
        step = min(timedelta(minutes=37), OPEN_FOR / len(found))
        opens = datetime.combine(day, OPENS)
        moments += [(opens + step * number, event) for number, event in enumerate(found)]
    return moments
