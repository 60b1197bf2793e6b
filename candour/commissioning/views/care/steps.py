"""Pages of the steps of one agreement: its status sheet, begun, recorded; and what is late across all."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.commissioning import rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.commands import care as commands
from candour.commissioning.forms.care import BeginForm, PutBackForm, StepForm
from candour.commissioning.models import Agreement
from candour.commissioning.papers.care.sheet import Sheet, status_sheet
from candour.commissioning.queries.care import steps as queries
from candour.commissioning.views.care.frame import BOTH, SIZE, STEP_TONES, first_of
from candour.commissioning.views.changing import change, opened, verb_of
from candour.commissioning.views.frame import address, found
from candour.kernel.access import allowed
from candour.kernel.papers.render import CONTENT_TYPES
from candour.kernel.papers.render import render as rendered
from candour.kernel.papers.typesetting import PaperFailed
from candour.kernel.people.queries import posts_of
from candour.kernel.records.pages import marking_of
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page, query_string

MANAGE = CommissioningPermission.MANAGE


@page(CommissioningPermission.SEE, kept=True)
def sheet(request: Request, organisation: str, reference: str) -> HttpResponse:
    """The status sheet: each step with what was planned, what happened, by whom, how late."""
    it = found(request, organisation, reference)
    rows = queries.sheet_of(it, actor=request.actor, today=request.today)
    open_now = it.record.closed_on is None
    manage = allowed(request.actor, MANAGE, it.record) and open_now
    context = {
        "agreement": it,
        "home": address(it),
        "rows": [(row, STEP_TONES[row.state]) for row in rows],
        "done": sum(row.done_on is not None for row in rows),
        "late": max((row.late for row in rows if row.done_on is None), default=0) if open_now else 0,
        "process": it.process,
        "may_begin": manage and it.process_id is None,
        "may_put_back": manage,
        "may_record": manage and any(row.done_on is None for row in rows),
        "marking": marking_of([it.record.sensitivity]),
    }
    return render(request, "commissioning/care/sheet.html", context)


@page(CommissioningPermission.SEE, limit="papers")
def sheet_file(request: Request, organisation: str, reference: str, ending: str) -> HttpResponse:
    """The status sheet as Word or PDF; before the steps have begun there is none, and the page says so."""
    it = found(request, organisation, reference)
    rows = queries.sheet_of(it, actor=request.actor, today=request.today)
    if not rows:
        return render(
            request, "commissioning/care/no_sheet.html", {"agreement": it, "home": address(it, "agreement-steps")}
        )
    document = status_sheet(_sheet(it, rows, request))
    suffix = f".{ending}"
    try:
        content = rendered(document, suffix)
    except PaperFailed as failed:
        return HttpResponse(str(failed), status=503, content_type="text/plain; charset=utf-8")
    response = HttpResponse(content, content_type=CONTENT_TYPES[suffix])
    plain = "".join(sign if sign.isalnum() else "-" for sign in it.record.reference)
    response["Content-Disposition"] = f'attachment; filename="steps-{plain}{suffix}"'
    return response


def _sheet(it: Agreement, rows: tuple[queries.StepRow, ...], request: Request) -> Sheet:
    return Sheet(
        body=it.record.organisation.name,
        reference=it.record.reference,
        title=it.record.title,
        kind=rules.KINDS[it.kind],
        lead=str(it.record.owner or ""),
        provider=it.provider.name,
        starts=it.starts,
        version=it.process.version if it.process else 0,
        began=it.began_on,
        today=request.today,
        restricted=it.record.sensitivity == "restricted",
        rows=rows,
    )


@page(MANAGE, methods=BOTH)
def begin(request: Request, organisation: str, reference: str) -> HttpResponse:
    """The steps of an agreement begin, by the version in use on the day."""
    it = found(request, organisation, reference)
    form = BeginForm(**opened(request, it, MANAGE), initial={"on": request.today})
    verb = verb_of(
        it,
        "Begin its steps",
        "Begin the steps",
        (
            "The version of the steps that is in use on that day holds for this agreement until its end.",
            "Each step gets its planned day, counted in working days.",
            "The step that comes next stands on the desk of the post that sees to it.",
        ),
        "The steps of {reference} have begun",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> str:
        commands.begin_process(it, on=given["on"], **said)
        return address(it, "agreement-steps")

    return change(request, it, verb, form, do)


@page(MANAGE, methods=BOTH)
def step(request: Request, organisation: str, reference: str) -> HttpResponse:
    """A step is done, or skipped with a reason. ?step= is the one that is chosen at first."""
    it = found(request, organisation, reference)
    begun = opened(request, it, MANAGE)
    steps, posts = queries.open_steps(it), posts_of(it.record.organisation_id)
    own = next((post.pk for post in posts if post.pk in request.actor.posts), "")
    first = request.GET.get("step", "") or (steps[0].pk if steps else "")
    start = {"step": first, "what": "done", "on": request.today, "post": own}
    form = StepForm(**begun, initial=start, steps=steps, posts=posts)
    verb = verb_of(
        it,
        "Record a step",
        "Save the step",
        (
            "The status sheet shows by how many working days it was late.",
            "A step is refused while what it needs is not there, unless it is skipped with a reason.",
            *(() if steps else ("No step waits: its steps have not begun, or all are recorded.",)),
        ),
        "The step of {reference} is recorded",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> str:
        file = given["file"]
        commands.record_step(
            form.known[given["step"]],
            on=given["on"],
            post=form.posts[given["post"]],
            skipped=given["what"] == "skipped",
            note=given["note"],
            name=file.name if file else "",
            content=file.file if file else None,
            **said,
        )
        return address(it, "agreement-steps")

    return change(request, it, verb, form, do)


@page(MANAGE, methods=BOTH)
def put_back(request: Request, organisation: str, reference: str) -> HttpResponse:
    """A step that was recorded by mistake waits again. ?step= is the one that is chosen at first."""
    it = found(request, organisation, reference)
    begun = opened(request, it, MANAGE)
    steps = queries.recorded_steps(it)
    first = request.GET.get("step", "") or (steps[0].pk if steps else "")
    form = PutBackForm(**begun, initial={"step": first}, steps=steps)
    verb = verb_of(
        it,
        "Put a step back",
        "Put the step back",
        (
            "The step waits again for its planned day, on the desk of the post that sees to it.",
            "What was recorded, and your reason, stand in the history.",
            *(() if steps else ("No step is recorded yet, so there is none to put back.",)),
        ),
        "The step of {reference} is put back",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> str:
        commands.put_back_step(form.known[given["step"]], **said)
        return address(it, "agreement-steps")

    return change(request, it, verb, form, do)


@page(CommissioningPermission.SEE, kept=True)
def late(request: Request) -> HttpResponse:
    """What is late across all agreements, of every post or of one."""
    asked = request.GET.get("post", "")
    post = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    shown = queries.late(request.actor, today=request.today, post=post, offset=first_of(request), size=SIZE)
    context = {
        "rows": [(row, reverse("agreement-steps", args=[row.code, row.reference])) for row in shown.rows],
        "page": Page.read(request.GET, count=shown.total, size=SIZE),
        "posts": [
            (title, many, query_string(request.GET, post=pk, page=None), pk == post) for pk, title, many in shown.posts
        ],
        "post": next((title for pk, title, _ in shown.posts if post is not None and pk == post), ""),
        "everybody": query_string(request.GET, post=None, page=None),
        "marking": marking_of("restricted" if row.restricted else "office" for row in shown.rows),
    }
    return render(request, "commissioning/care/late.html", context)
