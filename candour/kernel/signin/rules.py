"""What holds at the door (pure): how long one waits after wrong answers, how long a sign-in lasts, what a directory says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

FREE = 5  # wrong answers for one account before anybody waits
FREE_OF_AN_ADDRESS = 30  # of one address on the network: an office comes from one
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)  # without a wrong answer the count begins anew
STEP_WITHIN = timedelta(minutes=10)  # between the password and the second step
LETTERS, LETTERS_WITHIN = 3, timedelta(hours=1)  # about a forgotten password, to one person
ANSWERED_WITHIN = timedelta(minutes=10)  # between a page that asks for a passkey and its answer
MOST_PASSKEYS = 10  # of one person
PERIOD = 30  # seconds that a code of an authenticator app stands


def wait_after(failures: int, *, free: int = FREE) -> timedelta:
    """How long nobody is asked again after so many wrong answers on end: nothing, then 30 seconds, doubled each time.

    Never longer than a quarter of an hour, so that no stranger shuts anybody out for good.
    """
    if failures < free:
        return timedelta()
    return min(FIRST_WAIT * 2 ** min(failures - free, 10), LONGEST_WAIT)


def say_wait(left: timedelta) -> str:
    """A wait in words, rounded up: "30 seconds", "4 minutes"."""
    seconds = max(1, -int(-left.total_seconds() // 1))
    if seconds < 60:
        return f"{seconds} second{'' if seconds == 1 else 's'}"
    minutes = -(-seconds // 60)
    return f"{minutes} minute{'' if minutes == 1 else 's'}"


def over(session: Mapping[str, Any], *, now: datetime, hours: int, idle: int) -> bool:
    """Whether a sign-in has ended by itself: since, seen and until are seconds since 1970; hours and idle minutes the limits.

    One that does not say when it began is over: it is older than this rule.
    """
    at = now.timestamp()
    try:
        since, seen, until = float(session["since"]), float(session["seen"]), float(session.get("until") or at + 1)
    except (KeyError, TypeError, ValueError):
        return True
    return at >= since + hours * 3600 or at >= seen + idle * 60 or at >= until


def counted_on(before: int, now: int) -> bool:
    """Whether a passkey's count of its uses went on (Web Authentication, 7.2, step 22). One that keeps none says 0 always."""
    return now > before if now or before else True


def codes_at(at: datetime) -> tuple[int, ...]:
    """The numbers of the periods whose code is taken at a moment: the last, this and the next, as clocks differ."""
    period = int(at.timestamp()) // PERIOD
    return (period - 1, period, period + 1)


class Unreadable(ValueError):
    """What a directory said cannot be read, in words for whoever set it up."""


@dataclass(frozen=True)
class Claims:
    """What a directory says of somebody. values: of the claim that the table knows; several: it asked for more than one factor;
    shown: when they showed it who they are, in seconds since 1970, 0 where it does not say."""

    issuer: str
    subject: str
    username: str
    name: str
    email: str
    values: frozenset[str]
    several: bool = False
    shown: int = 0


def read_claims(said: Mapping[str, Any], *, claim: str) -> Claims:
    """The claims of an ID token (OpenID Connect Core 1.0, 5.1; for Entra ID its v2.0 tokens).

    Raises Unreadable without a subject, and where the directory left a long list out ("groups overage"): to read that as
    an empty one would take posts away.
    """
    subject, issuer = str(said.get("sub") or ""), str(said.get("iss") or "")
    if not subject or not issuer:
        raise Unreadable("The directory did not say who signed in")
    elsewhere = said.get("_claim_names")
    if isinstance(elsewhere, Mapping) and claim in elsewhere:
        raise Unreadable(f"The account has too many {claim} for the directory to send them: send app roles instead")
    given = said.get(claim, [])
    values = [given] if isinstance(given, str) else given if isinstance(given, list) else []
    methods, shown = said.get("amr"), said.get("auth_time")  # RFC 8176; OpenID Connect Core 1.0, 2
    methods = methods if isinstance(methods, list) else []
    username = str(said.get("preferred_username") or said.get("upn") or "").strip()
    return Claims(
        issuer=issuer,
        subject=subject,
        username=username,
        name=str(said.get("name") or "").strip()[:200],
        email=str(said.get("email") or "").strip(),
        values=frozenset(str(value) for value in values),
        several="mfa" in methods,
        shown=int(shown) if isinstance(shown, int | float) else 0,
    )


def codes_in_groups(code: str, size: int = 4) -> str:
    """A long code as people read it: "1234 5678 9012"."""
    return " ".join(code[start : start + size] for start in range(0, len(code), size))


BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip


def browser_said(agent: str) -> str:
    """A browser as people know it, from what it says of itself: "Firefox on Windows"; "" where it says nothing known."""
    browser = next((name for sign, name in BROWSERS if sign in agent), "")
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    return f"{browser} on {system}" if browser and system else browser or system
