"""What comes to a board again and again, and the limits of who may decide what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from candour.boards.access import BoardPermission
from candour.boards.commands.setting_up import going, need_past
from candour.boards.models import Board, Limit, StandingItem, visible_standing
from candour.boards.rules.agenda import moved
from candour.boards.rules.words import GROUNDS, PURPOSES, SORTS
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date, say_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Organisation, Post
from candour.kernel.rules import Refused, need_reason


@dataclass(frozen=True)
class StandingFacts:
    """What a standing item is. every: at each so many meetings; 0 for once a year, in month (1 to 12), or by must_by, a
    (month, day) that each year has. paper: the kind of paper that Candour computes for it."""

    title: str
    sort: str = "area"
    purpose: str = "discuss"
    lead: Post | None = None
    minutes: int = 10
    closed: bool = False
    ground: str = ""
    every: int = 1
    month: int | None = None
    must_by: tuple[int, int] | None = None
    law: str = ""
    paper: str = ""


def add_standing(
    board: Board, facts: StandingFacts, *, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> StandingItem:
    """Add what comes to a board again and again, after what it has. Raises Refused for facts that cannot be."""
    require(actor, BoardPermission.SET_UP, board)
    going(board)
    values = _standing(facts)
    last = board.standing.order_by("-position").first()
    day, why = effective or local_date(at), need_reason(reason, "Say who agreed that it comes to the board")
    with recording("board.standing_added", board, actor=actor, at=at, effective=day, reason=why):
        return StandingItem.objects.create(
            board=board, position=last.position + 1 if last else 1, started_on=day, **values
        )


def change_standing(
    standing: StandingItem, facts: StandingFacts, *, actor: Actor, at: datetime, reason: str,
    effective: date | None = None,
) -> StandingItem:  # fmt: skip
    """Change a standing item. Agendas that have taken it up keep theirs as it was."""
    require(actor, BoardPermission.SET_UP, standing.board)
    values, why = _standing(facts), need_reason(reason, "Say why it changes")
    with recording("board.standing_changed", standing.board, actor=actor, at=at, effective=effective, reason=why):
        for name, value in values.items():
            setattr(standing, name, value)
        standing.save()
    return standing


def order_standing(
    board: Board, order: Sequence[int], *, actor: Actor, at: datetime, reason: str = "Put in another order"
) -> None:
    """Put the standing items of a board in another order: their numbers, each once. Raises Refused for any other list."""
    require(actor, BoardPermission.SET_UP, board)
    rows = {row.pk: row for row in board.standing.filter(ended_on=None)}
    if sorted(rows) != sorted(order):
        raise Refused("order", "The standing items have changed since the page was opened: look at them again")
    with recording("board.standing_ordered", board, actor=actor, at=at, reason=reason):
        for place, key in enumerate(order, start=1):
            if rows[key].position != place:
                rows[key].position = place
                rows[key].save()


def place_standing(standing: StandingItem, *, to: int, actor: Actor, at: datetime) -> None:
    """Move a standing item to a place, from 0, among those that the actor may see; the others keep their places."""
    require(actor, BoardPermission.SET_UP, standing.board)
    rows = standing.board.standing.filter(ended_on=None).order_by("position", "pk")
    every = list(rows.values_list("pk", flat=True))
    seen = list(rows.filter(visible_standing(actor)).values_list("pk", flat=True))
    placed = iter(moved(seen, standing.pk, to))
    order = [next(placed) if key in set(seen) else key for key in every]
    if order != every:
        order_standing(standing.board, order, actor=actor, at=at)


def end_standing(
    standing: StandingItem, *, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> StandingItem:
    """It comes no more from a day on. Raises Refused where it has ended."""
    require(actor, BoardPermission.SET_UP, standing.board)
    if standing.ended_on is not None:
        raise Refused("reason", f"It ended on {say_date(standing.ended_on)}")
    day, why = effective or local_date(at), need_reason(reason, "Say why it comes no more")
    with recording("board.standing_ended", standing.board, actor=actor, at=at, effective=day, reason=why):
        standing.ended_on = day
        standing.save()
    return standing


def set_limit(
    *, organisation: Organisation, what: str, post: Post | None, board: Board | None, up_to: Decimal | None,
    starts: date, actor: Actor, at: datetime, reason: str,
) -> Limit:  # fmt: skip
    """Up to which value a post or a board may decide, from a day; None for any. What stood for the same ends the day before."""
    require(actor, BoardPermission.SET_UP, Board(organisation=organisation))
    what = " ".join(what.split())
    if not what:
        raise Refused("what", "Enter what is decided, such as contracts")
    if (post is None) == (board is None):
        raise Refused("post", "Choose a post or a board, and not both")
    if up_to is not None and up_to <= 0:
        raise Refused("up_to", "Enter an amount above nought, or leave it empty where there is no limit")
    why = need_reason(reason, "Say where it is laid down: the scheme of consent, and its date")
    standing = Limit.objects.filter(organisation=organisation, what=what, post=post, board=board, ends=None).first()
    if standing and standing.starts >= starts:
        raise Refused("starts", f"The limit that stands began on {say_date(standing.starts)}: enter a later day")
    with recording("limit.set", organisation, actor=actor, at=at, effective=starts, reason=why):
        if standing:
            standing.ends = date.fromordinal(starts.toordinal() - 1)
            standing.save()
        return Limit.objects.create(
            organisation=organisation, what=what[:120], post=post, board=board, up_to=up_to, starts=starts
        )


def end_limit(limit: Limit, *, ends: date, actor: Actor, at: datetime, reason: str) -> Limit:
    """A limit ends at the end of a day. Raises Refused for a day before it began or still to come, and where it has ended."""
    require(actor, BoardPermission.SET_UP, Board(organisation=limit.organisation))
    if limit.ends is not None:
        raise Refused("ends", f"This limit ended on {say_date(limit.ends)}")
    need_past(ends, limit.starts, local_date(at), what="The limit")
    why = need_reason(reason, "Say why it ends")
    with recording("limit.ended", limit.organisation, actor=actor, at=at, effective=ends, reason=why):
        limit.ends = ends
        limit.save()
    return limit


def _standing(facts: StandingFacts) -> dict[str, Any]:
    """The columns of a standing item. Raises Refused, on the answer to mend, for facts that cannot be."""
    if not facts.title.strip():
        raise Refused("title", "Enter what comes to the board")
    if facts.sort not in SORTS or facts.purpose not in PURPOSES:
        raise Refused("purpose", "Choose what the board is to do with it")
    if facts.closed and facts.ground not in GROUNDS:
        raise Refused("ground", "Choose the ground on which the public is excluded")
    if facts.minutes < 1:
        raise Refused("minutes", "Enter how many minutes it takes")
    if facts.month is not None and facts.month not in range(1, 13):
        raise Refused("month", "Choose a month")
    must = facts.must_by
    if facts.sort == "duty" and must is None:
        raise Refused("must_by", "Enter the day of the year by which it must have come")
    if must is not None:
        try:
            date(2028, *must)  # a leap year, so that 29 February is a day
        except ValueError:
            raise Refused("must_by", "Enter a real day of the year") from None
    values = dict(vars(facts)) | {"title": facts.title.strip()[:300], "ground": facts.ground if facts.closed else ""}
    del values["must_by"]
    return values | {"must_month": must[0] if must else None, "must_day": must[1] if must else None}
