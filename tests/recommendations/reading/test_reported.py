"""What an auditor's progress report recommends is raised from its audits, and known again in a tracker."""

from datetime import date

import pytest

from candour.kernel.history.models import Entry
from candour.kernel.intake.commands import load, matched, read
from candour.kernel.intake.document import Reading
from candour.kernel.intake.kinds import Saved
from candour.kernel.intake.readers import read_document
from candour.kernel.records.raised import raised_from
from candour.recommendations.intake.same import alike
from candour.recommendations.models import Recommendation
from tests.audits.reading.papers import Paper
from tests.audits.reading.papers import clean as clean_report
from tests.audits.reading.test_saved import printed
from tests.factories import NOW, TODAY, House

from .forms import as_text
from .trackers import clean as clean_tracker

DAY = date(2024, 11, 1)
TEXT = "The office should count what is in the store each month and write down what it finds there."


def reading(paper: Paper) -> Reading:
    return read(read_document(printed(paper), "progress.txt"))


def loaded(house: House, found: Reading, actor: str = "policy", day: date = DAY) -> Saved:
    return load(
        found, organisation=house.office, actor=house.actors[actor], at=NOW, effective=day, accept_findings=True
    )


def raised(house: House) -> list[tuple[str, str, str, str, str]]:
    rows = Recommendation.objects.select_related("record", "came_from", "priority_scale").order_by("pk")
    return [
        (it.record.reference, it.came_from.reference if it.came_from else "", it.text, it.response_text,
         it.priority_scale.words_of().step(it.priority).word if it.priority_scale else it.priority_text)  # type: ignore[union-attr]
        for it in rows
    ]  # fmt: skip


def test_each_recommendation_of_a_report_is_raised_from_its_audit_with_its_owner_date_and_grade(house: House) -> None:
    paper = clean_report(0)
    saved = loaded(house, reading(paper))
    expected = [
        (f"IA24-0{n}-{number}", f"IA24-0{n}", text, response, priority)
        for n, report in enumerate(paper.reports, 1)
        for number, text, response, priority in (
            *((str(k), rec.text, rec.response, rec.priority) for k, rec in enumerate(report.recs, 1)),
            *((f"H{k}", words, "", "3") for k, words in enumerate(report.brief, 1)),
        )
    ]
    assert raised(house) == expected
    assert saved.made[4:] == tuple(row[0] for row in expected)
    first = Recommendation.objects.order_by("pk")[0]
    (assignment,) = first.assignments.all()
    assert str(assignment.owner) == paper.reports[0].recs[0].timescale.partition(" – ")[0]
    assert [target.due for target in assignment.targets.all()] == [date(2025, 3, 31)]


def test_the_plan_counts_what_was_raised_and_loaded_again_nothing_is(house: House) -> None:
    found = reading(clean_report(0))
    (match,) = matched(found, organisation=house.office, actor=house.actors["policy"], effective=DAY)
    number = sum(len(report["recommendations"]) for report in found.records[0]["reports"])
    assert f"{number} recommendations raised from its reports" in match.plan
    loaded(house, found)
    before = Entry.objects.count()
    assert (loaded(house, found).made, Entry.objects.count()) == ((), before)
    audits = {it.came_from_id for it in Recommendation.objects.all()}
    rows = raised_from([pk for pk in audits if pk], actor=house.actors["policy"], today=TODAY)
    assert sum(map(len, rows.values())) == number


def test_a_recommendation_of_a_report_is_the_same_in_a_tracker_under_another_number(priorities: House) -> None:
    report, tracker = clean_report(0), clean_tracker(0)
    report.reports[0].title, report.reports[0].recs[0].text, report.plan[0][0] = "Boat Hire", TEXT, "Boat Hire"
    tracker.recs[0].audit, tracker.recs[0].text = "BOAT HIRE", TEXT
    loaded(priorities, reading(report))
    held = Recommendation.objects.count()
    saved = loaded(priorities, read(as_text(tracker)), day=date(2025, 5, 16))
    assert len(saved.made) == len(tracker.recs) - 1
    assert Recommendation.objects.filter(text=TEXT).count() == 1
    assert Recommendation.objects.count() == held + len(tracker.recs) - 1
    assert Recommendation.objects.get(text=TEXT).updates.count() == 2
    again = loaded(priorities, read(as_text(tracker)), day=date(2025, 5, 16))
    assert (again.made, again.changed) == ((), ())


def test_what_a_tracker_brought_in_before_is_not_raised_again(priorities: House) -> None:
    report, tracker = clean_report(0), clean_tracker(0)
    report.reports[0].title, report.reports[0].recs[0].text, report.plan[0][0] = "Boat Hire", TEXT, "Boat Hire"
    tracker.recs[0].audit, tracker.recs[0].text = "BOAT HIRE", TEXT
    loaded(priorities, read(as_text(tracker)), day=date(2025, 5, 16))
    loaded(priorities, reading(report))
    assert Recommendation.objects.filter(text=TEXT).count() == 1


@pytest.mark.parametrize(
    ("audit", "text", "same"),
    [("STORES", TEXT, True), ("Payroll", TEXT, False), ("Stores", "Count the stock", False), ("Stores", "", False)],
)
def test_two_are_one_where_their_audit_is_called_so_and_their_texts_begin_alike(
    audit: str, text: str, same: bool
) -> None:
    assert alike("Stores", TEXT, audit, text) == same
