"""Read lines and search texts of meetings, agenda items and their actions, for the kernel to write and to check."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from candour.boards.models import BoardAction, Decision, Item, Meeting, Minute, Paper, Question
from candour.boards.rules.line import ItemRow, MeetingRow
from candour.kernel.calendar import local_date
from candour.kernel.history.rows import among
from candour.kernel.records.models import Record
from candour.kernel.records.search import searchable

RECORD = ("reference", "organisation_id", "owner_id", "sensitivity")
MEETING = ("board_id", "held_on", "issued_on", "called_off_on", "signed_on", "opened_at", "closed_at")
ITEM = ("meeting_id", "position", "closed", "verbal", "withdrawn_on")
TOLD = ("resolved", "reasons", "advice", "board", "minute", "what")  # that a decision is found by
KEYS = ("organisation", "owner", "board", "meeting")


def meeting_lines(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The lines of some meetings as they should stand, as values by column. Two queries."""
    records, lines = _records(pks), {}
    for row in Meeting.objects.filter(pk__in=pks).values("record_id", *MEETING):
        pk = row.pop("record_id")
        opened, closed = _day(row.pop("opened_at")), _day(row.pop("closed_at"))
        line = MeetingRow(**_plain(records[pk] | row), opened_on=opened, closed_on=closed)
        lines[pk] = _columns(line, pk)
    return lines


def item_lines(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The lines of some agenda items as they should stand, as values by column. Five queries."""
    records, lines = _records(pks), {}
    papers = Counter(Paper.objects.filter(item__in=pks, removed_on=None).values_list("item", "draft"))
    asked = Question.objects.filter(item__in=pks, removed_on=None).values_list("item", "answer")
    questions = Counter((item, bool(answer)) for item, answer in asked)
    minuted = set(Minute.objects.filter(item__in=pks).exclude(text="").values_list("item", flat=True))
    for row in Item.objects.filter(pk__in=pks).values("record_id", *ITEM):
        pk = row.pop("record_id")
        line = ItemRow(
            **_plain(records[pk] | row),
            papers=papers[pk, False],
            drafts=papers[pk, True],
            questions=questions[pk, False] + questions[pk, True],
            answered=questions[pk, True],
            minuted=pk in minuted,
        )
        lines[pk] = _columns(line, pk)
    return lines


def action_lines(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The lines of the actions of some agenda items as they should stand, as values by column, by action. Two queries."""
    records, lines = _records(pks), {}
    names = {"board": "item__meeting__board", "post": "action__owner"}
    dates = ("original_due", "due", "done_on", "removed_on")
    asked = ("action_id", "item_id", "superseded_by_id", *names.values(), *(f"action__{name}" for name in dates))
    for row in BoardAction.objects.filter(item__in=pks).values(*asked):
        line = {name: row[f"action__{name}"] for name in dates}
        record = records[row["item_id"]]
        line |= {name: record[name] for name in ("organisation_id", "owner_id", "sensitivity")}
        line |= {f"{name}_id": row[path] for name, path in names.items()}
        line |= {"action_id": row["action_id"], "record_id": row["item_id"]}
        settled = int(line["done_on"] is not None or line["removed_on"] is not None)
        lines[row["action_id"]] = line | {"superseded": row["superseded_by_id"] is not None, "settled": settled}
    return lines


def action_texts(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What the log finds the actions of some agenda items by, as values by column, by action: number and text. One query."""
    rows = BoardAction.objects.filter(item__in=pks).values_list("action", "item", "number", "action__text")
    return {
        action: {"action_id": action, "record_id": item, "text": searchable(f"{number}\n{text}")}
        for action, item, number, text in rows
    }


def decision_texts(pks: Sequence[int]) -> dict[int, str]:
    """What the register finds some decisions by: what was resolved, why and what was considered, where. One query."""
    rows = Decision.objects.filter(among(pks)).values_list("pk", *TOLD)
    return {pk: searchable("\n".join(parts)) for pk, *parts in rows}


def meeting_texts(pks: Sequence[int]) -> dict[int, str]:
    """What search finds some meetings by: reference, title, board, venue. One query."""
    rows = Meeting.objects.filter(pk__in=pks).values_list(
        "pk", "record__reference", "record__title", "board__name", "venue"
    )
    return {pk: "\n".join(part for part in parts if part) for pk, *parts in rows}


def item_texts(pks: Sequence[int]) -> dict[int, str]:
    """What search finds some items by: reference, title, introduction and the minute. Two queries.

    Decisions have words of their own: they are recorded on chains of their own.
    """
    rows = Item.objects.filter(pk__in=pks).values_list("pk", "record__reference", "record__title", "introduction")
    said = dict(Minute.objects.filter(item__in=pks).values_list("item", "text"))
    return {pk: "\n".join(part for part in (*parts, said.get(pk, "")) if part) for pk, *parts in rows}


def _records(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    rows = Record.objects.filter(pk__in=pks).values("id", *RECORD)
    return {row.pop("id"): row for row in rows}


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name.removesuffix("_id"): value for name, value in values.items()}


def _columns(line: MeetingRow | ItemRow, pk: int) -> dict[str, Any]:
    values = {f"{name}_id" if name in KEYS else name: value for name, value in vars(line).items()}
    return values | {"record_id": pk}


def _day(at: datetime | None) -> Any:
    return local_date(at) if at else None
