"""The columns of the list: which there are, which are asked for and in what order, and how each shows its cell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from candour.kernel.calendar import say_date
from candour.kernel.web import charts, marks
from candour.kernel.web.marks import drawn
from candour.risks.queries.rows import RiskRow, ScorePoint
from candour.risks.views.frame import Listed

Draw = Callable[[Listed], SafeString | str]


@dataclass(frozen=True)
class Column:
    """A column: its word in the address, its heading, how a cell is drawn, and how it behaves as a card on a phone."""

    key: str
    label: str
    draw: Draw
    classes: str = ""
    head: str = ""  # classes of the heading, where they are others
    sort: str = ""  # the order that its heading asks for
    nameless: bool = False  # a card need not name it

    def cell(self, item: Listed) -> SafeString:
        """The whole cell, its name beside it for the card."""
        label = "" if self.nameless else self.name_on_card(item)
        named = format_html(' data-label="{}"', label) if label else ""
        return format_html('<td role="cell" class="{}"{}>{}</td>', self.classes, named, self.draw(item))

    def name_on_card(self, item: Listed) -> str:
        return "Closed" if self.key == "review" and item.row.line.closed_on else self.label


def _title(item: Listed) -> SafeString:
    row, tags = item.row, ""
    if row.restricted:
        tags += format_html(" {}", marks.tag("Restricted", "plum"))
    if not item.home:
        tags += format_html(" {}", marks.tag(row.organisation, "line"))
    elif row.shared:
        tags += format_html(" {}", marks.tag("Shared", "line"))
    return format_html('<a href="{}">{}</a>{}{}', item.href, row.title, drawn(tags), _joint(row))


def _joint(row: RiskRow) -> SafeString | str:
    if not row.joint_with:
        return ""
    reference = f", {row.joint_reference}" if row.joint_reference else ""
    return format_html('<span class="c-sub">Joint with {}{}</span>', row.joint_with, reference)


def _levels(item: Listed) -> str:
    line = item.row.line
    return f"{line.impact} × {line.likelihood}" if line.score is not None else "not yet"


def _score(item: Listed) -> SafeString | str:
    band, proposed = item.row.band, item.row.proposed
    now = marks.score(item.row.line.score, band.tone, band.name) if band else "Not scored yet"
    return format_html('{}<span class="c-sub">{} proposed</span>', now, proposed.score) if proposed else now


def _aim(kind: str) -> Draw:
    def draw(item: Listed) -> SafeString | str:
        found = next((point for name, point in item.row.aims if name == kind), None)
        return _point(found, item.row) if found else "not yet"

    return draw


def _point(point: ScorePoint, row: RiskRow) -> SafeString | str:
    """An assessment on the scale of the score; one on another scale says which."""
    shown = marks.score(point.score, point.band.tone, point.band.name)
    if row.matrix is None or row.matrix.id == point.matrix.id:
        return shown
    return format_html('{}<span class="c-sub">on {}</span>', shown, point.matrix.name)


def _movement(item: Listed) -> SafeString | str:
    return marks.move(item.row.direction, item.row.previous_score) if item.row.band else ""


def _last_five(item: Listed) -> SafeString | str:
    return drawn(charts.spark(item.scores, top=item.top)) if item.scores else ""


def _review(item: Listed) -> SafeString | str:
    line = item.row.line
    if line.closed_on:
        return f"closed {say_date(line.closed_on)}"
    return marks.due(line.review_due, item.day, none="when scored")


def _control_due(item: Listed) -> SafeString | str:
    return marks.due(item.row.line.next_control_due, item.day, none="none")


def _day(day: date | None, none: str = "not yet") -> str:
    return say_date(day) if day else none


ALL: tuple[Column, ...] = (
    Column("title", "Risk", _title, "c-title c-full", sort="title", head=" ", nameless=True),
    Column(
        "owner",
        "Owner",
        lambda item: item.row.owner or "No owner",
        "c-quiet c-full",
        head=" ",
        sort="owner",
        nameless=True,
    ),
    Column("officer", "Responsible officer", lambda item: item.row.responsible_officer or "none", "c-quiet", head=" "),
    Column("category", "Category", lambda item: item.row.category or "none", ""),
    Column("levels", "I × L", _levels, "ctr c-nowrap c-hide-s", head="ctr c-nowrap"),
    Column("inherent", "Inherent", _aim("inherent"), "c-nowrap"),
    Column("score", "Score", _score, "c-nowrap c-cell-score", head="c-nowrap", sort="score", nameless=True),
    Column("target", "Target", _aim("target"), "c-nowrap"),
    Column("movement", "Movement", _movement, "", nameless=True),
    Column("last", "Last 5", _last_five, "c-hide-s", head=" "),
    Column("status", "Status", lambda item: marks.tag(item.row.status, item.tone), "", sort="status", nameless=True),
    Column("reviewed", "Last review", lambda item: _day(item.row.line.last_review), "c-date"),
    Column("review", "Next review", _review, "c-date c-full", head="c-date", sort="review"),
    Column("controls", "Controls open", lambda item: str(item.row.line.open_controls), "num"),
    Column("due", "Next control due", _control_due, "c-date"),
    Column("recorded", "First recorded", lambda item: say_date(item.row.line.first_recorded), "c-date"),
    Column("body", "Body", lambda item: item.row.organisation, "c-quiet", head=" "),
)
BY_KEY = {column.key: column for column in ALL}
USUAL = ("title", "owner", "levels", "score", "movement", "last", "status", "review")


def columns_of(asked: str) -> tuple[Column, ...]:
    """The columns that "title,score" asks for, in its order, each once; what is no column is left out.

    The usual ones where none is left. The reference always stands first: it names the row.
    """
    found = [BY_KEY[key] for key in dict.fromkeys(asked.split(",")) if key in BY_KEY]
    return tuple(found) or tuple(BY_KEY[key] for key in USUAL)


def said_as(columns: Sequence[Column]) -> str | None:
    """What the address says of some columns: nothing for the usual ones."""
    keys = tuple(column.key for column in columns)
    return None if keys == USUAL else ",".join(keys)


def heading(column: Column, sort: Any) -> SafeString:
    """The heading of a column, a link where the list can be put in its order."""
    classes = (column.head or column.classes).strip()
    words: SafeString | str = column.label
    state = ""
    if column.sort:
        words = format_html('<a href="{}">{}</a>', sort.link(column.sort), column.label)
        if found := sort.state(column.sort):
            state = format_html(' aria-sort="{}"', found)
    return format_html('<th scope="col" role="columnheader" class="{}"{}>{}</th>', classes, state, words)
