"""Setting up organisations and naming them anew."""

import re
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Lower

from candour.kernel.access import Actor, require
from candour.kernel.access.models import Grant
from candour.kernel.access.queries import roles
from candour.kernel.calendar import local_date
from candour.kernel.establishment.guard import of_body
from candour.kernel.establishment.rules import BODIES, roles_with
from candour.kernel.history.recording import recording
from candour.kernel.people.access import PeoplePermission
from candour.kernel.people.models import Organisation, holding
from candour.kernel.rules import Refused, need_reason

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def set_up_organisation(
    *, name: str, short_name: str, code: str, kind: str, actor: Actor, at: datetime, reason: str
) -> Organisation:
    """A new organisation. code stands in addresses: lower-case letters, digits and hyphens.

    An office or a force keeps registers of its own: to set one up asks for the giving of roles too, and the post that
    does it administers the new body, so that somebody can. Raises Refused for a name or code that is taken or empty.
    """
    require(actor, PeoplePermission.MANAGE)
    if kind in BODIES:
        require(actor, PeoplePermission.GRANT)
    if kind not in Organisation.Kind.values:
        raise Refused("kind", "Choose what kind of organisation it is")
    why = need_reason(reason)
    names = _names(name, short_name)
    if not CODE.fullmatch(code):
        raise Refused("code", "Enter the code in lower-case letters, digits and hyphens, for example force")
    if Organisation.objects.filter(code=code).exists():
        raise Refused("code", f"The code ‘{code}’ is taken: enter another")
    with transaction.atomic():
        with recording("organisation.set_up", actor=actor, at=at, reason=why):
            made = Organisation.objects.create(code=code, kind=kind, **names)
        if kind in BODIES and actor.kind == "person":
            _administer(made, actor=actor, at=at, reason=why)
    return made


def rename_organisation(
    organisation: Organisation, *, name: str, short_name: str, actor: Actor, at: datetime, reason: str
) -> Organisation:
    """An organisation under other names, from now on; its code and so its addresses stay."""
    require(actor, PeoplePermission.MANAGE, of_body(organisation))
    why = need_reason(reason)
    names = _names(name, short_name, but=organisation.pk)
    with recording("organisation.renamed", organisation, actor=actor, at=at, reason=why):
        organisation.name, organisation.short_name = names["name"], names["short_name"]
        organisation.save()
    return organisation


def _names(name: str, short_name: str, *, but: int = 0) -> dict[str, str]:
    found = {"name": " ".join(name.split()), "short_name": " ".join(short_name.split())}
    for field, given in found.items():
        if not given:
            raise Refused(field, f"Enter the {field.replace('_', ' ')}")
        rows = Organisation.objects.exclude(pk=but).alias(lower=Lower(field))
        if rows.filter(lower=given.lower()).exists():
            raise Refused(field, f"There is an organisation called ‘{given}’ already: enter another name")
    return found


def _administer(made: Organisation, *, actor: Actor, at: datetime, reason: str) -> None:
    """The post through which the actor may give roles gets the same role in the body that they set up."""
    today = local_date(at)
    may_give = roles_with(roles(), PeoplePermission.GRANT)
    giving = Grant.objects.filter(holding(today), post__in=actor.posts, role__in=may_give)
    through = giving.select_related("post").order_by("pk")[0]
    with recording("role.granted", through.post, actor=actor, at=at, reason=reason):
        Grant.objects.create(role=through.role, post=through.post, organisation=made, starts=today)
