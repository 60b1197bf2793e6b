"""What a directory sees of people and groups: the parts of the standard's schemas that Candour keeps, and no more."""

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Annotated, Any

from django.conf import settings
from pydantic import Field
from scim2_models import (
    URN,
    AuthenticationScheme,
    Bulk,
    CaseExact,
    ChangePassword,
    ComplexAttribute,
    ETag,
    Filter,
    Meta,
    Mutability,
    Pagination,
    Patch,
    Required,
    Resource,
    ScimPolicy,
    ScimProvider,
    ServiceProviderConfig,
    Sort,
    Uniqueness,
)

from candour.kernel.people.models import Person
from candour.kernel.signin.commands import Told
from candour.kernel.signin.models import Group as GroupRow

MOST = 200  # of what a list answers at once
CORE = "urn:ietf:params:scim:schemas:core:2.0:"


class Name(ComplexAttribute):
    formatted: str | None = None
    family_name: str | None = None
    given_name: str | None = None


class Email(ComplexAttribute):
    value: str | None = None
    type: str | None = None
    primary: bool | None = None


class In(ComplexAttribute):
    """A group that somebody is in."""

    value: Annotated[str | None, Mutability.read_only, CaseExact.true] = None
    display: Annotated[str | None, Mutability.read_only] = None


class User(Resource[Any]):
    """A person. What Candour does not keep is left out (RFC 7643, 7): it is taken, and not answered."""

    __schema__ = URN(f"{CORE}User")

    user_name: Annotated[str | None, Uniqueness.server, Required.true] = None
    name: Name | None = None
    display_name: str | None = None
    active: bool | None = None
    emails: list[Email] | None = None
    groups: Annotated[list[In] | None, Mutability.read_only] = None


class Member(ComplexAttribute):
    value: Annotated[str | None, Mutability.immutable, CaseExact.true] = None
    display: str | None = None
    type: Annotated[str | None, Mutability.immutable] = Field(None, examples=["User"])


class Group(Resource[Any]):
    """A group. Its displayName and its externalId are values of the table of the directory."""

    __schema__ = URN(f"{CORE}Group")

    display_name: Annotated[str | None, Required.true] = None
    members: list[Member] | None = None


def provider() -> ScimProvider:
    """What the service says of itself and forgives: Entra ID sends values with removals, and filters without a match."""
    config = ServiceProviderConfig(
        documentation_uri=f"{settings.SITE}/help",
        patch=Patch(supported=True),
        bulk=Bulk(supported=False, max_operations=0, max_payload_size=0),
        filter=Filter(supported=True, max_results=MOST),
        change_password=ChangePassword(supported=False),
        sort=Sort(supported=False),
        etag=ETag(supported=True),
        pagination=Pagination(cursor=False, index=True, default_page_size=MOST, max_page_size=MOST),
        authentication_schemes=[
            AuthenticationScheme(
                type=AuthenticationScheme.Type.oauthbearertoken,
                name="Service token",
                description="A service token of Candour, sent as a bearer token",
                spec_uri="https://www.rfc-editor.org/info/rfc6750",
                primary=True,
            )
        ],
    )
    policy = ScimPolicy(
        unknown=ScimPolicy.Unknown.ignore,
        remove_value_as_filter=ScimPolicy.RemoveValue.apply,
        unmatched_path_filter=ScimPolicy.UnmatchedPathFilter.create,
    )
    return ScimProvider(models=[User, Group], config=config, policy=policy)


def user_of(person: Any, groups: Iterable[GroupRow]) -> User:
    """A person as a directory sees them: of those that queries.people_spoken_of gives, with when each changed."""
    told = getattr(person, "provisioned", None)
    changed = max(filter(None, [person.changed_at, told.changed_at if told else None]), default=None)
    made = User(
        id=str(person.pk),
        external_id=(told.external or None) if told else None,
        user_name=person.username,
        name=Name(
            formatted=person.name,
            given_name=(told.given or None) if told else None,
            family_name=(told.family or None) if told else None,
        ),
        display_name=person.name,
        active=person.is_active,
        emails=[Email(value=person.email, type="work", primary=True)] if person.email else None,
        groups=[In(value=str(group.pk), display=group.name) for group in groups] or None,
    )
    return _dated(made, "User", person.made_at, changed)


def group_of(group: GroupRow, members: Iterable[Person]) -> Group:
    """A group as a directory sees it."""
    made = Group(
        id=str(group.pk),
        external_id=group.external or None,
        display_name=group.name,
        members=[Member(value=str(each.pk), display=each.username, type="User") for each in members] or None,
    )
    return _dated(made, "Group", group.made_at, group.changed_at)


def told_by(user: User, before: Person | None = None) -> Told:
    """What a directory says of a person: the display name, else the whole name, else its parts; the chief address.

    before: the person as they stood: which of the names moved is the one that counts.
    """
    name = user.name or Name()
    parts = " ".join(filter(None, [name.given_name, name.family_name]))
    names = [" ".join((each or "").split()) for each in (user.display_name, name.formatted, parts)]
    moved = [each for each in names if each and (before is None or each != before.name)]
    whole = next(iter(names[:1] if not moved and names[0] else moved), "") or (before.name if before else "")
    found = [each for each in user.emails or [] if each.value]
    chief = sorted(found, key=lambda each: (not each.primary, (each.type or "").lower() != "work"))
    return Told(
        username=(user.user_name or "").strip(),
        name=whole or (user.user_name or "").strip(),
        email=(chief[0].value or "").strip() if chief else "",
        external=(user.external_id or "").strip(),
        given=(name.given_name or "").strip(),
        family=(name.family_name or "").strip(),
        active=user.active is not False,
    )


def _dated(made: Any, kind: str, created: Any, changed: Any) -> Any:
    """With its meta: the version is of what it says, so that what changes it on a page changes it here."""
    said = json.dumps(made.model_dump(mode="json"), sort_keys=True)
    version = f'W/"{sha256(said.encode()).hexdigest()[:16]}"'
    made.meta = Meta(resource_type=kind, created=created, last_modified=changed, version=version)
    return made
