"""Writes: made once however often they are sent, and never over what somebody else entered meanwhile."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpResponse

from candour.kernel.history.locks import Overtaken, unless_overtaken
from candour.kernel.records.models import Record
from candour.kernel.rules import Overtaken as Meanwhile
from candour.kernel.service import rules
from candour.kernel.service.api.auth import entered
from candour.kernel.service.api.problems import REFUSALS, Problem, Stopped
from candour.kernel.service.api.register import Register, etag, found_at
from candour.kernel.service.api.shapes import Out
from candour.kernel.service.models import KeptAnswer
from candour.kernel.web.page import TRIES

TOO_LONG = 200


class Written(Out):
    """What a write left. version: of the record now, the next If-Match."""

    reference: str
    version: int
    number: int | None = None


WRITES: dict[Any, Any] = {201: Written, frozenset({409, 412}): Problem} | REFUSALS


@dataclass(frozen=True)
class Write:
    """What a write has done: the record that it stands on, and the number of the row that it made, where it made one."""

    record: Record
    number: int | None = None


def written(
    request: Any, *, find: Callable[[], Record | None], do: Callable[[], Write | dict[str, Any]]
) -> HttpResponse:
    """Do what a request asks, once. find: the record that If-Match is about, None where there is none.

    With an Idempotency-Key the answer is kept, in the same transaction as what was written: whoever sends the same again
    gets it, and nothing is written twice. One that somebody overtook is decided anew on what stands then.
    """
    for tried in range(1, TRIES + 1):
        try:
            with transaction.atomic():
                return _once(request, find, do)
        except Meanwhile:
            if tried == TRIES:
                raise Stopped(409, "Somebody else is writing to this record: try again") from None
    raise AssertionError("the last try answers or is refused")


def write(
    request: Any, it: Register, organisation: str, reference: str, do: Callable[[Any, dict[str, Any]], Any]
) -> HttpResponse:
    """A write to one record of a register. do: gets the thing, and who acts and when; gives the row that it made, or the
    thing itself."""
    actor = entered(request, f"{it.of}:write")
    held: list[Any] = []

    def find() -> Record:
        held[:] = [found_at(it, actor, organisation, reference)]
        return held[0].record

    def act() -> Write:
        made = do(held[0], {"actor": actor, "at": request.now})
        return Write(held[0].record, None if made is held[0] else made.pk)

    return written(request, find=find, do=act)


def _once(request: Any, find: Callable[[], Record | None], do: Callable[[], Write | dict[str, Any]]) -> HttpResponse:
    kept = _reserved(request)
    if kept is not None and kept.status:
        return _answer(kept.status, kept.body, kept.etag, again=True)
    record = find()
    with _held(request, record):
        done = do()
    mark = ""
    if isinstance(done, Write):
        done.record.refresh_from_db(fields=["head_sequence"])
        mark = etag(done.record)
        said = Written(reference=done.record.reference, version=done.record.head_sequence, number=done.number)
        body = said.model_dump_json()
    else:
        body = json.dumps(done)
    if kept is not None:
        kept.status, kept.body, kept.etag = 201, body, mark
        kept.save()
    return _answer(201, body, mark)


def _reserved(request: Any) -> KeptAnswer | None:
    """The row of the request’s key, new or with the answer that was given; None without a key."""
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return None
    if len(key) > TOO_LONG or not key.isprintable():
        raise Stopped(
            422, "The key cannot be used", errors=[("Idempotency-Key", f"Send {TOO_LONG} printable signs at most")]
        )
    asked = sha256(b"\n".join((request.method.encode(), request.get_full_path().encode(), request.body))).hexdigest()
    KeptAnswer.objects.filter(token=request.token, at__lt=request.now - timedelta(days=rules.KEPT_DAYS)).delete()
    try:
        with transaction.atomic():
            return KeptAnswer.objects.create(token=request.token, key=key, digest=asked, at=request.now)
    except IntegrityError:
        kept = KeptAnswer.objects.get(token=request.token, key=key)
    if kept.digest != asked:
        raise Stopped(422, "The key was sent with something else", errors=[("Idempotency-Key", "Use a new key")])
    return kept


@contextmanager
def _held(request: Any, record: Record | None) -> Iterator[None]:
    """The record held as If-Match says it was read. 412 where somebody has entered something since."""
    asked = request.headers.get("If-Match", "").strip()
    if record is None or asked in {"", "*"}:
        yield
        return
    version = asked.removeprefix("W/").strip('"')
    if not version.isascii() or not version.isdigit() or len(version) > 9:
        raise Stopped(412, "If-Match is the version of a record, as it was read")
    try:
        with unless_overtaken([record], {record.pk: int(version)}):
            yield
    except Overtaken:
        raise Stopped(412, "Somebody entered something since this was read: read it again") from None


def _answer(status: int, body: str, mark: str, *, again: bool = False) -> HttpResponse:
    response = HttpResponse(body, status=status, content_type="application/json")
    if mark:
        response.headers["ETag"] = mark
    if again:
        response.headers["Idempotent-Replayed"] = "true"
    return response
