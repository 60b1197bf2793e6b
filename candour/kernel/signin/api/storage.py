"""People and groups as the library of the standard reads and writes them, by our queries and commands."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from scim2_models import (
    InvalidValueException,
    NotFoundException,
    NotImplementedException,
    PreconditionFailedException,
    ResourceType,
    SearchRequest,
    UniquenessException,
)
from scim2_server.storage import ScimStorage, SearchPage

from candour.kernel.access import Actor
from candour.kernel.people.models import Person
from candour.kernel.rules import Refused
from candour.kernel.signin import commands
from candour.kernel.signin.api.filters import narrowed
from candour.kernel.signin.api.shapes import Group, User, group_of, told_by, user_of
from candour.kernel.signin.models import Group as GroupRow
from candour.kernel.signin.queries import groups_of, members_of, people_spoken_of

TAKEN = ("username", "userName", "externalId")  # fields whose refusal means that somebody else has it


@dataclass
class Directory(ScimStorage):
    """What one request of a directory reads and writes. done: what it did, in words; person: whom it was about."""

    actor: Actor
    at: datetime
    writes: bool
    done: list[str] = field(default_factory=list)
    person: int | None = None

    def get(self, resource_type: ResourceType, resource_id: str, *, response_parameters: Any = None) -> Any:
        if resource_type.name == "User":
            return self._user(self._person(resource_id))
        return self._group(self._row(resource_id), members=_kept(response_parameters, "members"))

    def search(
        self, resource_types: list[ResourceType], search_request: SearchRequest[Any], *, position: Any = None
    ) -> SearchPage:
        if len(resource_types) != 1:
            raise NotImplementedException(detail="Ask /Users or /Groups: both at once are not searched")
        of_people = resource_types[0].name == "User"
        rows: Any = people_spoken_of(self.actor) if of_people else GroupRow.objects.all()
        if search_request.filter is not None:
            rows = narrowed(rows, search_request.filter, of_people=of_people)
        total, start = rows.count(), search_request.start_index_0 or 0
        count = search_request.count or 0
        found = list(rows.order_by("pk")[start : start + count]) if count > 0 else []
        if of_people:
            groups = groups_of(each.pk for each in found)
            return SearchPage(total, [user_of(each, groups.get(each.pk, ())) for each in found])
        kept = _kept(search_request, "members")
        members = members_of((each.pk for each in found), self.actor) if kept else {}
        return SearchPage(total, [group_of(each, members.get(each.pk, ())) for each in found])

    def create(self, resource_type: ResourceType, resource: Any) -> Any:
        with _refusing():
            if resource_type.name == "User":
                person, self.done = commands.provision(told_by(resource), **self._by)
                self.person = person.pk
                return self._user(self._person(str(person.pk)))
            group, self.done = commands.provision_group(
                resource.display_name or "",
                external=resource.external_id or "",
                members=self._numbers(resource),
                **self._by,
            )
        return self._group(group)

    def update(self, resource_type: ResourceType, resource: Any, *, expected_version: str | None = None) -> Any:
        if resource_type.name == "User":
            person = self._person(resource.id, lock=True)
            self._same(self._user(person), expected_version)
            with _refusing():
                self.done = commands.change_provisioned(person, told_by(resource, person), **self._by)
            return self._user(self._person(resource.id))
        row = self._row(resource.id, lock=True)
        self._same(self._group(row), expected_version)
        with _refusing():
            name, external = resource.display_name or "", resource.external_id or ""
            self.done = commands.change_group(row, name, external=external, members=self._numbers(resource), **self._by)
        return self._group(self._row(resource.id))

    def delete(self, resource_type: ResourceType, resource_id: str, *, expected_version: str | None = None) -> None:
        if resource_type.name == "User":
            person = self._person(resource_id, lock=True)
            self._same(self._user(person), expected_version)
            with _refusing():
                self.done = commands.remove_provisioned(person, **self._by)
            return
        row = self._row(resource_id, lock=True)
        self._same(self._group(row), expected_version)
        with _refusing():
            self.done = commands.remove_group(row, **self._by)

    def operation(self) -> AbstractContextManager[None]:
        return transaction.atomic() if self.writes else _reading()

    @property
    def _by(self) -> dict[str, Any]:
        return {"actor": self.actor, "at": self.at}

    def _person(self, resource_id: str, *, lock: bool = False) -> Any:
        number = _number(resource_id)
        if lock:
            list(Person.objects.select_for_update().filter(pk=number))
        found: Any = people_spoken_of(self.actor).filter(pk=number).first() if number else None
        if found is None:
            raise NotFoundException(detail="There is no such user")
        self.person = found.pk
        return found

    def _row(self, resource_id: str, *, lock: bool = False) -> GroupRow:
        rows = GroupRow.objects.select_for_update() if lock else GroupRow.objects.all()
        number = _number(resource_id)
        found = rows.filter(pk=number).first() if number else None
        if found is None:
            raise NotFoundException(detail="There is no such group")
        return found

    def _user(self, person: Any) -> User:
        return user_of(person, groups_of([person.pk]).get(person.pk, ()))

    def _group(self, row: GroupRow, *, members: bool = True) -> Group:
        return group_of(row, members_of([row.pk], self.actor).get(row.pk, ()) if members else ())

    def _numbers(self, group: Group) -> list[int]:
        """The numbers of the members of a group. Members out of sight stay, as they cannot be spoken of."""
        asked = {each.value or "": _number(each.value or "") for each in group.members or []}
        seen = people_spoken_of(self.actor)
        found = set(seen.filter(pk__in=asked.values()).values_list("pk", flat=True))
        if lost := sorted(words for words, number in asked.items() if number not in found):
            raise InvalidValueException(detail=f"There is no user {', '.join(lost)}"[:300])
        if group.id is not None:
            there = Person.objects.filter(memberships__group=_number(group.id)).exclude(pk__in=seen.values("pk"))
            found |= set(there.values_list("pk", flat=True))
        return sorted(found)

    @staticmethod
    def _same(now: Any, expected: str | None) -> None:
        if expected is not None and now.meta.version != expected:
            raise PreconditionFailedException(detail="It changed since it was read: read it again")


@contextmanager
def _refusing() -> Iterator[None]:
    """What a command refuses, as the standard says it."""
    try:
        yield
    except Refused as refused:
        taken = refused.field in TAKEN and ("taken" in refused.message or "already" in refused.message)
        kind = UniquenessException if taken or "Somebody else" in refused.message else InvalidValueException
        raise kind(detail=refused.message) from refused


@contextmanager
def _reading() -> Iterator[None]:
    yield


def _number(words: str) -> int:
    """The number that an id is of; 0 for one of nothing."""
    return int(words) if words.isascii() and words.isdecimal() and len(words) < 19 else 0


def _kept(asked: Any, name: str) -> bool:
    """Whether the answer holds an attribute: not where it is excluded, nor where others alone are asked for."""
    if asked is None:
        return True
    named = [str(each).lower() for each in asked.attributes or []]
    left = [str(each).lower() for each in asked.excluded_attributes or []]
    wanted = any(each.split(":")[-1].split(".")[0] == name for each in named) if named else True
    return wanted and not any(each.split(":")[-1] == name for each in left)
