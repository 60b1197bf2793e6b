"""How the API refuses: a body of RFC 9457 that says what is wrong and, where an answer is, how to mend it."""

from collections.abc import Iterable
from http import HTTPStatus

from django.http import HttpResponse
from pydantic import BaseModel, Field

CONTENT_TYPE = "application/problem+json"


class Fault(BaseModel):
    """One answer that has to be mended."""

    field: str = Field(description="The answer to mend; empty where it is none in particular")
    message: str = Field(description="How to mend it")


class Problem(BaseModel):
    """Why something was refused (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Fault] = []


REFUSALS: dict[frozenset[int], type[Problem]] = {frozenset({400, 401, 403, 404, 405, 422, 429}): Problem}


class Stopped(Exception):
    """The request ends here, with a problem. wait: seconds until it may be asked again."""

    def __init__(self, status: int, detail: str, *, errors: Iterable[tuple[str, str]] = (), wait: int = 0) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors, self.wait = status, detail, tuple(errors), wait


def problem(status: int, detail: str, *, errors: Iterable[tuple[str, str]] = (), wait: int = 0) -> HttpResponse:
    """The answer that refuses. errors: (field, message). wait: seconds until it may be asked again."""
    faults = [Fault(field=field, message=message) for field, message in errors]
    said = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, errors=faults)
    response = HttpResponse(said.model_dump_json(), status=status, content_type=CONTENT_TYPE)
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response
