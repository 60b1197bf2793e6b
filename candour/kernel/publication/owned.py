"""Which duties of the publication scheme a post sees to."""

from django.db.models import Q
from django.urls import reverse

from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.establishment.work import Source
from candour.kernel.publication.access import PublicationPermission
from candour.kernel.publication.models import Duty


def _seen(actor: Actor) -> Q:
    bodies = actor.scope(PublicationPermission.PUBLISH)
    return Q() if EVERYWHERE in bodies else Q(organisation__in=bodies)


DUTIES = Source(
    name="duty",
    one="duty of the publication scheme",
    many="duties of the publication scheme",
    order=60,
    rows=lambda actor, today: Duty.objects.filter(_seen(actor), ended_on=None),
    holder="owner",
    code="organisation__code",
    reference="group",
    title="title",
    address=lambda code, reference: reverse("scheme"),
)
