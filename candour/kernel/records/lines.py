"""Read lines and search texts: written in every recording that touches a record, and checked by verify."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from itertools import islice
from typing import Any

from django.db import models, transaction

from candour.kernel.history.batch import CHUNK, Batch
from candour.kernel.history.parts import WHOLE, Part, in_part
from candour.kernel.history.rows import among, prepared, put, replace
from candour.kernel.records.kinds import Kind, Parts, Past, kind_named, kinds
from candour.kernel.records.models import Record, SearchText
from candour.kernel.records.search import searchable

Since = Mapping[int, date]  # by record the day from which on it may stand otherwise
_waiting: ContextVar[dict[str, dict[int, date]] | None] = ContextVar("lines that wait", default=None)


@contextmanager
def together() -> Iterator[None]:
    """One transaction of many recordings, such as the load of a paper: lines are written once for all of them, at its end.

    Nothing inside may ask a list: it would be read from lines of before.
    """
    with transaction.atomic():
        waiting: dict[str, dict[int, date]] = {}
        token = _waiting.set(waiting)
        try:
            yield
        finally:
            _waiting.reset(token)
        write_all(waiting)


def write_waiting() -> None:
    """Write the lines that wait, part way through many recordings: of records that those to come say nothing more of."""
    if waiting := _waiting.get():
        write_all(waiting)
        waiting.clear()


def finish(batch: Batch) -> None:
    """The finisher of every recording: brings the lines of its records up to date, or lets them wait for others."""
    if batch.record_model is not Record:
        return
    waiting = _waiting.get()
    by_kind: dict[str, dict[int, date]] = {} if waiting is None else waiting
    for record in batch.records.values():
        days = by_kind.setdefault(record.kind, {})  # type: ignore[attr-defined]
        days[record.pk] = min(days.get(record.pk, date.max), batch.day(record))
    if waiting is None:
        write_all(by_kind)


def write_all(by_kind: Mapping[str, Since]) -> None:
    """Write the lines and search texts of records by the name of their kind."""
    for name, since in by_kind.items():
        for some in batched(since, CHUNK):
            write(kind_named(name), some, since)


def write(kind: Kind, pks: Sequence[int], since: Since | None = None) -> None:
    """Write the lines and search texts of some records: a statement for each that inserts or replaces.

    since: what is earlier of the lines of past days stays as it is; without it all of them are written.
    """
    lines = kind.lines(pks)
    replace(kind.line_model, list(lines.values()))
    texts = kind.search_text(pks)
    replace(SearchText, [{"record_id": pk, "text": searchable(text)} for pk, text in texts.items()])
    for parts in kind.parts:
        write_parts(parts, pks)
    if kind.past is not None:
        write_past(kind.past, {pk: since[pk] if since else date.min for pk in pks})


def write_past(past: Past, since: Since) -> None:
    """The lines of some records as they stood, from a day of each on; of those that have none yet, all of them."""
    rows_of = past.model._default_manager.filter(record__in=list(since))
    known = set(rows_of.order_by().values_list("record", flat=True).distinct())
    days = {pk: day if pk in known else date.min for pk, day in since.items()}
    by_day: dict[date, list[int]] = {}
    for pk in known:
        by_day.setdefault(days[pk], []).append(pk)
    for day, pks in by_day.items():
        past.model._default_manager.filter(record__in=pks, since__gte=day).delete()
    columns = columns_of(past)
    rows = [[line[column] for column in columns] for line in past.lines(days)]
    put(past.model, columns, prepared(past.model, columns, rows, exact=True))


def columns_of(past: Past) -> list[str]:
    """What a line of a past day says, beside its number."""
    return [field.attname for field in past.model._meta.concrete_fields if not field.primary_key]


def write_parts(parts: Parts, pks: Sequence[int]) -> None:
    """The lines of what hangs on some records, where they are not yet as they should stand: few recordings change any."""
    lines, standing = parts.lines(pks), standing_parts(parts, pks)
    if gone := standing.keys() - lines.keys():
        parts.model._default_manager.filter(pk__in=gone).delete()
    replace(parts.model, [values for pk, values in lines.items() if standing.get(pk) != values])


def standing_parts(parts: Parts, pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The lines of what hangs on some records as they stand, like parts.lines gives them."""
    columns = [field.attname for field in parts.model._meta.concrete_fields]
    rows = parts.model._default_manager.filter(among(pks, "record")).values_list("pk", *columns)
    return {pk: dict(zip(columns, values, strict=True)) for pk, *values in rows}


def check(part: Part = WHOLE) -> str:
    """Of verify: the first line or search text of a part that is not what its record gives, in words, or ""."""
    for kind in kinds():
        pks = in_part(Record.objects.filter(kind=kind.name), "pk", part).order_by("pk").values_list("pk", flat=True)
        for some in batched(pks.iterator(chunk_size=2000), 1000):
            if said := check_some(kind, some):
                return said
    return check_strays() if part.first else ""


def check_strays() -> str:
    """The first line without its record, and the first record of a kind that is not known, in words, or ""."""
    for kind in kinds():
        for model in models_of(kind):
            stray = model._default_manager.exclude(record__kind=kind.name).order_by("pk").first()
            if stray is not None:
                return f"{kind.label} {stray.record_id}: there is a line in the register without its record"  # type: ignore[attr-defined]
    unknown = Record.objects.exclude(kind__in=[kind.name for kind in kinds()]).order_by("pk").first()
    return f"{unknown} is of no kind that Candour knows" if unknown else ""


def models_of(kind: Kind) -> list[type[models.Model]]:
    """The models whose rows are lines of a kind."""
    return [kind.line_model, *(more.model for more in (*kind.parts, kind.past) if more is not None)]


def batched(each: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Numbers, or whatever else, in lists of at most `size`."""
    left = iter(each)
    while some := list(islice(left, size)):
        yield some


def check_some(kind: Kind, pks: list[int]) -> str:
    columns = [field.attname for field in kind.line_model._meta.concrete_fields]
    rows = kind.line_model._default_manager.filter(among(pks)).values_list("pk", *columns)
    standing = {pk: values for pk, *values in rows}
    texts = dict(SearchText.objects.filter(among(pks)).values_list("pk", "text"))
    expected, expected_texts = kind.lines(pks), kind.search_text(pks)
    for pk in pks:
        line = expected.get(pk)
        if standing.get(pk) != (line and [line[column] for column in columns]):
            return f"{kind.label} {pk}: its line in the register is not what its record gives"
        if texts.get(pk) != searchable(expected_texts.get(pk, "")):
            return f"{kind.label} {pk}: its search text is not what its record gives"
    said = next((wrong for parts in kind.parts if (wrong := check_parts(kind, parts, pks))), "")
    return said or (check_past(kind, kind.past, pks) if kind.past is not None else "")


def check_past(kind: Kind, past: Past, pks: Sequence[int]) -> str:
    """Of records of which any line of a past day is kept; the others are worked out when they are asked for."""
    columns = columns_of(past)
    rows = past.model._default_manager.filter(record__in=pks).order_by("record", "since").values_list(*columns)
    standing = [dict(zip(columns, values, strict=True)) for values in rows]
    expected = past.lines({line["record_id"]: date.min for line in standing})
    if standing == expected:
        return ""
    wrong = min(line["record_id"] for line in (*standing, *expected) if line not in standing or line not in expected)
    return f"{kind.label} {wrong}: its lines of past days are not what its history gives"


def check_parts(kind: Kind, parts: Parts, pks: list[int]) -> str:
    standing, expected = standing_parts(parts, pks), parts.lines(pks)
    if standing == expected:
        return ""
    wrong = min(pk for pk in standing.keys() | expected.keys() if standing.get(pk) != expected.get(pk))
    record = (standing.get(wrong) or expected[wrong])["record_id"]
    return f"{kind.label} {record}: the line of {parts.model._meta.verbose_name} {wrong} is not what its record gives"


def rebuild() -> int:
    """Write every line and search text anew; gives how many records there are."""
    count = 0
    for kind in kinds():
        pks = list(Record.objects.filter(kind=kind.name).order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(pks), CHUNK):
            write(kind, pks[start : start + CHUNK])
        count += len(pks)
    return count
