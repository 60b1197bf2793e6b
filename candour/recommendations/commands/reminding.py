"""What `candour notices` writes by itself: reminders before and after the due day, to the line, to new holders and deputies."""

from datetime import datetime

from django.db import transaction

from candour.kernel.access import CANDOUR
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Appointment
from candour.kernel.people.queries import appointed_since, deputies_of
from candour.recommendations import rules
from candour.recommendations.commands.letters import owing, tell, tell_pairs, tell_the_line
from candour.recommendations.models import AnswerLink, Cycle
from candour.recommendations.queries.cycles import AskRow
from candour.recommendations.queries.links import posts_by_number

Owed = dict[int, list[AskRow]]


def write_reminders(at: datetime) -> int:
    """Write every letter of open cycles whose day has come; gives how many. Run again, it writes none of them again."""
    today, written = local_date(at), 0
    for cycle in Cycle.objects.filter(closed_on=None, opened_on__lte=today).select_related("organisation"):
        owed = owing(cycle, today=today)
        if not owed:
            continue
        with transaction.atomic():
            written += _to_new_holders(cycle, owed, at) + _to_deputies(cycle, owed, at) + _of_the_day(cycle, owed, at)
    return written


def _of_the_day(cycle: Cycle, owed: Owed, at: datetime) -> int:
    """Reminders by the day on which each answer is due: one that was sent back has a later one."""
    today, written = local_date(at), 0
    days = rules.Days(cycle.before, cycle.after, cycle.line_after)
    for due in sorted({row.ask.due for rows in owed.values() for row in rows}):
        of_day = {post: [row for row in rows if row.ask.due == due] for post, rows in owed.items()}
        of_day = {post: rows for post, rows in of_day.items() if rows}
        for reminder in rules.reminders(days, due=due, today=today):
            # Nobody is reminded on the day of being asked.
            if reminder == "before" and today == cycle.opened_on:
                continue
            mark = f"{reminder}:{due.isoformat()}"
            if reminder == "line":
                written += tell_the_line(cycle, of_day, mark=mark, at=at)
            else:
                written += tell(cycle, reminder, of_day, mark=mark, actor=CANDOUR, at=at)
    return written


def _to_new_holders(cycle: Cycle, owed: Owed, at: datetime) -> int:
    """Whoever took over a post since the cycle opened is told once; the link of the one before opens no more."""
    today, written = local_date(at), 0
    newest: dict[int, Appointment] = {}
    for appointment in appointed_since(owed, after=cycle.opened_on, today=today):
        newest[appointment.post_id] = appointment
    known = posts_by_number(set(newest))
    for number, appointment in newest.items():
        post = known[number]
        old = AnswerLink.objects.filter(
            cycle=cycle, post=post, to=post, revoked_on=None, made_on__lt=appointment.starts
        )
        if old.exists():
            with recording("cycle.links_revoked", cycle, actor=CANDOUR, at=at, reason="The post changed hands"):
                old.update(revoked_on=today)
        mark, pairs = f"handover:{appointment.pk}", [(post, post)]
        written += tell_pairs(cycle, "handover", pairs, owed, mark=mark, actor=CANDOUR, at=at)
    return written


def _to_deputies(cycle: Cycle, owed: Owed, at: datetime) -> int:
    """Whoever began to answer for a post after the cycle opened is told once."""
    found = deputies_of(owed, local_date(at))
    known, written = posts_by_number(set(found)), 0
    for number, covers in found.items():
        for cover in covers:
            if cover.starts > cycle.opened_on:
                pairs = [(known[number], cover.by)]
                mark = f"cover:{cover.pk}"
                written += tell_pairs(cycle, "cover", pairs, owed, mark=mark, actor=CANDOUR, at=at)
    return written
