"""The time of year taken out of a series, held against what R gives for a published one; the same month in earlier years."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from candour.kernel.calendar import add_months
from candour.performance import rules
from candour.performance.rules import Facts, Point
from tests.factories import House
from tests.performance.factories import LAST, a_measure, loaded
from tests.risks.pages import said, signed_in

# Box and Jenkins, series G: passengers of airlines in thousands, January 1949 to December 1960.
PASSENGERS = (
    112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158, 133, 114, 140,
    145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166, 171, 180, 193, 181, 183, 218, 230, 242, 209, 191, 172, 194,
    196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201, 204, 188, 235, 227, 234, 264, 302, 293, 259, 229, 203, 229,
    242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278, 284, 277, 317, 313, 318, 374, 413, 405, 355, 306, 271, 306,
    315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336, 340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337,
    360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405, 417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432,
)  # fmt: skip
# What R 4 gives: decompose(AirPassengers, "multiplicative")$figure
FIGURE = (
    0.9102304, 0.8836253, 1.0073663, 0.9759060, 0.9813780, 1.1127758,
    1.2265555, 1.2199110, 1.0604919, 0.9217572, 0.8011781, 0.8988244,
)  # fmt: skip


def series(values: Any, first: date = date(1949, 1, 1), step: int = 1) -> list[Point]:
    return [
        Point(add_months(first, step * n), None if value is None else Decimal(value)) for n, value in enumerate(values)
    ]


def test_the_factors_of_a_published_series_are_those_that_r_gives() -> None:
    found = rules.seasonal(series(PASSENGERS), "month")
    assert found is not None
    assert [f"{found.factors[month]:.7f}" for month in range(1, 13)] == [f"{factor:.7f}" for factor in FIGURE]


def test_the_limits_of_what_is_left_are_those_of_an_independent_computation() -> None:
    found = rules.seasonal(series(PASSENGERS), "month")
    assert found is not None
    facts = Facts(organisation=1, sensitivity="public", topic="", unit="number", better="neither", frequency="month")
    limits = rules.reading_of(facts, found.points, []).limits
    assert limits is not None
    left = [value / FIGURE[n % 12] for n, value in enumerate(PASSENGERS)]
    mean = sum(left) / len(left)
    moving = sum(abs(one - other) for one, other in zip(left[1:], left, strict=False)) / (len(left) - 1)
    assert [float(limits.mean), float(limits.lower), float(limits.upper)] == pytest.approx(
        [mean, mean - 2.66 * moving, mean + 2.66 * moving], rel=1e-5
    )


def test_seasons_are_taken_out_of_three_whole_years_without_a_gap_and_of_nothing_else() -> None:
    assert rules.seasonal(series(PASSENGERS[:35]), "month") is None
    assert rules.seasonal(series(PASSENGERS[:36]), "month") is not None
    assert rules.seasonal(series([*PASSENGERS[:30], None, *PASSENGERS[31:60]]), "month") is None
    after = rules.seasonal(series([*PASSENGERS[:12], None, *PASSENGERS[13:60], None]), "month")
    assert after is not None
    assert len(after.points) == 47
    assert rules.seasonal(series([*PASSENGERS[:40], 0]), "month") is None
    assert rules.seasonal(series(PASSENGERS[:40]), "year") is None
    quarters = rules.seasonal(series([10, 20, 30, 40] * 3, step=3), "quarter")
    assert quarters is not None
    assert [round(float(quarters.factors[month]), 4) for month in (1, 4, 7, 10)] == [0.4, 0.8, 1.2, 1.6]
    assert {round(float(point.value or 0), 6) for point in quarters.points} == {25.0}


def test_the_newest_figure_stands_beside_the_same_month_of_earlier_years() -> None:
    found = rules.same_earlier(series([*range(13), None, *range(14, 26)]), "month")
    assert [(one.years, one.period, one.value, one.change) for one in found] == [
        (2, date(1949, 2, 1), Decimal(1), Decimal(24))
    ]
    assert rules.same_earlier(series([1, 2]), "year") == ()
    assert rules.same_earlier([], "month") == ()


@pytest.mark.django_db
@pytest.mark.usefixtures("moment")
def test_the_page_tells_the_earlier_years_and_from_three_years_the_chart_without_the_season(house: House) -> None:
    it = a_measure(house)
    loaded(it, [80 + n % 12 for n in range(24)])
    client = signed_in(house, "reader")
    shown = client.get("/performance/office/M-001/")
    assert shown.context["earlier"] == [("May 2025", "91", "no difference")]
    assert shown.context["seasonal"] is None
    assert "worked out from three whole years" in said(shown)
    loaded(it, [80 + n % 12 for n in range(12)], last=date(LAST.year - 2, LAST.month, 1))
    shown = client.get("/performance/office/M-001/")
    assert [row[0] for row in shown.context["earlier"]] == ["May 2025", "May 2024"]
    assert "With the time of year taken out: no change beyond noise. May usually lies 6% above the trend" in said(shown)
    assert "Show the chart without the time of year" in said(shown)
