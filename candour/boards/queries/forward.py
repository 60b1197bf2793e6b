"""The forward plan of a board: a year's grid of what comes to which meeting, what clashes, what is late by law."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from candour.boards.access import BoardPermission
from candour.boards.models import Board, Item, Meeting, Planned, Seat, StandingItem, visible_standing
from candour.boards.queries.boards import meetings_seen
from candour.boards.rules.agenda import later
from candour.boards.rules.standing import Standing, comes_to, must_by
from candour.boards.rules.states import STATE_TONES, TO_COME, clear_days_before, state
from candour.boards.rules.words import SORTS
from candour.kernel.access import Actor
from candour.kernel.calendar import financial_year, say_date
from candour.kernel.records.models import visible


@dataclass(frozen=True)
class Column:
    """A meeting of the year: open_to says whether its plan can still be changed. clashes: in words."""

    pk: int
    reference: str
    held_on: date
    state: str
    tone: str
    open_to: bool
    papers_by: date
    issue_by: date
    clashes: tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """What is known of an item at a meeting: "agenda", "planned" or "". earlier, later: meetings to which it can move."""

    meeting: int
    what: str
    item: str = ""  # the reference of the agenda item
    earlier: int | None = None
    later: int | None = None


@dataclass(frozen=True)
class Line:
    """A row of the grid: a standing item, or something that comes once (planned)."""

    key: str
    title: str
    sort: str
    lead: str
    law: str
    by: date | None
    warning: str
    cells: tuple[Cell, ...]
    standing: int | None = None
    planned: int | None = None


@dataclass(frozen=True)
class Adrift:
    """Something that comes once and was planned for a meeting that was called off: its number, title and that day."""

    planned: int
    title: str
    day: date


@dataclass(frozen=True)
class Plan:
    """The grid of a year. adrift: what has to be planned anew."""

    year: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    adrift: tuple[Adrift, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        return tuple(line.warning for line in self.lines if line.warning)

    @property
    def open_columns(self) -> tuple[Column, ...]:
        """The meetings whose plan can still be changed."""
        return tuple(column for column in self.columns if column.open_to)


def standing_of(row: StandingItem) -> Standing:
    """A standing item as the rules need it."""
    must = (row.must_month, row.must_day) if row.must_month and row.must_day else None
    return Standing(row.pk, row.every, row.month, must)


def planned_of(board: int) -> list[Planned]:
    """Everything that was decided of a board's forward plan and stands. One query."""
    rows = Planned.objects.filter(board=board, dropped_on=None).select_related("lead", "meeting", "item__record")
    return list(rows.order_by("pk"))


def departures(planned: Iterable[Planned]) -> dict[int, dict[int, bool]]:
    """By standing item and meeting what was decided otherwise than its rule: True comes, False does not."""
    found: dict[int, dict[int, bool]] = defaultdict(dict)
    for row in planned:
        if row.standing_id is not None:
            found[row.standing_id][row.meeting_id] = row.comes
    return found


def planned_at(
    rows: Iterable[StandingItem], meeting: Meeting, decided: Mapping[int, Mapping[int, bool]]
) -> list[StandingItem]:
    """Those standing items that are planned for a meeting. One query."""
    pks, days = of_year(meeting.board, financial_year(meeting.held_on))
    if meeting.pk not in pks:
        return []
    place = pks.index(meeting.pk)
    return [row for row in rows if _comes(row, pks, days, place, decided)]


def of_year(board: Board, year: str) -> tuple[list[int], list[date]]:
    """The meetings of a board in a financial year that were not called off, by day: numbers and days. One query."""
    rows = board.meetings.filter(called_off_on=None).order_by("held_on", "pk").values_list("pk", "held_on")
    found = [(pk, day) for pk, day in rows if financial_year(day) == year]
    return [pk for pk, _ in found], [day for _, day in found]


def _comes(
    row: StandingItem, pks: Sequence[int], days: Sequence[date], place: int, decided: Mapping[int, Mapping[int, bool]]
) -> bool:
    own = decided.get(row.pk, {})
    added = {pks.index(pk) for pk, comes in own.items() if comes and pk in pks}
    left_out = {pks.index(pk) for pk, comes in own.items() if not comes and pk in pks}
    return comes_to(standing_of(row), days, place, added=added, left_out=left_out)


def forward_plan(board: Board, year: str, *, actor: Actor, today: date) -> Plan:
    """The grid of a year as an actor may see it. Six queries."""
    every = [row for row in meetings_seen(actor).filter(board=board) if financial_year(row.held_on) == year]
    meetings = [row for row in every if row.called_off_on is None]
    columns = tuple(_columns(board, meetings, actor, today))
    planned = planned_of(board.pk)
    decided = departures(planned)
    rows = StandingItem.objects.filter(visible_standing(actor), board=board).select_related("lead")
    items = Item.objects.filter(
        visible(actor, BoardPermission.SEE, "record__"), meeting__in=[row.pk for row in every]
    ).select_related("record")
    seen = {item.pk: item for item in items}
    on_agenda = {
        (item.standing_id, item.meeting_id): item.record.reference
        for item in seen.values()
        if item.standing_id is not None and item.withdrawn_on is None
    }
    lines = []
    for row in rows.order_by("position", "pk"):
        cells = _cells(row, columns, decided, on_agenda)
        if row.ended_on is None or any(cell.what == "agenda" for cell in cells):
            lines.append(_line(row, cells, columns, year))
    here, there = {row.pk for row in meetings}, {row.pk for row in every}
    once = [row for row in planned if row.standing_id is None and (row.item_id is None or row.item_id in seen)]
    lines += [_once(row, columns) for row in once if row.meeting_id in here]
    adrift = [row for row in once if row.meeting_id in there - here]
    return Plan(year, columns, tuple(lines), tuple(Adrift(row.pk, row.title, row.meeting.held_on) for row in adrift))


def _columns(board: Board, meetings: Sequence[Meeting], actor: Actor, today: date) -> Iterable[Column]:
    clashes = clashes_of(board, meetings, actor=actor)
    for row in meetings:
        now = state(row.record.meeting_line, today)
        yield Column(
            row.pk,
            row.record.reference,
            row.held_on,
            now,
            STATE_TONES[now],
            now in TO_COME,
            clear_days_before(row.held_on, board.papers_days),
            clear_days_before(row.held_on, board.notice_days),
            clashes[row.pk],
        )


def clashes_of(board: Board, meetings: Sequence[Meeting], *, actor: Actor) -> dict[int, tuple[str, ...]]:
    """By meeting, in words, what other board an actor may see, with a member in common, meets then too. One query."""
    own = Seat.objects.filter(board=board, ends=None).values("post")
    shared = Seat.objects.filter(board=OuterRef("board"), ends=None, post__in=own)
    days = [row.held_on for row in meetings]
    others = meetings_seen(actor).filter(Exists(shared), held_on__in=days, called_off_on=None).exclude(board=board)
    by_day: dict[date, list[Meeting]] = defaultdict(list)
    for other in others:
        by_day[other.held_on].append(other)
    return {
        row.pk: tuple(f"{other.board.name} meets then too" for other in by_day[row.held_on] if overlap(row, other))
        for row in meetings
    }


def overlap(one: Meeting, other: Meeting) -> bool:
    """Whether two meetings of one day lie on top of each other."""
    return one.starts_at < later(other.starts_at, other.lasts) and other.starts_at < later(one.starts_at, one.lasts)


def _cells(
    row: StandingItem,
    columns: Sequence[Column],
    decided: Mapping[int, Mapping[int, bool]],
    on_agenda: Mapping[tuple[int, int], str],
) -> tuple[Cell, ...]:
    pks, days = [column.pk for column in columns], [column.held_on for column in columns]
    what = []
    for place, column in enumerate(columns):
        reference = on_agenda.get((row.pk, column.pk), "")
        comes = row.ended_on is None and _comes(row, pks, days, place, decided)
        what.append(("agenda", reference) if reference else ("planned" if comes else "", ""))
    return tuple(_movable(columns, what))


def _movable(columns: Sequence[Column], what: Sequence[tuple[str, str]]) -> Iterable[Cell]:
    """Cells with the nearest meetings, before and after, that are free for what is planned in them."""
    free = [place for place, column in enumerate(columns) if column.open_to and not what[place][0]]
    for place, column in enumerate(columns):
        word, reference = what[place]
        if word != "planned" or not column.open_to:
            yield Cell(column.pk, word, reference)
            continue
        before = [each for each in free if each < place]
        after = [each for each in free if each > place]
        yield Cell(
            column.pk,
            word,
            reference,
            columns[before[-1]].pk if before else None,
            columns[after[0]].pk if after else None,
        )


def _line(row: StandingItem, cells: tuple[Cell, ...], columns: Sequence[Column], year: str) -> Line:
    by = must_by(standing_of(row), date(int(year[:4]), 4, 1))
    return Line(
        key=f"standing-{row.pk}",
        title=row.title,
        sort=SORTS[row.sort],
        lead=row.lead.title if row.lead else "",
        law=row.law,
        by=by,
        warning=_warning(row, by, cells, columns),
        cells=cells,
        standing=row.pk,
    )


def _warning(row: StandingItem, by: date | None, cells: Sequence[Cell], columns: Sequence[Column]) -> str:
    """What is wrong with a duty of the year: no meeting takes it by its day."""
    if by is None or row.ended_on is not None:
        return ""
    taken: Collection[date] = [column.held_on for column, cell in zip(columns, cells, strict=True) if cell.what]
    if any(day <= by for day in taken):
        return ""
    law = f" ({row.law})" if row.law else ""
    return f"No meeting takes ‘{row.title}’ by {say_date(by)}{law}"


def _once(row: Planned, columns: Sequence[Column]) -> Line:
    places = [column.pk for column in columns]
    here = places.index(row.meeting_id)
    before = [column.pk for column in columns[:here] if column.open_to]
    after = [column.pk for column in columns[here + 1 :] if column.open_to]
    open_to = columns[here].open_to and not row.taken
    what = "agenda" if row.taken else "planned"
    reference = row.item.record.reference if row.item and row.taken else ""
    cells = tuple(
        Cell(
            column.pk,
            what if column.pk == row.meeting_id else "",
            reference if column.pk == row.meeting_id else "",
            before[-1] if before and open_to and column.pk == row.meeting_id else None,
            after[0] if after and open_to and column.pk == row.meeting_id else None,
        )
        for column in columns
    )
    lead = row.lead.title if row.lead else ""
    return Line(f"once-{row.pk}", row.title, "Once", lead, "", None, "", cells, planned=row.pk)
