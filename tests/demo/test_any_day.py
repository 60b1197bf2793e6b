from datetime import date

import pytest

from candour.kernel.history.verify import verify
from tests.demo.pictures import FORCE, KEPT, OFFICE, kept, live, picture, plant


@pytest.mark.django_db
@pytest.mark.once  # what day it is, no database decides: the demo of another day is planted in both
@pytest.mark.parametrize("today", [date(2032, 2, 29)])
def test_the_demo_looks_the_same_on_any_day(today: date) -> None:
    plant(today)
    assert (picture(live(today, "office")), picture(live(today, "force"))) == (OFFICE, FORCE)
    assert kept() == KEPT
    assert verify().failure == ""
