"""Recommendations for tests, made through the real commands."""

from datetime import date
from itertools import count
from typing import Any

from candour.kernel.access import CANDOUR
from candour.kernel.scales.commands import bring_in_words
from candour.kernel.scales.models import Scale
from candour.kernel.scales.rules import Step, Words
from candour.recommendations.commands import NewRecommendation, raise_recommendation
from candour.recommendations.models import Recommendation
from tests.factories import NOW, START, House

numbers = count(1)
PRIORITIES = Words(
    id=0,
    name="Priorities of 2018",
    steps=(Step(1, "High", tone="high"), Step(2, "Medium", tone="medium"), Step(3, "Low", tone="low")),
)


def with_priorities(house: House) -> House:
    """The house with a scale of priorities in each body."""
    said: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "Set up for a test"}
    for body in (house.office, house.force):
        bring_in_words(PRIORITIES, kind=Scale.Kind.PRIORITY, organisation=body, starts=START, **said)
    return house


def a_recommendation(house: House, **values: Any) -> Recommendation:
    """A recommendation raised through the command: of the office, in January 2026, without owners unless said otherwise."""
    number = next(numbers)
    said: dict[str, Any] = {
        "organisation": house.office,
        "actor": CANDOUR,
        "at": NOW,
        "reason": "Raised for a test",
        "effective": date(2026, 1, 10),
    }
    said |= {name: values.pop(name) for name in list(values) if name in said}
    new = {"reference": f"IA{number:04}", "title": f"Something should be done {number}"} | values
    return raise_recommendation(NewRecommendation(**new), **said)
