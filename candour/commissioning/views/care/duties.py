"""The page of what each post must do: the steps that wait for it, and its part in each kind of agreement."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.commissioning.access import CommissioningPermission
from candour.commissioning.queries.care import duties as queries
from candour.commissioning.views.care.frame import SIZE, STEP_TONES, first_of
from candour.kernel.records.pages import marking_of
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page, query_string


@page(CommissioningPermission.SEE, kept=True)
def duties(request: Request) -> HttpResponse:
    """Of every post, or of one."""
    asked = request.GET.get("post", "")
    post = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    shown = queries.duties(request.actor, today=request.today, post=post, offset=first_of(request), size=SIZE)
    context = {
        "rows": [
            (row, reverse("agreement-steps", args=[row.code, row.reference]), STEP_TONES[row.state])
            for row in shown.rows
        ],
        "page": Page.read(request.GET, count=shown.total, size=SIZE),
        "posts": [(one, query_string(request.GET, post=one.pk, page=None) if one.pk else "") for one in shown.posts],
        "post": next((one.title for one in shown.posts if post is not None and one.pk == post), ""),
        "parts": shown.parts,
        "everybody": query_string(request.GET, post=None, page=None),
        "marking": marking_of("restricted" if row.restricted else "office" for row in shown.rows),
    }
    return render(request, "commissioning/care/duties.html", context)
