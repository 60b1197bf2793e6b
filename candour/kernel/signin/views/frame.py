"""What the pages of the door share: from where somebody comes, who is half-way in, and letting them in."""

from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from candour.kernel.access.middleware import NUMBER
from candour.kernel.access.queries import actor_for
from candour.kernel.establishment.queries.taken_over import taken_over
from candour.kernel.limits.place import address_of
from candour.kernel.people.models import Person
from candour.kernel.signin.commands import Place, note
from candour.kernel.signin.models import SignIn
from candour.kernel.signin.rules import STEP_WITHIN
from candour.kernel.web.page import PROVED, Request

BOTH = ("GET", "POST")
PENDING, SECRET, SHOWN, UNTIL = "pending", "second", "codes", "until"
KNOWN_FOR = 365 * 86400  # seconds
SALT = "candour.signin.known"


def place_of(request: HttpRequest) -> Place:
    """From where a request comes."""
    device, known = "", (0, 0)
    try:
        said = signing.loads(request.COOKIES.get(settings.KNOWN_COOKIE_NAME, ""), salt=SALT, max_age=KNOWN_FOR)
        device, known = str(said["d"]), (int(said["p"]), int(said["e"]))
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        pass
    agent = request.META.get("HTTP_USER_AGENT", "").replace("\x00", "")
    return Place(address_of(request), agent, device, known)


def let_in(
    request: Request, person: Person, *, way: str, words: str = "", until: datetime | None = None, wanted: str = ""
) -> HttpResponse:
    """Sign somebody in, note it, remember the browser, and lead on. until: when it ends whatever they do."""
    place = place_of(request)
    person = Person.objects.get(pk=person.pk)
    request.session.flush()
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    if until is not None:
        # Nothing of its own could be asked for again, and it ends within the hour.
        request.session[UNTIL] = request.session[PROVED] = int(until.timestamp())
    number = request.session[NUMBER]
    note(way, SignIn.Came.IN, person=person, place=place, at=request.now, words=words, number=number)
    return known(lead_on(request, person, wanted), person, place)


def known(response: HttpResponse, person: Person, place: Place) -> HttpResponse:
    """The same answer, by which the browser is known as one from which this person signed in."""
    said = signing.dumps({"p": person.pk, "e": person.epoch, "d": place.of(person) or token_hex(16)}, salt=SALT)
    response.set_cookie(
        settings.KNOWN_COOKIE_NAME,
        said,
        max_age=KNOWN_FOR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def stay(request: Request, person: Person) -> None:
    """After every sign-in of a person was ended: the one that asked for it goes on."""
    person = Person.objects.get(pk=person.pk)
    update_session_auth_hash(request, person)
    SignIn.objects.filter(person=person, number=request.session.get(NUMBER, "-")).update(epoch=person.epoch)


def runs_out(request: Request) -> datetime:
    """When the sign-in of a request ends by itself at the latest."""
    return datetime.fromtimestamp(float(request.session["since"]), UTC) + timedelta(hours=settings.SESSION_HOURS)


def lead_on(request: Request, person: Person, wanted: str) -> HttpResponse:
    """To the page that was wanted, if it is ours; says what somebody took over since they came last."""
    for each in taken_over(actor_for(person, request.today), today=request.today):
        messages.info(request, each.told)
    return redirect(safe(request, wanted) or "home")


def safe(request: HttpRequest, wanted: str) -> str:
    """An address to lead to, where it is ours; "" else."""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else ""


def pend(request: Request, person: Person, wanted: str) -> None:
    """The password was right: what is left is the second step, within ten minutes."""
    request.session.flush()
    at = int(request.now.timestamp())
    request.session[PENDING] = [person.pk, at, person.get_session_auth_hash(), safe(request, wanted)]


def pending(request: Request) -> tuple[Person, str] | None:
    """Who is half-way in, and where they want to go; None for nobody, or for one who waited too long. One query."""
    half: Any = request.session.get(PENDING)
    if not isinstance(half, list) or len(half) != 4:
        return None
    number, at, held, wanted = half
    if request.now.timestamp() - at > STEP_WITHIN.total_seconds():
        return None
    person: Person | None = Person.objects.filter(pk=number, is_active=True).first()
    if person is None or held != person.get_session_auth_hash():
        return None
    return person, wanted
