"""Carries out the making of a pack beside the page that asked for it, one after the other: each needs both cores."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from candour.boards import commands
from candour.boards.models import Making, Meeting
from candour.boards.papers.pack_leaks import Matched
from candour.boards.papers.packs import Wanted, compiled, draft
from candour.boards.queries.agenda import agenda_of
from candour.boards.queries.packs import packs_of
from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.logs.context import current_id, within
from candour.kernel.papers.pack import PackRefused
from candour.kernel.papers.typesetting import PaperFailed
from candour.kernel.rules import Overtaken, Refused

FAILED = (
    "Something went wrong that is not in your papers. It is in the log of the server; begin again, or ask for help."
)
_workers = ThreadPoolExecutor(max_workers=1, thread_name_prefix="packs")


def make_beside(making: Making, *, actor: Actor, at: datetime) -> None:
    """Make it once the request has been answered; at once where the settings say so."""
    if not settings.BACKGROUND:
        make(making, actor=actor, at=at)
        return
    transaction.on_commit(lambda: _workers.submit(_in_a_thread, making, actor, at, current_id()))


def _in_a_thread(making: Making, actor: Actor, at: datetime, request: str) -> None:
    """What it says in the log belongs to the request that asked for it."""
    try:
        with within(request, work="boards.pack"):
            make(making, actor=actor, at=at)
    finally:
        connection.close()


def make(making: Making, *, actor: Actor, at: datetime) -> None:
    """Make the draft, or compile the pack and issue it. Whatever stops it is told on the making, and nothing is made."""

    def tell(step: str, done: int, of: int) -> None:
        commands.tell_making(making, step, done, of)

    try:
        _made(making, actor, at, tell)
    except Matched as matched:
        commands.end_making(making, error=str(matched), matches=matched.matches)
    except (PackRefused, PaperFailed, Overtaken) as error:
        commands.end_making(making, error=str(error))
    except Refused as refused:
        commands.end_making(making, error=refused.message)
    except Exception:
        logging.getLogger(__name__).exception("The pack of meeting %s could not be made", making.meeting_id)
        commands.end_making(making, error=FAILED)


def _made(making: Making, actor: Actor, at: datetime, tell: Callable[[str, int, int], None]) -> None:
    rows = Meeting.objects.select_related("record__organisation", "board__secretary")
    meeting = rows.get(pk=making.meeting_id)
    agenda = agenda_of(meeting, actor=actor, today=local_date(at))
    issued = packs_of(meeting, actor=actor)
    wanted = Wanted(making.closed, actor, at, issued, making.supplement, frozenset(making.anew))
    if making.draft:
        commands.end_making(making, content=draft(meeting, agenda, wanted, tell))
        return
    new = compiled(meeting, agenda, wanted, tell)
    commands.end_making(making, pack=commands.issue_pack(meeting, new, actor=actor, at=at, reason=making.reason))
