"""What changed in a plan between two days: pure, from the plan as it stood on each."""

from dataclasses import dataclass
from datetime import date

from candour.kernel.calendar import say_date
from candour.plan.queries import ActivityRow, Whole


@dataclass(frozen=True)
class Changed:
    """One activity, and what is otherwise than it was, in sentences."""

    row: ActivityRow
    what: tuple[str, ...]


def every_activity(whole: Whole | None) -> dict[int, ActivityRow]:
    return {row.pk: row for one in (whole.objectives if whole else ()) for row in one.activities}


def changes(before: Whole | None, now: Whole) -> tuple[Changed, ...]:
    """The activities that are new, stand otherwise, have another date or another owner, by reference."""
    old, found = every_activity(before), []
    for pk, row in every_activity(now).items():
        what = _what(old.get(pk), row)
        if what:
            found.append(Changed(row, what))
    return tuple(sorted(found, key=lambda one: one.row.reference))


def _what(old: ActivityRow | None, row: ActivityRow) -> tuple[str, ...]:
    if old is None:
        return ("New.",)
    said = []
    if row.state != old.state:
        said.append(f"{row.state}, {old.state.lower()} before.")
    elif row.line.word != old.line.word:
        said.append(f"{row.line.word}, {old.line.word or 'not rated'} before.")
    if row.line.due != old.line.due:
        said.append(f"Due {_day(row.line.due)}, {_day(old.line.due)} before.")
    if row.owner != old.owner:
        said.append(f"Owner {row.owner or 'no post'}, {old.owner or 'no post'} before.")
    return tuple(said)


def _day(day: date | None) -> str:
    return say_date(day) if day else "no date"
