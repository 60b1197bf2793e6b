"""What can be wrong with a file of people (pure). Nothing is corrected, and nothing saved where anything is an error."""

import re
from collections.abc import Iterator, Mapping, Sequence

from candour.kernel.calendar import read_date, say_date
from candour.kernel.intake.document import Finding
from candour.kernel.signin.people.plan import Known, Plan
from candour.kernel.signin.people.reading import Row

USERNAME = re.compile(r"[\w.@+-]{1,150}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
MOST_LEAVERS = 20  # in a hundred of those who may sign in; and never fewer than three


def check_rows(
    rows: Sequence[Row], *, posts: Mapping[tuple[str, str], int], bodies: Sequence[str]
) -> Iterator[Finding]:
    """Findings of single rows, then of rows against each other."""
    for row in rows:
        yield from _person(row)
        yield from _post(row, posts, bodies)
        yield from _days(row)
    yield from _against_each_other(rows)


def check_plan(plan: Plan, *, known: Known, leavers: int | None) -> Iterator[Finding]:
    """Findings of what the file would do. leavers: how many were said to be right."""
    for change in plan.changes:
        yield Finding(change.kind, "note", change.place, change.username, "", "", change.words)
    gone = [change for change in plan.changes if change.kind == "leaver"]
    most = max(3, known.active * MOST_LEAVERS // 100)
    if len(gone) > most and len(gone) != leavers:
        words = (
            f"The file stops {len(gone)} of {known.active} people, which is more than {most}. If that is right, say "
        )
        words += f"--leavers {len(gone)}; else the file may be cut short"
        yield Finding("many-leavers", "error", "the whole file", "", str(len(gone)), f"at most {most}", words)


def _person(row: Row) -> Iterator[Finding]:
    if not USERNAME.fullmatch(row.username):
        words = "A user name has letters, digits and @ . + - _, without spaces"
        yield Finding("username-wrong", "error", row.place, row.username, row.username, "", words)
    if not row.name:
        yield Finding("name-missing", "error", row.place, row.username, "", "", "The row gives no name")
    if row.email and not EMAIL.fullmatch(row.email):
        yield Finding("email-wrong", "error", row.place, row.username, row.email, "", "This is no e-mail address")
    if not row.email:
        words = "Without an e-mail address letters of their posts cannot reach them"
        yield Finding("email-missing", "warning", row.place, row.username, "", "", words)


def _post(row: Row, posts: Mapping[tuple[str, str], int], bodies: Sequence[str]) -> Iterator[Finding]:
    if row.body not in bodies:
        should = ", ".join(sorted(bodies))
        words = "No body has this code"
        yield Finding("body-unknown", "error", row.place, row.username, row.body, should, words)
    elif (row.body, row.post.lower()) not in posts:
        words = f"{row.body} has no post with this title that stands: set it up first, or mend the title"
        yield Finding("post-unknown", "error", row.place, row.username, row.post, "", words)


def _days(row: Row) -> Iterator[Finding]:
    starts, ends = read_date(row.starts), read_date(row.ends)
    for says, day in ((row.starts, starts), (row.ends, ends)):
        if says and day is None:
            words = "This is no day: write 2026-04-01 or 1/4/2026"
            yield Finding("date-unreadable", "error", row.place, row.username, says, "", words)
    if starts and ends and ends < starts:
        should = f"on or after {say_date(starts)}"
        words = "The last day is before the first"
        yield Finding("ends-before-start", "error", row.place, row.username, row.ends, should, words)


def _against_each_other(rows: Sequence[Row]) -> Iterator[Finding]:
    first: dict[str, Row] = {}
    seen: dict[tuple[str, str, str], Row] = {}
    names: dict[str, str] = {}
    for row in rows:
        named = row.username.lower()
        before = first.setdefault(named, row)
        if names.setdefault(named, row.username) != row.username:
            words = f"The same user name is written otherwise in {before.place}"
            yield Finding("username-differs", "error", row.place, row.username, row.username, before.username, words)
        if (row.name, row.email) != (before.name, before.email):
            words = f"The same person has another name or address in {before.place}"
            says, should = f"{row.name} {row.email}".strip(), f"{before.name} {before.email}".strip()
            yield Finding("person-differs", "error", row.place, row.username, says, should, words)
        held = (named, row.body, row.post.lower())
        if held in seen:
            words = f"The same person and post stand in {seen[held].place}"
            yield Finding("row-repeated", "error", row.place, row.username, row.post, "", words)
        seen.setdefault(held, row)
