"""The demo's actions, agreed, moved, done and dropped through their commands."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from candour.config.demo.posts import POSTS
from candour.config.demo.shapes import Action
from candour.config.demo.stage import POLICY_POSTS, Event, Stage
from candour.kernel.actions import commands
from candour.kernel.actions.models import Action as Row


def follow_ups(actions: tuple[Action, ...], stage: Stage) -> list[Event]:
    """What happens to each action, after the reviews of its day."""
    events = []
    for number, action in enumerate(actions):
        events.append(event(stage, action, action.added, partial(agree, stage, number, action)))
        for week, due, why in action.moved:
            events.append(event(stage, action, week, partial(move, stage, number, due, why)))
        if action.done:
            week, outcome = action.done
            events.append(event(stage, action, week, partial(finish, stage, number, outcome)))
        if action.dropped:
            week, why = action.dropped
            events.append(event(stage, action, week, partial(drop, stage, number, why)))
    return events


def event(stage: Stage, action: Action, week: int, act: Callable[[datetime], None]) -> Event:
    return Event(stage.timeline.day(week, action.ref), 7, act)


def agree(stage: Stage, number: int, action: Action, at: datetime) -> None:
    stage.actions[number] = (
        action.owner,
        commands.add_action(
            stage.risks[action.ref].record,
            text=action.text,
            owner=stage.posts[action.owner],
            due=stage.timeline.due(action.due),
            actor=stage.actor(POLICY_POSTS[POSTS[action.owner].body], at),
            at=at,
            reason="Agreed when the risk was reviewed",
        ),
    )


def move(stage: Stage, number: int, due: int, why: str, at: datetime) -> None:
    row, said = standing(stage, number, at)
    commands.move_action(row, due=stage.timeline.due(due), reason=why, **said)


def finish(stage: Stage, number: int, outcome: str, at: datetime) -> None:
    row, said = standing(stage, number, at)
    commands.finish_action(row, outcome=outcome, **said)


def drop(stage: Stage, number: int, why: str, at: datetime) -> None:
    row, said = standing(stage, number, at)
    commands.drop_action(row, reason=why, **said)


def standing(stage: Stage, number: int, at: datetime) -> tuple[Row, dict[str, Any]]:
    """An action and who settles it: the holder of the post that owns it."""
    owner, row = stage.actions[number]
    return row, {"actor": stage.actor(owner, at), "at": at}
