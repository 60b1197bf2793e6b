"""The shapes that the demo's data is written in.

A week is counted back from the week of today: 8 is eight weeks ago, -3 three weeks ahead. Posts are named by the keys
of posts.py. In a text {m}, {m+2}, {fy} and {fy-1} stand for the month and the financial year of the day it is dated.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Post:
    """A post of one of the bodies. week: when it was set up, the first week of the demo unless given."""

    title: str
    body: Literal["office", "force"]
    directorate: str = ""
    week: int | None = None


@dataclass(frozen=True)
class User:
    """Someone who signs in. grants: (role, post, body). named: offered by name among the demo's roles."""

    username: str
    post: str
    grants: tuple[tuple[str, str], ...]
    named: bool = True


@dataclass(frozen=True)
class Spell:
    """Somebody holding a post from a week to a week."""

    username: str
    post: str
    starts: int | None = None
    ends: int | None = None
    reason: str = "Appointed"
    leaving: str = ""


@dataclass(frozen=True)
class Control:
    """A control of a risk: in place since a week, or due in a week. added: when the register took it in, if later."""

    text: str
    owner: str = ""
    since: int | None = None
    due: int | None = None
    added: int | None = None


@dataclass(frozen=True)
class Step:
    """Something that happened to a risk in a week."""

    week: int


@dataclass(frozen=True)
class Review(Step):
    """A review. answers: (number of the control, answer, week it is now due). late: working days till written up."""

    text: str
    score: tuple[int, int] | None = None
    accept: bool = False
    answers: tuple[tuple[int, str, int | None], ...] = ()
    late: int = 0


@dataclass(frozen=True)
class Update(Step):
    """What was said between reviews."""

    text: str
    late: int = 0


@dataclass(frozen=True)
class Rescore(Step):
    """A score agreed outside a review."""

    score: tuple[int, int]
    why: str


@dataclass(frozen=True)
class Target(Step):
    """A target set, or set anew, after the risk was raised."""

    score: tuple[int, int]
    why: str


@dataclass(frozen=True)
class Settle(Step):
    """One control answered between reviews. due: the week it is now due."""

    number: int
    answer: Literal["in place", "works", "in part", "fails", "still to do", "removed"]
    why: str
    due: int | None = None


@dataclass(frozen=True)
class Propose(Step):
    """A score put to a board."""

    score: tuple[int, int]
    why: str


@dataclass(frozen=True)
class Decide(Step):
    """What a board said of the proposed score."""

    answer: Literal["agreed", "refused", "withdrawn"]
    why: str
    by: str = ""


@dataclass(frozen=True)
class Respond(Step):
    """Another answer to what is done about the risk. by: the board or post that agreed it."""

    response: Literal["reduce", "accept", "share", "avoid"]
    why: str
    by: str = ""


@dataclass(frozen=True)
class HandOver(Step):
    """The risk goes to another owner, another responsible officer, or both. by: who agreed it."""

    why: str
    owner: str = ""
    officer: str = ""
    by: str = ""


@dataclass(frozen=True)
class MoveTo(Step):
    """Escalated to the strategic register, or taken back to operational."""

    level: Literal["strategic", "operational"]
    why: str
    by: str = ""


@dataclass(frozen=True)
class Close(Step):
    why: str
    by: str = ""


@dataclass(frozen=True)
class Merge(Step):
    """Closed into another risk of the body, to which its open controls move."""

    into: str
    why: str
    by: str = ""


@dataclass(frozen=True)
class Reopen(Step):
    why: str
    by: str = ""


@dataclass(frozen=True)
class Restrict(Step):
    """Another answer to who may see it."""

    sensitivity: Literal["public", "office", "restricted"]
    why: str
    by: str = ""


@dataclass(frozen=True)
class Reword(Step):
    """A better title."""

    title: str
    why: str


@dataclass(frozen=True)
class Redact(Step):
    """The words of the last update are removed, and what may be kept of them is said again."""

    why: str
    said_again: str


@dataclass(frozen=True)
class Tale:
    """A risk and what became of it. quiet: weeks of reviews in which nothing moved. links: (reference, how).

    joint: shared with the other body, whose half has the reference `half` where it has one.
    """

    ref: str
    title: str
    owner: str
    officer: str
    raised: int
    score: tuple[int, int]
    source: str
    event: str
    effect: str
    context: str = ""
    category: str = ""
    level: Literal["strategic", "operational", "project"] = "strategic"
    sensitivity: Literal["public", "office", "restricted"] = "public"
    target: tuple[int, int] | None = None
    why: str = "Found in the yearly look ahead by the senior team."
    inherent: tuple[int, int] | None = None
    response: Literal["", "reduce", "accept", "share", "avoid"] = ""
    joint: bool = False
    half: str = ""
    links: tuple[tuple[str, str], ...] = ()
    controls: tuple[Control, ...] = ()
    quiet: tuple[int, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def body(self) -> Literal["office", "force"]:
        return "office" if self.ref.startswith("MPC") else "force"


@dataclass(frozen=True)
class Action:
    """What a post agreed to do about a risk.

    moved: (week, week it is now due, why). done: (week, outcome). dropped: (week, why).
    """

    ref: str
    text: str
    owner: str
    added: int
    due: int
    moved: tuple[tuple[int, int, str], ...] = ()
    done: tuple[int, str] | None = None
    dropped: tuple[int, str] | None = None
