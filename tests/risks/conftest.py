import pytest
from django.conf import settings as configured

from tests.factories import House
from tests.risks.cases import Case, a_case
from tests.risks.pages import MOMENT


@pytest.fixture
def moment(settings) -> None:  # type: ignore[no-untyped-def]
    """Pages are opened at the moment of the factories."""
    settings.MIDDLEWARE = [*configured.MIDDLEWARE, MOMENT]


@pytest.fixture
def case(house: House) -> Case:
    return a_case(house)
