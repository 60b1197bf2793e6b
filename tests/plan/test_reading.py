"""Delivery plans are read from Word, workbooks, HTML and text by their headings, checked, and loaded through commands."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from candour.kernel.access import CANDOUR
from candour.kernel.intake.commands import load, read
from candour.kernel.intake.document import Reading
from candour.kernel.intake.readers import read_document
from candour.kernel.papers.render import render
from candour.plan.intake import propose
from candour.plan.models import Activity, ActivityLine, Plan, Progress, Success
from candour.plan.papers.export import ACTIVITY_EXPORT
from candour.plan.papers.kind import gather
from candour.plan.papers.paper import plan_paper
from tests.factories import NOW, TODAY, House
from tests.plan.test_paper import a_year

TRACKER = Path(__file__).resolve().parents[3] / "shared/papers/audit-recommendations-tracker-2025-05.txt"


def page(*rows: str, above: str = "<h1>Delivery plan</h1><p>As at 1 June 2026</p>") -> bytes:
    """A web page with a table; the cells of a row stand between bars."""
    lines = "".join("<tr>" + "".join(f"<td>{cell.strip()}</td>" for cell in row.split("|")) + "</tr>" for row in rows)
    return f"<html><body>{above}<table>{lines}</table></body></html>".encode()


HEAD = "Ref | Action | Responsible officer | Start date | By when | RAG | Update | Success measure"
CLEAN = (
    HEAD,
    "1 | Write to victims | Head of Communications | 1 May 2026 | 31 December 2026 | Green | "
    "<p>What has been achieved?</p><p>Letters go out</p><p>What is left to do?</p><p>Two districts</p><p>Any barriers?</p>"
    "| <p>Nine of ten</p><p>Fewer complaints</p>",
    "2 | Open the line | Chief Executive | 1 May 2026 | Q3 2026/27 | Amber | "
    "<p>What has been achieved?</p><p>Lines bought</p><p>What is left to do?</p><p>People</p><p>Any barriers?</p><p>Pay</p> |",
    "3 | Agree the form | Chief Executive | 1 May 2026 | 31 May 2026 | Blue | <p>Achieved: Agreed by all</p> | One form",
)


def reading(content: bytes, name: str = "delivery-plan.html") -> Reading:
    return propose(read_document(content, name))


def found(content: bytes) -> list[tuple[str, str]]:
    return [(each.reference, each.code) for each in reading(content).findings]


def test_a_clean_plan_is_read_whole_without_a_finding() -> None:
    read_ = reading(page(*CLEAN))
    assert read_.findings == []
    assert [
        (r["reference"], r["title"], r["owner"], r["start"], r["due"], r["brag"], r["stands"]) for r in read_.records
    ] == [
        ("1", "Write to victims", "Head of Communications", "2026-05-01", "2026-12-31", "Green", "on"),
        ("2", "Open the line", "Chief Executive", "2026-05-01", "2026-12-31", "Amber", "risk"),
        ("3", "Agree the form", "Chief Executive", "2026-05-01", "2026-05-31", "Blue", "done"),
    ]
    assert [(r["achieved"], r["left"], r["barriers"]) for r in read_.records] == [
        ("Letters go out", "Two districts", ""), ("Lines bought", "People", "Pay"), ("Agreed by all", "", ""),
    ]  # fmt: skip
    assert [[one["text"] for one in r["success"]] for r in read_.records] == [
        ["Nine of ten", "Fewer complaints"], [], ["One form"],
    ]  # fmt: skip
    assert (read_.meta["title"], read_.meta["as_at"], read_.records[1]["due_text"]) == (
        "Delivery plan", "2026-06-01", "Q3 2026/27",
    )  # fmt: skip
    assert read(read_document(page(*CLEAN), "plan.html")).kind == "delivery-plan"


def test_every_contradiction_is_found_and_nothing_is_corrected() -> None:
    rows = (
        HEAD,
        "1 | Red without a word | Chief Executive | | 1 July 2026 | Red | Achieved: Some |",
        "2 | Done with work left | Chief Executive | | 1 July 2026 | Blue | <p>Achieved: Much</p><p>Left to do: More</p> |",
        "3 | Past its day | Chief Executive | | 1 May 2026 | Green | <p>Achieved: Some</p> |",
        "4 | Nobody’s | TBC | | ongoing | Green | Achieved: Some | Up by X%",
        "5 | No such day | Chief Executive | | 31 June 2026 | Green | Achieved: Some |",
        "6 | Backwards | Chief Executive | 1 August 2026 | 1 July 2026 | Green | Achieved: Some |",
        "6 | Twice | Chief Executive | | 1 July 2026 | Purple | Achieved: Some |",
        "8 | Too early | Chief Executive | 1 July 2026 | 1 August 2026 | Blue | Achieved: All |",
        "9 | Not rated | Chief Executive | | 1 August 2026 | | |",
    )
    above = "<h1>Delivery plan</h1><p>As at 1 June 2026.</p><p>Of the nine actions in this plan 2 are red and 4 are green.</p>"
    assert sorted(found(page(*rows, above=above))) == sorted(
        [
            ("", "count-differs"), ("1", "no-reason"), ("2", "done-with-work-left"), ("3", "past-due"),
            ("4", "no-owner"), ("4", "no-date"), ("4", "placeholder"), ("5", "date-impossible"), ("6", "due-before-start"),
            (reading(page(*rows, above=above)).records[6]["key"], "reference-repeated"),
            (reading(page(*rows, above=above)).records[6]["key"], "rating-unknown"),
            ("8", "done-before-start"), ("9", "no-rating"),
        ]
    )  # fmt: skip
    says = [each.says for each in reading(page(*rows, above=above)).findings if each.code == "count-differs"]
    assert says == ["2 are red"]


def test_the_paper_s_own_legend_says_what_a_colour_stands_for() -> None:
    above = (
        "<h1>Action plan</h1><p>BLUE</p><p>Not started</p><p>GREEN: delivered and embedded</p><p>RED: not on track</p>"
    )
    read_ = reading(page(HEAD, *[row.replace("Green", "Green") for row in CLEAN[1:]], above=above))
    assert read_.meta["legend"] == {"blue": "unstarted", "green": "done", "red": "off"}
    assert [record["stands"] for record in read_.records] == ["done", "risk", "unstarted"]


def test_sections_headings_and_columns_say_what_an_activity_stands_under() -> None:
    above = "<h1>Delivery plan</h1><h2>Priority 2: Visible policing</h2><h3>Objective 2.1 Calls are answered</h3>"
    first = reading(
        page("Action | Owner | Due | Status", "Route | Chief | 1 May 2027 | On track", above=above)
    ).records[0]
    assert (first["priority"], first["objective"]) == (
        "Priority 2: Visible policing",
        "Objective 2.1 Calls are answered",
    )
    assert (first["brag"], first["stands"]) == ("On track", "on")
    rows = ("Priority | Objective | Task | Lead | Deadline | BRAG", "Victims | Support | Write | Chief | 1/5/27 | G")
    second = reading(page(*rows)).records[0]
    assert (second["priority"], second["objective"], second["owner"], second["brag"], second["due"]) == (
        "Victims", "Support", "Chief", "Green", "2027-05-01",
    )  # fmt: skip


def test_a_colour_that_is_no_word_is_read_from_the_ground_of_its_cell_and_held_against_the_word() -> None:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Delivery plan")
    sheet.write_row(0, 0, ["Action", "Owner", "Due date", "RAG", "Barriers"])
    for number, (word, fill) in enumerate((("", "#FF0000"), ("Green", "#00B050"), ("Green", "#FF0000")), 1):
        sheet.write_row(number, 0, [f"Act {number}", "Chief Executive", "1 May 2027"])
        sheet.write(number, 3, word, book.add_format({"bg_color": fill}))
        sheet.write(number, 4, "Money")
    book.close()
    read_ = reading(out.getvalue(), "delivery-plan.xlsx")
    assert [record["stands"] for record in read_.records] == ["off", "on", "on"]
    assert [each.code for each in read_.findings] == ["colour-differs"]


@pytest.mark.skipif(not TRACKER.exists(), reason="the real paper is not here")
def test_the_plan_inside_a_real_tracker_is_read_although_it_lost_its_columns() -> None:
    read_ = reading(TRACKER.read_bytes(), TRACKER.name)
    assert len(read_.records) == 12
    assert read_.meta["legend"] == {"blue": "unstarted", "red": "off", "amber": "on", "green": "done"}
    names = [record["priority"] for record in read_.records]
    assert [names.count(name) for name in dict.fromkeys(names)] == [4, 5, 2, 1]
    assert all(record["owner"] and record["achieved"] and record["success"] for record in read_.records)
    assert sorted({each.code for each in read_.findings}) == ["no-dates", "no-rating", "placeholder"]
    kept = sum(len(one.text.split()) for one in read_.set_aside)
    assert kept > 30_000  # the tracker around it: nothing is dropped


pages = pytest.mark.django_db


def loaded(house: House, content: bytes, name: str = "delivery-plan.html", **more: Any) -> Any:
    read_ = read(read_document(content, name), "delivery-plan")
    return load(read_, organisation=house.office, actor=CANDOUR, at=NOW, effective=TODAY, **more)


@pages
def test_a_load_makes_the_plan_and_again_changes_nothing(house: House) -> None:
    saved = loaded(house, page(*CLEAN))
    assert (len(saved.made), saved.changed, saved.unchanged) == (3, (), ())
    plan = Plan.objects.select_related("record").get()
    assert (plan.record.title, plan.sort, plan.published_on) == ("Delivery plan", "delivery", None)
    rows = Activity.objects.select_related("record").order_by("pk")
    assert [(each.record.owner, each.due, each.said_due) for each in rows] == [
        (house.posts["owner"], date(2026, 12, 31), ""),
        (house.posts["chief"], date(2026, 12, 31), ""),
        (house.posts["chief"], date(2026, 5, 31), ""),
    ]
    assert list(ActivityLine.objects.order_by("pk").values_list("stands", "outcome")) == [
        ("on", ""), ("risk", ""), ("done", "done"),
    ]  # fmt: skip
    assert (Progress.objects.count(), Success.objects.count()) == (3, 3)
    again = loaded(house, page(*CLEAN))
    assert (again.made, again.changed, len(again.unchanged)) == ((), (), 3)
    later = [
        row.replace("Letters go out", "All letters go out").replace("31 December 2026", "31 March 2027")
        for row in CLEAN
    ]
    third = loaded(house, page(*later))
    assert (third.made, len(third.changed), len(third.conflicts)) == ((), 1, 1)
    assert third.conflicts[0].endswith("its date is recorded as 31 December 2026, the paper says 31 March 2027")
    assert Progress.objects.order_by("-pk").first().achieved == "All letters go out"  # type: ignore[union-attr]


def of(house: House) -> list[tuple[Any, ...]]:
    rows = Activity.objects.select_related("record__owner", "objective__record").order_by("record__reference")
    return [
        (each.record.reference, each.record.title, str(each.record.owner or ""), each.due, each.original_due)
        for each in rows
    ]


@pages
@pytest.mark.parametrize("suffix", [".docx", ".html", ".txt", ".csv", ".xlsx"])
def test_what_candour_wrote_reads_back_whole(house: House, suffix: str) -> None:
    a_year(house)
    if suffix in (".csv", ".xlsx"):
        content = ACTIVITY_EXPORT.write(CANDOUR, organisation=house.office, as_at=None, at=NOW, suffix=suffix)
    else:
        stock = gather(CANDOUR, organisation=house.office, as_at=TODAY, since=date(2026, 4, 1), at=NOW)
        content = render(plan_paper(stock, "panel"), suffix)
    read_ = reading(content, f"delivery{suffix}")
    told = [
        (
            r["reference"], r["title"], r["owner"],
            date.fromisoformat(r["due"]), date.fromisoformat(r["first_due"] or r["due"]),
        )
        for r in sorted(read_.records, key=lambda one: one["reference"])
    ]  # fmt: skip
    assert told == of(house)
    stands = {r["reference"]: (r["stands"], r["achieved"], r["barriers"]) for r in read_.records}
    assert stands["PCP25/1.1.1"] == ("off", "Letters go out", "Nobody to post them")
    assert stands["PCP25/1.1.2"][0] == "done"
    saved = load(read_, organisation=house.office, actor=CANDOUR, at=NOW, effective=TODAY)
    assert (saved.made, saved.changed, len(saved.unchanged)) == ((), (), 4)
