"""The pages of scales and appetite, as a policy officer, a reader and the other body open them."""

from datetime import date, timedelta

import pytest
from django.test import Client

from candour.kernel.access import CANDOUR
from candour.kernel.people.models import Organisation
from candour.kernel.scales.commands import begin_draft, bring_in_matrix, set_appetite
from candour.kernel.scales.models import Appetite, Draft, Scale
from candour.risks.commands import close
from tests.factories import MATRIX, NOW, START, TODAY, House, a_risk
from tests.risks.pages import MOMENT, questions, said, signed_in, title

BY = {"actor": CANDOUR, "at": NOW}
NEXT = "1 October 2026"


@pytest.fixture(autouse=True)
def moment(settings) -> None:  # type: ignore[no-untyped-def]
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, MOMENT]


@pytest.fixture
def officer(house: House) -> Client:
    return signed_in(house, "policy")


@pytest.fixture
def drafting(house: House, officer: Client) -> Client:
    begin_draft(organisation=house.office, copied_from=house.scale, name="Scale of 2026", **BY)
    return officer


def answers(client: Client, address: str, **changed: str) -> dict[str, str]:
    """What a form would send as it was opened, with some answers changed."""
    form = client.get(address).context["form"]
    return {bound.html_name: str(bound.answer) for bound in form} | changed


def sent(client: Client, address: str, **changed: str):  # type: ignore[no-untyped-def]
    return client.post(address, answers(client, address, **changed))


def step(name: str) -> str:
    return f"/scales/office/draft/change/{name}/"


def draft() -> Draft:
    return Draft.objects.get()


def test_the_list_shows_the_scale_in_force_and_the_way_to_a_new_one(house: House, officer: Client):
    page = said(officer.get("/scales/"))
    assert "Scale of 2018 In force since 1 April 2018. 4 levels of impact, 4 of likelihood, 3 bands." in page
    assert "Make a new scale" in page
    assert "Mereford Police" not in page


def test_a_reader_reads_scales_and_changes_none(house: House):
    reader = signed_in(house, "reader")
    page = said(reader.get("/scales/"))
    assert ("Scale of 2018" in page, "Make a new scale" in page) == (True, False)
    assert reader.get(f"/scales/office/{house.scale.pk}/").status_code == 200
    assert reader.get("/scales/office/appetite/").status_code == 200
    for address in ("draft/new/", "draft/", "appetite/set/", "appetite/words/"):
        assert reader.get(f"/scales/office/{address}").status_code == 404


def test_another_bodys_scale_answers_like_one_that_never_was(house: House, officer: Client):
    force = Scale.objects.get(organisation=house.force)
    for address in (f"/scales/force/{force.pk}/", f"/scales/office/{force.pk}/", "/scales/never/1/"):
        assert officer.get(address).status_code == 404
    assert officer.get("/scales/force/draft/new/").status_code == 404


def test_a_scale_shows_its_bands_words_and_what_happened_to_it(house: House, officer: Client):
    page = said(officer.get(f"/scales/office/{house.scale.pk}/"))
    assert "High 8 to 16 not said every 3 months" in page
    assert "Likelihood 4 Very likely 4 Low 8 High 12 High 16 High" in page
    assert "Brought in Set up for a test Candour" in page


def test_a_draft_goes_from_a_copy_to_a_scale_in_force_without_a_script(house: House, officer: Client):
    begun = officer.post("/scales/office/draft/new/", {"copied_from": house.scale.pk, "name": "Scale of 2026"})
    assert (begun.status_code, begun.headers["Location"]) == (302, "/scales/office/draft/")
    assert sent(officer, step("size"), impact="5", likelihood="3").status_code == 302
    words = {"impact-5-word": "Extreme", "impact-5-description": "People die", "likelihood-1-chance": "Under 5%"}
    assert sent(officer, step("words"), **words).status_code == 302
    assert sent(officer, step("categories"), categories="Finance\n\nLegal\nfinance").status_code == 302
    assert sent(officer, "/scales/office/draft/descriptions/2/", **{"level-1": "A query"}).status_code == 302
    bands = {"band-1-low": "9", "band-1-high": "15", "band-2-high": "8", "band-3-meaning": "Keep"}
    assert sent(officer, step("bands"), **bands).status_code == 302
    assert sent(officer, step("intervals"), **{"band-2": "12", "longest-project": "2"}).status_code == 302
    forced = officer.post("/scales/office/draft/preview/", {"starts": NEXT, "reason": "Agreed"})
    assert (forced.status_code, forced.headers["Location"]) == (302, "/scales/")
    new = Scale.objects.get(name="Scale of 2026").matrix()
    assert new.size == (5, 3)
    assert (new.impact[4].word, new.impact[4].description, new.likelihood[0].chance) == (
        "Extreme",
        "People die",
        "Under 5%",
    )
    assert [(each.category, each.texts[0]) for each in new.guide] == [("Finance", ""), ("Legal", "A query")]
    assert [(b.name, b.low, b.high, b.review_months, b.tone, b.meaning) for b in new.bands] == [
        ("High", 9, 15, 3, "high", ""),
        ("Medium", 5, 8, 3, "medium", ""),
        ("Low", 1, 4, 12, "low", "Keep"),
    ]
    assert new.longest == (("project", 2),)


def test_a_second_draft_leads_to_the_first(drafting: Client):
    answer = drafting.get("/scales/office/draft/new/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/scales/office/draft/")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"band-1-low": "9"}, "No band holds the score 8."),
        ({"band-2-high": "8"}, "Bands Medium (5 to 8) and High (8 to 16) overlap: both hold the score 8."),
        ({"band-2-name": ""}, "Enter a name for band 2, or empty its row"),
        ({"band-1-high": "17"}, "Enter highest score as 16 or less"),
        ({"band-3-low": "x"}, "Enter lowest score as a whole number, for example 12"),
        ({"band-2-name": "high"}, "The name 'high' stands for 2 bands."),
    ],
)
def test_bands_that_do_not_hold_each_score_once_are_refused(drafting: Client, changed: dict[str, str], message: str):
    before = draft().definition
    answer = sent(drafting, step("bands"), **changed)
    assert answer.status_code == 422
    assert [problem.message for problem in answer.context["form"].problems] == [message]
    assert title(answer).startswith("Error: Bands")
    assert draft().definition == before


def test_a_word_twice_is_refused_beside_the_second(drafting: Client):
    answer = sent(drafting, step("words"), **{"likelihood-2-word": "rare", "impact-1-word": " "})
    problems = [(problem.id, problem.message) for problem in answer.context["form"].problems]
    assert problems == [
        ("impact-1-word", "Enter a word for impact 1"),
        ("likelihood-2-word", "Enter another word for likelihood 2: likelihood 1 has it"),
    ]


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(drafting: Client):
    opened = answers(drafting, step("size"), name="Mine")
    assert sent(drafting, step("size"), name="Theirs").status_code == 302
    answer = drafting.post(step("size"), opened)
    assert answer.status_code == 422
    assert "Someone has changed this draft since you opened it" in said(answer)
    assert draft().name == "Theirs"


def test_a_draft_that_is_not_finished_says_what_to_mend_and_has_no_preview(drafting: Client):
    sent(drafting, step("size"), likelihood="6")
    page = said(drafting.get("/scales/office/draft/"))
    assert "Before it can come in force, mend 2 things:" in page
    assert "No band holds the scores 18, 20 and 24." in page
    answer = drafting.get("/scales/office/draft/preview/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/scales/office/draft/")


def test_the_preview_lists_who_would_change_band_and_leaves_out_what_is_hidden(house: House, drafting: Client):
    low = {"impact": 2, "likelihood": 2}
    for reference, values in {
        "A1": {"impact": 4, "likelihood": 2},
        "A2": {"impact": 4, "likelihood": 2, "sensitivity": "restricted"},
        "A3": low,
        "A4": {"impact": 4, "likelihood": 4},
        "A5": {"impact": 2, "likelihood": 1},
    }.items():
        a_risk(house, reference=reference, title=f"Title of {reference}", **values)
    close(a_risk(house, reference="A6", **low), reason="Done", **BY)
    sent(drafting, step("bands"), **{"band-1-low": "9", "band-2-low": "4", "band-2-high": "8", "band-3-high": "3"})
    page = said(drafting.get("/scales/office/draft/preview/"))
    assert "3 live risks that you may see would change band, and 2 would not" in page
    assert "High Medium 2 A1 4 × 2 , A2 4 × 2" in page
    assert "Low Medium 1 A3 2 × 2" in page
    moves = drafting.get("/scales/office/draft/preview/").context["changes"][0]["moves"]
    assert [(move.old, move.new, move.count) for move in moves] == [("High", "Medium", 2), ("Low", "Medium", 1)]
    assert [row.href for row in moves[0].rows] == ["/risks/office/A1/", "/risks/office/A2/"]


def test_a_risk_whose_levels_the_draft_lacks_has_to_be_scored_anew(house: House, drafting: Client):
    a_risk(house, reference="A1", impact=4, likelihood=1)
    sent(drafting, step("size"), impact="3")
    sent(drafting, step("bands"), **{"band-1-high": "12"})
    assert "Low to be scored anew: the new scale lacks its levels 1 A1 4 × 1" in said(
        drafting.get("/scales/office/draft/preview/")
    )


def test_a_scale_is_put_in_force_with_a_reason(drafting: Client):
    answer = sent(drafting, "/scales/office/draft/preview/", starts="1 January 2020")
    assert [problem.message for problem in answer.context["form"].problems] == ["Say why the scale changes"]
    answer = sent(drafting, "/scales/office/draft/preview/", starts="1 January 2020", reason="Agreed")
    assert [problem.id for problem in answer.context["form"].problems] == ["starts"]
    assert Scale.objects.filter(name="Scale of 2026").count() == 0


def test_a_scale_to_come_is_called_off_with_a_reason(house: House, drafting: Client):
    sent(drafting, "/scales/office/draft/preview/", starts=NEXT, reason="Agreed")
    new = Scale.objects.get(name="Scale of 2026")
    assert "Scale of 2026 comes in force on 1 October 2026." in said(drafting.get("/scales/"))
    address = f"/scales/office/{new.pk}/call-off/"
    assert drafting.post(address, {"reason": ""}).status_code == 422
    assert drafting.post(address, {"reason": "The panel wants to wait"}).status_code == 302
    assert "called off before 1 October 2026" in said(drafting.get("/scales/"))
    assert "Called off It was to come in force" in said(drafting.get(f"/scales/office/{new.pk}/"))


def test_a_draft_is_dropped_with_a_reason(drafting: Client):
    assert drafting.post("/scales/office/draft/drop/", {"reason": ""}).status_code == 422
    assert drafting.post("/scales/office/draft/drop/", {"reason": "Not needed"}).status_code == 302
    assert drafting.get("/scales/office/draft/").status_code == 404


def test_a_body_without_an_appetite_is_told_what_one_is_for(house: House, officer: Client):
    page = said(officer.get("/scales/office/appetite/"))
    assert "No appetite is set Set one for a category of risk, such as Finance." in page


def test_an_appetite_is_set_changed_and_ended(house: House, officer: Client):
    address = "/scales/office/appetite/set/?category=Finance"
    assert sent(officer, address, word="Cautious", highest="8", effective="5/1/26", reason="Agreed").status_code == 302
    opened = answers(officer, address)
    assert (opened["word"], opened["highest"], opened["effective"]) == ("Cautious", "8", "15 June 2026")
    assert sent(officer, address, highest="4", reason="Reserves are low").status_code == 302
    page = said(officer.get("/scales/office/appetite/"))
    assert "Finance Cautious 4 15 June 2026" in page
    assert "Finance: Cautious, up to 8 5 January 2026 to 14 June 2026, on Scale of 2018" in page
    row = Appetite.objects.get(ends=None)
    assert sent(officer, f"/scales/office/appetite/{row.pk}/end/", reason="Merged").status_code == 302
    assert Appetite.objects.get(pk=row.pk).ends == TODAY


def test_an_appetite_off_the_scale_is_refused_beside_its_answer(house: House, officer: Client):
    answer = sent(officer, "/scales/office/appetite/set/", category="Finance", word="Open", highest="17", reason="x")
    assert [(problem.id, problem.message) for problem in answer.context["form"].problems] == [
        ("highest", "Enter a score from 1 to 16")
    ]


def test_categories_that_risks_carry_without_an_appetite_are_offered_and_hidden_ones_are_not(house: House):
    a_risk(house, category="Finance")
    a_risk(house, category="Legal")
    a_risk(house, category="Covert", sensitivity="restricted")
    set_appetite(organisation=house.office, category="finance", word="Open", highest=9, reason="x", **BY)
    deep, shallow = (said(signed_in(house, name).get("/scales/office/appetite/")) for name in ("policy", "reader"))
    assert "Covert, 1 live risk Set it" in deep
    assert "Categories without an appetite Legal, 1 live risk" in shallow
    assert "Covert" not in shallow


def test_the_words_of_appetite_are_the_bodys_own(house: House, officer: Client):
    given = {f"word-{n}": word for n, word in enumerate(["Low", "Middling", "High", "", ""], start=1)}
    given |= {f"meaning-{n}": "" for n in range(1, 6)}
    assert sent(officer, "/scales/office/appetite/words/", reason="Plainer", **given).status_code == 302
    assert officer.get("/scales/office/appetite/").context["words"] == [("Low", ""), ("Middling", ""), ("High", "")]


def test_the_pages_ask_the_same_number_of_queries_however_much_there_is(house: House, drafting: Client):
    sent(drafting, step("bands"), **{"band-1-low": "9", "band-2-low": "4", "band-2-high": "8", "band-3-high": "3"})
    addresses = [
        *("/scales/", "/scales/office/draft/", "/scales/office/draft/preview/", "/scales/office/appetite/"),
        f"/scales/office/{house.scale.pk}/",
    ]
    counts = []
    for size in (1, 3, 40):
        for number in range(size):
            a_risk(house, impact=2 + number % 3, likelihood=2, category=f"Category {number}")
            day = START + timedelta(days=size * 100 + number)
            category = f"Set {size} {number}"
            set_appetite(
                organisation=house.office, category=category, word="Open", highest=9, effective=day, reason="x", **BY
            )
        bring_in_matrix(MATRIX, organisation=house.force, starts=date(2030, 1, 1) + timedelta(size), reason="x", **BY)
        counts.append([questions(drafting, address) for address in addresses])
    assert counts[0] == counts[1] == counts[2]
    assert max(counts[0]) <= 12


def test_two_bodies_are_shown_side_by_side_to_who_reads_both(house: House):
    page = said(signed_in(house, "auditor").get("/scales/"))
    assert [body.name in page for body in Organisation.objects.all()] == [True, True]
    assert "Make a new scale" not in page
