"""Addresses are worked out once, and are those that Django works out."""

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, get_script_prefix, reverse, set_script_prefix

from candour.kernel.web import navigation
from candour.kernel.web.addresses import _worked_out, address

PLACE = {"organisation": "office", "reference": "R1"}


def drawn(text: str, **known: object) -> str:
    return Template(text).render(Context(known))


def test_an_address_is_the_one_that_django_gives() -> None:
    assert address("risk", kwargs=PLACE) == reverse("risk", kwargs=PLACE) == "/risks/office/R1/"
    assert address("risk", ["office", "A & B"]) == reverse("risk", args=["office", "A & B"])
    assert address("risk-control", kwargs=PLACE | {"control": 7}) == reverse(
        "risk-control", kwargs=PLACE | {"control": 7}
    )


def test_it_is_worked_out_once() -> None:
    _worked_out.cache_clear()
    assert [address("risk", kwargs=PLACE) for _ in range(3)] == ["/risks/office/R1/"] * 3
    assert (_worked_out.cache_info().misses, _worked_out.cache_info().hits) == (1, 2)


def test_an_installation_under_a_path_has_its_own_addresses() -> None:
    before = get_script_prefix()
    try:
        assert address("risks") == "/risks/"
        set_script_prefix("/candour/")
        assert address("risks") == "/candour/risks/"
    finally:
        set_script_prefix(before)
    assert address("risks") == "/risks/"


def test_a_page_that_there_is_not_has_no_address() -> None:
    for _ in range(2):
        with pytest.raises(NoReverseMatch):
            address("no-such-page")
    with pytest.raises(NoReverseMatch):
        drawn('{% url "no-such-page" %}')
    assert drawn('{% url "no-such-page" as it %}[{{ it }}]') == "[]"


def test_a_template_writes_addresses_as_before() -> None:
    assert drawn('{% url "risk" body reference %}', body="office", reference="R1") == "/risks/office/R1/"
    assert (
        drawn('{% url "risk" organisation=body reference="R1" as it %}{{ it }}', body="office") == "/risks/office/R1/"
    )
    assert drawn('{% url "risk" "office" "A\'B" %}') == "/risks/office/A&#x27;B/"
    assert drawn('{% autoescape off %}{% url "risk" "office" "A\'B" %}{% endautoescape %}') == "/risks/office/A'B/"


def test_places_are_listed_with_the_one_that_the_page_is() -> None:
    places = [navigation.Item("Risks & more", "/risks/?a=1&b=2", True), navigation.Item("Papers", "/papers/", False)]
    here = '<li><a href="/risks/?a=1&amp;b=2" aria-current="page">Risks &amp; more</a></li>'
    other = '<li><a href="/papers/">Papers</a></li>'
    assert drawn("{% places found %}", found=places) == here + other
    assert drawn("{% places found %}", found=places, exception="x") == here.replace(' aria-current="page"', "") + other
