"""How each change that a row of the workbook asks for is shown: what stands, what the workbook says, what happens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from candour.kernel.calendar import say_date
from candour.kernel.intake.back.plan import CellChange, Choices, State
from candour.kernel.intake.back.read import Edited
from candour.recommendations import rules
from candour.recommendations.commands import Due
from candour.recommendations.intake.workbook.values import due_of, said_of
from candour.recommendations.papers.workbook.columns import DATE, NOBODY, SHAPE, UPDATE, target_value, update_words
from candour.recommendations.queries import OwnerRow, RecommendationRow, UpdateRow


@dataclass(frozen=True)
class Standing:
    """One row of the workbook beside what stands: the recommendation, its last entry, and the owner whose part it is."""

    one: Edited
    row: RecommendationRow
    seen: int
    owner: OwnerRow | None
    today: date

    @property
    def said(self) -> dict[str, str]:
        return {key: now for key, (_, now) in self.one.cells.items()}

    @property
    def since(self) -> list[UpdateRow]:
        """The updates recorded since the workbook was downloaded, in the order in which they were."""
        count = int(self.one.kept["count"] or 0)
        return sorted(self.row.updates, key=lambda update: update.pk)[count:]

    @property
    def others(self) -> list[str]:
        """The other owners who answered since. Each answers for a part of their own, so that this is no contradiction."""
        posts = {each.owner for each in self.row.owners if each.owner} - {self.owner.owner if self.owner else ""}
        return list(dict.fromkeys(update.by for update in self.since if update.by in posts))

    @property
    def contested(self) -> bool:
        """Whether somebody answered since for the same owner, or without saying for whom."""
        return any(update.by not in self.others for update in self.since)


def numbers_of(one: Edited) -> tuple[int, int]:
    """The recommendation and the owner's part that a row is of; 0 for one without an owner."""
    pk, _, part = one.key[1:].partition("A")
    return int(pk), int(part)


def mends(told: Mapping[str, str], group: str) -> str:
    """What must be mended of one change, in a line."""
    columns = UPDATE if group == "update" else DATE
    return ". ".join(
        f"{SHAPE.heads[SHAPE.places[key]].rstrip('?')}: {words}" for key, words in told.items() if key in columns
    )


def update_cell(at: Standing, state: State, choices: Choices, fault: str) -> CellChange:
    proposes = at.said.get("closure", "").casefold() == "yes"
    latest = at.since[-1] if at.since else at.row.updates[-1] if at.row.updates else None
    stood = f"{_dated(latest)}\n{update_words(latest)}" if latest else "Nothing has been said of it yet"
    return CellChange(
        key="update",
        heading="Update, and closure" if proposes else "Update",
        downloaded=f"the last update was of {at.one.kept['said_on']}" if at.one.kept["said_on"] else "no update",
        workbook=_answers(at),
        register=stood,
        state=state,
        chosen=choices.get((at.one.key, "update"), ""),
        fault=fault,
        theirs="Leave the workbook’s out",
        ours="Record the workbook’s too, as the later one",
        both="Answered meanwhile",
        does="Proposes closure" if proposes else "New update",
        notes=(*_handed_over(at), *_others(at), *_prompts(at)) if state != "stands" and not fault else (),
    )


def date_cell(at: Standing, state: State, choices: Choices, fault: str) -> CellChange:
    current = at.owner.current if at.owner else None
    stands = _value(target_value(current)) or "No date yet"
    if current and current.number:
        stands = f"{stands}\nSlip {current.number}. {current.why} Agreed by {current.approver or 'nobody named'}"
    due = due_of(at.said, today=at.today) or Due()
    ours = [
        f"{say_date(due.due) if due.due else due.text}",
        due.why,
        f"Agreed by {due.approver}" if due.approver else "",
    ]
    number = at.owner.slips + 1 if at.owner and at.owner.targets else 0
    checks = (
        (due.due is None, "Words in place of a day: they are kept and flagged"),
        (due.due is not None and due.due < at.today, "This day has passed already"),
        (number >= rules.REPEATED, "From the second slip on, the panel’s list of slips names it"),
    )
    notes = tuple(words for holds, words in checks if holds)
    return CellChange(
        key="date",
        heading="New date" if number else "First date",
        downloaded=at.one.kept["now"],
        workbook="\n".join(filter(None, ours)),
        register=stands,
        state=state,
        chosen=choices.get((at.one.key, "date"), ""),
        fault=fault,
        theirs="The register’s date stands",
        ours="Move it to the workbook’s, as one more slip",
        both="Moved meanwhile",
        does=f"Slip {number}" if number else "First date",
        notes=(*_handed_over(at), *notes) if state != "stands" and not fault else (),
    )


def _answers(at: Standing) -> str:
    """What the workbook says, under the words in which an update is shown."""
    labels = {"achieved": "Achieved", "left": "Left", "barriers": "In the way", "closure": "Propose to close it"}
    said = ((labels.get(key, "What shows it"), at.said.get(key, "")) for key in UPDATE)
    return "\n".join(f"{label}: {words}" for label, words in said if words)


def _prompts(at: Standing) -> tuple[str, ...]:
    """What a liaison would send back of an update. It prompts, and refuses nothing."""
    said = said_of(at.said, today=at.today)
    if said is None:
        return ()
    own = rules.Answers(said.achieved, said.left, said.barriers, said.proposes_closure, said.evidence)
    before = at.row.updates[-1].answers if at.row.updates else None
    return tuple(check.said for check in rules.checks(own, before=before, files=0) if not check.passed)


def _handed_over(at: Standing) -> tuple[str, ...]:
    """Whether the part has another owner than it had when the workbook was downloaded."""
    now = (at.owner.owner if at.owner else "") or NOBODY
    return () if now == at.one.kept["owner"] else (f"Handed over from {at.one.kept['owner']} to {now} meanwhile",)


def _others(at: Standing) -> tuple[str, ...]:
    return tuple(f"{post} answered too, meanwhile" for post in at.others)


def _dated(update: UpdateRow) -> str:
    parts = (say_date(update.dated), update.by, f"for {update.period}" if update.period else "")
    return ", ".join(part for part in parts if part)


def _value(value: object) -> str:
    return say_date(value) if isinstance(value, date) else str(value or "")


CELLS: Mapping[str, Callable[[Standing, State, Choices, str], CellChange]] = {"update": update_cell, "date": date_cell}
