"""The shapes that the demo's recommendations are written in. Weeks count back from this one.

Weeks before the first of the demo are of the trackers that the bodies kept before: what is dated in them is brought in.
"""

from dataclasses import dataclass, field

from candour.kernel.scales.rules import Step, Words

PRIORITIES = Words(
    id=0,
    name="Priorities of recommendations",
    steps=(
        Step(1, "High", "Something the body must not go without: done within three months.", "high"),
        Step(2, "Medium", "A weakness that could do harm: done within six months.", "medium"),
        Step(3, "Low", "Good practice that is missing: done within a year.", "low"),
    ),
)

Due = int | str  # the week whose Friday is meant, or words


@dataclass(frozen=True)
class Slip:
    week: int
    post: str
    due: Due
    why: str
    approver: str = "Audit Panel"


@dataclass(frozen=True)
class Said:
    week: int
    achieved: str
    left: str
    barriers: str = "None"
    evidence: str = ""  # with it, closure is proposed
    post: str = ""  # who says it, where it is not the first owner


@dataclass(frozen=True)
class Panel:
    """What the panel decided, at its meeting so many weeks ago."""

    week: int
    agreed: bool
    why: str
    minute: str


@dataclass(frozen=True)
class Found:
    week: int
    verdict: str
    words: str


@dataclass(frozen=True)
class Ended:
    week: int
    outcome: str
    why: str


@dataclass(frozen=True)
class Withdrawn:
    """The proposal to close is taken back."""

    week: int
    why: str


@dataclass(frozen=True)
class Reopened:
    week: int
    why: str


@dataclass(frozen=True)
class HandedOver:
    """An owner's part goes to another post, with the ledger of its dates."""

    week: int
    post: str
    to: str
    why: str


@dataclass(frozen=True)
class Joined:
    """Another post answers for it too, with a date of its own."""

    week: int
    post: str
    due: Due
    why: str


@dataclass(frozen=True)
class DateAsked:
    """An owner asks for a new date."""

    week: int
    post: str
    due: Due
    why: str


@dataclass(frozen=True)
class DateAnswered:
    """What the liaison answered to it. by: who agreed it, where it is granted."""

    week: int
    post: str
    granted: bool
    why: str
    by: str = ""


StepOfAsk = Slip | Said | Panel | Found | Ended | Withdrawn | Reopened | HandedOver | Joined | DateAsked | DateAnswered


@dataclass(frozen=True)
class Ask:
    """A recommendation. owners: (post, first date); answered: (week, response, words), None while it waits.

    earlier: dates that moved before the tracker was brought in. ended: (week, how), for what had ended by then.
    """

    ref: str
    body: str
    title: str
    audit: str
    raised: int
    finding: str
    text: str
    owners: tuple[tuple[str, Due], ...]
    priority: str = "Medium"
    source: str = "internal audit"
    risk: str = ""
    printed: str = ""
    answered: tuple[int, str, str] | None = None
    steps: tuple[StepOfAsk, ...] = field(default=())
    sensitivity: str = "office"
    repeat_of: str = ""
    bears_on: str = ""  # the reference of a risk that it would make smaller
    reported: int | None = None  # week of the report, where it is older than the tracker
    earlier: tuple[Slip, ...] = ()
    ended: tuple[int, str] | None = None
