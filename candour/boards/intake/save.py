"""Saving a log of actions through commands, and saying beforehand what that would do.

The actions of one day of one board become a meeting that is brought in, with an item for them. A meeting that Candour knows is
left alone: what it set there stands, and what the log says otherwise is told. All rows are saved, or none.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from candour.boards.access import BoardPermission
from candour.boards.commands import HeldItem, bring_in_meeting, bring_in_replacements
from candour.boards.intake.plan import Records, Step, steps_of
from candour.boards.models import Board, BoardAction
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date, say_date
from candour.kernel.intake.kinds import Match, Saved
from candour.kernel.people.models import Organisation
from candour.kernel.rules import Refused

MOST = 6  # rows that a refusal names
FAR = date(2999, 12, 31)  # the register as it stands, whatever the day


def compare(records: Records, *, organisation: Organisation, effective: date | None, actor: Actor) -> list[Match]:
    """What saving would do to each row."""
    steps = steps_of(records, organisation=organisation, effective=effective or FAR, today=FAR, actor=actor)
    return [_match(step) for step in steps]


def _match(step: Step) -> Match:
    if step.wrong:
        return Match(step.reference, "Cannot be saved", (f"Nothing: {step.wrong}",))
    told = (f"{step.name}: {step.other}",) if step.other else ()
    if step.standing is not None:
        return Match(step.reference, "Same record", (), told)
    if not step.new or step.day is None:
        return Match(step.reference, "Left to a person", (), told)
    return Match(step.reference, "New", (f"New action, set on {say_date(step.day)}",))


def save(
    records: Records,
    meta: Mapping[str, Any],
    *,
    organisation: Organisation,
    source: Mapping[str, str],
    effective: date | None,
    actor: Actor,
    at: datetime,
) -> Saved:
    """Save every row or none; loaded again, it changes nothing. Raises Refused, naming the rows that cannot be saved."""
    require(actor, BoardPermission.MINUTE, Board(organisation=organisation))
    today, file = local_date(at), source.get("file") or "a log"
    steps = steps_of(records, organisation=organisation, effective=effective or today, today=today, actor=actor)
    if wrong := [f"{step.name}: {step.wrong}" for step in steps if step.wrong]:
        more = f"; and {len(wrong) - MOST} more" if len(wrong) > MOST else ""
        raise Refused("records", f"{'; '.join(wrong[:MOST])}{more}")
    said: dict[str, Any] = {"actor": actor, "at": at, "reason": f"Read from {file}"}
    by_meeting: dict[tuple[int, date], list[Step]] = defaultdict(list)
    for step in steps:
        if step.new and step.board is not None and step.day is not None:
            by_meeting[step.board.pk, step.day].append(step)
    made: dict[int, str] = {}
    with transaction.atomic():
        for (_, day), rows in sorted(by_meeting.items(), key=lambda one: (one[0][1], one[0][0])):
            made |= _bring_in(rows, day, file, said)
        _replaced(steps, made, said)
    return Saved(
        tuple(made.values()),
        (),
        tuple(step.standing.number for step in steps if step.standing),
        conflicts=tuple(f"{step.name}: {step.other}" for step in steps if step.other),
    )


def _bring_in(rows: Sequence[Step], day: date, file: str, said: Mapping[str, Any]) -> dict[int, str]:
    """A meeting with the actions that were set at it; gives the number of each, by the place of its step in memory."""
    board = rows[0].board
    assert board is not None  # noqa: S101  # nosec B101
    printed = ", ".join(step.reference for step in rows if step.reference)
    minute = f"What the board set at this meeting, as read from {file}." + (
        f" Printed there as {printed}." if printed else ""
    )
    item = HeldItem("Actions set at this meeting", minute, actions=[step.held for step in rows if step.held])
    try:
        meeting = bring_in_meeting(board, held_on=day, items=[item], **said)
    except Refused as refused:
        raise Refused("records", f"{rows[0].name}: {refused.message}") from None
    numbers = BoardAction.objects.filter(item__meeting=meeting).order_by("pk").values_list("number", flat=True)
    return dict(zip(map(id, rows), numbers, strict=True))


def _replaced(steps: Sequence[Step], made: Mapping[int, str], said: Mapping[str, Any]) -> None:
    """Which action took the place of which, where the log prints both or the register has the other."""
    numbers: dict[tuple[int, str], str] = {}
    for step in steps:
        if step.board is not None and step.reference:
            number = made.get(id(step)) or (step.standing.number if step.standing else "")
            numbers |= {(step.board.pk, step.reference): number} if number else {}
    pairs: dict[int, dict[str, str]] = defaultdict(dict)
    boards = {}
    for step in steps:
        if step.board is not None and id(step) in made and step.record["replaced_by"]:
            by = numbers.get((step.board.pk, step.record["replaced_by"]))
            if by and by != made[id(step)]:
                pairs[step.board.pk][made[id(step)]] = by
                boards[step.board.pk] = step.board
    for pk, replaced in sorted(pairs.items()):
        bring_in_replacements(boards[pk], replaced, **said)
