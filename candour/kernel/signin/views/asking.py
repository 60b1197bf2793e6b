"""Asking for a passkey, and reading what a browser answers. What was asked comes back with the answer, signed."""

from typing import Any

from django.core import signing

from candour.kernel.people.models import Person
from candour.kernel.signin.commands import Challenge
from candour.kernel.signin.keys import handle_of_person
from candour.kernel.signin.passkeys import Asked, Site, ask_to_make, ask_to_use
from candour.kernel.signin.queries import keys_of, passkeys_of
from candour.kernel.signin.rules import ANSWERED_WITHIN
from candour.kernel.web.page import Request

SALT = "candour.signin.passkey"
MAKE, STEP, WHOLE = "make", "step", "whole"
NO_PASSKEY = "No passkey of yours was shown: try again, or go on another way"


def site_of(request: Request) -> Site:
    """The site that a browser must name: the host that it asked, which is one of CANDOUR_HOSTS."""
    named = request.get_host()
    return Site(
        named.rpartition(":")[0] if named.rpartition(":")[2].isdecimal() else named, f"{request.scheme}://{named}"
    )


def ask(request: Request, kind: str, person: Person | None = None) -> dict[str, str]:
    """What a page needs to ask for a passkey: options for the browser, and the state that comes back with its answer."""
    site = site_of(request)
    if kind == WHOLE or person is None:
        return _stated(request, kind, 0, ask_to_use(site, keys=None, verified=True))
    keys = keys_of(passkeys_of(person))
    if kind == STEP:
        return _stated(request, kind, person.pk, ask_to_use(site, keys=keys, verified=False))
    handle = handle_of_person(person.pk)
    asked = ask_to_make(site, handle=handle, username=person.username, name=person.name, keys=keys)
    return _stated(request, kind, person.pk, asked)


def asked_of(request: Request, kind: str, person: Person | None = None) -> Challenge | None:
    """What an answer was asked for; None where it was something else, of somebody else, or more than ten minutes ago."""
    try:
        said: Any = signing.loads(request.POST.get("state", ""), salt=SALT)
        same = (said["k"], said["p"]) == (kind, person.pk if person is not None else 0)
        late = request.now.timestamp() - float(said["t"]) > ANSWERED_WITHIN.total_seconds()
        return Challenge(site_of(request), str(said["c"])) if same and not late else None
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return None


def answered(request: Request) -> bool:
    """Whether a form brings the answer of a passkey."""
    return request.method == "POST" and "answer" in request.POST


def _stated(request: Request, kind: str, person: int, asked: Asked) -> dict[str, str]:
    said = {"k": kind, "p": person, "c": asked.challenge, "t": int(request.now.timestamp())}
    return {"options": asked.options, "state": signing.dumps(said, salt=SALT)}
