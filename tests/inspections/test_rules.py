"""The rules of inspections: the clock of section 55, grades that compare, causes of concern, the statement."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from candour.inspections import rules
from candour.inspections.rules import Graded, Item, Line, Stated, Step

OUT, DUE, TODAY = date(2026, 5, 4), date(2026, 6, 28), date(2026, 6, 15)
FACTS = rules.Facts(organisation=1, sensitivity="office", kind="peel", inspectorate=2, statutory=True)


def test_the_last_day_is_55_days_after_publication_whatever_day_of_the_week_it_is() -> None:
    steps = {step.which: step.due for step in rules.clock(OUT)}
    assert steps == {
        "invite": date(2026, 5, 11), "comments": date(2026, 6, 1), "draft": date(2026, 6, 15),
        "approve": date(2026, 6, 22), "publish": DUE, "copy-inspectorate": date(2026, 7, 5),
        "copy-secretary": date(2026, 7, 5), "copy-force": date(2026, 7, 5),
    }  # fmt: skip
    assert DUE.weekday() == 6  # a Sunday: none moves the end
    assert (date(2023, 12, 1), date(2024, 1, 25)) == (date(2023, 12, 1), rules.clock(date(2023, 12, 1))[4].due)


@pytest.mark.parametrize(
    ("due", "words"),
    [(date(2026, 6, 27), "12 days left"), (date(2026, 6, 16), "1 day left"), (TODAY, "last day today"),
     (date(2026, 6, 14), "1 day late"), (date(2026, 6, 12), "3 days late")],
)  # fmt: skip
def test_days_left_and_days_late_are_said_in_words(due: date, words: str) -> None:
    assert rules.said_left(due, TODAY) == words


def line(done: dict[str, date] | None = None, **facts: object) -> Line:
    given = replace(FACTS, **({"published_on": OUT} | facts))  # type: ignore[arg-type]
    steps = [replace(step, done_on=(done or {}).get(step.which)) for step in rules.clock(OUT)]
    return rules.line(given, steps if given.published_on else [])


UP_TO_DRAFT = dict.fromkeys(("invite", "comments", "draft"), date(2026, 5, 20))
ALL_BUT_COPIES = UP_TO_DRAFT | {"approve": date(2026, 6, 1), "publish": date(2026, 6, 10)}


@pytest.mark.parametrize(
    ("made", "state"),
    [
        (line(published_on=None), "Notified"),
        (line(published_on=None, fieldwork_on=TODAY), "Fieldwork"),
        (line(published_on=None, fieldwork_on=date(2026, 1, 5), debrief_on=date(2026, 2, 2)), "Report awaited"),
        (line(), "Step overdue"),
        (line(UP_TO_DRAFT), "Clock running"),
        (line(ALL_BUT_COPIES), "Copies to send"),
        (line(dict.fromkeys(rules.STEPS, TODAY)), "Answered"),
        (line(statutory=False), "No response of its own"),
        (line(linked=True), "No response of its own"),
        (line(ALL_BUT_COPIES, closed_on=TODAY), "Closed"),
    ],
)
def test_the_state_follows_from_the_days(made: Line, state: str) -> None:
    assert rules.state(made, TODAY) == state


def test_the_clock_turns_on_the_day_after_the_last() -> None:
    made = line(UP_TO_DRAFT | {"approve": date(2026, 6, 1)})
    assert (made.next_step, made.next_due, made.response_due) == ("publish", DUE, DUE)
    assert [rules.state(made, DUE + timedelta(days=n)) for n in (-1, 0, 1)] == [
        "Clock running", "Clock running", "Response overdue",
    ]  # fmt: skip
    copies = line(ALL_BUT_COPIES)
    assert [rules.state(copies, date(2026, 7, n)) for n in (5, 6)] == ["Copies to send", "Step overdue"]


def test_each_step_waits_for_what_the_law_builds_it_on() -> None:
    none = {step.which: step for step in rules.clock(OUT)}
    assert rules.waits("invite", {}) == "Record the publication of the report first: the clock begins with it"
    assert {name: rules.waits(name, none) for name in ("invite", "draft", "comments", "approve", "publish", "copy-force")} == {
        "invite": "", "draft": "", "comments": "Invite the chief officer’s comments first",
        "approve": "Draft the response first", "publish": "Approve the response first",
        "copy-force": "Publish the response first",
    }  # fmt: skip
    done = none | {"invite": Step("invite", OUT, OUT)}
    assert rules.waits("invite", done) == "This was done already: comments invited"


def graded(year: int, value: int | None, scale: int, area: str = "Custody", order: int = 1) -> Graded:
    words = {1: ("Outstanding", "Good", "Requires improvement", "Inadequate")}
    words[2] = ("Outstanding", "Good", "Adequate", "Requires improvement", "Inadequate")
    word = words[scale][value - 1] if value else "Not graded"
    key = year
    on = date(year, 3, 1)
    return Graded(area, on, f"INS-{year}", scale if value else None, f"Scale {scale}", value, word, "", order, key, 4)


@pytest.mark.parametrize(
    ("grades", "change"),
    [
        ([graded(2023, 2, 2)], ("new", "First grade")),
        ([graded(2023, 2, 2), graded(2025, 2, 2)], ("same", "As in 2023")),
        ([graded(2023, 4, 2), graded(2025, 3, 2)], ("up", "Better, from Requires improvement in 2023")),
        ([graded(2023, 2, 2), graded(2025, 3, 2)], ("down", "Worse, from Good in 2023")),
        ([graded(2019, 2, 1), graded(2023, 2, 2)], ("rescaled", "Not comparable with Good of 2019: another scale")),
        ([graded(2023, 2, 2), graded(2024, None, 2), graded(2025, 1, 2)], ("up", "Better, from Good in 2023")),
        ([graded(2023, 2, 2), graded(2025, None, 2)], ("same", "Not graded")),
    ],
)
def test_grades_are_compared_on_one_scale_alone(grades: list[Graded], change: tuple[str, str]) -> None:
    found = rules.change(grades)
    assert (found.direction, found.words) == change


def test_no_run_reaches_from_one_scale_to_another_or_over_what_was_not_graded() -> None:
    every = [graded(2017, 3, 1), graded(2019, 2, 1), graded(2022, 3, 2), graded(2024, None, 2), graded(2025, 2, 2)]
    assert [[one.on.year for one in run] for run in rules.stretches(every)] == [[2017, 2019], [2022], [2025]]


def test_areas_stand_as_the_newest_report_orders_them_under_its_spelling() -> None:
    every = [graded(2019, 2, 1, "VICTIMS ", 1), graded(2025, 3, 2, "Custody", 2), graded(2025, 2, 2, "Victims", 1)]
    every += [graded(2019, 2, 1, "Legitimacy", 2)]
    assert [(area.area, len(area.grades)) for area in rules.by_area(every)] == [
        ("Victims", 2), ("Custody", 1), ("Legitimacy", 1),
    ]  # fmt: skip


def item(pk: int, sort: str, **more: object) -> Item:
    given: dict[str, object] = {
        "reference": f"R{pk}", "title": f"Item {pk}", "address": "", "state": "Open", "state_tone": "", "owner": "",
        "owner_id": None, "due": None, "closed_on": None, "sensitivity": "office",
    }  # fmt: skip
    return Item(pk=pk, sort=sort, **(given | more))  # type: ignore[arg-type]


def test_a_cause_of_concern_needs_a_recommendation_and_each_recommendation_an_answer() -> None:
    rows = [item(1, "cause of concern"), item(2, "cause of concern"), item(3, "inspection", under=1)]
    rows += [item(4, "afi"), item(5, "inspection", closed_on=TODAY)]
    assert [one.pk for one in rules.bare_causes(rows)] == [2]
    assert [one.pk for one in rules.first_to_answer(rows, {3})] == [5]
    assert rules.counted(rows) == [("Cause of concern", 2, 2), ("Recommendation", 2, 1), ("Area for improvement", 1, 1)]


def test_an_item_of_the_statement_is_overdue_before_it_is_anything_else() -> None:
    stated = {"organisation": 1, "sensitivity": "office", "year": "2026/27", "section": "Custody", "last_on": None}
    found = {
        (due, said, left): rules.stated_state(
            Stated(**stated, due=due, said=said, left=left, closed_on=TODAY if left else None),
            TODAY,  # type: ignore[arg-type]
        )
        for due, said, left in product((TODAY - timedelta(days=1), TODAY), ("", "at risk", "on track"), ("", "done"))
    }
    late, now = TODAY - timedelta(days=1), TODAY
    assert found == {
        (late, "", ""): "Overdue", (late, "at risk", ""): "Overdue", (late, "on track", ""): "Overdue",
        (now, "", ""): "Not started", (now, "at risk", ""): "At risk", (now, "on track", ""): "On track",
        **{(day, said, "done"): "Done" for day in (late, now) for said in ("", "at risk", "on track")},
    }  # fmt: skip
