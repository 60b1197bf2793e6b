"""Contradictions planted into a clean tracker. Each gives the code and the key of the finding that it must raise."""

from collections.abc import Callable

from .trackers import PERIODS, Rec, Tracker

Planted = tuple[str, str]


def _closed(tracker: Tracker) -> Rec:
    return next(rec for rec in tracker.recs if rec.closed)


def _open(tracker: Tracker, n: int = -1) -> Rec:
    return [rec for rec in tracker.recs if not rec.closed and not rec.revised][n]


def total_wrong(tracker: Tracker) -> Planted:
    tracker.totals["Total"][0] = str(len(tracker.recs) + 1)
    return "total-differs", ""


def total_of_a_priority_wrong(tracker: Tracker) -> Planted:
    tracker.totals["Low"][0] = str(int(tracker.totals["Low"][0]) + 2)
    return "total-sum", ""


def more_closed_than_listed(tracker: Tracker) -> Planted:
    tracker.count = f"The following {len(tracker.listed) + 3} recommendations are proposed closed."
    return "count-differs", ""


def listed_but_open(tracker: Tracker) -> Planted:
    rec = _open(tracker)
    tracker.listed.append([rec.audit, rec.priority, f"{rec.reference} {rec.heading}", "✓", "40-41"])
    return "listed-not-closed", rec.key


def closed_but_not_listed(tracker: Tracker) -> Planted:
    gone = tracker.listed.pop(0)
    rec = next(rec for rec in tracker.recs if rec.closed and gone[2].endswith(rec.heading))
    return "closed-not-listed", rec.key


def listed_but_not_held(tracker: Tracker) -> Planted:
    tracker.listed.append(["ARCHIVE", "Low", "9.9 The boiler of the archive", "✓", "40-41"])
    return "listed-unknown", ""


def pages_backwards(tracker: Tracker) -> Planted:
    tracker.listed[-1][4] = "48-47"
    return "page-range", ""


def closed_with_work_left(tracker: Tracker) -> Planted:
    rec = _closed(tracker)
    rec.updates[PERIODS[1]]["left"] = "The last cupboard has to be opened and counted."
    return "closed-work-left", rec.key


def closed_on_a_condition(tracker: Tracker) -> Planted:
    rec = _closed(tracker)
    rec.updates[PERIODS[1]]["proposed"] = "Yes, subject to approval by the board in June"
    return "closed-on-condition", rec.key


def answered_no_but_marked(tracker: Tracker) -> Planted:
    rec = _closed(tracker)
    rec.updates[PERIODS[1]]["proposed"] = "No, remain open"
    return "closed-answered-no", rec.key


def exceeded_but_not_held(tracker: Tracker) -> Planted:
    tracker.exceeded.append(["4.9 The boiler of the archive", "May 2024", "June 2025", "The boiler is old"])
    return "exceeded-unknown", ""


def slipped_and_not_in_the_table(tracker: Tracker) -> Planted:
    rec = _open(tracker)
    rec.revised = "31 March 2026"
    return "exceeded-missing", rec.key


def table_gives_another_target(tracker: Tracker) -> Planted:
    row = next(row for row in tracker.exceeded if len(row) > 1)
    row[1] = "30 June 2025"
    rec = next(rec for rec in tracker.recs if rec.revised)
    return "target-differs", rec.key


def due_before_the_report(tracker: Tracker) -> Planted:
    rec = _closed(tracker)
    rec.target = "31 December 2022"
    return "target-before-audit", rec.key


def passed_without_a_new_one(tracker: Tracker) -> Planted:
    rec = _open(tracker)
    rec.target = "31 October 2024"
    return "target-passed", rec.key


def no_target(tracker: Tracker) -> Planted:
    rec = _open(tracker)
    rec.target = ""
    return "target-missing", rec.key


def target_in_words(tracker: Tracker) -> Planted:
    rec = _open(tracker)
    rec.target = "When the builder comes"
    return "target-in-words", rec.key


def no_day_of_the_calendar(tracker: Tracker) -> Planted:
    rec = _open(tracker)
    rec.updates[PERIODS[1]]["achieved"] += " The lock came on 31 April 2025."
    return "date-invalid", rec.key


def nobody_answers(tracker: Tracker) -> Planted:
    rec = _open(tracker)
    rec.owner = ""
    return "owner-missing", rec.key


def no_update(tracker: Tracker) -> Planted:
    rec = _open(tracker)
    del rec.updates[PERIODS[1]]
    return "update-missing", rec.key


def an_update_without_news(tracker: Tracker) -> Planted:
    rec = _open(tracker)
    rec.updates[PERIODS[1]] = {"text": "The owner is unwell at the time of writing"}
    return "update-none", rec.key


def copied_from_last_time(tracker: Tracker) -> Planted:
    rec = _open(tracker)
    rec.updates[PERIODS[1]]["left"] = rec.updates[PERIODS[0]]["left"]
    return "answer-copied", rec.key


def copied_from_a_neighbour(tracker: Tracker) -> Planted:
    first, second = _open(tracker, 0), _open(tracker, -1)
    words = (
        "The clerks were asked to write down each key they take, and the book is looked at by the manager every Friday."
    )
    first.updates[PERIODS[1]]["achieved"] = second.updates[PERIODS[1]]["achieved"] = words
    return "answer-shared", second.key


def one_reference_twice(tracker: Tracker) -> Planted:
    first, second = (rec for rec in tracker.recs if rec.audit == tracker.recs[0].audit)
    for row in tracker.listed:
        row[2] = row[2].replace(f"{second.reference} {second.heading}", f"{first.reference} {second.heading}")
    second.reference = first.reference
    return "reference-duplicate", second.key


def a_pointer_to_nothing(tracker: Tracker) -> Planted:
    rec = _open(tracker)
    rec.updates[PERIODS[1]]["achieved"] = "The answer is the same as recommendation 7.7 above."
    return "reference-unknown", rec.key


def bands_leave_values_out(tracker: Tracker) -> Planted:
    rec = _open(tracker)
    rec.updates[PERIODS[1]]["achieved"] = "Scores are read so:\n<2.2\n2.3 - 2.6\n>2.7"
    return "threshold-gap", rec.key


def a_group_twice_in_a_split(tracker: Tracker) -> Planted:
    rec = _open(tracker)
    rec.updates[PERIODS[1]]["achieved"] = "The cost is shared: Northshire 44.9%, Southshire 25.9%, Northshire 29.2%."
    return "group-twice", rec.key


PLANTS: dict[str, Callable[[Tracker], Planted]] = {
    plant.__name__: plant
    for plant in (
        total_wrong, total_of_a_priority_wrong, more_closed_than_listed, listed_but_open, closed_but_not_listed,
        listed_but_not_held, pages_backwards, closed_with_work_left, closed_on_a_condition, answered_no_but_marked,
        exceeded_but_not_held, slipped_and_not_in_the_table, table_gives_another_target, due_before_the_report,
        passed_without_a_new_one, no_target, target_in_words, no_day_of_the_calendar, nobody_answers, no_update,
        an_update_without_news, copied_from_last_time, copied_from_a_neighbour, one_reference_twice,
        a_pointer_to_nothing, bands_leave_values_out, a_group_twice_in_a_split,
    )
}  # fmt: skip
# A sheet prints no list, no totals and no table of exceeded targets.
NEEDS_PAPER = {
    "total_wrong", "total_of_a_priority_wrong", "more_closed_than_listed", "listed_but_open", "closed_but_not_listed",
    "listed_but_not_held", "pages_backwards", "exceeded_but_not_held", "slipped_and_not_in_the_table",
    "table_gives_another_target",
}  # fmt: skip
