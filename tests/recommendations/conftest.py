import pytest
from django.conf import settings as configured

from tests.factories import House
from tests.recommendations.factories import with_priorities
from tests.risks.pages import MOMENT


@pytest.fixture
def moment(settings) -> None:  # type: ignore[no-untyped-def]
    """Pages are opened at the moment of the factories."""
    settings.MIDDLEWARE = [*configured.MIDDLEWARE, MOMENT]


@pytest.fixture
def priorities(house: House) -> House:
    """The house with a scale of priorities in each body."""
    return with_priorities(house)
