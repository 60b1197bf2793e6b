"""Sets of measures under headings, their statement of contribution, and targets with a tolerance."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from candour.kernel.records.models import Record
from candour.kernel.rules import Refused
from candour.performance import commands, rules
from candour.performance.models import Measure, MeasureSet, Tag
from tests.factories import TODAY, House
from tests.performance.factories import BY, LAST, STEADY, WORSE, a_measure, load, loaded, part
from tests.risks.pages import questions, said, signed_in, title

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
SAID = {name: value for name, value in BY.items() if name != "reason"}
HEADINGS = "Homicide\nNeighbourhood crime"


def a_set(house: House, **values: Any) -> MeasureSet:
    given = {"name": "Priorities", "source": "The law", "headings": HEADINGS, "starts": date(2021, 5, 31)}
    return commands.begin_set(organisation=house.office, **(BY | given | values))


def put(it: Measure, of: MeasureSet, *headings: str, on: date = date(2026, 1, 1), **more: Any) -> list[Tag]:
    return commands.put_in_sets(it, wanted=[(of, heading) for heading in headings], on=on, **(SAID | more))


def test_the_page_of_a_set_has_every_heading_and_names_the_gaps(house: House) -> None:
    of = a_set(house)
    it = a_measure(house, title="Burglaries", target="100", target_by=date(2027, 3, 31))
    loaded(it, WORSE)
    put(it, of, "Neighbourhood crime")
    shown = signed_in(house, "reader").get(f"/performance/sets/{of.pk}/")
    assert title(shown) == "Priorities – Candour"
    assert [(heading, [one.row.title for one in rows]) for heading, rows in shown.context["headings"]] == [
        ("Homicide", []), ("Neighbourhood crime", ["Burglaries"]),
    ]  # fmt: skip
    words = said(shown)
    for each in ("1 heading without a measure", "1 to be explained", "No measure stands here yet", "No statement yet"):
        assert each in words
    assert "1 of 2 Gaps" in said(signed_in(house, "reader").get("/performance/sets/"))
    put(it, of, "Homicide", on=date(2026, 6, 1))
    assert [len(rows) for _, rows in signed_in(house, "reader").get(f"/performance/sets/{of.pk}/").context["headings"]] == [
        1, 0,
    ]  # fmt: skip
    assert [(tag.heading, tag.until) for tag in Tag.objects.order_by("pk")] == [
        ("Neighbourhood crime", date(2026, 6, 1)), ("Homicide", None),
    ]  # fmt: skip


def test_a_hidden_measure_leaves_no_trace_on_the_page_of_a_set(house: House) -> None:
    of = a_set(house)
    client = signed_in(house, "reader")
    before = [client.get(where).content for where in (f"/performance/sets/{of.pk}/", "/performance/sets/")]
    it = a_measure(house, title="Secret", sensitivity="restricted", owner=house.posts["policy"])
    loaded(it, WORSE)
    put(it, of, "Homicide")
    assert [client.get(where).content for where in (f"/performance/sets/{of.pk}/", "/performance/sets/")] == before
    assert "Secret" in said(signed_in(house, "policy").get(f"/performance/sets/{of.pk}/"))
    assert signed_in(house, "force_reader").get(f"/performance/sets/{of.pk}/").status_code == 404


def test_sets_are_begun_changed_and_filled_through_their_pages(house: House) -> None:
    client = signed_in(house, "policy")
    assert "No set yet" in said(client.get("/performance/sets/"))
    begun = client.get("/performance/sets/begin/?like=national").context["form"]
    assert begun["headings"].value().splitlines() == list(rules.BEGUN["national"].headings)
    answers = {"name": "National", "headings": HEADINGS, "starts": "31/5/2021", "reason": "The law asks it"}
    client.post("/performance/sets/begin/", answers)
    of = MeasureSet.objects.get()
    where = f"/performance/sets/{of.pk}/"
    stated = {"seen": 1, "text": "All six apply.\n\nWe cut burglary.", "on": "15/6/2026"}
    assert "The statement is kept" in said(client.post(where + "contribution/", stated, follow=True))
    assert "We cut burglary. As stated on 15 June 2026" in said(client.get(where))
    seen = Record.objects.get(pk=a_measure(house).pk).head_sequence
    client.post("/performance/office/M-001/sets/", {"seen": seen, "wanted": [f"{of.pk}:1"], "on": "1/6/2026"})
    assert Tag.objects.get().heading == "Neighbourhood crime"
    gone = client.post(where + "change/", answers | {"seen": 2, "headings": "Homicide"})
    assert "Measures stand under a heading that would be gone" in said(gone)
    client.post(where + "change/", answers | {"seen": 2, "headings": HEADINGS + "\nCyber crime"})
    assert len(client.get(where).context["headings"]) == 3
    for page in ("change/", "contribution/"):
        assert signed_in(house, "reader").get(where + page).status_code == 404


def test_what_cannot_be_is_refused_with_how_to_mend_it(house: House) -> None:
    of, it = a_set(house), a_measure(house)
    for values, words in (
        ({"name": "priorities"}, "is there already"), ({"name": "Other", "headings": " "}, "one a line"),
        ({"name": "Other", "ends": date(2020, 1, 1)}, "on or after the first"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            a_set(house, **values)
    with pytest.raises(Refused, match="headings of the sets"):
        put(it, of, "Arson")
    put(it, of, "Homicide")
    with pytest.raises(Refused, match="stands so already"):
        put(it, of, "Homicide")
    with pytest.raises(Refused, match="how far short"):
        a_measure(house, title="Other", tolerance="2")


@pytest.mark.parametrize(
    ("value", "better", "found"),
    [(86, "higher", "met"), (84, "higher", "within"), ("83.9", "higher", "missed"), (86, "lower", "met"),
     (88, "lower", "within"), ("88.1", "lower", "missed"), (90, "neither", ""), (None, "higher", "")],
)  # fmt: skip
def test_a_figure_is_held_against_its_target_and_the_tolerance(value: Any, better: str, found: str) -> None:
    number = None if value is None else Decimal(value)
    assert rules.against(number, Decimal(86), Decimal(2), better) == found
    assert rules.against(Decimal(85), Decimal(86), None, "higher") == "missed"


def test_a_figure_within_tolerance_is_said_in_words_and_with_a_sign(house: House) -> None:
    it = a_measure(house, target="83", target_by=date(2027, 3, 31), tolerance="1.5", sensitivity="public")
    loaded(it, STEADY)
    client = signed_in(house, "reader")
    assert "≈ Within tolerance of its target" in said(client.get("/performance/office/M-001/"))
    assert "≈ within tolerance now" in said(client.get("/performance/"))
    assert "≈ within tolerance" in said(client.get("/performance/?as_at=2026-06-15"))


def test_the_revision_policy_stands_beside_revised_figures(house: House) -> None:
    it = a_measure(house, unit="percent", revisions="Each month for a year")
    load(it, [part(it, LAST, 8, 10)])
    client = signed_in(house, "reader")
    assert "Revised figures." not in said(client.get("/performance/office/M-001/"))
    load(it, [part(it, LAST, 9, 10)])
    assert "Revised figures. Each month for a year" in said(client.get("/performance/office/M-001/"))


def test_pages_of_sets_ask_as_often_for_many_as_for_one(house: House) -> None:
    of, client = a_set(house), signed_in(house, "policy")
    addresses = [f"/performance/sets/{of.pk}/", "/performance/sets/", "/performance/office/M-001/sets/"]
    it = a_measure(house)
    loaded(it, STEADY, area="North")
    put(it, of, "Homicide")
    for address in addresses:
        client.get(address)
    first = [questions(client, address) for address in addresses]
    for number in range(3):
        a_set(house, name=f"Set {number}")
        one = a_measure(house, title=f"Another {number}")
        loaded(one, STEADY, area="North")
        put(one, of, "Homicide", "Neighbourhood crime")
    assert [questions(client, address) for address in addresses] == first
    assert max(first) <= 12
    assert date(2026, 1, 1) < TODAY


def test_a_set_keeps_the_headings_under_which_measures_stand(house: House) -> None:
    of = a_set(house)
    put(a_measure(house), of, "Homicide")
    facts = {"name": "Priorities", "source": "", "starts": date(2021, 5, 31), "ends": None}
    with pytest.raises(Refused, match="would be gone"):
        commands.change_set(of, headings="Neighbourhood crime", **(BY | facts))
    commands.change_set(of, headings="Cyber crime\nHomicide", **(BY | facts))
    assert rules.headings_of(MeasureSet.objects.get().headings) == ("Cyber crime", "Homicide")


def test_a_set_as_at_a_past_day_has_the_headings_measures_and_statement_of_that_day(house: House) -> None:
    of = a_set(house, effective=date(2026, 1, 5))
    it = a_measure(house, title="Burglaries", effective=date(2026, 1, 5))
    loaded(it, STEADY, area="North", last=date(2026, 2, 1), effective=date(2026, 3, 10))
    loaded(it, STEADY, last=date(2026, 2, 1), effective=date(2026, 3, 10))
    put(it, of, "Homicide", on=date(2026, 1, 6), effective=date(2026, 1, 6))
    put(it, of, "Neighbourhood crime", on=date(2026, 5, 1), effective=date(2026, 5, 1))
    commands.state_contribution(of, text="All apply", on=date(2026, 6, 1), **SAID)
    client, where = signed_in(house, "reader"), f"/performance/sets/{of.pk}/"
    past = client.get(where + "?as_at=2026-04-01")
    assert title(past) == "Priorities as at 1 April 2026 – Candour"
    assert [(heading, [one.row.said for one in rows]) for heading, rows in past.context["headings"]] == [
        ("Homicide", ["82"]), ("Neighbourhood crime", []),
    ]  # fmt: skip
    shown = past.context["headings"][0][1][0]
    assert (shown.href, [one.title for one in shown.broken]) == (
        "/performance/office/M-001/?as_at=2026-04-01",
        ["By area"],
    )
    assert "No statement stood on this day" in said(past)
    assert "State the contribution" not in said(signed_in(house, "policy").get(where + "?as_at=2026-04-01"))
    assert [len(rows) for _, rows in client.get(where + "?as_at=2026-06-01").context["headings"]] == [0, 1]
    assert "It was not begun on that day" in said(client.get(where + "?as_at=2026-01-01"))
    assert "is still to come" in said(client.get(where + "?as_at=2027-01-01"))


def test_a_hidden_measure_leaves_no_trace_on_a_past_day_of_a_set(house: House) -> None:
    of = a_set(house, effective=date(2026, 1, 5))
    client, where = signed_in(house, "reader"), f"/performance/sets/{of.pk}/?as_at=2026-04-01"
    before, asked = client.get(where).content, questions(client, where)
    it = a_measure(house, sensitivity="restricted", owner=house.posts["policy"], effective=date(2026, 1, 5))
    put(it, of, "Homicide", effective=date(2026, 1, 6))
    assert (client.get(where).content, questions(client, where)) == (before, asked)
    assert len(signed_in(house, "policy").get(where).context["headings"][0][1]) == 1


def test_a_past_day_of_a_set_asks_as_often_for_many_as_for_one(house: House) -> None:
    of = a_set(house, effective=date(2026, 1, 5))
    client, where = signed_in(house, "policy"), f"/performance/sets/{of.pk}/?as_at=2026-06-14"
    asked = []
    for number in range(3):
        one = a_measure(house, title=f"One {number}", effective=date(2026, 1, 5))
        loaded(one, STEADY, area="North", effective=date(2026, 6, 1))
        put(one, of, "Homicide", effective=date(2026, 1, 6))
        asked.append(questions(client, where))
    assert asked == [asked[0]] * 3
    assert asked[0] <= 12
