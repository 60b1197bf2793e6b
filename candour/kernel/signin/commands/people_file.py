"""A file of people carried out: joiners, movers and leavers, all of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from candour.kernel.access import CANDOUR
from candour.kernel.calendar import local_date
from candour.kernel.establishment.commands import (
    add_person,
    appoint,
    change_person,
    end_appointment,
    restore_sign_in,
    stop_sign_in,
)
from candour.kernel.establishment.guard import standing_from
from candour.kernel.intake.document import Finding
from candour.kernel.people.models import Appointment, Organisation, Person, Post
from candour.kernel.rules import Refused
from candour.kernel.signin.commands.glass import TITLE
from candour.kernel.signin.commands.links import invite
from candour.kernel.signin.people.checks import check_plan, check_rows
from candour.kernel.signin.people.plan import Change, Held, Known, Plan, Somebody, plan_of
from candour.kernel.signin.people.reading import Row

WHY = "The file of people"


@dataclass(frozen=True)
class Judged:
    """A file of people as it was judged. plan: what it would do; empty where an error stands in the way."""

    findings: tuple[Finding, ...] = ()
    plan: Plan = field(default=Plan())

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == "error"]


def judge(rows: Sequence[Row], *, today: date, leavers: int | None = None) -> Judged:
    """What is wrong with the rows, and what they would do. Four queries."""
    known = _known({row.body for row in rows}, today)
    bodies = list(Organisation.objects.order_by("code").values_list("code", flat=True))
    found = list(check_rows(rows, posts=known.posts, bodies=bodies))
    if any(finding.severity == "error" for finding in found):
        return Judged(tuple(found))
    plan = plan_of(rows, known, today=today)
    return Judged((*found, *check_plan(plan, known=known, leavers=leavers)), plan)


def carry_out(plan: Plan, *, at: datetime, inviting: bool) -> int:
    """Do all that a plan says, or nothing; gives how many changes. inviting: joiners with an address get an invitation.

    Raises Refused with whose change it was, where a rule stands in the way.
    """
    with transaction.atomic():
        for change in sorted(plan.changes, key=lambda one: ORDER.index(one.kind)):
            try:
                _do(change, at, inviting)
            except Refused as refused:
                raise Refused(refused.field, f"{change.place}, {change.username}: {refused.message}") from None
    return len(plan.changes)


# Who comes before who goes, so that a post that must be held changes hands.
ORDER = ("joiner", "restored", "renamed", "mover-in", "days-changed", "mover-out", "leaver")


def _do(change: Change, at: datetime, inviting: bool) -> None:
    said: dict[str, Any] = {"actor": CANDOUR, "at": at, "reason": WHY}
    if change.kind == "joiner":
        person = add_person(username=change.username, name=change.name, email=change.email, password=None, **said)
        if inviting and person.email:
            invite(Person.objects.get(pk=person.pk), **said)
        return
    person = Person.objects.get(username=change.username)
    if change.kind == "restored":
        restore_sign_in(person, **said)
    elif change.kind == "renamed":
        change_person(person, name=change.name, email=change.email, **said)
    elif change.kind == "mover-in":
        post, starts = Post.objects.get(pk=change.post), change.starts or local_date(at)
        appoint(person, post, starts=starts, ends=change.ends, **said)
    elif change.kind in ("mover-out", "days-changed"):
        appointment = Appointment.objects.select_related("post").get(pk=change.appointment)
        end_appointment(appointment, ends=change.ends or local_date(at), **said)
    else:
        stop_sign_in(person, **said)


def _known(codes: set[str], today: date) -> Known:
    rows = Post.objects.filter(organisation__code__in=codes, ended=None).exclude(title=TITLE)
    posts = {(code, title.lower()): pk for code, title, pk in rows.values_list("organisation__code", "title", "pk")}
    standing = Appointment.objects.filter(standing_from(today)).exclude(post__title=TITLE)
    held: dict[int, list[Held]] = {}
    elsewhere: set[int] = set()
    for row in standing.select_related("post__organisation").order_by("starts", "pk"):
        if row.post.organisation.code in codes:
            one = Held(row.pk, row.post_id, row.post.title, row.starts, row.ends)
            held.setdefault(row.person_id, []).append(one)
        else:
            elsewhere.add(row.person_id)
    people = {
        person.username.lower(): Somebody(
            pk=person.pk,
            username=person.username,
            name=person.name,
            email=person.email,
            active=person.is_active,
            held=tuple(held.get(person.pk, ())),
            elsewhere=person.pk in elsewhere,
        )
        for person in Person.objects.order_by("pk")
    }
    return Known(people, posts)
