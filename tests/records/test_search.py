"""Both databases find the same: records that have a word beginning with each word asked for."""

from typing import Any

import pytest
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candour.kernel.access import CANDOUR
from candour.kernel.records.models import Record, SearchText
from candour.kernel.records.search import WORD, begins_every, holding, matching, search, searchable, words
from candour.risks import commands
from tests.factories import NOW, House, a_risk
from tests.standing import standing

SAID: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}


@standing
def register(house: House) -> House:
    a_risk(house, reference="A1", title="Commissioning of services could fail", source="The provider’s “café” closes")
    a_risk(house, reference="B2", title="Commissioned work runs late")
    a_risk(house, reference="C3", title="A data breach of the e-mail system", effect="Fines of £17.5m")
    a_risk(house, reference="D4", title="The force’s estate", sensitivity="restricted")
    return house


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("commission", ["A1", "B2"]),
        ("commissioning", ["A1"]),
        ("COMMISSIONED", ["B2"]),
        ("fail services", ["A1"]),
        ("services late", []),
        ("ommission", []),
        ("cafe", ["A1"]),
        ("CAFÉ", ["A1"]),
        ("“café”", ["A1"]),
        ("the", ["A1", "C3", "D4"]),
        ("of the", ["A1", "C3"]),
        ("run", ["B2"]),
        ("running", []),
        ("e-mail", ["C3"]),
        ("17.5m", ["C3"]),
        ("£17", ["C3"]),
        ("b2", ["B2"]),
        ("force's", ["D4"]),
    ],
)
def test_every_word_must_begin_a_word(register: House, query: str, found: list[str]) -> None:
    assert [record.reference for record in search(query, actor=CANDOUR)] == found


@pytest.mark.parametrize("query", ["", "   ", "!!", '"', "*", "-", "' OR 1=1", "()", "a_"])
def test_a_query_of_signs_finds_nothing_or_only_its_words(register: House, query: str) -> None:
    expected = {"' OR 1=1": [], "a_": ["A1", "C3"]}.get(query, [])
    assert [record.reference for record in search(query, actor=CANDOUR)] == expected


@pytest.mark.parametrize(
    "query",
    [
        "commission AND late",
        "commission | zebra",
        "commission & !zebra",
        "NOT zebra",
        "title:data",
        "data NEAR breach",
        "^data",
        "data:*B",
    ],
)
def test_operators_of_either_database_are_only_words(register: House, query: str) -> None:
    expected = [ref for ref, text in texts().items() if begins_every(query, text)]
    assert [record.reference for record in search(query, actor=CANDOUR)] == expected


def texts() -> dict[str, str]:
    return dict(SearchText.objects.order_by("record__reference").values_list("record__reference", "text"))


def test_only_the_first_twelve_words_count(register: House) -> None:
    twelve = " ".join(["c", "co", "com", "comm", "commi", "commis", "commiss", "s", "se", "ser", "serv", "servi"])
    assert [record.reference for record in search(f"{twelve} zebra", actor=CANDOUR)] == ["A1"]


def test_a_hidden_record_is_absent(register: House) -> None:
    assert [record.reference for record in search("estate", actor=register.actors["policy"])] == ["D4"]
    assert [record.reference for record in search("estate", actor=register.actors["reader"])] == []
    assert [record.reference for record in search("the", actor=register.actors["reader"])] == ["A1", "C3"]
    assert [record.reference for record in search("the", actor=register.actors["force_policy"])] == []


def test_words_of_controls_and_updates_are_found_until_the_control_is_removed(house: House) -> None:
    risk = a_risk(house)
    control = commands.add_control(risk, text="Zebra crossing", **SAID)
    commands.record_update(risk, text="Giraffe seen", **SAID)
    assert [search(word, actor=CANDOUR).count() for word in ("zebra", "giraffe")] == [1, 1]
    commands.settle_control(control, answer="removed", **SAID)
    assert [search(word, actor=CANDOUR).count() for word in ("zebra", "giraffe")] == [0, 1]


def test_found_records_come_by_reference(house: House) -> None:
    for reference in ("Z9", "A1", "M5"):
        a_risk(house, reference=reference, title="Same words")
    assert [record.reference for record in search("same", actor=CANDOUR)] == ["A1", "M5", "Z9"]


@given(st.text(st.characters(max_codepoint=127)))
def test_the_sooner_way_to_the_words_of_plain_letters_finds_the_same(text: str) -> None:
    assert words(text) == list(dict.fromkeys(WORD.findall(text.casefold())))


letters = st.text(st.sampled_from("abeéÉßñ10.-_'\" /@:&|!*()€ıİﬁ½"), max_size=14)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=st.lists(letters, min_size=6, max_size=6), queries=st.lists(letters, min_size=4, max_size=4))
def test_the_database_finds_what_the_rule_says(house: House, held: list[str], queries: list[str]) -> None:
    plain(SearchText).delete()
    if not Record.objects.exists():
        plain(Record).bulk_create(
            [Record(kind="risk", reference=f"T{n}", title="T", organisation=house.office) for n in range(len(held))]
        )
    records = list(Record.objects.order_by("reference"))
    rows = [SearchText(record=record, text=searchable(text)) for record, text in zip(records, held, strict=True)]
    plain(SearchText).bulk_create(rows)
    for query in queries:
        expected = [f"T{n}" for n, text in enumerate(held) if words(query) and begins_every(query, text)]
        assert [record.reference for record in search(query, actor=CANDOUR)] == expected
        for asked in (matching(query, looked=True), holding(query)) if words(query) else ():
            found = Record.objects.filter(asked).order_by("reference")
            assert [record.reference for record in found] == expected


@pytest.mark.parametrize("query", ["", "!!", "-"])
def test_a_query_without_a_word_leaves_every_record_in_a_list(register: House, query: str) -> None:
    for asked in (matching(query), matching(query, looked=True), holding(query)):
        assert Record.objects.filter(asked).count() == 4


def plain(model: type[models.Model]) -> models.QuerySet:
    return models.QuerySet(model)
