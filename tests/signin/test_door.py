"""Signing in with a password and a code: who comes in, who waits, and what is noted."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from candour.kernel.history.models import Entry
from candour.kernel.history.verify import verify
from candour.kernel.people.models import Person
from candour.kernel.rules import Refused
from candour.kernel.signin import commands
from candour.kernel.signin.commands import Place
from candour.kernel.signin.models import SignIn, Throttle
from tests.factories import NOW, House
from tests.signin.people import PASSWORD, SAID, SECRET, a_person, code_at, recovery_codes, secret_of, signed_in
from tests.web.test_page import words  # type: ignore[attr-defined]

FROM = Place("192.0.2.7", "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0")
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def knocks(username: str, password: str, times: int, *, place: Place = FROM, at: datetime = NOW) -> list[Any]:
    return [commands.knock(username, password, place=place, at=at) for _ in range(times)]
