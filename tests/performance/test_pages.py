"""The pages of measures, as their readers meet them."""

import re
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from candour.kernel.establishment.commands import grant
from candour.kernel.records.commands import share
from candour.kernel.records.models import Record
from candour.performance import commands
from candour.performance.commands import NewFigure
from candour.performance.models import Explanation, Measure
from tests.commissioning.factories import an_agreement
from tests.factories import NOW, TODAY, House
from tests.performance.factories import BY, LAST, STEADY, WORSE, a_measure, load, loaded, part
from tests.risks.pages import questions, said, signed_in, title

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
HERE = "/performance/office/M-001/"


def get(house: House, address: str, name: str = "policy") -> Any:
    return signed_in(house, name).get(address)


def send(house: House, page: str, answers: dict[str, Any], *, name: str = "policy") -> Any:
    seen = Record.objects.get(kind="measure").head_sequence
    return signed_in(house, name).post(HERE + page, {"seen": seen} | answers, follow=True)


def problems(response: Any) -> dict[str, str]:
    return {problem.id: problem.message for problem in response.context["form"].problems}


def references(response: Any) -> list[str]:
    return [each.row.reference for each in response.context.get("rows", [])]


def worse(house: House, **values: Any) -> Measure:
    it = a_measure(house, **values)
    loaded(it, WORSE)
    return it


# The list


def test_the_list_is_empty_with_words_that_teach(house: House) -> None:
    assert "No measure is defined yet" in said(get(house, "/performance/"))
    assert "No measures that you can see" in said(get(house, "/performance/", "reader"))


def test_exceptions_stand_first_and_each_view_holds_as_many_as_it_says(house: House) -> None:
    loaded(a_measure(house, title="Steady"), STEADY)
    a_measure(house, title="Without figures")
    worse(house, title="Worse")
    it = a_measure(house, title="Target", target="95", target_by=date(2027, 3, 31))
    loaded(it, STEADY)
    loaded(a_measure(house, title="Late"), STEADY, last=date(2026, 3, 1))
    hidden = worse(house, title="Hidden", sensitivity="restricted")
    given = {"period": LAST, "signal": "Outside", "post": house.posts["owner"], "asked": "Why?", "due": TODAY}
    commands.ask_explanation(hidden, **given, **BY)
    commands.end_measure(a_measure(house, title="Ended"), on=TODAY, **BY)
    shown = get(house, "/performance/")
    assert [(each.row.title, each.row.state) for each in shown.context["rows"]] == [
        ("Worse", "Getting worse"), ("Target", "Will miss its target"), ("Hidden", "Explanation asked"),
        ("Late", "Figures late"), ("Steady", "Steady"), ("Without figures", "No figures yet"),
    ]  # fmt: skip
    counts = {each.label: each.count for each in shown.context["views"]}
    assert counts == {
        "All measures": 6, "Exceptions": 3, "To be asked": 2, "Explanations owed": 1, "Will miss their target": 1,
        "Figures late": 1, "Restricted": 1, "Ended": 1, "Everything": 7,
    }  # fmt: skip
    for view in shown.context["views"]:
        assert len(references(get(house, f"/performance/{view.href}"))) == view.count


def test_filters_narrow_the_list_and_one_that_cannot_be_read_shows_nothing(house: House) -> None:
    worse(house, title="Calls", topic="Priority 2")
    loaded(a_measure(house, title="Victims", topic="Priority 1"), STEADY)
    assert references(get(house, "/performance/?topic=Priority+1")) == ["M-002"]
    assert references(get(house, "/performance/?state=Getting+worse")) == ["M-001"]
    assert references(get(house, "/performance/?q=victims")) == ["M-002"]
    assert references(get(house, "/performance/?sort=-reference")) == ["M-002", "M-001"]
    assert "Nothing is shown until this is mended" in said(get(house, "/performance/?state=Odd"))


def test_the_list_of_a_past_day_knows_what_had_been_loaded_by_then(house: House) -> None:
    it = a_measure(house)
    loaded(it, STEADY, last=date(2026, 4, 1), effective=date(2026, 5, 15))
    loaded(it, WORSE)
    assert [each.row.state for each in get(house, "/performance/").context["rows"]] == ["Getting worse"]
    then = get(house, "/performance/?as_at=2026-06-01").context["rows"][0].row
    assert (then.state, then.period) == ("Steady", "April 2026")
    assert get(house, "/performance/?as_at=2026-02-01").context["rows"][0].row.state == "No figures yet"
    assert references(get(house, "/performance/?as_at=2026-01-01")) == []
    assert get(house, HERE + "?as_at=2026-06-01").context["row"].said == "82"
    assert "cannot be shown" in said(get(house, HERE + "?as_at=2026-01-01"))


def test_the_list_is_taken_away_as_a_workbook_and_as_csv(house: House) -> None:
    worse(house)
    loaded(a_measure(house, title="=Sum of parts"), STEADY)
    book = load_workbook(BytesIO(get(house, "/performance/download.xlsx").content))
    rows = [[cell.value for cell in row] for row in book["Measures"].iter_rows()]
    assert [(row[0], row[4], row[6]) for row in rows[1:]] == [("M-001", "Getting worse", 70), ("M-002", "Steady", 82)]
    text = get(house, "/performance/download.csv?view=exceptions").content.decode("utf-8-sig")
    assert [line.split(",")[0] for line in text.splitlines()] == ["Reference", "M-001"]
    assert "'=Sum of parts" in get(house, "/performance/download.csv").content.decode()


# One measure


def test_the_page_says_what_changed_by_how_much_and_what_to_do(house: House) -> None:
    worse(house, target="95", target_by=date(2027, 3, 31))
    shown = get(house, HERE)
    assert title(shown) == "M-001 Emergency calls answered within 10 seconds – Candour"
    words = said(shown)
    assert "May 2026 lies below the limit of" in words
    assert "Ask for an explanation" in words
    assert "Ask for an explanation" not in said(get(house, HERE, "reader"))
    chart = shown.context["chart"]
    assert chart.table.rows[0] == ("May 2026", "70", "Outside a limit", "Final")
    assert "13 figures from May 2025 to May 2026." in chart.svg


def test_missing_months_and_hidden_numbers_are_told_and_never_drawn(house: House) -> None:
    it = a_measure(house)
    loaded(it, [81, None, 82], suppressed=True)
    rows = get(house, HERE).context["chart"].table.rows
    assert rows == (
        ("May 2026", "not shown", "none", "Not shown"), ("April 2026", "none", "none", "Missing"),
        ("March 2026", "81", "none", "Final"),
    )  # fmt: skip
    assert re.findall(r"\b82\b", said(get(house, HERE))) == []


@pytest.mark.parametrize("values", [[0], [7], [0, 0, 0, 0, 0, 0], [7, 7, 7, 7, 7, 7]])
def test_a_page_opens_whatever_its_figures(house: House, values: list[int]) -> None:
    loaded(a_measure(house), values)
    ticks = re.findall(r'class="t-e" x="52" y="[^"]*">([^<]*)<', get(house, HERE).context["chart"].svg)
    assert len(ticks) == len(set(ticks)) > 1
    assert get(house, "/performance/").status_code == 200


def test_figures_by_area_stand_beside_their_whole(house: House) -> None:
    it = a_measure(house, unit="percent", places=1)
    load(it, [part(it, LAST, 9, 10, "North"), part(it, LAST, 10, 100, "South")])
    shown = get(house, HERE)
    assert shown.context["row"].said == "17.3%"
    ((drawn, rows),) = shown.context["parts"]
    assert (drawn.title, drawn.table.heads) == ("By area", ("Area", "Figure"))  # shares of rates would say nothing
    assert [(one["name"], one["said"]) for one in rows] == [("North", "90.0%"), ("South", "10.0%")]


def test_a_measure_is_defined_and_its_page_opens(house: House) -> None:
    answers = {
        "title": "Calls given up", "counts": "Of all presented", "unit": "percent", "better": "lower", "frequency": "month",
        "target": "8%", "target_by": "31 March 2027", "sensitivity": "office", "reason": "The plan asks it", "places": "1",
    }  # fmt: skip
    shown = signed_in(house, "policy").post("/performance/define/", answers, follow=True)
    assert shown.redirect_chain[-1][0] == HERE
    it = Measure.objects.get()
    assert (it.target, it.per, it.due_days) == (Decimal(8), 1000, 10)
    wrong = signed_in(house, "policy").post("/performance/define/", answers | {"title": "Other", "target": "about 8"})
    assert wrong.status_code == 422
    assert problems(wrong) == {"target": "‘about 8’ is not a figure. Enter a number, for example 86 or 1,204.5"}
    assert 'value="about 8"' in wrong.content.decode()


def test_a_definition_is_kept_when_it_is_saved_unchanged(house: House) -> None:
    it = a_measure(house, unit="percent", target="86.5", target_by=TODAY, baseline_first=TODAY, baseline_last=TODAY)
    form = get(house, HERE + "change/").context["form"]
    answers = {field.html_name: field.answer for field in form.answers} | {"reason": "Nothing but a look"}
    send(house, "change/", answers)
    before = {name: getattr(it, name) for name in ("unit", "target", "target_by", "baseline_first", "counts")}
    it.refresh_from_db()
    assert {name: getattr(it, name) for name in before} == before


def test_an_exception_is_asked_about_lands_on_a_desk_and_closes_with_an_answer(house: House) -> None:
    worse(house)
    form = get(house, HERE + "ask/").context["form"]
    assert form["post"].answer == house.posts["chief"].pk
    sent = {"post": house.posts["owner"].pk, "due": "22 June 2026", "asked": "What changed?"}
    send(house, "ask/", sent)
    desk = said(get(house, "/desk/", "owner"))
    assert "Explain the figures: Emergency calls answered within 10 seconds" in desk
    assert "Explain the figures" not in said(get(house, "/desk/", "reader"))
    one = Explanation.objects.get()
    assert one.signal.startswith("May 2026 lies below the limit of")
    wrong = send(house, "answer/", {"which": one.pk, "answer": " ", "recovers_on": ""}, name="owner")
    assert problems(wrong) == {"answer": "Write the answer"}
    sent = {"which": one.pk, "answer": "Nineteen left", "recovers_on": "31 August 2026"}
    send(house, "answer/", sent, name="owner")
    assert "Nineteen left" in said(get(house, HERE))
    assert "Explain the figures" not in said(get(house, "/desk/", "owner"))


@pytest.mark.parametrize("role", ["performance_manager", "commissioning_officer"])
def test_a_desk_with_everything_that_can_wait_asks_twelve_times_at_most(house: House, role: str) -> None:
    grant(role, post=house.posts["owner"], organisation=house.office, starts=TODAY, **BY)
    it = worse(house)
    given = {"period": LAST, "signal": "Outside", "post": house.posts["owner"], "asked": "Why?", "due": TODAY}
    commands.ask_explanation(it, **given, **BY)
    an_agreement(house, owner=house.posts["owner"], ends=TODAY + timedelta(60), last_end=None)
    client = signed_in(house, "owner")
    desk = said(client.get("/desk/"))
    assert "Explain the figures" in desk
    assert ("Decide what comes next" in desk) == (role == "commissioning_officer")
    assert questions(client, "/desk/") <= 12


def test_nobody_answers_what_another_post_was_asked(house: House) -> None:
    it = worse(house)
    given = {"period": LAST, "signal": "Outside", "post": house.posts["chief"], "asked": "Why?", "due": TODAY}
    one = commands.ask_explanation(it, **given, **BY)
    assert get(house, HERE + "answer/", "owner").context["form"].fields["which"].choices == []
    wrong = send(house, "answer/", {"which": one.pk, "answer": "Mine"}, name="owner")
    assert problems(wrong) == {"which": "Choose what you answer"} or wrong.status_code == 422
    assert Explanation.objects.get().answer == ""


def test_limits_break_and_join_through_their_pages(house: House) -> None:
    it = a_measure(house)
    loaded(it, [*STEADY[:6], *(value + 40 for value in STEADY[:6])])
    send(house, "break/", {"period": "1 December 2025", "why": "New recording"})
    assert "Limits set anew from December 2025" in said(get(house, HERE))
    made = it.breaks.get()
    send(house, "join/", {"which": made.pk, "reason": "Not so"})
    assert "Limits set anew from December 2025" not in said(get(house, HERE))


def test_a_measure_ends_and_stays_readable(house: House) -> None:
    loaded(a_measure(house), STEADY)
    send(house, "end/", {"on": "15 June 2026", "reason": "Replaced"})
    assert references(get(house, "/performance/")) == []
    assert get(house, HERE).context["row"].state == "Ended"


def test_somebody_elses_entry_meanwhile_is_shown_and_nothing_is_saved(house: House) -> None:
    it = worse(house)
    seen = it.record.head_sequence
    commands.break_limits(it, period=LAST, why="New", actor=BY["actor"], at=NOW)
    shown = signed_in(house, "policy").post(HERE + "end/", {"seen": seen, "on": "15 June 2026", "reason": "Over"})
    assert shown.status_code == 422
    assert "somebody changed this measure" in said(shown)


# Who sees what


def test_a_restricted_measure_is_absent_everywhere_for_who_may_not_see_it(house: House) -> None:
    worse(house, sensitivity="restricted", owner=house.posts["policy"], title="Secret counts")
    reader = signed_in(house, "reader")
    for page in ("", "history/", "?as_at=2026-06-10"):
        assert reader.get(HERE + page).status_code == 404
    for address in (
        "/performance/?view=all", "/performance/?view=all&as_at=2026-06-10", "/performance/download.csv?view=all",
        "/search?q=secret", "/public/measures/",
    ):  # fmt: skip
        assert b"Secret counts" not in reader.get(address).content
    assert reader.get("/public/measures/office/M-001.csv").status_code == 404


def test_a_shared_measure_stands_on_the_list_of_the_other_body(house: House) -> None:
    it = worse(house)
    assert references(get(house, "/performance/", "force_reader")) == []
    share(it.record, organisation=house.force, actor=BY["actor"], at=NOW, reason="Held to account")
    assert references(get(house, "/performance/", "force_reader")) == ["M-001"]


# Open data


def test_a_public_measure_is_open_data_and_one_that_is_public_no_longer_is_gone(house: House) -> None:
    it = a_measure(house, sensitivity="public", smallest=5)
    counts = {"North": 3, "East": 7, "South": 20, "": 30}
    load(it, [NewFigure(it, LAST, area, value=Decimal(count)) for area, count in counts.items()])
    client = signed_in(house, "reader")
    client.logout()
    shown = client.get("/public/measures/office/M-001.csv")
    assert shown["Link"].startswith("</public/measures/office/M-001.csv-metadata.json>")
    rows = [line.split(",") for line in shown.content.decode().splitlines()]
    assert [(row[1], row[4], row[7]) for row in rows[1:]] == [
        ("", "30", "Final"), ("East", "", "Not shown"), ("North", "", "Not shown"), ("South", "20", "Final"),
    ]  # fmt: skip
    about = client.get("/public/measures/office/M-001.csv-metadata.json").json()
    assert about["url"] == "http://testserver/public/measures/office/M-001.csv"
    assert [column["name"] for column in about["tableSchema"]["columns"]] == rows[0]
    assert "M-001" in said(client.get("/public/measures/"))
    commands.restrict_measure(it, sensitivity="office", **BY)
    assert client.get("/public/measures/office/M-001.csv").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/performance/", "/performance/?as_at=2026-06-14", HERE, HERE + "?as_at=2026-06-14", HERE + "ask/",
        "/public/measures/", "/public/measures/office/M-001.csv",
    ],
)  # fmt: skip
def test_pages_ask_as_often_for_many_as_for_one(house: House, address: str) -> None:
    it = worse(house, sensitivity="public")
    client = signed_in(house, "policy")
    client.get(address)
    first = questions(client, address)
    for number in range(4):
        loaded(a_measure(house, title=f"Another {number}", sensitivity="public"), STEADY)
        commands.break_limits(it, period=date(2025, 7 + number, 1), why="Changed", actor=BY["actor"], at=NOW)
        given = {"period": date(2026, 1 + number, 1), "signal": "x", "post": house.posts["owner"], "asked": "Why?"}
        commands.ask_explanation(it, due=TODAY + timedelta(number), **given, **BY)
    assert questions(client, address) == first
    assert first <= 12


def test_what_is_published_leads_to_the_figures_of_measures(house: House) -> None:
    page = Client().get("/public/").content.decode()
    assert '<a href="/public/measures/">Figures of measures</a>' in page
