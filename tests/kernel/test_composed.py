"""Questions whose SQL is composed once: they answer what their queryset would, for every value and whoever asks."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, F, Q
from django.test.utils import CaptureQueriesContext

from candour.kernel.access import CANDOUR, PUBLIC, Actor
from candour.kernel.composed import KEPT, Composed, Tally
from candour.kernel.records.models import Record, visible
from candour.risks.access import RiskPermission
from candour.risks.models import Risk
from tests.factories import House, a_risk

pytestmark = pytest.mark.django_db
DAYS = [date(2026, 1, 1) + timedelta(days=30 * number) for number in range(4)]


@pytest.fixture
def risks(house: House) -> list[Risk]:
    sensitivities = ("public", "restricted", "office", "public")
    return [
        a_risk(house, reference=f"Q{number}", effective=day, sensitivity=sensitivities[number])
        for number, day in enumerate(DAYS)
    ]


def test_it_answers_what_its_queryset_would_for_numbers_texts_and_days(risks: list[Risk]) -> None:
    def build(*, risk: Any, reference: Any, until: Any) -> Any:
        return Risk.objects.filter(pk__gte=risk, record__reference__lte=reference, first_recorded__lte=until).order_by(
            "pk"
        )

    asked = Composed(build)
    for risk in risks:
        for reference in ("Q0", "Q2", "Q9", "'; --", "%s"):
            for until in DAYS:
                values = {"risk": risk.pk, "reference": reference, "until": until}
                assert asked(**values) == list(build(**values))


def test_rows_come_as_the_queryset_gives_them(house: House, risks: list[Risk]) -> None:
    found = Composed(lambda *, record: Record.objects.filter(pk=record).select_related("organisation"))(
        record=risks[0].pk
    )
    with CaptureQueriesContext(connection) as captured:
        assert [record.organisation.name for record in found] == [house.office.name]
    assert len(captured) == 0
    values = Composed(lambda *, record: Risk.objects.filter(pk=record).annotate(of=F("record__reference")).values("of"))
    assert values(record=risks[1].pk) == [{"of": "Q1"}]
    days = Composed(lambda *, record: Risk.objects.filter(pk=record).values_list("first_recorded", flat=True))
    assert [days(record=risk.pk) for risk in risks] == [[day] for day in DAYS]


def test_each_who_asks_finds_what_they_may_see(house: House, risks: list[Risk]) -> None:
    def build(actor: Actor, *, kind: str) -> Any:
        rows = Record.objects.filter(visible(actor, RiskPermission.SEE), kind=kind).order_by("reference")
        return rows.values_list("reference", flat=True)

    asked = Composed(build)
    for actor in (CANDOUR, house.actors["reader"], PUBLIC, house.actors["policy"], CANDOUR, PUBLIC):
        assert asked(actor, kind="risk") == list(build(actor, kind="risk"))
    assert asked(house.actors["reader"], kind="risk") == ["Q0", "Q2", "Q3"]
    assert asked(CANDOUR, kind="risk") == ["Q0", "Q1", "Q2", "Q3"]


def test_nothing_is_asked_for_one_who_sees_nothing() -> None:
    asked = Composed(lambda actor, *, kind: Record.objects.filter(visible(actor, RiskPermission.SEE), kind=kind))
    with CaptureQueriesContext(connection) as captured:
        assert asked(PUBLIC, kind="risk") == []
    assert len(captured) == 0


def test_it_is_composed_once_for_each_shape(house: House, risks: list[Risk]) -> None:
    built = []

    def build(most: int, *, kind: str) -> Any:
        built.append(most)
        return Record.objects.filter(kind=kind).order_by("pk")[:most]

    asked = Composed(build)
    assert [len(asked(most, kind=kind)) for most in (1, 3) for kind in ("risk", "risk", "measure")] == [
        1,
        1,
        0,
        3,
        3,
        0,
    ]
    assert built == [1, 3]


@pytest.mark.parametrize(
    ("build", "value"),
    [
        (lambda *, number: Risk.objects.filter(pk=number + 1), 7),
        (lambda *, number: Risk.objects.filter(record__title__contains=number), "part of it"),
        (lambda *, number: Risk.objects.filter(first_recorded=number + timedelta(days=1)), DAYS[0]),
        (lambda **_: Risk.objects.all(), 7),
        (lambda *, number: Risk.objects.filter(record__owner=number), None),
        (lambda *, number: Risk.objects.filter(record__closed_on=None), True),
    ],
)  # fmt: skip
def test_a_value_that_does_not_stand_in_the_question_as_it_is_is_refused(build: Any, value: Any) -> None:
    with pytest.raises(TypeError):
        Composed(build)(number=value)


def test_two_who_see_alike_are_asked_for_in_the_same_words(house: House) -> None:
    one, other = house.actors["policy"], house.actors["policy"]
    assert one.itself is one
    assert one.sees == other.sees
    assert len({each.sees for each in (house.actors["policy"], house.actors["reader"], CANDOUR, PUBLIC)}) == 4


def counts_of(actor: Actor, names: tuple[str, ...], until: date) -> Any:
    rows = Record.objects.filter(visible(actor, RiskPermission.SEE), kind="risk", risk__first_recorded__lte=until)
    return rows, {name: Count("pk", filter=Q(sensitivity=name) if name else None) for name in names}


def test_a_tally_counts_what_its_queryset_would_for_whoever_asks(house: House, risks: list[Risk]) -> None:
    tally = Tally(counts_of)
    for actor in (CANDOUR, *house.actors.values(), PUBLIC):
        for names in (("public", "restricted"), ("", "office"), ("restricted",)):
            for until in (*DAYS, *DAYS):  # the second time as it was composed the first time
                rows, counts = counts_of(actor, names, until)
                assert tally(actor, names, until) == rows.aggregate(**counts)


def test_a_tally_is_composed_once_and_asks_one_question(house: House, risks: list[Risk]) -> None:
    built = []

    def build(actor: Actor, names: tuple[str, ...], until: date) -> Any:
        built.append(until)
        return counts_of(actor, names, until)

    tally = Tally(build)
    for expected in (3, 3, 4):
        if expected == 4:
            a_risk(house, reference="Q9", effective=DAYS[0])
        with CaptureQueriesContext(connection) as captured:
            assert tally(CANDOUR, ("public", "restricted"), DAYS[-1])["public"] == expected - 1
        assert len(captured) == 1
    assert built == [DAYS[-1]]


def test_a_tally_of_one_who_sees_nothing_is_nought_without_a_question(risks: list[Risk]) -> None:
    tally = Tally(counts_of)
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert tally(PUBLIC, ("public", "restricted"), DAYS[-1]) == {"public": 0, "restricted": 0}
        assert len(captured) == 0


def test_tallies_that_were_not_asked_for_lately_are_composed_anew(risks: list[Risk]) -> None:
    built = []

    def build(number: int) -> Any:
        built.append(number)
        return Risk.objects.filter(pk__gt=-number), {"all": Count("pk")}

    tally = Tally(build)
    for number in range(KEPT + 1):
        assert tally(number) == {"all": len(risks)}
    tally(KEPT)
    tally(0)
    assert built == [*range(KEPT + 1), 0]
