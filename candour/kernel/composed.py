"""Questions of which the SQL is composed once and asked many times: composing takes longer than answering.

See docs/adr/0047 and 0053.

    _shares = Composed(lambda *, record: Share.objects.filter(record=record, ended=None))
    _shares(record=risk.pk)  # the rows, in one query

What is built from are values of two kinds. Those that only stand in the question (a number, a day, a text) are given by
name. Those that decide how it is composed, such as who asks, come before them: each has a composition of its own.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from copy import copy
from datetime import date, timedelta
from functools import lru_cache, partial
from types import SimpleNamespace
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Aggregate, QuerySet

KEPT = 200  # compositions of one question
Value = int | str | date


class Composed:
    """A question. build: gives the rows asked for; a value given by name must stand in them as it is.

    Raises TypeError for a value that is compared with nothing, such as one that is first added to or put into a longer text.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self.build = build
        self._composed = lru_cache(maxsize=KEPT)(self._compose)

    def __call__(self, *shape: Any, **values: Value) -> list[Any]:
        kinds = tuple((name, kind_of(value)) for name, value in values.items())
        found = self._composed(Shape(shape), kinds)
        return [] if found is None else found.rows(values)

    def _compose(self, shape: "Shape", kinds: tuple[tuple[str, type], ...]) -> "Composition | None":
        marks = {name: KINDS[kind](number) for number, (name, kind) in enumerate(kinds)}
        asked = self.build(*shape.parts, **marks)
        compiler: Any = asked.query.get_compiler(using=asked.db)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:  # nobody who asks so sees anything
            return None
        places = places_of(marks, params, asked.db)
        return Composition(asked, compiler, sql, list(params), places)


class Tally:
    """Whole numbers that one question counts of some rows. build: gives the rows, and what is counted of them by name.

    All that it is built from decides how it is composed: who asks, which filters, which day.
    """

    def __init__(self, build: Callable[..., tuple[QuerySet[Any, Any], Mapping[str, Aggregate]]]) -> None:
        self.build = build
        self._composed: OrderedDict[Shape, Counting] = OrderedDict()

    def __call__(self, *shape: Any) -> dict[str, int]:
        asked = Shape(shape)
        if known := self._composed.get(asked):
            self._composed.move_to_end(asked)
            return known.numbers()
        rows, counts = self.build(*asked.parts)
        said: list[tuple[str, Any]] = []
        with connections[rows.db].execute_wrapper(partial(noted, said)):
            found = rows.aggregate(**counts)
        if said:  # nothing is asked for one who sees nothing
            self._composed[asked] = Counting(rows, tuple(found), *said[0])
            if len(self._composed) > KEPT:
                self._composed.popitem(last=False)
        return {name: int(number or 0) for name, number in found.items()}


def noted(said: list[tuple[str, Any]], execute: Callable[..., Any], sql: str, params: Any, *more: Any) -> Any:
    """Ask a question, and note in which words."""
    said.append((sql, params))
    return execute(sql, params, *more)


class Counting(NamedTuple):
    """A tally as composed for one shape: what it counts of which rows, in its order, and in which words."""

    rows: QuerySet[Any, Any]
    names: tuple[str, ...]
    sql: str
    params: Any

    def numbers(self) -> dict[str, int]:
        with connections[self.rows.db].cursor() as cursor:
            cursor.execute(self.sql, self.params)
            return {name: int(number or 0) for name, number in zip(self.names, cursor.fetchone(), strict=True)}


class Shape:
    """What a question is composed from, besides its values. One who asks is told by what they see, not by name."""

    def __init__(self, parts: tuple[Any, ...]) -> None:
        self.parts = tuple(getattr(part, "itself", part) for part in parts)
        self.key: Hashable = tuple(getattr(part, "sees", part) for part in self.parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shape) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


class Composition:
    """A question as composed for one shape, and where its values stand."""

    def __init__(
        self, asked: QuerySet[Any, Any], compiler: Any, sql: str, params: list[Any], places: list[tuple[int, str]]
    ) -> None:
        self.asked, self.compiler, self.sql, self.params, self.places = asked, compiler, sql, params, places
        # How what the database gives is read is looked up once too: by column, of dozens of them.
        self.converters = compiler.get_converters([column for column, *_ in compiler.select[: compiler.col_count]])

    def rows(self, values: dict[str, Value]) -> list[Any]:
        """The rows for some values, as the queryset itself would give them."""
        asked: Any = self.asked
        using = asked.db
        params = list(self.params)
        for place, name in self.places:
            params[place] = adapted(values[name], using)
        compiler, query = copy(self.compiler), copy(asked.query)
        compiler.connection = connections[using]
        compiler.as_sql = lambda *_, **__: (self.sql, tuple(params))
        compiler.get_converters = lambda _: self.converters
        query.get_compiler = lambda *_, **__: compiler
        like = SimpleNamespace(db=using, query=query, _fields=asked._fields, _known_related_objects={}, _hints={})
        return list(asked._iterable_class(like))


def kind_of(value: Value) -> type:
    """Raises TypeError for a value that is no number, text or day, such as None, which is asked for in other words."""
    if isinstance(value, str):
        return str
    if isinstance(value, int) and not isinstance(value, bool):
        return int
    if type(value) is date:
        return date
    raise TypeError(f"{value!r} is no value of a composed question")


# Marks that stand for values while a question is composed: like nothing that is ever asked for.
NUMBERS, SIGN, MOST = 0x5EED_5EED_0000, "\ue5ed", 100
KINDS: dict[type, Callable[[int], Value]] = {
    int: lambda number: NUMBERS + number,
    str: lambda number: f"{SIGN}{number}{SIGN}",
    date: lambda number: date.min + timedelta(days=number + 1),
}


def places_of(marks: dict[str, Value], params: Sequence[Any], using: str) -> list[tuple[int, str]]:
    """(place among the parameters, name) of every mark."""
    by_mark = {adapted(mark, using): name for name, mark in marks.items()}
    places = []
    for place, param in enumerate(params):
        if isinstance(param, str | int | date) and param in by_mark:
            places.append((place, by_mark[param]))
        elif _was_a_mark(param):
            raise TypeError(f"{param!r}: a value that does not stand in the question as it is")
    if missing := marks.keys() - {name for _, name in places}:
        raise TypeError(f"{', '.join(sorted(missing))}: a value that does not stand in the question")
    return places


def _was_a_mark(param: Any) -> bool:
    """Whether something was made of a mark, so that a value could not be put in its place."""
    if isinstance(param, int):
        return NUMBERS - MOST <= param <= NUMBERS + MOST
    said = str(param)
    return SIGN in said or said.startswith("0001-")


def adapted(value: Value, using: str) -> Any:
    """A value as the database takes it."""
    return connections[using].ops.adapt_datefield_value(value) if isinstance(value, date) else value
