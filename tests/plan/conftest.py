import pytest
from django.conf import settings as configured

from tests.risks.pages import MOMENT


@pytest.fixture
def moment(settings) -> None:  # type: ignore[no-untyped-def]
    """Pages are opened at the moment of the factories."""
    settings.MIDDLEWARE = [*configured.MIDDLEWARE, MOMENT]
