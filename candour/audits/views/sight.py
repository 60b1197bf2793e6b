"""Pages that say who sees an audit, and which risks are in its scope."""

from typing import Any

from django.http import HttpResponse

from candour.audits import commands
from candour.audits.access import AuditPermission
from candour.audits.forms import RestrictForm, ScopeForm
from candour.audits.models import Audit
from candour.audits.views.changing import change, opened, verb_of
from candour.audits.views.frame import found
from candour.audits.views.record import IN_SCOPE
from candour.kernel.records import commands as records
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.forms import ShareForm
from candour.kernel.records.models import Link, Record
from candour.kernel.records.queries import visible_records
from candour.kernel.records.sharing import WithWhom
from candour.kernel.rules import Refused
from candour.kernel.web.page import Request, page

BOTH = ("GET", "POST")


@page(AuditPermission.RESTRICT, methods=BOTH)
def restrict(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = RestrictForm(
        **opened(request, it.record, AuditPermission.RESTRICT), initial={"sensitivity": it.record.sensitivity}
    )
    verb = verb_of(
        it,
        "Change who may see it",
        "Save who may see it",
        (
            "It holds at once, for every plan, count, search and paper.",
            "The plan of a past day follows the stricter of that day and today.",
            "A body it is shared with sees it too; restricted, only posts there that may see restricted records.",
        ),
        "Who may see {reference} is changed",
    )
    return change(
        request, it, verb, form, lambda given, said: commands.restrict(it, sensitivity=given["sensitivity"], **said)
    )


@page(RecordPermission.SHARE, methods=BOTH)
def share(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Plans are shared across forces audit by audit."""
    it = found(request, organisation, reference)
    begun = opened(request, it.record, RecordPermission.SHARE)
    offered = WithWhom.of(it.record, but=[it.provider_id])
    form = ShareForm(**begun, answers=offered.answers)
    verb = verb_of(
        it,
        "Share it with another body",
        "Save who sees it",
        (
            "The audit stands in the plan of the other body too, as it is now and on past days. It changes nothing there.",
            "If the audit is restricted, only posts there that may see restricted records see it.",
            "When sharing stops, the other body no longer sees it, past days included.",
        ),
        "Sharing of {reference} is changed",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        offered.carry_out(given["answer"], **said)

    return change(request, it, verb, form, do)


@page(RecordPermission.LINK, methods=BOTH)
def scope(request: Request, organisation: str, reference: str) -> HttpResponse:
    """The risks that the audit looks at, as links from the audit."""
    it = found(request, organisation, reference)
    begun = opened(request, it.record, RecordPermission.LINK)
    seen = visible_records(request.actor, "to__")
    links = list(Link.objects.filter(seen, record=it.record, how=IN_SCOPE, ended=None).select_related("to", "record"))
    form = ScopeForm(**begun, standing=[(each.pk, f"{each.to.reference} {each.to.title}") for each in links])
    verb = verb_of(
        it,
        "Say which risks are in scope",
        "Save the scope",
        ("The audit and the risk lead to each other.", "A risk that is taken out stays in the history of the audit."),
        "The scope of {reference} is saved",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        if given["reference"]:
            records.link(it.record, to=_risk(request, it, given["reference"]), how=IN_SCOPE, **said)
        for each in links:
            if str(each.pk) in given.get("out", []):
                records.unlink(each, **said)

    return change(request, it, verb, form, do)


def _risk(request: Request, it: Audit, reference: str) -> Record:
    """The risk of a reference, of the audit's own body where several have it. A hidden one is refused like none."""
    rows = Record.objects.filter(visible_records(request.actor), kind="risk", reference=reference.strip())
    held = sorted(rows, key=lambda row: (row.organisation_id != it.record.organisation_id, row.pk))
    if not held:
        raise Refused("reference", f"‘{reference.strip()[:60]}’ is no risk that you can see: enter its reference")
    return held[0]
