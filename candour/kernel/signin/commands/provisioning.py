"""What a directory provisions (SCIM): joiners, movers and leavers, and who is in its groups. Each is all or nothing.

It acts with a service token, on behalf of a post and no further than the post may; a break-glass sign-in is out of its reach.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.establishment.commands import (
    add_person,
    change_person,
    end_appointment,
    restore_sign_in,
    stop_sign_in,
)
from candour.kernel.establishment.commands.people import USERNAME
from candour.kernel.establishment.guard import need_over, standing_from
from candour.kernel.history.recording import recording
from candour.kernel.people.access import PeoplePermission
from candour.kernel.people.models import Appointment, Person
from candour.kernel.rules import Refused
from candour.kernel.signin.commands.settling import settle
from candour.kernel.signin.keys import GLASS
from candour.kernel.signin.models import Group, Mapped, Membership, Provisioned
from candour.kernel.signin.queries import mapped_posts, values_carried, values_of_groups

WHY = "The directory says so"


@dataclass(frozen=True)
class Told:
    """A person as a directory has them. external: what it calls them; given, family: parts of the name, where it has them."""

    username: str
    name: str
    email: str = ""
    external: str = ""
    given: str = ""
    family: str = ""
    active: bool = True


def provision(told: Told, *, actor: Actor, at: datetime) -> tuple[Person, list[str]]:
    """A joiner, or one whom the directory had taken back and who comes again; gives what was done, in words.

    Raises Refused for a user name that somebody else has.
    """
    require(actor, PeoplePermission.MANAGE)
    _no_glass(told.username)
    _fits(told)
    with transaction.atomic():
        back = Person.objects.filter(username__iexact=told.username, provisioned__removed_at__isnull=False).first()
        if back is not None:
            Provisioned.objects.filter(person=back).update(removed_at=None, changed_at=at)
            return back, ["Comes again", *change_provisioned(back, told, actor=actor, at=at)]
        person = add_person(username=told.username, name=told.name, email=told.email, password=None, **_said(actor, at))
        facts = {"external": told.external, "given": told.given, "family": told.family}
        Provisioned.objects.create(person=person, made_at=at, changed_at=at, **facts)
        done = ["Added"]
        if not told.active:
            stop_sign_in(_now(person), **_said(actor, at))
            done.append("Sign-in stopped")
    return _now(person), done


def change_provisioned(person: Person, told: Told, *, actor: Actor, at: datetime) -> list[str]:
    """A person as the directory has them from now on; gives what was done, in words: nothing where all is so already.

    Who is not active is a leaver: out of every post, signed out everywhere at once, all records kept.
    """
    _need_managed(actor, person, at=at)
    _no_glass(told.username)
    _fits(told)
    done: list[str] = []
    with transaction.atomic():
        if told.active and not person.is_active:
            restore_sign_in(person, **_said(actor, at))
            done.append("Sign-in restored")
        done += _renamed(_now(person), told, actor, at)
        done += _noted(person, told, at)
        person = _now(person)
        done += _settle_groups(person, actor=actor, at=at) if told.active else _leaves(person, actor, at)
    return done


def remove_provisioned(person: Person, *, actor: Actor, at: datetime) -> list[str]:
    """The directory knows somebody no more: they leave, and it does not see them again until it adds them anew."""
    _need_managed(actor, person, at=at)
    with transaction.atomic():
        done = _leaves(person, actor, at)
        Membership.objects.filter(person=person).delete()
        facts = {"removed_at": at, "changed_at": at}
        Provisioned.objects.update_or_create(person=person, defaults=facts, create_defaults={"made_at": at, **facts})
    return [*done, "Taken back"]


def provision_group(
    name: str, *, external: str, members: Collection[int], actor: Actor, at: datetime
) -> tuple[Group, list[str]]:
    """A group that the directory provisions from now on. members: numbers of people; gives what was done, in words."""
    require(actor, PeoplePermission.GRANT)
    if external and Group.objects.filter(external=external).exists():
        raise Refused("externalId", "A group with this externalId is here already")
    with transaction.atomic():
        group = Group.objects.create(name=_named(name, external), external=external, made_at=at, changed_at=at)
        return group, ["Group added", *_with_members(group, members, actor, at)]


def change_group(
    group: Group, name: str, *, external: str, members: Collection[int] | None, actor: Actor, at: datetime
) -> list[str]:
    """A group as the directory has it from now on. members: None where they stay; gives what was done, in words."""
    require(actor, PeoplePermission.GRANT)
    named = _named(name, external)
    if external and Group.objects.filter(external=external).exclude(pk=group.pk).exists():
        raise Refused("externalId", "A group with this externalId is here already")
    with transaction.atomic():
        before = [value for value in (group.name, group.external) if value]
        renamed = (named, external) != (group.name, group.external)
        group.name, group.external, group.changed_at = named, external, at
        group.save()
        done = ["Group renamed"] if renamed else []
        if renamed:
            governed = _rows(actor, {*before, named, external})
            for person in Person.objects.filter(directory_groups=group, is_active=True).order_by("pk"):
                done += _settled(person, governed, actor, at)
        if members is not None:
            done += _with_members(group, members, actor, at)
    return done


def remove_group(group: Group, *, actor: Actor, at: datetime) -> list[str]:
    """The directory has the group no more: what it gave is taken back."""
    require(actor, PeoplePermission.GRANT)
    with transaction.atomic():
        done = _with_members(group, (), actor, at)
        group.delete()
    return [*done, "Group removed"]


def _settle_groups(person: Person, *, actor: Actor, at: datetime) -> list[str]:
    """The posts that the groups of a person give; gives what was done, in words."""
    require(actor, PeoplePermission.MANAGE)
    table = mapped_posts()
    governed = values_of_groups(row.value for row in table)
    return _settled(person, _rows(actor, governed, table), actor, at)


def _need_managed(actor: Actor, person: Person, *, at: datetime) -> None:
    """Raises Forbidden for who holds a post of a body that the actor does not manage, Refused for a break-glass sign-in."""
    require(actor, PeoplePermission.MANAGE)
    _no_glass(person.username)
    rows = Appointment.objects.filter(standing_from(local_date(at)), person=person).select_related("post__organisation")
    for row in rows:
        require(actor, PeoplePermission.MANAGE, row.post)


def _rows(actor: Actor, values: Collection[str], table: list[Mapped] | None = None) -> list[Mapped]:
    """Rows of the table for some values, of the bodies in which the actor gives roles."""
    rows = mapped_posts() if table is None else table
    return [
        row for row in rows if row.value in values and actor.holds(PeoplePermission.GRANT, row.post.organisation_id)
    ]


def _settled(person: Person, rows: list[Mapped], actor: Actor, at: datetime) -> list[str]:
    settled = settle(person, rows, carried=values_carried(person), actor=actor, at=at)
    if settled.kept:
        raise Refused("members", ". ".join(settled.kept))
    return list(settled.done)


def _with_members(group: Group, members: Collection[int], actor: Actor, at: datetime) -> list[str]:
    """Who is in a group from now on, and what that does to their posts."""
    there = set(Membership.objects.filter(group=group).values_list("person", flat=True))
    wanted = set(members)
    if there == wanted:
        return []
    Membership.objects.filter(group=group, person__in=there - wanted).delete()
    Membership.objects.bulk_create(Membership(group=group, person_id=number) for number in sorted(wanted - there))
    Group.objects.filter(pk=group.pk).update(changed_at=at)
    rows = _rows(actor, {group.name, group.external} - {""})
    done = []
    for person in Person.objects.filter(pk__in=there ^ wanted).order_by("pk"):
        _need_managed(actor, person, at=at)
        words = _settled(person, rows, actor, at) if person.is_active else []
        done += [f"{person.name}: {each[0].lower()}{each[1:]}" for each in words]
    return done or [f"{len(wanted)} in the group"]


def _renamed(person: Person, told: Told, actor: Actor, at: datetime) -> list[str]:
    """The name, address and user name of the directory. Letters and links go to the address, so that asks for more."""
    done = []
    if (" ".join(told.name.split()), told.email) != (person.name, person.email):
        change_person(person, name=told.name, email=told.email, **_said(actor, at))
        done.append("Name or address changed")
        person = _now(person)
    if told.username != person.username:
        need_over(actor, person, today=local_date(at), field="userName")
        _free(told.username, person)
        with recording("person.changed", person, **_said(actor, at)):
            person.username = told.username
            person.save()
        done.append("User name changed")
    return done


def _noted(person: Person, told: Told, at: datetime) -> list[str]:
    facts = {"external": told.external, "given": told.given, "family": told.family}
    row = Provisioned.objects.filter(person=person).first()
    if row is not None and facts == {name: getattr(row, name) for name in facts}:
        return []
    made = {"made_at": at, "changed_at": at, **facts}
    Provisioned.objects.update_or_create(person=person, defaults={"changed_at": at, **facts}, create_defaults=made)
    return ["Known to the directory"] if row is None else ["What the directory calls them noted"]


def _leaves(person: Person, actor: Actor, at: datetime) -> list[str]:
    """Out of every post, as the nightly file has it: the last day is yesterday; what began today ends with it."""
    today, done = local_date(at), []
    rows = Appointment.objects.filter(standing_from(today), person=person).select_related("post").order_by("pk")
    for row in rows:
        last = max(row.starts, today - timedelta(days=1))
        if row.ends is None or row.ends > last:
            end_appointment(row, ends=last, **_said(actor, at))
            done.append(f"Holds {row.post} no more")
    if person.is_active:
        stop_sign_in(_now(person), **_said(actor, at))
        done.append("Sign-in stopped")
    return done


def _no_glass(username: str) -> None:
    if username.lower().startswith(GLASS):
        raise Refused("userName", "A break-glass sign-in is made on the server alone")


def _fits(told: Told) -> None:
    if not USERNAME.fullmatch(told.username) or len(told.username) > 150:
        raise Refused("userName", "A user name has letters, digits and @ . + - _, without spaces, 150 at most")
    if max(len(told.name), len(told.external)) > 200:
        raise Refused("displayName", "A name, and what the directory calls somebody, has 200 signs at most")


def _free(username: str, person: Person) -> None:
    if Person.objects.filter(username__iexact=username).exclude(pk=person.pk).exists():
        raise Refused("userName", "Somebody else has this user name")


def _named(name: str, external: str) -> str:
    named = " ".join(name.split())
    if not named or max(len(named), len(external)) > 200:
        raise Refused("displayName", "A group has a name; it and the externalId have 200 signs at most")
    return named


def _now(person: Person) -> Person:
    """The person as they stand: what was recorded of them meanwhile moved them on."""
    return Person.objects.get(pk=person.pk)


def _said(actor: Actor, at: datetime) -> dict[str, Any]:
    return {"actor": actor, "at": at, "reason": WHY}
