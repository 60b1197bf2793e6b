"""What the demo has made so far, who acts on a day, and the bodies, posts and people that it starts with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from candour.audits.models import Audit
from candour.boards.models import Board, Meeting, StandingItem
from candour.commissioning.models import FundingStream, Provider
from candour.config.demo.bodies import BODIES
from candour.config.demo.posts import POSTS, ROLES_OF_POSTS, USERS, spells
from candour.config.demo.scales import BEFORE, SCALES
from candour.config.demo.shapes import Spell
from candour.config.demo.timeline import WEEKS, Timeline
from candour.kernel.access import CANDOUR, Actor
from candour.kernel.access.queries import actor_for
from candour.kernel.actions.models import Action
from candour.kernel.establishment.commands import (
    add_person,
    appoint,
    end_appointment,
    grant,
    set_up_organisation,
    set_up_post,
)
from candour.kernel.people.models import Appointment, Organisation, Person, Post
from candour.kernel.scales.commands import bring_in_matrix
from candour.kernel.scales.models import Scale
from candour.risks.models import Control, Risk

START = "Set up when Candour came into use"
POLICY_POSTS = {"office": "policy", "force": "risk"}  # who writes things up where a post is vacant


@dataclass(frozen=True)
class Event:
    """Something to do on a day. Of one day, lower ranks come first; of one rank, in the order given."""

    day: date
    rank: int
    act: Callable[[datetime], object]


@dataclass
class Stage:
    """Rows made so far by their keys in the demo's data."""

    timeline: Timeline
    bodies: dict[str, Organisation] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    appointments: dict[Spell, Appointment] = field(default_factory=dict)
    risks: dict[str, Risk] = field(default_factory=dict)
    audits: dict[int, Audit] = field(default_factory=dict)
    boards: dict[str, Board] = field(default_factory=dict)
    standing: dict[tuple[str, str], StandingItem] = field(default_factory=dict)  # by board and title
    meetings: dict[tuple[str, date], Meeting] = field(default_factory=dict)  # by board and day
    priorities: dict[str, Scale] = field(default_factory=dict)  # by body
    auditor: Organisation = None  # type: ignore[assignment]  # set up on the first day
    controls: dict[tuple[str, int], Control] = field(default_factory=dict)
    officers: dict[str, str] = field(default_factory=dict)  # by risk the post that sees to it, once it changed hands
    actions: dict[int, tuple[str, Action]] = field(default_factory=dict)  # by place in the data: owner, row
    streams: dict[tuple[str, str], FundingStream] = field(default_factory=dict)  # by code and year
    providers: dict[str, Provider] = field(default_factory=dict)
    agreements: dict[int, int] = field(default_factory=dict)  # by place in the data: number of the row
    rounds: dict[str, int] = field(default_factory=dict)  # by key: number of the row
    actors: dict[tuple[str, date], Actor] = field(default_factory=dict)

    def actor(self, post: str, at: datetime) -> Actor:
        """Whoever holds a post on the day; while it is vacant, the body's policy officer."""
        day = at.date()
        for spell in spells():
            starts, ends = spell_days(spell, self.timeline)
            if spell.post == post and starts <= day and (ends is None or day <= ends):
                return self.actor_named(spell.username, day)
        return self.actor(POLICY_POSTS[POSTS[post].body], at)

    def actor_named(self, username: str, day: date) -> Actor:
        if (username, day) not in self.actors:
            self.actors[username, day] = actor_for(self.people[username], day)
        return self.actors[username, day]


def spell_days(spell: Spell, timeline: Timeline) -> tuple[date, date | None]:
    """From a Monday to the Friday before the week in which it is over."""
    starts = timeline.back((WEEKS if spell.starts is None else spell.starts) * 7)
    return starts, None if spell.ends is None else timeline.back(spell.ends * 7) - timedelta(days=3)


def beginnings(stage: Stage) -> list[Event]:
    """Bodies, scales, posts, people and who holds which post, as events."""
    first = stage.timeline.back(WEEKS * 7)
    events = [Event(first, 0, partial(set_up_bodies, stage))]
    events += [Event(first, 0, partial(set_up_person, stage, user.username)) for user in USERS]
    for key, post in POSTS.items():
        day = stage.timeline.back((WEEKS if post.week is None else post.week) * 7)
        events.append(Event(day, 1, partial(set_up_one_post, stage, key)))
    for spell in spells():
        starts, ends = spell_days(spell, stage.timeline)
        events.append(Event(starts, 2, partial(start_spell, stage, spell)))
        if ends is not None:
            events.append(Event(ends, 8, partial(end_spell, stage, spell)))
    return events


def set_up_bodies(stage: Stage, at: datetime) -> None:
    for code, name, short_name, kind in BODIES:
        body = set_up_organisation(
            name=name, short_name=short_name, code=code, kind=kind, actor=CANDOUR, at=at, reason=START
        )
        stage.bodies[code] = body
        first = BEFORE.get(code, SCALES[code])
        bring_in_matrix(first, organisation=body, starts=at.date(), actor=CANDOUR, at=at, reason="Agreed by the panel")


def set_up_person(stage: Stage, username: str, at: datetime) -> None:
    """Someone without a password: in the demo one chooses who to be."""
    post = next(user.post for user in USERS if user.username == username)
    stage.people[username] = add_person(
        username=username,
        name=f"Demo {POSTS[post].title}",
        email=f"{username}@mereford.example",
        password=None,
        actor=CANDOUR,
        at=at,
        reason=START,
    )


def set_up_one_post(stage: Stage, key: str, at: datetime) -> None:
    """A post with the roles that go with it from its first day."""
    post = POSTS[key]
    reason = START if post.week is None else "New post, agreed in the review of the office’s structure"
    body = stage.bodies[post.body]
    said: dict[str, Any] = {"actor": CANDOUR, "at": at, "reason": reason}
    made = set_up_post(title=post.title, organisation=body, directorate=post.directorate, **said)
    stage.posts[key] = made
    roles = [grant_ for user in USERS if user.post == key for grant_ in user.grants]
    roles += [(role, where) for owner, role, where in ROLES_OF_POSTS if owner == key]
    for role, where in dict.fromkeys(roles):
        grant(role, post=made, organisation=stage.bodies[where], starts=at.date(), **said)


def start_spell(stage: Stage, spell: Spell, at: datetime) -> None:
    reason = START if spell.starts is None and spell.ends is None else spell.reason
    stage.appointments[spell] = appoint(
        stage.people[spell.username], stage.posts[spell.post], starts=at.date(), actor=CANDOUR, at=at, reason=reason
    )


def end_spell(stage: Stage, spell: Spell, at: datetime) -> None:
    end_appointment(stage.appointments[spell], ends=at.date(), actor=CANDOUR, at=at, reason=spell.leaving)
