"""Saving a risk paper through commands, and saying beforehand what that would do."""

import gc
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.establishment.commands import set_up_posts
from candour.kernel.intake.kinds import Match, Saved
from candour.kernel.intake.progress import done
from candour.kernel.intake.wire import without_collecting
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.lines import batched, together, write_waiting
from candour.kernel.records.models import Record, visible
from candour.kernel.rules import Refused
from candour.risks import commands
from candour.risks.access import RiskPermission
from candour.risks.intake.plan import is_restricted, new_risk, steps, turns
from candour.risks.intake.scale import scale_for
from candour.risks.intake.step import Load, Step, day_of
from candour.risks.models import Risk
from candour.risks.queries import RiskRow, register

FAR = date(2999, 12, 31)  # the register as it stands, whatever the day
AT_ONCE, READ_AT_ONCE = 1000, 5000  # records saved together; records looked for in one question
Records = Sequence[Mapping[str, Any]]
Planned = tuple[Mapping[str, Any], RiskRow | None, list[Step]]  # what is printed, what stands, what to do


def standing_risks(records: Records, *, organisation: Organisation, actor: Actor, today: date) -> dict[str, RiskRow]:
    """The organisation's risks that a paper names, by reference, closed ones and all levels included.

    One query for each 5,000 records that finds them, and seven for each 5,000 found: what the paper does not name is not read.
    """
    held = Record.objects.filter(visible(actor, RiskPermission.SEE), kind="risk", organisation=organisation)
    named = dict.fromkeys(record["reference"] for record in records if record.get("reference"))
    found: list[int] = []
    for some in batched(named, READ_AT_ONCE):
        found += held.filter(reference__in=some).values_list("pk", flat=True)
    standing: dict[str, RiskRow] = {}
    for few in batched(found, READ_AT_ONCE):
        only = Record.objects.filter(pk__in=few)
        rows = register(actor, today=today, level=None, closed_since=date.min, texts=True, only=only)
        standing |= {row.reference: row for row in rows}
    return standing


def compare(records: Records, *, organisation: Organisation, effective: date | None, actor: Actor) -> list[Match]:
    """What saving would do to each record."""
    day = effective or FAR
    standing = standing_risks(records, organisation=organisation, actor=actor, today=day)
    return [_match(record, standing.get(record["reference"]), day) for record in records]


def _match(record: Mapping[str, Any], row: RiskRow | None, day: date) -> Match:
    if not record.get("reference"):
        return Match("", "No reference", ())
    words = [*raised(record, row), *(step.words for step in steps(record, row, day))]
    counted = {word: words.count(word) for word in words}
    plan = tuple(f"{number} {plural(word)}" if number > 1 else word for word, number in counted.items())
    if row is None:
        return Match(record["reference"], "New", plan)
    return Match(record["reference"], "Restricted match" if row.restricted else "Same record", plan)


def raised(record: Mapping[str, Any], row: RiskRow | None) -> list[str]:
    """What raising the risk is called; nothing for one that stands."""
    if row is not None:
        return []
    return ["New restricted risk" if is_restricted(record) else "New risk"]


def plural(word: str) -> str:
    return {"Update": "updates", "Control": "controls", "Control removed": "controls removed"}.get(word, word)


def save(
    records: Records,
    meta: Mapping[str, Any],
    *,
    organisation: Organisation,
    source: Mapping[str, str],
    effective: date | None,
    actor: Actor,
    at: datetime,
) -> Saved:
    """Save all records or none. Raises Refused, naming the record, where a rule refuses one.

    A thousand at a time, so that what is made of some is let go before the next, whatever the length of the paper.
    """
    day = effective or local_date(at)
    file = source.get("file") or "a paper"
    named = [record for record in records if record.get("reference")]
    said: dict[str, Any] = {"organisation": organisation, "day": day, "file": file, "actor": actor, "at": at}
    load: Load | None = None
    made: list[str] = []
    changed: list[str] = []
    unchanged: list[str] = []
    with together(), without_collecting():
        standing = standing_risks(named, organisation=organisation, actor=actor, today=local_date(at))
        for some in batched(named, AT_ONCE):
            planned = [(record, row := standing.get(record["reference"]), steps(record, row, day)) for record in some]
            if any(row is None or found for _, row, found in planned):
                load = load or _load(named, meta, **said)
                save_some(planned, load)
            for record, row, found in planned:
                (made if row is None else changed if found else unchanged).append(record["reference"])
            gc.collect(1)  # what was made of these, and nothing else of all that was read
            done("Saved", len(made) + len(changed) + len(unchanged), of=len(named))
    return Saved(tuple(made), tuple(changed), tuple(unchanged))


def _load(
    records: Records,
    meta: Mapping[str, Any],
    *,
    organisation: Organisation,
    day: date,
    file: str,
    actor: Actor,
    at: datetime,
) -> Load:
    """What every step shares: the scale that the paper prints, and the posts that it names, set up where there are none."""
    said: dict[str, Any] = {"organisation": organisation, "day": day, "file": file, "actor": actor, "at": at}
    scale, posts = scale_for(meta, **said), posts_for(records, **said)
    return Load(organisation=organisation, file=file, effective=day, actor=actor, at=at, scale=scale, posts=posts)


def save_some(planned: Sequence[Planned], load: Load) -> None:
    """Raise what is new of some records, then take the steps of those that stand."""
    save_new([(record, found) for record, row, found in planned if row is None], load)
    changing = [(row.pk, found) for _, row, found in planned if row is not None and found]
    if changing:
        rows = Risk.objects.select_related("record", "responsible_officer").filter(
            record__in=[pk for pk, _ in changing]
        )
        risks = {risk.pk: risk for risk in rows}
        for pk, found in changing:
            run(found, load, risks[pk])
    write_waiting()


def save_new(planned: Sequence[tuple[Mapping[str, Any], Sequence[Step]]], load: Load) -> None:
    """Raise the risks that the register does not have, then say of each what the paper dates to another day, day by day.

    So a register of any size takes a few batches, and the history of each risk is the one that it has by itself.
    """
    if not planned:
        return
    raised = [new_risk(record, found, load) for record, found in planned]
    new = [each for each, _ in raised]
    risks = commands.raise_many(new, organisation=load.organisation, reason=f"Read from {load.file}", **load.said)
    waiting = [(risk, turns(left)) for risk, (_, left) in zip(risks, raised, strict=True)]
    for turn in range(max(len(left) for _, left in waiting)):
        due = [(risk, left[turn]) for risk, left in waiting if turn < len(left)]
        for risk, found in due:
            run([step for step in found if step.said is None], load, risk)
        said = [
            commands.together([step.said(load, risk) for step in found if step.said])
            for risk, found in due
            if found[0].said
        ]
        commands.say_many(said, **load.said)


def run(found: Sequence[Step], load: Load, risk: Risk) -> None:
    """Take some steps of one risk. Raises Refused, naming it."""
    try:
        for step in found:
            step.run(load, risk)
    except Refused as refused:
        raise Refused("records", f"{risk.record.reference}: {refused.message}") from None


def posts_for(
    records: Records, *, organisation: Organisation, day: date, file: str, actor: Actor, at: datetime
) -> dict[str, Post]:
    """Posts by title in lower case; those that the paper names and the organisation does not have are set up."""
    known = {post.title.casefold(): post for post in Post.objects.filter(organisation=organisation)}
    named = [record.get(name) for record in records for name in ("owner", "responsible_officer")]
    missing = {title.casefold(): title for title in named if title and title.casefold() not in known}
    if missing:
        first = min([day, *filter(None, (day_of(record, "first_recorded") for record in records))])
        made = set_up_posts(
            list(missing.values()),
            organisation=organisation,
            actor=actor,
            at=at,
            effective=first,
            reason=f"Named in {file}",
        )
        known |= {post.title.casefold(): post for post in made}
    return known
