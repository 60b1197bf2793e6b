"""A tracker saved through commands: what it makes, that a second load changes nothing, and what a later paper changes."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from candour.kernel.access import CANDOUR
from candour.kernel.history.models import Entry
from candour.kernel.history.verify import verify
from candour.kernel.intake.commands import load, read
from candour.kernel.intake.document import Reading
from candour.kernel.intake.models import Staged
from candour.kernel.intake.readers import read_document
from candour.kernel.records.models import Record, Sensitivity
from candour.kernel.rules import Refused
from candour.recommendations.commands import decide_closure, restrict
from candour.recommendations.intake.plan import reference_of
from candour.recommendations.intake.save import compare
from candour.recommendations.models import Recommendation
from candour.recommendations.queries import RecommendationRow, by_reference
from tests.factories import NOW, TODAY, House

from .forms import as_text, as_workbook
from .trackers import Tracker, clean

PAPER = Path(__file__).parents[3] / ".." / "shared" / "papers" / "audit-recommendations-tracker-2025-05.txt"
DAY = date(2025, 5, 16)


def loaded(house: House, reading: Reading, day: date = DAY):  # type: ignore[no-untyped-def]
    return load(
        reading, organisation=house.office, actor=house.actors["policy"], at=NOW, effective=day, accept_findings=True
    )


def reading_of(tracker: Tracker) -> Reading:
    return read(as_text(tracker))


def standing(house: House) -> dict[str, RecommendationRow]:
    return by_reference(house.actors["policy"], organisation=house.office.pk, today=TODAY)


def test_every_recommendation_is_made_with_its_owner_ledger_updates_and_proposal(priorities: House) -> None:
    tracker = clean(0)
    reading = reading_of(tracker)
    saved = loaded(priorities, reading)
    rows = standing(priorities)
    assert saved.made == tuple(reference_of(record) for record in reading.records)
    for rec, record in zip(tracker.recs, reading.records, strict=True):
        row = rows[reference_of(record)]
        assert (row.title, row.printed, row.audit, row.line.priority) == (
            rec.heading,
            rec.reference,
            rec.audit,
            rec.priority,
        )
        assert [owner.owner for owner in row.owners] == [rec.owner]
        assert [target.due for target in row.owners[0].targets] == [
            date(2025, 9, 30),
            *([date(2025, 12, 31)] if rec.revised else []),
        ]
        assert [update.dated for update in row.updates] == [date(2024, 10, 31), date(2025, 4, 30)]
        assert row.stage == ("proposed" if rec.closed else "open")


def test_loading_a_tracker_again_changes_nothing(priorities: House) -> None:
    reading = reading_of(clean(0))
    loaded(priorities, reading)
    entries = Entry.objects.count()
    again = loaded(priorities, reading)
    assert (again.made, again.changed, len(again.unchanged)) == ((), (), len(reading.records))
    assert Entry.objects.count() == entries
    matches = compare(reading.records, organisation=priorities.office, effective=DAY, actor=priorities.actors["policy"])
    assert {(match.match, match.plan) for match in matches} == {("Same record", ())}


def test_a_later_tracker_adds_updates_slips_and_proposals_and_nothing_else(priorities: House) -> None:
    tracker = clean(0)
    loaded(priorities, reading_of(tracker))
    rec = next(rec for rec in tracker.recs if not rec.closed and not rec.revised)
    closing = next(one for one in reversed(tracker.recs) if not one.closed)
    rec.revised = "31 March 2026"
    rec.updates["October 2025"] = {
        "achieved": "The shelves are counted now.",
        "left": "One",
        "barriers": "None",
        "proposed": "No",
    }
    closing.closed = True
    closing.updates["October 2025"] = {
        "achieved": "All is done at last.",
        "left": "Nothing",
        "barriers": "None",
        "proposed": "Yes",
    }
    later = reading_of(tracker)
    own = {record["key"]: reference_of(record) for record in later.records}
    saved = loaded(priorities, later, date(2025, 11, 14))
    rows = standing(priorities)
    assert set(saved.changed) == {own[rec.key], own[closing.key]}
    assert rows[own[rec.key]].owners[0].targets[-1].due == date(2026, 3, 31)
    assert rows[own[rec.key]].updates[-1].achieved == "The shelves are counted now."
    assert rows[own[closing.key]].stage == "proposed"
    assert loaded(priorities, later, date(2025, 11, 14)).changed == ()


def test_one_that_was_closed_here_stays_closed(priorities: House) -> None:
    tracker = clean(0)
    reading = reading_of(tracker)
    loaded(priorities, reading)
    record = next(record for record in reading.records if record["proposed_closed"])
    one = Recommendation.objects.select_related("record__organisation").get(record__reference=reference_of(record))
    decide_closure(
        one,
        answer="agreed",
        board="Panel",
        met_on=date(2025, 6, 1),
        minute="7",
        resolved="Closed",
        actor=CANDOUR,
        at=NOW,
        reason="Shown",
    )
    assert loaded(priorities, reading).changed == ()
    assert standing(priorities)[reference_of(record)].stage == "closed"


def test_a_hidden_recommendation_is_not_told_of(priorities: House) -> None:
    reading = reading_of(clean(0))
    loaded(priorities, reading)
    one = Recommendation.objects.select_related("record").get(record__reference=reference_of(reading.records[0]))
    restrict(one, sensitivity=Sensitivity.RESTRICTED, actor=CANDOUR, at=NOW, reason="Sensitive")
    matches = compare(reading.records, organisation=priorities.office, effective=DAY, actor=priorities.actors["reader"])
    assert matches[0].match == "New"
    assert [match.match for match in matches[1:]] == ["Same record"] * (len(reading.records) - 1)


def test_a_sheet_loads_as_the_paper_does(priorities: House) -> None:
    tracker = clean(1)
    saved = loaded(priorities, read(as_workbook(tracker)))
    again = loaded(priorities, reading_of(tracker))
    assert (len(saved.made), again.made) == (len(tracker.recs), ())


def test_one_reference_twice_is_refused_until_one_is_set_aside(priorities: House) -> None:
    tracker = clean(2)
    first, second = (rec for rec in tracker.recs if rec.audit == tracker.recs[0].audit)
    second.reference = first.reference
    with pytest.raises(Refused, match="printed twice in an audit"):
        loaded(priorities, reading_of(tracker))
    assert Record.objects.filter(kind="recommendation").count() == 0


def test_the_page_confirms_a_tracker_row_by_row(priorities: House) -> None:
    client = Client()
    client.force_login(priorities.people["policy"])
    tracker = clean(0)
    content = "\n".join(",".join(f'"{text}"' for text in line) for line in _sheet(tracker)).encode()
    response = client.post(
        "/papers-in/", {"paper": SimpleUploadedFile("tracker.csv", content), "effective": "16 May 2025"}
    )
    staged = Staged.objects.get()
    keys = [record["key"] for record in staged.reading["records"]]
    page = client.get(response["Location"]).content.decode()
    assert [f'value="{key}"' in page for key in keys] == [True] * len(keys)
    client.post(response["Location"], {"effective": "16 May 2025", "take": keys[1:]})
    staged.refresh_from_db()
    assert (staged.state, len(standing(priorities)), staged.outcome["set_aside"]) == (
        "confirmed",
        len(keys) - 1,
        keys[:1],
    )


def _sheet(tracker: Tracker) -> list[list[str]]:
    from .forms import sheet

    return sheet(tracker)


@pytest.mark.skipif(not PAPER.exists(), reason="the real paper is not beside this repository")
def test_the_real_tracker_loads_whole_and_again_without_a_trace(priorities: House) -> None:
    reading = read(read_document(PAPER))
    saved = loaded(priorities, reading)
    rows = standing(priorities)
    assert (len(saved.made), len(rows), sum(row.stage == "proposed" for row in rows.values())) == (45, 45, 28)
    assert sum(row.repeat_of_id is not None for row in rows.values()) == 1
    entries = Entry.objects.count()
    assert (loaded(priorities, reading).made, Entry.objects.count()) == ((), entries)
    assert verify().failure == ""
