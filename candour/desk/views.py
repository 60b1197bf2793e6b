"""The desk: the page that a person comes to first."""

from itertools import chain

from django.http import HttpResponse
from django.shortcuts import render

from candour.desk.queries import desk_of
from candour.kernel.access import allowed
from candour.kernel.intake.access import IntakePermission
from candour.kernel.records.pages import address_of, marking_of
from candour.kernel.records.registers import registers
from candour.kernel.records.views import title_of
from candour.kernel.web.page import SIGNED_IN, Request, page


@page(SIGNED_IN, kept=True)
def desk(request: Request) -> HttpResponse:
    """What needs the reader, what stands out, what changed lately, and which meetings come."""
    found = desk_of(request.actor, today=request.today)
    named = chain.from_iterable(rows for _, rows in found.needs)
    shown = ["restricted" for need in named if need.restricted]
    context = {
        "desk": found,
        "changes": [
            (each.label, each.changes(found.since, request.today))
            for each in registers()
            if allowed(request.actor, each.permission)
        ],
        "may_read_in": allowed(request.actor, IntakePermission.READ_IN),
        "changed": [(row, address_of(row.record), title_of(row.event, row.record)) for row in found.changed],
        "marking": marking_of([*shown, *{row.record.pk: row.record.sensitivity for row in found.changed}.values()]),
    }
    return render(request, "desk/desk.html", context)
