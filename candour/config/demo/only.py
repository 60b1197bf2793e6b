"""Choosing a role without a password is for the demonstration's own database, and for no other."""

from django.conf import settings

from candour.config.demo.bodies import BODIES
from candour.config.environment import Misconfigured
from candour.kernel.people.models import Organisation


def only_the_demo() -> None:
    """Raises Misconfigured where anybody could sign in to a database that the demonstration did not make."""
    if not settings.DEMO:
        return
    there = set(Organisation.objects.filter(kind__in=("office", "force")).values_list("code", "name"))
    if there != {(code, name) for code, name, *_ in BODIES}:
        raise Misconfigured(
            "the database is not the demonstration's, so nobody may choose a role: take CANDOUR_DEMO away"
        )
