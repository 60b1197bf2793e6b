"""What the board of a cycle shows: the counts, and by owner what is asked, what came of it and what went out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from candour.kernel.notices.models import Notice
from candour.kernel.people.models import Cover, Post
from candour.recommendations import rules
from candour.recommendations.models import AnswerLink
from candour.recommendations.queries.cycles import AskRow, Standing

TONES: Mapping[str, str] = {"answered": "green", "thin": "amber", "late": "red", "none": "", "over": ""}
LABELS: Mapping[str, str] = {
    "answered": "Answered",
    "thin": "Thin",
    "late": "Late",
    "none": "No answer",
    "over": "Ended since",
}
FIGURES: Mapping[str, str] = {"none": "no answer yet", "late": "late", "thin": "thin", "answered": "answered"}


@dataclass(frozen=True)
class Figure:
    """One count at the top of the board, which leads to those that it counts."""

    state: str
    count: int
    label: str
    tone: str
    current: bool


@dataclass(frozen=True)
class Shown:
    """One row: what is asked, with the word and colour of its state."""

    row: AskRow

    @property
    def label(self) -> str:
        return LABELS[self.row.state]

    @property
    def tone(self) -> str:
        return TONES[self.row.state]

    @property
    def note(self) -> str:
        """What more there is to say of it, in a line."""
        row, ask = self.row, self.row.ask
        if row.failed:
            return ". ".join(check.said for check in row.failed)
        if row.owes and ask.sent_back_on:
            return f"Sent back: {ask.why}"
        if row.owes and row.begun:
            return "Begun, and not sent"
        if row.days_late:
            return f"{row.days_late} {'day' if row.days_late == 1 else 'days'} late"
        return "Proposes to close it" if row.proposed else ""


@dataclass(frozen=True)
class Owner:
    """A post with what is asked of it, who covers it, and what became of the last letter to it."""

    post: Post
    rows: tuple[Shown, ...]
    covers: tuple[Cover, ...]
    letter: Notice | None
    linked: bool
    owes: bool  # any answer at all, on this page or another

    @property
    def said(self) -> str:
        """Whether the last letter went out, and why not."""
        if self.letter is None:
            return "No link opens"
        if self.letter.sent_at is None and self.letter.error:
            return f"Not sent yet: {self.letter.error}"
        return ""


@dataclass(frozen=True)
class Board:
    """The board as the page shows it. total: all that is asked, beside what has ended since."""

    figures: tuple[Figure, ...]
    owners: tuple[Owner, ...]
    total: int
    shown: int
    state: str


def in_state(every: Sequence[Standing], asked: str) -> tuple[str, list[Standing]]:
    """The state that an address asks for, "" for all, and what stands so. One that there is not asks for all."""
    state = asked if asked in rules.STATES else ""
    return state, [each for each in every if not state or each.state == state]


def board(
    rows: Sequence[AskRow],
    *,
    every: Sequence[Standing],
    links: Mapping[tuple[int, int], AnswerLink],
    notices: Sequence[Notice],
    covers: Mapping[int, Sequence[Cover]],
    asked: str = "",
) -> Board:
    """rows: those of one page; every: how all answers of the cycle stand. asked: the state to show alone."""
    state, listed = in_state(every, asked)
    counts = Counter(each.state for each in every)
    figures = tuple(
        Figure(each, counts[each], FIGURES[each], {"late": "late"}.get(each, ""), each == state)
        for each in rules.STATES
    )
    last = {notice.about_id: notice for notice in notices}
    owing = {each.post for each in every if each.owes}
    owners = []
    for number, each in groupby(rows, lambda row: row.ask.post_id):
        held = tuple(Shown(row) for row in each)
        link = links.get((number, number))
        letter = last.get(link.pk) if link else None
        by = tuple(covers.get(number, ()))
        owners.append(Owner(held[0].row.ask.post, held, by, letter, link is not None, number in owing))
    return Board(figures, tuple(owners), len(every) - counts["over"], len(listed), state)
