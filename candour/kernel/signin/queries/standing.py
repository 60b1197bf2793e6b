"""How somebody's sign-in stands: what they show, and where they are signed in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.socialaccount.models import SocialAccount

from candour.kernel.people.models import Person
from candour.kernel.signin.keys import digest
from candour.kernel.signin.models import Link, SignIn, Throttle
from candour.kernel.signin.rules import browser_said

APP, PASSKEY, CODES = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES


@dataclass(frozen=True)
class PasskeyRow:
    """A passkey as its person sees it. whole: it is the whole sign-in, without the password."""

    pk: int
    name: str
    whole: bool
    added: datetime
    used: datetime | None


@dataclass(frozen=True)
class Standing:
    """How a sign-in stands. waits_until: until when a stranger's browser is not asked; invited: when an invitation ends."""

    password: bool
    app: bool
    passkeys: tuple[PasskeyRow, ...]
    codes: int
    directory: bool
    wrong: int
    waits_until: datetime | None
    invited: datetime | None

    @property
    def second(self) -> bool:
        return self.app or bool(self.passkeys)


@dataclass(frozen=True)
class OpenRow:
    """A sign-in that may be open still. ends: when it ends by itself at the latest; here: it is the one that asks."""

    number: str
    at: datetime
    ends: datetime
    way: str
    place: str
    here: bool


def has_second(person: Person) -> bool:
    """Whether a second step is set up. One query."""
    return seconds_of(person) > 0


def seconds_of(person: Person) -> int:
    """How many apps and passkeys somebody has. One query."""
    return Authenticator.objects.filter(user=person.pk, type__in=[APP, PASSKEY]).count()


def has_app(person: Person) -> bool:
    """Whether an authenticator app is set up. One query."""
    return Authenticator.objects.filter(user=person.pk, type=APP).exists()


def passkeys_of(person: Person) -> list[Authenticator]:
    """The passkeys of a person, oldest first. One query."""
    return list(Authenticator.objects.filter(user=person.pk, type=PASSKEY).order_by("created_at", "pk"))


def keys_of(rows: Iterable[Authenticator]) -> list[str]:
    """What is kept of passkeys, to know them again."""
    return [row.data["key"] for row in rows]


def standing_of(person: Person, *, at: datetime) -> Standing:
    """How somebody's sign-in stands. Four queries."""
    found = list(Authenticator.objects.filter(user=person.pk).order_by("created_at", "pk"))
    spare = next((row for row in found if row.type == CODES), None)
    counted = list(Throttle.objects.filter(account=digest(f"account:{person.username.lower()}")))
    waits = [row.opens_at for row in counted if row.opens_at > at]
    invitation = Link.objects.filter(kind=Link.Kind.INVITATION, person=person, used_at=None, expires_at__gt=at).first()
    return Standing(
        password=person.has_usable_password(),
        app=any(row.type == APP for row in found),
        passkeys=tuple(passkey_row(row) for row in found if row.type == PASSKEY),
        codes=len(RecoveryCodes(spare).get_unused_codes()) if spare else 0,
        directory=SocialAccount.objects.filter(user=person.pk).exists(),
        wrong=sum(row.failures for row in counted),
        waits_until=max(waits, default=None),
        invited=invitation.expires_at if invitation else None,
    )


def passkey_row(row: Authenticator) -> PasskeyRow:
    return PasskeyRow(row.pk, row.data["name"], row.data["whole"], row.created_at, row.last_used_at)


def open_sign_ins(person: Person, *, here: str, at: datetime, hours: int) -> list[OpenRow]:
    """The sign-ins of a person that nothing ended yet, newest first; each may have ended by itself. One query."""
    rows = SignIn.objects.filter(person=person, came=SignIn.Came.IN, at__gt=at - timedelta(hours=hours))
    found = rows.filter(epoch=person.epoch).exclude(number="").order_by("-at", "-pk")
    return [
        OpenRow(
            number=row.number,
            at=row.at,
            ends=row.at + timedelta(hours=hours),
            way=row.get_way_display(),
            place=", ".join(filter(None, [browser_said(row.browser), row.address])) or "not known",
            here=row.number == here,
        )
        for row in found
        if not person.has_ended(row.number)
    ]
