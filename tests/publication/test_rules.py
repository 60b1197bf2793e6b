from datetime import date

import pytest

from candour.kernel.publication.rules import Standing, standing

STARTS = date(2025, 4, 1)


@pytest.mark.parametrize(
    ("months", "last", "today", "expected"),
    [
        (12, None, date(2026, 4, 1), Standing("Never published", date(2026, 4, 1), None)),
        (12, None, date(2026, 4, 2), Standing("Late", date(2026, 4, 1), None)),
        (12, date(2026, 1, 10), date(2026, 12, 19), Standing("Up to date", date(2027, 1, 10), date(2026, 1, 10))),
        (12, date(2026, 1, 10), date(2026, 12, 20), Standing("Due soon", date(2027, 1, 10), date(2026, 1, 10))),
        (1, date(2026, 1, 31), date(2026, 3, 1), Standing("Late", date(2026, 2, 28), date(2026, 1, 31))),
        (0, None, date(2030, 1, 1), Standing("Never published", None, None)),
        (0, date(2026, 1, 31), date(2030, 1, 1), Standing("As it arises", None, date(2026, 1, 31))),
    ],
)
def test_a_duty_stands_by_its_rhythm_and_when_it_was_last_fulfilled(
    months: int, last: date | None, today: date, expected: Standing
) -> None:
    assert standing(months=months, starts=STARTS, last=last, today=today) == expected
