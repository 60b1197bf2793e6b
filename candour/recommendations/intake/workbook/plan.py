"""What the filled rows of a workbook would record, beside what stands now: an update, a new date, or both."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse

from candour.kernel.access import Actor, allowed
from candour.kernel.intake.back.plan import Choices, Plan, RowChange, State, in_order
from candour.kernel.intake.back.read import Edited, Fault, fault_at
from candour.kernel.records.models import Record, visible
from candour.recommendations import rules
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.commands import Answer, Due, Said
from candour.recommendations.intake.workbook.cells import CELLS, Standing, mends, numbers_of
from candour.recommendations.intake.workbook.values import date_faults, due_of, said_of, too_long, update_faults
from candour.recommendations.papers.workbook.columns import DATE, NOBODY, SHAPE, UPDATE
from candour.recommendations.queries import register

GONE = "This recommendation is not among those that you may see and answer for. Take the row out, and ask who runs the tracker"
EMPTY = "Empty the yellow cells of this row"
AnswersPlan = Plan[Answer]


def plan_of(
    edited: Sequence[Edited],
    *,
    actor: Actor,
    today: date,
    period: str = "",
    faults: Sequence[Fault] = (),
    choices: Choices,
) -> AnswersPlan:
    """The plan for some filled rows. choices: by row and change, which answer a person chose. Nine queries."""
    pks = {numbers_of(one)[0] for one in edited}
    seen = Record.objects.filter(visible(actor, RecommendationPermission.SEE), kind="recommendation", pk__in=pks)
    records = seen.in_bulk()
    only = Record.objects.filter(pk__in=list(records))
    found = register(actor, today=today, closed_since=date.min, texts=True, only=only)
    rows = {row.pk: row for row in found}
    changed: list[RowChange[Answer]] = []
    wrong = list(faults)
    proposing: dict[int, int] = {}
    for one in edited:
        pk, part = numbers_of(one)
        row = rows.get(pk)
        if row is None:
            wrong.append(fault_at(SHAPE, one.row, "", GONE))
            continue
        owner = next((each for each in row.owners if each.pk == part), None)
        at = Standing(one, row, records[pk].head_sequence, owner, today)
        change, told = _change(at, actor=actor, record=records[pk], period=period, choices=choices)
        if change.wanted and change.wanted.update and change.wanted.update.proposes_closure:
            first = proposing.setdefault(pk, one.row)
            if first != one.row:
                told = {"closure": f"Row {first} proposes to close it already. Propose it in one of the two rows"}
        wrong += [fault_at(SHAPE, one.row, key, words) for key, words in told.items()]
        changed.append(change)
    return Plan(tuple(changed), in_order(wrong), _counts(changed))


def _change(
    at: Standing, *, actor: Actor, record: Record, period: str, choices: Choices
) -> tuple[RowChange[Answer], dict[str, str]]:
    """What a row would record, and by column what must be mended before it may."""
    said, due = said_of(at.said, today=at.today, period=period), due_of(at.said, today=at.today)
    states: dict[str, State] = ({"update": _update_state(at, said)} if said else {}) | (
        {"date": _date_state(at, due)} if due else {}
    )
    told = _faults(at, states, may=allowed(actor, RecommendationPermission.UPDATE, record))
    cells = tuple(CELLS[key](at, state, choices, mends(told, key)) for key, state in states.items())
    takes = {cell.key for cell in cells if cell.takes}
    part = at.owner.pk if at.owner else 0
    held = (said if "update" in takes else None, due if "date" in takes else None)
    wanted = Answer(at.row.pk, at.seen, part, *held) if any(held) and not told else None
    change = RowChange(
        number=at.one.row,
        name=at.one.key,
        pk=at.row.pk,
        reference=at.row.reference,
        address=reverse("recommendation", args=[at.row.organisation_code, at.row.reference]),
        sensitivity=at.row.sensitivity,
        seen=at.seen,
        cells=cells,
        wanted=wanted,
        about=(at.owner.owner if at.owner else "") or NOBODY,
    )
    return change, told


def _update_state(at: Standing, said: Said) -> State:
    """Said already where an update since has the same words; where the owner's own has others, a person chooses."""
    names = ("achieved", "left", "barriers", "proposes_closure", "evidence")
    own = tuple(getattr(said, name) for name in names)
    if any(own == tuple(getattr(update, name) for name in names) for update in at.since):
        return "stands"
    return "conflicts" if at.contested else "changes"


def _date_state(at: Standing, due: Due) -> State:
    current = at.owner.current if at.owner else None
    if current and (current.due, current.due or current.text.casefold()) == (due.due, due.due or due.text.casefold()):
        return "stands"
    moved = at.owner is not None and str(at.owner.slips) != at.one.kept["slips"]
    return "conflicts" if moved or (current and not at.one.kept["now"]) else "changes"


def _faults(at: Standing, states: Mapping[str, State], *, may: bool) -> dict[str, str]:
    """By column what must be mended. What stands already is not looked at again."""
    asked = {key for key, state in states.items() if state != "stands"}
    if not asked:
        return {}
    first = next(key for key in at.one.cells if key in (UPDATE if "update" in asked else DATE))
    if not may:
        return {first: f"Your post may not answer for this. {EMPTY}, or ask who runs the tracker"}
    if numbers_of(at.one)[1] and at.owner is None:
        return {first: f"{at.one.kept['owner']} no longer answers for it. {EMPTY}, or download the workbook anew"}
    verbs: list[rules.Verb] = [*(["update"] if "update" in asked else []), *(["slip"] if "date" in asked else [])]  # type: ignore[list-item]
    if refused := next(filter(None, (rules.refusal(verb, at.row.stage) for verb in verbs)), ""):
        return {first: f"{refused}. Or {EMPTY[0].lower()}{EMPTY[1:]}"}
    told = too_long(at.said)
    if "update" in asked:
        told = update_faults(at.said) | told
        said = said_of(at.said, today=at.today)
        if said and said.proposes_closure and (refused := rules.refusal("propose", at.row.stage)):
            told["closure"] = f"{refused}. Or choose No"
    if "date" in asked:
        told = date_faults(at.said, at.owner, today=at.today) | told
    return told


def _counts(changed: Sequence[RowChange[Answer]]) -> tuple[tuple[str, int], ...]:
    """How many of each, in words; what there is none of is left out."""
    cells = [cell for row in changed for cell in row.cells if not cell.fault]
    kinds = Counter(
        (
            "Said already"
            if cell.state == "stands"
            else f"New {cell.key}s"
            if cell.does != "Proposes closure"
            else "Closures"
        )
        for cell in cells
        if cell.state != "conflicts"
    )
    names = (
        *(("New updates", "New updates"), ("Closures", "Closures proposed")),
        *(("New dates", "New dates"), ("Said already", "Recorded already")),
    )
    return tuple((words, kinds[name]) for name, words in names if kinds[name])
