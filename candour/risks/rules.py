"""The rules of a risk: score, band, direction, review, controls and status. Each is explained in docs/rules/risks.md.

Nothing here knows the database or the clock. What depends on today is a rule table; every threshold is in the table, in
the body's matrix or passed in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from candour.kernel.calendar import add_months
from candour.kernel.frozen import quick
from candour.kernel.rules import TODAY, Condition, Field, Rule, Table, Today, read, table
from candour.kernel.scales.rules import Band, Matrix, category_key

Kind = Literal["strategic", "operational", "project"]
Direction = Literal["new", "up", "down", "same", "rescaled"]

MOVEMENT_WORDS: Mapping[Direction, str] = {
    "new": "New",
    "up": "Up",
    "down": "Down",
    "same": "No change",
    "rescaled": "Not comparable",
}
SENSITIVITY_WORDS: Mapping[str, str] = {
    "public": "May be published",
    "office": "Office and panel",
    "restricted": "Restricted",
}


@quick
@dataclass(frozen=True)
class Facts:
    """What the risk's own row says. organisation is an id; accepted_on is when a review accepted the risk as it is."""

    organisation: int
    sensitivity: str
    kind: Kind
    first_recorded: date
    last_review: date | None = None
    transferred_on: date | None = None
    accepted_on: date | None = None
    closed_on: date | None = None
    category: str = ""


@quick
@dataclass(frozen=True)
class Assessment:
    """One scoring of a risk, on the matrix of its day. A proposed one counts for nothing until a board agrees it."""

    purpose: Literal["inherent", "current", "target"]
    matrix: Matrix
    impact: int
    likelihood: int
    scored_on: date
    proposed: bool = False

    @property
    def score(self) -> int:
        return score(self.matrix, self.impact, self.likelihood)


@quick
@dataclass(frozen=True)
class Control:
    """A control: in place, or pending with a due date or without one; removed since removed_on."""

    pending: bool
    due: date | None = None
    removed_on: date | None = None


@quick
@dataclass(frozen=True)
class Line:
    """What a register shows of a risk and what does not depend on today: the read line.

    score, impact, likelihood and scored_on are None, band is "" for a risk not yet scored. rank is the score, and 0 for
    that risk. target is None without a target, or with one on another matrix than the score. awaits_from is the first day on
    which it awaits review, None while nothing calls for one; moved_on the last day on which its score was set or it came.
    scale is the number of the matrix of the score; category_key is what two writings of its category share.
    """

    organisation: int
    sensitivity: str
    kind: Kind
    score: int | None
    band: str
    rank: int
    impact: int | None
    likelihood: int | None
    target: int | None
    first_recorded: date
    scored_on: date | None
    last_review: date | None
    review_due: date | None
    open_controls: int
    next_control_due: date | None
    transferred_on: date | None
    accepted_on: date | None
    closed_on: date | None
    awaits_from: date | None
    moved_on: date
    scale: int | None
    category_key: str


STATUS: Table = table(
    Rule("Closed", (Condition("closed_on", "is not none"),)),
    Rule("Overdue Control", (Condition("next_control_due", "<", TODAY),)),
    Rule("Awaiting Review", (Condition("awaits_from", "<=", TODAY),)),
    Rule("Controls Tasked", (Condition("open_controls", ">", 0),)),
    Rule("Controlled", (Condition("score", "<=", Field("target")),)),
    Rule("Controlled", (Condition("accepted_on", ">=", Field("last_review")),)),
    Rule("Managed"),
)

STATUS_WORDS: Mapping[str, str] = {
    "Overdue Control": "A control that is still to be put in place has passed its due date.",
    "Awaiting Review": "The risk has never been reviewed, its review is past due, or its responsible officer has "
    "changed since the last review.",
    "Controls Tasked": "More controls are on the way, and none has passed its due date.",
    "Controlled": "No control is outstanding, and either the score is at or below its target or the last review "
    "accepted the risk as it stands.",
    "Managed": "No control is outstanding, but the risk is neither at its target nor accepted.",
    "Closed": "The risk has left the register, with a reason. It can be reopened.",
}

CONTROL_STATE: Table = table(
    Rule("removed", (Condition("removed_on", "is not none"),)),
    Rule("in place", (Condition("pending", "==", False),)),
    Rule("overdue", (Condition("due", "<", TODAY),)),
    Rule("due soon", (Condition("due", "<=", Today(14)),)),
    Rule("pending"),
)


AGES: Mapping[str, str] = {
    "in time": "In time",
    "to 30": "Up to 30 days late",
    "31 to 90": "31 to 90 days late",
    "over 90": "Over 90 days late",
    "no date": "No date",
}


def late_by(field: str) -> Table:
    """How late what a date is for is on a day, as a key of AGES. The day itself is in time."""
    return table(
        Rule("no date", (Condition(field, "is none"),)),
        Rule("over 90", (Condition(field, "<", Today(-90)),)),
        Rule("31 to 90", (Condition(field, "<", Today(-30)),)),
        Rule("to 30", (Condition(field, "<", TODAY),)),
        Rule("in time"),
    )


REVIEW: Table = table(
    Rule("Not due", (Condition("closed_on", "is not none"),)),
    Rule("Late", (Condition("review_due", "<", TODAY),)),
    Rule("First review", (Condition("last_review", "is none"),)),
    Rule("Handed over", (Condition("transferred_on", ">", Field("last_review")),)),
    Rule("Due soon", (Condition("review_due", "<=", Today(14)),)),
    Rule("Not due"),
)

REVIEW_WORDS: Mapping[str, str] = {
    "Late": "Its review is past due.",
    "First review": "It has never been reviewed.",
    "Handed over": "Its responsible officer has changed since the last review.",
    "Due soon": "Its review is due within a fortnight.",
}


def score(matrix: Matrix, impact: int, likelihood: int) -> int:
    """Impact times likelihood. Raises ValueError for a level that the matrix does not have."""
    return matrix.score(impact, likelihood)


def band(matrix: Matrix, score: int) -> Band:
    """The band of a score. Raises ValueError where the matrix has none."""
    return matrix.band(score)


def direction(
    current: int, previous: int | None, first_recorded: date, since: date | None, *, one_matrix: bool = True
) -> Direction:
    """How a score moved since a day, the last paper's as a rule. one_matrix: both scores are of one matrix.

    A risk first recorded after that day is new, and so is one with no earlier score to compare or no day to compare
    with. One recorded on the day itself was there already. Scores of two matrices are never compared: "rescaled".
    """
    if previous is None or since is None or first_recorded > since:
        return "new"
    if not one_matrix:
        return "rescaled"
    if current == previous:
        return "same"
    return "up" if current > previous else "down"


def review_due(last_review: date | None, first_recorded: date, band: Band, *, most_months: int | None = None) -> date:
    """When the next review is due: the band's interval after the last review or, with none, after first recording.

    most_months is the longest interval that the body allows for the risk's kind; the shorter of the two counts.
    """
    months = band.review_months if most_months is None else min(band.review_months, most_months)
    return add_months(last_review or first_recorded, months)


def awaits_from(facts: Facts | Line, due: date | None) -> date | None:
    """The first day on which a risk awaits review: the day after the review is due; from its first day where it was never
    reviewed, from the handover where it has changed hands since. None where nothing calls for a review.
    """
    if facts.last_review is None:
        return facts.first_recorded
    late = [due + timedelta(days=1)] if due else []
    handed_over = [facts.transferred_on] if facts.transferred_on and facts.transferred_on > facts.last_review else []
    return min(late + handed_over, default=None)


def line(facts: Facts, *, assessments: Iterable[Assessment], controls: Iterable[Control]) -> Line:
    """The read line of a risk from its row, its assessments (oldest first) and its controls, removed ones included."""
    assessments = tuple(assessments)
    current, target = _latest(assessments, "current"), _latest(assessments, "target")
    pending = [control for control in controls if control.pending and control.removed_on is None]
    scored = current.score if current else None
    held = band(current.matrix, scored) if current and scored is not None else None
    most_months = current.matrix.most_months(facts.kind) if current else None
    comparable = current and target and current.matrix.id == target.matrix.id
    due = review_due(facts.last_review, facts.first_recorded, held, most_months=most_months) if held else None
    return Line(
        organisation=facts.organisation,
        sensitivity=facts.sensitivity,
        kind=facts.kind,
        score=scored,
        band=held.name if held else "",
        rank=scored or 0,
        impact=current.impact if current else None,
        likelihood=current.likelihood if current else None,
        target=target.score if target and comparable else None,
        first_recorded=facts.first_recorded,
        scored_on=current.scored_on if current else None,
        last_review=facts.last_review,
        review_due=due,
        open_controls=len(pending),
        next_control_due=min((control.due for control in pending if control.due), default=None),
        transferred_on=facts.transferred_on,
        accepted_on=facts.accepted_on,
        closed_on=facts.closed_on,
        awaits_from=awaits_from(facts, due),
        moved_on=max(facts.first_recorded, current.scored_on) if current else facts.first_recorded,
        scale=current.matrix.id if current else None,
        category_key=category_key(facts.category),
    )


def status(line: Line, today: date) -> str:
    """The status of a risk on a day: derived from its line, never typed."""
    return read(STATUS, line, today)


def review_state(line: Line, today: date) -> str:
    """Late, First review, Handed over, Due soon or Not due."""
    return read(REVIEW, line, today)


def control_state(control: Control, today: date, *, states: Table = CONTROL_STATE) -> str:
    """removed, in place, overdue, due soon or pending. A control due today is due soon, not overdue."""
    return read(states, control, today)


def why_moved(was: tuple[int, int] | None, now: tuple[int, int]) -> str:
    """What a review must say of a changed score; was and now are (impact, likelihood), was None for a first score."""
    if was is None:
        return "Say why the risk is scored so"
    if was[0] == now[0]:
        return f"Say why likelihood goes from {was[1]} to {now[1]}"
    if was[1] == now[1]:
        return f"Say why impact goes from {was[0]} to {now[0]}"
    return f"Say why impact goes from {was[0]} to {now[0]} and likelihood from {was[1]} to {now[1]}"


def needs_new_date(due: date | None, new_due: date | None, today: date) -> bool:
    """Whether a control that is still to do is left with a date that has passed."""
    left = new_due or due
    return left is not None and left < today


def _latest(assessments: tuple[Assessment, ...], purpose: str) -> Assessment | None:
    """The agreed assessment of a purpose with the latest date; of several on one day, the last given."""
    latest: Assessment | None = None
    for each in assessments:
        if each.purpose == purpose and not each.proposed and (latest is None or each.scored_on >= latest.scored_on):
            latest = each
    return latest
