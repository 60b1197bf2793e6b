"""What is wrong with a row of a log: by itself, and beside the others."""

from collections import defaultdict
from collections.abc import Iterator

from candour.boards.intake.log import DAYS, Found, Log
from candour.boards.intake.states import impossible
from candour.kernel.calendar import say_date
from candour.kernel.intake.document import Finding
from candour.kernel.intake.printed import blank, counted, listed, words_key

NAMES = {
    "set_on": "day on which it was set",
    "first": "date first agreed",
    "due": "date that stands",
    "done_on": "day on which it was done",
}


def repeated(log: Log) -> Iterator[Finding]:
    """References that more than one action has."""
    rows: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for one in log.found:
        if one.reference:
            rows[words_key(str(one.record["board"])), words_key(one.reference)].append(one)
    for found in rows.values():
        if len(found) > 1:
            places = listed([str(one.place) for one in found])
            yield Finding(
                "reference-repeated",
                "error",
                found[1].place,
                found[1].reference,
                found[1].reference,
                "a reference of its own",
                f"{counted(len(found), 'action')} have the reference {found[1].reference}: {places}",
            )


def of_rows(log: Log) -> Iterator[Finding]:
    """Row by row what each leaves out, and where its days contradict each other."""
    for one in log.found:
        yield from _left_out(one)
        yield from _days(one)
        yield from _state(one, log)


def _left_out(one: Found) -> Iterator[Finding]:
    if not one.reference and "reference" in one.columns:
        yield Finding(
            "reference-missing",
            "warning",
            one.place,
            one.reference,
            "nothing",
            "a reference",
            "The action has no reference",
        )
    if not one.record["owner"]:
        yield Finding(
            "owner-missing",
            "warning",
            one.place,
            one.reference,
            one.cells.get("owner", "nothing"),
            "a post",
            "Nobody is named who does the action",
        )
    if one.said.word == "done" and one.record["done_on"] is None:
        yield Finding(
            "done-undated",
            "warning",
            one.place,
            one.reference,
            one.cells["state"],
            "the day",
            "The action is done, and the log does not say when",
        )
    if not one.settled and one.record["due"] is None and not impossible(one.cells.get("due", "")):
        yield Finding(
            "due-missing",
            "warning",
            one.place,
            one.reference,
            one.cells.get("due", "nothing"),
            "a day",
            "The action has no day by which it is to be done",
        )


def _days(one: Found) -> Iterator[Finding]:
    for name in DAYS:
        if impossible(text := one.cells.get(name, "")):
            yield Finding(
                "date-impossible",
                "error",
                one.place,
                one.reference,
                text,
                "a day of the calendar",
                f"There is no such day: the {NAMES[name]}",
            )
    if impossible(text := one.cells.get("state", "")):
        yield Finding(
            "date-impossible",
            "error",
            one.place,
            one.reference,
            text,
            "a day of the calendar",
            "There is no such day: what is said of its state",
        )
    start, first, done = one.day("set_on"), one.day("first"), one.day("done_on")
    if start and first and first < start:
        said, should = say_date(first), f"{say_date(start)} or later"
        yield Finding(
            "due-before-set", "error", one.place, one.reference, said, should, "It was to be done before it was set"
        )
    if start and done and done < start:
        yield Finding(
            "done-before-set",
            "error",
            one.place,
            one.reference,
            say_date(done),
            f"{say_date(start)} or later",
            "It was done before it was set",
        )


def _state(one: Found, log: Log) -> Iterator[Finding]:
    """The state against the day of which the log speaks, where it says that."""
    due, done, day = one.day("due"), one.day("done_on"), log.as_at
    if day is None:
        return
    if done and done > day:
        yield Finding(
            "done-after-paper", "error", one.place, one.reference, say_date(done), f"{say_date(day)} or earlier",
            f"It is done on a day after {say_date(day)}, of which the log speaks",
        )  # fmt: skip
    if one.settled or due is None:
        return
    late = max((day - due).days, 0)
    if one.said.word == "late" and (not late or one.said.days not in (None, late)):
        should = f"late by {counted(late, 'day')}" if late else "not late"
        yield Finding(
            "late-differs", "error", one.place, one.reference, one.cells["state"], should,
            f"Its date is {say_date(due)}, and the log speaks of {say_date(day)}",
        )  # fmt: skip
    if late and one.said.word in ("open", "due soon", ""):
        yield Finding(
            "late-not-said", "warning", one.place, one.reference, one.cells.get("state", "nothing"),
            f"late by {counted(late, 'day')}", "Its date has passed, and its state does not say so",
        )  # fmt: skip
    if late and "update" in one.columns and blank(one.cells.get("update", "-")):
        yield Finding(
            "late-without-update", "note", one.place, one.reference, one.cells.get("update", "nothing"), "an update",
            f"It is late by {counted(late, 'day')}, and nothing is said of why",
        )  # fmt: skip
