"""What tests of retention begin with: a storage of their own, clients, and periods that are set."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from candour.kernel.access import CANDOUR
from candour.kernel.retention.commands import set_period
from candour.kernel.retention.models import Period
from tests.factories import NOW, House


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path) -> Path:
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": backend, "OPTIONS": {"location": tmp_path}}}
    return tmp_path


@pytest.fixture
def client_of(house: House) -> Callable[[str], Client]:
    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(house.people[name])
        return client

    return signed_in


def kept_for(house: House, years: int | None, *, kind: str = "risk", starts: date = date(2020, 1, 1)) -> Period:
    """A period of the office."""
    said = {"actor": CANDOUR, "at": NOW, "basis": "The schedule of the office, 4.2"}
    return set_period(house.office, kind=kind, years=years, starts=starts, **said)
