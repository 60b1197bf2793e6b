"""The page on which it is said which priorities of the plan an agreement serves."""

from typing import Any

from django.http import HttpResponse

from candour.commissioning import commands
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.forms import ServesForm
from candour.commissioning.models import Serving
from candour.commissioning.views.changing import change, opened, verb_of
from candour.commissioning.views.frame import found
from candour.kernel.records.priorities import priorities, said_of
from candour.kernel.web.page import Request, page


@page(CommissioningPermission.MANAGE, methods=("GET", "POST"))
def serve(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Those of published plans that run are offered, and those that it serves already."""
    it = found(request, organisation, reference)
    begun = opened(request, it, CommissioningPermission.MANAGE)
    known = priorities(request.actor)
    standing = set(Serving.objects.filter(agreement=it, removed_on=None).values_list("priority", flat=True))
    offered = [one for one in known if one.current or one.pk in standing]
    said = said_of(offered)
    chosen = [str(one.pk) for one in offered if one.pk in standing]
    form = ServesForm(**begun, initial={"serves": chosen}, offered=[(str(one.pk), said[one.pk]) for one in offered])
    verb = verb_of(
        it,
        "Say which priorities it serves",
        "Save the priorities",
        (
            "The agreement stands on the page of each priority that it serves.",
            "The commissioning report totals agreements by priority, each in full under every one that it serves.",
        )
        if offered
        else ("There is no published plan yet, so there is nothing to choose from.",),
        "The priorities of {reference} are saved",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.serve(it, serves=[int(one) for one in given["serves"]], **said)

    return change(request, it, verb, form, do)
