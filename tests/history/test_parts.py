"""A history that is verified in parts is verified whole."""

import pytest
from django.db import connection

from candour.kernel.history.models import Entry
from candour.kernel.history.parts import WHOLE, Part, in_part, parted, where
from candour.kernel.history.proof import check_records
from candour.kernel.records import lines
from candour.kernel.records.models import Record
from candour.risks.models import RiskLine
from tests.factories import House, a_risk

pytestmark = pytest.mark.django_db


def numbers(part: Part) -> list[int]:
    """Of the entries of a part, as its condition finds them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM history_entry{where(part)} ORDER BY id")
        return [number for (number,) in cursor.fetchall()]


def test_every_entry_and_record_belongs_to_one_part(house: House) -> None:
    for _ in range(9):
        a_risk(house)
    parts = parted(4)
    assert (parts[0].after, parts[-1].until) == (None, None)
    assert sorted(number for part in parts for number in numbers(part)) == numbers(WHOLE)
    assert numbers(WHOLE) == list(Entry.objects.order_by("pk").values_list("pk", flat=True))
    records = [
        pk for part in parts for pk in in_part(Record.objects.order_by("pk"), "pk", part).values_list("pk", flat=True)
    ]
    assert records == list(Record.objects.order_by("pk").values_list("pk", flat=True))


def test_the_parts_together_have_every_entry_checked(house: House) -> None:
    for _ in range(9):
        a_risk(house)
    assert sum(check_records(part) for part in parted(4)) == check_records() == Entry.objects.count()
    assert [lines.check(part) for part in parted(4)] == [""] * 4


def test_a_line_that_was_altered_is_found_in_its_part_alone(house: House) -> None:
    risks = [a_risk(house) for _ in range(9)]
    parts = parted(4)
    RiskLine.objects.filter(pk=risks[-1].pk).update(score=1)
    said = f"Risk {risks[-1].pk}: its line in the register is not what its record gives"
    assert [lines.check(part) for part in parts] == ["", "", "", said]
    assert lines.check() == said


def test_a_history_of_nothing_has_parts_too() -> None:
    assert parted(1) == [WHOLE]
    assert [check_records(part) for part in parted(3)] == [0, 0, 0]
