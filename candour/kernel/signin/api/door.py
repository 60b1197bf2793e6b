"""Where a directory knocks: one address for all that the standard asks, with a service token and never a person's sign-in."""

import json
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from scim2_models import (
    ForbiddenException,
    PayloadTooLargeException,
    PreconditionFailedException,
    SCIMException,
    UnauthorizedException,
)
from scim2_server.handler import ScimHandler
from scim2_server.requests import ScimRequest
from scim2_server.responses import SCIM_MEDIA_TYPE, ScimResponse
from scim2_server.service import ScimService

from candour.kernel.access import Forbidden
from candour.kernel.access.queries import actor_at_post, permission_words
from candour.kernel.rules import Overtaken
from candour.kernel.service.api.auth import Bearer, entered
from candour.kernel.service.api.problems import Stopped
from candour.kernel.signin.api.shapes import provider
from candour.kernel.signin.api.storage import Directory
from candour.kernel.signin.commands.messages import note_message
from candour.kernel.web.page import SERVICE, TRIES, Page

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
SCOPE = "directory"
ROOT = "/scim/v2"


class TooOften(SCIMException):
    """The token asked too often."""

    status = 429


def scim(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Whatever a directory asks. What came of it is kept where it changed something, or was refused."""
    asked = ScimRequest(
        method=str(request.method),
        base_url=f"{settings.SITE}{ROOT}",
        path=f"/{rest}",
        query=request.GET.dict(),
        headers=request.headers,
    )
    directory: Directory | None = None
    try:
        directory = _entered(request)
        asked.body = _body(request)
        said = _answered(asked, directory)
    except Exception as trouble:
        said = _refused(trouble)
    _note(request, asked, directory, said)
    return _response(said)


def _entered(request: Any) -> Directory:
    """Who asks: the post of the token, as far as its scope lets it in. Raises SCIMException."""
    words = request.headers.get("Authorization", "")
    kind, _, token = words.partition(" ")
    Bearer().authenticate(request, token.strip() if kind.lower() == "bearer" else "")
    writes = request.method not in {"GET", "HEAD"} and not request.path.endswith("/.search")
    entered(request, f"{SCOPE}:{'write' if writes else 'read'}")
    found = request.token
    post = actor_at_post(found.post, request.today)
    actor = type(post)(**{**vars(post), "kind": "token", "id": found.pk, "label": found.name})
    return Directory(actor=actor, at=request.now, writes=writes)


def _body(request: HttpRequest) -> bytes:
    try:
        return bytes(request.body)
    except RequestDataTooBig:
        raise PayloadTooLargeException(detail="The message is too large: send less at once") from None


def _answered(asked: ScimRequest, directory: Directory) -> ScimResponse:
    for _ in range(TRIES):
        try:
            return ScimHandler(_service(), directory).handle(asked)
        except Overtaken:  # somebody wrote at the same moment: it is asked anew of what stands now
            directory.done, directory.person = [], None
    raise PreconditionFailedException(detail="Others write at the same time: send it again")


@cache
def _service() -> ScimService:
    return ScimService(provider())


def _refused(trouble: Exception) -> ScimResponse:
    """What stands in the way, in the standard's shape. Raises what is a mistake of ours, for the log."""
    wait = getattr(trouble, "wait", 0)
    if isinstance(trouble, Stopped):
        kinds: dict[int, type[SCIMException]] = {401: UnauthorizedException, 403: ForbiddenException, 429: TooOften}
        trouble = kinds[trouble.status](detail=trouble.detail)
    if isinstance(trouble, Forbidden):
        words = permission_words().get(trouble.permission, trouble.permission)
        trouble = ForbiddenException(detail=f"The post of this token may not do it: {words}")
    if not isinstance(trouble, SCIMException):
        raise trouble
    said = _service().error_response(trouble)
    if wait:
        said.headers["Retry-After"] = str(wait)
    return said


def _note(request: Any, asked: ScimRequest, directory: Directory | None, said: ScimResponse) -> None:
    token = getattr(request, "token", None)
    if token is None or (said.status < 400 and not (directory and directory.writes)):
        return
    words = ". ".join(directory.done) if directory and said.status < 400 else str((said.body or {}).get("detail", ""))
    note_message(
        token,
        method=asked.method,
        place=asked.path.strip("/"),
        person=directory.person if directory else None,
        status=int(said.status),
        words=words or "Nothing was different",
        at=request.now,
    )


def _response(said: ScimResponse) -> HttpResponse:
    content = b"" if said.body is None else json.dumps(said.body).encode()
    response = HttpResponse(content, status=int(said.status), content_type=SCIM_MEDIA_TYPE)
    for name, value in said.headers.items():
        response.headers[name] = value
    response.headers["Cache-Control"] = "private, no-store"
    return response


scim.csrf_exempt = True  # type: ignore[attr-defined]  # a token is never sent by itself, as a cookie is
scim.page = Page("candour.kernel.signin.api.door.scim", SERVICE, METHODS)  # type: ignore[attr-defined]
