"""Sign-in as a live service has it: nobody chooses a role."""

import pytest


@pytest.fixture(autouse=True)
def live(settings) -> None:  # type: ignore[no-untyped-def]
    settings.DEMO = False
