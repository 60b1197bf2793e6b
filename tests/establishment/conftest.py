"""Pages here are asked on the day of the tests, so that what is to come stays to come."""

import pytest

from tests.factories import NOW


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
