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
    ExtensibleStringEnum,
    External,
    Filter,
    Meta,
    Mutability,
    Pagination,
    Patch,
    Reference,
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
    """The parts of a name. The whole of it is taken where no other is sent, and not kept beside the display name."""

    family_name: str | None = None
    given_name: str | None = None


class Email(ComplexAttribute):
    """The one address that letters go to: whatever it was called, it is answered as the chief one, for work."""

    class Type(ExtensibleStringEnum):
        work = "work"

    value: str | None = None
    type: Type | None = None
    primary: bool | None = None


class In(ComplexAttribute):
    """A group that somebody is in."""

    value: Annotated[str | None, Mutability.read_only, CaseExact.true] = None
    ref: Annotated[Reference["Group"] | None, Mutability.read_only] = Field(
        None, serialization_alias="$ref", validation_alias="$ref"
    )
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
    ref: Annotated[Reference["User"] | None, Mutability.immutable] = Field(
        None, serialization_alias="$ref", validation_alias="$ref"
    )
    type: Annotated[str | None, Mutability.immutable] = Field(None, examples=["User"])


class Group(Resource[Any]):
    """A group. Its displayName and its externalId are values of the table of the directory."""

    __schema__ = URN(f"{CORE}Group")

    display_name: Annotated[str | None, Required.true] = None
    members: list[Member] | None = None


def provider() -> ScimProvider:
    """What the service says of itself and forgives: Entra ID sends values with removals, and filters without a match."""
    config = ServiceProviderConfig(
        documentation_uri=Reference[External](f"{settings.SITE}/help"),
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
                spec_uri=Reference[External]("https://www.rfc-editor.org/info/rfc6750"),
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
        name=Name(given_name=told.given or None, family_name=told.family or None)
        if told and (told.given or told.family)
        else None,
        display_name=person.name,
        active=person.is_active,
        emails=[Email(value=person.email, type=Email.Type.work, primary=True)] if person.email else None,
        groups=[In(value=str(group.pk), ref=Reference(f"Groups/{group.pk}"), display=group.name) for group in groups]
        or None,
    )
    # Of what it says, so that what changes it on a page changes it here.
    version = _version(made.model_dump(mode="json"))
    made.meta = Meta(resource_type="User", created=person.made_at, last_modified=changed, version=version)
    return made


def group_of(group: GroupRow, members: Iterable[Person]) -> Group:
    """A group as a directory sees it. Its version does not depend on whether its members are answered."""
    version = _version(group.name, group.external, group.changed_at)
    return Group(
        id=str(group.pk),
        external_id=group.external or None,
        display_name=group.name,
        members=[_member(each) for each in members] or None,
        meta=Meta(resource_type="Group", created=group.made_at, last_modified=group.changed_at, version=version),
    )


def _whole(name: Name) -> Any:
    return {key.lower(): value for key, value in (name.unknown_attributes or {}).items()}.get("formatted")


def _member(person: Person) -> Member:
    return Member(value=str(person.pk), ref=Reference(f"Users/{person.pk}"), type="User")


def told_by(user: User, before: Any = None) -> Told:
    """What a directory says of a person: the display name, else the parts of the name, else the whole; the chief address.

    before: the person as they stood. The parts of a name count where they moved and the display name did not.
    """
    name = user.name or Name()
    shown, whole = (" ".join(str(each or "").split()) for each in (user.display_name, _whole(name)))
    given, family = (name.given_name or "").strip()[:100], (name.family_name or "").strip()[:100]
    parts = " ".join(filter(None, [given, family]))
    if before is not None and shown == before.name:
        told = getattr(before, "provisioned", None)
        kept = (told.given, told.family) if told else ("", "")
        shown = shown if not parts or kept in (("", ""), (given, family)) else parts
    username = (user.user_name or "").strip()
    found = [each for each in user.emails or [] if each.value]
    chief = sorted(found, key=lambda each: (not each.primary, (each.type or "").lower() != "work"))
    return Told(
        username=username,
        name=shown or parts or whole or (before.name if before is not None else username),
        email=(chief[0].value or "").strip() if chief else "",
        external=(user.external_id or "").strip(),
        given=given,
        family=family,
        active=user.active is not False,
    )


def _version(*said: Any) -> str:
    """The version of what somebody is told (RFC 7644, 3.14): weak, as the same may be written otherwise."""
    return f'W/"{sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()[:16]}"'
