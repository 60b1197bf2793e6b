"""Pages of what happens to an agreement, one thing each."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse

from candour.commissioning import commands, rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.forms import (
    ContactForm,
    DocumentForm,
    EndForm,
    OrderForm,
    OverrideForm,
    RestrictForm,
    SignForm,
    VaryForm,
)
from candour.commissioning.models import Contact
from candour.commissioning.queries import line_now, templates_of
from candour.commissioning.views.changing import change, opened, verb_of
from candour.commissioning.views.frame import found
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.forms import ShareForm
from candour.kernel.records.sharing import WithWhom
from candour.kernel.web.page import Request, page

BOTH = ("GET", "POST")
MANAGE = CommissioningPermission.MANAGE


@page(MANAGE, methods=BOTH)
def sign(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = SignForm(**opened(request, it, MANAGE), initial={"on": request.today})
    verb = verb_of(
        it,
        "Record a signature",
        "Save the signature",
        ("Once both have signed, dates and value move by a variation alone.", "Attach the signed copy next."),
        "The signature of {reference} is saved",
    )
    return change(
        request, it, verb, form, lambda g, said: commands.sign(it, side=g["side"], by=g["by"], on=g["on"], **said)
    )


@page(MANAGE, methods=BOTH)
def vary(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = VaryForm(**opened(request, it, MANAGE), initial={"on": request.today, "which": "none"})
    verb = verb_of(
        it,
        "Record a variation or an extension",
        "Save the variation",
        (
            "The last day and the value of the register move with it; what was first agreed stays beside them.",
            "An extension beyond the last possible end is refused: commission anew.",
            "Grounds are those of the Procurement Act 2023, section 74 and schedule 8.",
        ),
        "{reference} is varied",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        words = {name: given[name] for name in ("on", "ground", "new_end")}
        commands.vary(it, change=form.change, **words, **said)

    return change(request, it, verb, form, do)


@page(MANAGE, methods=BOTH)
def order(request: Request, organisation: str, reference: str) -> HttpResponse:
    """An order, behind the gate."""
    it = found(request, organisation, reference)
    form = OrderForm(**opened(request, it, MANAGE), initial={"on": request.today})
    missing = rules.gate(line_now(it))
    verb = verb_of(
        it,
        "Record an order",
        "Save the order",
        (
            f"{commands.shut(missing)} The order is refused unless the gate is overridden on its day."
            if missing
            else "The gate is open: both have signed, and specification, dates and KPIs are there.",
            "It counts against the value of the agreement.",
        ),
        "The order of {reference} is saved",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        value = rules.pence(given["value"]) or 0
        commands.order(it, number=given["number"], on=given["on"], value=value, **said)

    return change(request, it, verb, form, do)


@page(CommissioningPermission.OVERRIDE, methods=BOTH)
def override(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    start = {"until": request.today + timedelta(days=commands.GOOD_FOR)}
    begun = opened(request, it, CommissioningPermission.OVERRIDE)
    form = OverrideForm(**begun, initial=start, days=commands.GOOD_FOR)
    verb = verb_of(
        it,
        "Override the gate",
        "Override the gate",
        (
            "Orders can be recorded until that day, although something is missing.",
            "Your post and your reason stand on the page of the agreement.",
            "The health check shows it until what is missing is mended.",
        ),
        "The gate of {reference} stands open",
    )
    return change(request, it, verb, form, lambda given, said: commands.override(it, until=given["until"], **said))


@page(MANAGE, methods=BOTH)
def end(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = EndForm(**opened(request, it, MANAGE), initial={"on": request.today})
    verb = verb_of(
        it,
        "Record that it ended",
        "End the agreement",
        (
            "It leaves the views of what runs; the register keeps it under Ended.",
            "Nothing can be ordered from it any more.",
        ),
        "{reference} has ended",
    )
    return change(request, it, verb, form, lambda given, said: commands.end(it, on=given["on"], **said))


@page(MANAGE, methods=BOTH)
def contact(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Say that a contact is still right, has gone, or is new."""
    it = found(request, organisation, reference)
    begun = opened(request, it, MANAGE)
    rows = list(Contact.objects.filter(agreement=it, left_on=None).select_related("agreement__record").order_by("pk"))
    start = {"on": request.today, "what": f"confirm:{rows[0].pk}" if rows else "new"}
    form = ContactForm(**begun, initial=start, standing=[(each.pk, each.role) for each in rows])
    verb = verb_of(
        it,
        "Confirm or add a contact",
        "Save the contact",
        ("Contacts are posts: people come and go.", "A contact is asked again after a year."),
        "The contact of {reference} is saved",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        what, _, number = given["what"].partition(":")
        if what == "new":
            commands.add_contact(it, role=given["role"], email=given["email"], on=given["on"], **said)
        else:
            one = next(each for each in rows if str(each.pk) == number)
            commands.confirm_contact(one, on=given["on"], left=what == "left", **said)

    return change(request, it, verb, form, do)


@page(MANAGE, methods=BOTH)
def document(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Attach a paper of the agreement; its text is looked through."""
    it = found(request, organisation, reference)
    begun = opened(request, it, MANAGE)
    versions = [each.version for each in templates_of(it.record.organisation_id, it.kind)]
    form = DocumentForm(**begun, initial={"which": "agreement"}, templates=versions)
    verb = verb_of(
        it,
        "Attach a document",
        "Attach the document",
        (
            "The text of the agreement is looked through: brackets left, no date, a blank signature block, another title.",
            "The health check goes by the last copy that was attached.",
            "Attach the whole agreement, not a photograph of its last page.",
        ),
        "The document of {reference} is attached",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        file = given["file"]
        commands.attach(it, which=given["which"], name=file.name, content=file.file, template=given["template"], **said)

    return change(request, it, verb, form, do)


@page(CommissioningPermission.RESTRICT, methods=BOTH)
def restrict(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    begun = opened(request, it, CommissioningPermission.RESTRICT)
    form = RestrictForm(**begun, initial={"sensitivity": it.record.sensitivity})
    verb = verb_of(
        it,
        "Change who may see it",
        "Save who may see it",
        (
            "It holds at once, for every list, total, search and paper.",
            "The register of a past day follows the stricter of that day and today.",
        ),
        "Who may see {reference} is changed",
    )
    return change(
        request, it, verb, form, lambda given, said: commands.restrict(it, sensitivity=given["sensitivity"], **said)
    )


@page(RecordPermission.SHARE, methods=BOTH)
def share(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Joint agreements stand in the registers of both bodies."""
    it = found(request, organisation, reference)
    begun = opened(request, it, RecordPermission.SHARE)
    offered = WithWhom.of(it.record)
    form = ShareForm(**begun, answers=offered.answers)
    verb = verb_of(
        it,
        "Share it with another body",
        "Save who sees it",
        (
            "The agreement stands in the register of the other body too. It changes nothing there.",
            "When sharing stops, the other body no longer sees it, past days included.",
        ),
        "Sharing of {reference} is changed",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        offered.carry_out(given["answer"], **said)

    return change(request, it, verb, form, do)
