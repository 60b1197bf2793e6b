"""How the system is: the page for who keeps it, and what programs ask that watch it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from candour.config import health
from candour.config.system import commands, queries
from candour.config.system.findings import TITLES, looked_at
from candour.config.system.metrics import TYPE, text
from candour.config.system.readiness import Ready, readiness
from candour.kernel.jobs.access import SystemPermission
from candour.kernel.jobs.models import Job
from candour.kernel.notices import commands as letters_out
from candour.kernel.notices.queries import failed, failed_rows, lost, lost_rows, of_keeper, shut_rows
from candour.kernel.rules import Refused
from candour.kernel.service.api.auth import Bearer, entered
from candour.kernel.service.api.problems import Stopped, problem
from candour.kernel.web.page import ANYONE, SERVICE, Page, Request, page

MOST = 100
WORDS = {"good": ("Well", "green"), "warning": ("Look", "amber"), "bad": ("Mend", "red")}
WAIT = 5  # seconds for which an answer about readiness is given again: strangers may ask it as often as they like
_lately: list[tuple[float, Ready]] = []


@page(SystemPermission.KEEP)
@never_cache
def system(request: Request) -> HttpResponse:
    """Jobs, letters, history, storage, versions and backups, with what to do about what is not well."""
    jobs, post = queries.job_rows(request.now), queries.letter_counts()
    history, stored = queries.history_of(), queries.stored()
    found = looked_at(jobs, post, history, at=request.now)
    ill = [one for one in found if one.state != health.GOOD]
    context = {
        "checks": [(TITLES[one.name], *WORDS[one.state], one.words.replace("`", "")) for one in found],
        "ill": len(ill),
        "worst": ill[0].state if ill else "good",
        "jobs": jobs,
        "failing": sum(row.again for row in jobs),
        "letters": post,
        "lost": post.failed + post.returned,
        "backup": queries.last_backup(),
        "history": history,
        "stored": stored,
        "versions": queries.versions(),
        "libraries": queries.libraries() if request.GET.get("libraries") else None,
    }
    return render(request, "config/system.html", context)


@page(SystemPermission.KEEP)
@never_cache
def letters(request: Request) -> HttpResponse:
    """Letters that did not arrive, and addresses that do not receive: of one's own bodies."""
    seen = of_keeper(request.actor)
    rows = lost_rows(lost(of_keeper(request.actor, "notice__"))[:MOST]) + failed_rows(failed(seen)[:MOST])
    shut = shut_rows(request.actor)
    return render(request, "config/letters.html", {"rows": rows, "shut": shut, "counts": queries.letter_counts()})


@page(SystemPermission.KEEP, methods=("POST",))
def job_again(request: Request, job: int) -> HttpResponse:
    """Have a job that failed done again, now."""
    found = Job.objects.filter(pk=job).first()
    if found is None:
        raise Http404
    try:
        commands.try_again(found, actor=request.actor, at=request.now)
        messages.success(request, "It is due now, and done as soon as the worker comes to it")
    except Refused as refused:
        messages.info(request, refused.message)
    return redirect("system")


@page(SystemPermission.KEEP, methods=("POST",))
def receives(request: Request, address: int) -> HttpResponse:
    """Send letters to an address again."""
    found = next((row for row in shut_rows(request.actor) if row.pk == address), None)
    if found is None:
        raise Http404
    letters_out.receives_again(found.address, actor=request.actor, at=request.now)
    messages.success(request, f"Letters go to {found.address} again. Send those that failed once more")
    return redirect("system-letters")


@page(ANYONE)
@never_cache
def live(request: Request) -> HttpResponse:
    """This process answers. It asks nothing else, so that nobody restarts a server because its database is away."""
    return JsonResponse({"live": True})


@page(ANYONE)
@never_cache
def ready(request: Request) -> HttpResponse:
    """Whether requests may come here: 200, or 503 with a plain reason for each check that fails."""
    now = timezone.now().timestamp()
    if not _lately or now - _lately[0][0] > WAIT:
        _lately[:] = [(now, readiness(request.now))]
    found = _lately[0][1]
    return JsonResponse(found.as_json(), status=200 if found.ready else 503)


def metrics(request: Any) -> HttpResponse:
    """What monitoring reads, for a service token with the scope system:read."""
    if request.method not in {"GET", "HEAD"}:
        response = problem(405, "Ask with GET")
        response.headers["Allow"] = "GET, HEAD"
        return response
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    try:
        Bearer().authenticate(request, token.strip() if scheme.lower() == "bearer" else "")
        entered(request, "system:read")
    except Stopped as stopped:
        return problem(stopped.status, stopped.detail)
    return HttpResponse(text(request.now), content_type=TYPE)


metrics.page = Page("candour.config.system.views.metrics", SERVICE, ("GET",))  # type: ignore[attr-defined]
metrics.csrf_exempt = True  # type: ignore[attr-defined]
