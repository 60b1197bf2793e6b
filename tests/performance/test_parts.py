"""Areas and categories of a measure: wholes that are computed and never typed, and small numbers hidden across breakdowns."""

from decimal import Decimal
from typing import Any

import pytest

from candour.kernel.access import CANDOUR
from candour.kernel.intake.commands import load as load_paper
from candour.kernel.intake.commands import read
from candour.kernel.intake.document import Reading
from candour.kernel.intake.readers import read_document
from candour.performance import rules
from candour.performance.commands import NewFigure
from candour.performance.intake.save import compare
from candour.performance.models import Measure, MeasureLine
from candour.performance.queries import Figure, in_full
from candour.performance.rules import Part, hidden_together, part_named
from candour.performance.rules.hiding import WHOLE
from tests.factories import NOW, TODAY, House
from tests.performance.factories import LAST, a_measure, load, part
from tests.risks.pages import said, signed_in


def parts(breakdown: str, *counts: Any) -> dict[str, Part]:
    """Parts a, b, c … of a breakdown; None for one that is hidden."""
    return {
        part_named(breakdown, name): Part(None if count is None else Decimal(count), count is None)
        for name, count in zip("abcdef", counts, strict=False)
    }


def gone(parts: dict[str, Part], whole: Any = None, **more: Any) -> set[str]:
    return set(hidden_together(parts, None if whole is None else Decimal(whole), smallest=5, **more))


def test_a_part_names_its_breakdown() -> None:
    assert part_named("Theme", "Delivery › of duties") == "Theme › Delivery > of duties"
    assert rules.breakdown_of("Theme › Delivery > of duties") == ("Theme", "Delivery > of duties")
    assert rules.breakdown_of("North: rural") == ("", "North: rural")


def test_each_breakdown_is_held_against_the_whole_that_another_one_tells() -> None:
    full = parts("Type", 10, 20)
    assert gone(full | parts("Theme", None, 12, 15)) == {"Theme › a", "Theme › b"}
    assert gone(full | parts("Theme", 3 + 9, 18)) == set()
    assert gone(parts("Theme", None, 12, 15)) == {"Theme › a"}  # nothing tells the whole
    assert gone(parts("", None, 12, 15) | full) == {"a", "b"}


def test_a_whole_that_one_breakdown_hides_no_other_breakdown_tells() -> None:
    assert gone(parts("Theme", None, 0) | parts("Type", 2, 1), 3) == {WHOLE, "Theme › a", "Type › b"}
    hidden = gone(parts("Type", 10, 20), 30, whole_hidden=True)
    assert hidden - {WHOLE} == {"Type › a"}


pytestmark = pytest.mark.django_db


def lines(*rows: str) -> Reading:
    return read(read_document("\n".join(rows).encode(), "figures.csv"), "measures")


def saved(house: House, reading: Reading) -> None:
    load_paper(reading, organisation=house.office, actor=CANDOUR, at=NOW, effective=TODAY)


def now(it: Measure) -> dict[str, Figure]:
    whole = in_full(it, actor=CANDOUR, today=TODAY)
    assert whole is not None
    return {one.area: one for one in whole.figures if one.period == LAST}


THEMES = (
    "Ref,Theme,May 2026",
    "M-001,Delivery of duties,3",
    "M-001,Use of powers,17",
    "M-001,Conduct,40",
)  # fmt: skip


def test_categories_are_read_and_their_total_is_computed_before_small_numbers_go(house: House) -> None:
    it = a_measure(house, smallest=5)
    reading = lines(*THEMES, "M-001,Total,61")
    (match,) = compare(reading.records, organisation=house.office, effective=None, actor=CANDOUR)
    assert match.conflicts == (
        "M-001, May 2026: the total is printed as 61, and what it is made of adds up to 60, which is kept",
    )
    assert match.plan == ("3 new figures", "1 figure hidden")
    saved(house, reading)
    found = now(it)
    assert {name: one.value for name, one in found.items()} == {
        "": Decimal(60), "Theme › Conduct": Decimal(40), "Theme › Delivery of duties": None, "Theme › Use of powers": None,
    }  # fmt: skip
    assert MeasureLine.objects.get(pk=it.pk).value == Decimal(60)


def test_a_total_beside_categories_of_which_one_is_not_given_stays_as_it_is_printed(house: House) -> None:
    it = a_measure(house)
    saved(house, lines(*THEMES[:3], "M-001,Conduct,*", "M-001,All,61"))
    assert (now(it)[""].value, now(it)["Theme › Conduct"].hidden) == (Decimal(61), True)
    saved(house, lines("Ref,Theme,May 2026", "M-001,Use of powers,18", "M-001,Delivery of duties,4"))
    assert now(it)[""].value == Decimal(61)


def test_rates_of_categories_add_up_by_their_parts(house: House) -> None:
    it = a_measure(house, unit="percent", smallest=5)
    themes = {"Type › A": (3, 10), "Type › B": (90, 100)}
    load(it, [part(it, LAST, top, bottom, name) for name, (top, bottom) in themes.items()])
    assert now(it)[""].value == Decimal("84.5455")


def test_areas_keep_the_whole_that_is_given_and_get_one_where_a_small_one_is_dropped(house: House) -> None:
    it, other = a_measure(house, smallest=5), a_measure(house, title="Another", smallest=5)
    counts = {"North": 3, "South": 20, "East": 9}
    load(it, [NewFigure(it, LAST, area, value=Decimal(n)) for area, n in counts.items()])
    load(other, [NewFigure(other, LAST, area, value=Decimal(n)) for area, n in (counts | {"": 33}).items()])
    assert (now(it)[""].value, now(other)[""].value) == (Decimal(32), Decimal(33))
    assert {name for name, one in now(it).items() if one.hidden} == {"North", "East"}


def test_an_area_and_a_category_at_once_are_set_aside() -> None:
    reading = lines("Ref,Area,Theme,May 2026", "M-001,North,Conduct,7", "M-001,,Conduct,9")
    assert [one.why for one in reading.set_aside] == ["An area and a category at once: give each of the whole"]
    assert [one["area"] for record in reading.records for one in record["observations"]] == ["Theme › Conduct"]


@pytest.mark.usefixtures("moment")
def test_the_page_draws_each_breakdown_and_says_what_is_not_shown(house: House) -> None:
    it = a_measure(house, smallest=5)
    saved(house, lines(*THEMES))
    load(it, [NewFigure(it, LAST, name, value=Decimal(n)) for name, n in (("North", 25), ("South", 35))])
    shown = signed_in(house, "reader").get("/performance/office/M-001/")
    (areas, _), (themes, rows) = shown.context["parts"]
    assert areas.table.rows == (("South", "35", "58%"), ("North", "25", "42%"))
    assert themes.title == "By theme"
    assert [(one["name"], one["said"]) for one in rows] == [
        ("Conduct", "40"), ("Delivery of duties", "not shown"), ("Use of powers", "not shown"),
    ]  # fmt: skip
    assert themes.table.heads == ("Theme", "Figure")
    assert "2 figures are not shown: small numbers, and what would give them away." in said(shown)
