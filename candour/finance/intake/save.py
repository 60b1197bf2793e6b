"""Saving a finance workbook through the commands, and saying beforehand what that would change, amount by amount."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from candour.finance import rules
from candour.finance.commands import Moved, NewAmount, add_scheme, load_figures, moves_of, open_budget, rate_scheme
from candour.finance.models import Budget, Scheme
from candour.finance.queries.named import Named, named_in
from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.intake.document import Finding
from candour.kernel.intake.kinds import Choice, Match, Saved
from candour.kernel.money import pounds
from candour.kernel.people.models import Organisation
from candour.kernel.records.lines import together

Records = Sequence[Mapping[str, Any]]
SCHEMES = ("saving", "capital")
NO_SCHEME = "{}: no scheme of this reference or title stands. Put it in the capital programme, then load its funding"
NO_POST = "{}: there is no post ‘{}’. It is loaded without an owner"
NO_WORD = "{}: the scale of ratings has no word ‘{}’. It is left as it is rated"


def choices(finding: Finding, record: Mapping[str, Any] | None) -> list[Choice]:
    """A cell that cannot be read is left out, or its whole row is set aside: nothing is guessed."""
    if finding.severity != "error":
        return [Choice("0", "Keep as printed")]
    left = {
        "row-twice": "Keep the first row",
        "amount-twice": "Keep the first amount",
        "year-missing": "Leave these amounts out",
    }.get(finding.code, "Leave this cell out: the amount is not known then")
    found = [Choice("0", left)]
    return [*found, Choice("1", "Set the whole row aside", aside=True)] if record is not None else found


def position_of(record: Mapping[str, Any], effective: date | None) -> date:
    """The month that a row stands at: as its sheet or the workbook says, else the last whole one before it holds."""
    if record.get("position"):
        return date.fromisoformat(record["position"])
    return ((effective or date.max).replace(day=1) - timedelta(days=1)).replace(day=1)


def year_of(record: Mapping[str, Any], effective: date | None) -> date:
    """The year of the budget whose heading a row is: as its sheet says, else that of its position."""
    if record.get("year"):
        return date.fromisoformat(record["year"])
    return rules.starts_year(position_of(record, effective))


def by_position(records: Records, effective: date | None) -> dict[date, list[Mapping[str, Any]]]:
    """Rows by the month that they stand at, the earliest first."""
    found: dict[date, list[Mapping[str, Any]]] = {}
    for record in records:
        found.setdefault(position_of(record, effective), []).append(record)
    return dict(sorted(found.items()))


def compare(records: Records, *, organisation: Organisation, effective: date | None, actor: Actor) -> list[Match]:
    """What loading would change of each row, told beside what stands now. Six queries, and two for each month in it."""
    named = named_in(organisation, actor, day=effective)
    amounts = {str(record["reference"]): _amounts(record, named, effective) for record in records}
    moved: dict[str, list[Moved]] = {}
    for position, some in by_position(records, effective).items():
        keys = {one.key: str(record["reference"]) for record in some for one in amounts[str(record["reference"])]}
        for move in moves_of([one for record in some for one in amounts[str(record["reference"])]], position):
            moved.setdefault(keys[move.amount.key], []).append(move)
    coming = {_scheme_named(record) for record in records if record["part"] == "capital"}
    return [_match(record, named, moved.get(str(record["reference"]), ()), coming, effective) for record in records]


def _scheme_named(record: Mapping[str, Any]) -> str:
    return str(record["scheme"] or record["title"]).casefold()


def _match(
    record: Mapping[str, Any], named: Named, moves: Iterable[Moved], coming: Collection[str], effective: date | None
) -> Match:
    part, key = record["part"], str(record["reference"])
    there = _of(record, named, effective) is not None
    if part == "funding" and not there and _scheme_named(record) not in coming:
        return Match(key, "Not there", (), (NO_SCHEME.format(record["scheme"] or record["title"]),))
    plan, conflicts = _plan_of_scheme(record, named) if part in SCHEMES else ([], [])
    if there:
        plan += [_said(part, one.amount.what, one.amount.year.isoformat(), one.amount.pence, one.was) for one in moves]
    else:
        plan += [_said(part, one["what"], one["year"], one["pence"], None) for one in record["amounts"]]
    return Match(key, "Same record" if there else "New", tuple(plan), tuple(conflicts))


def _plan_of_scheme(record: Mapping[str, Any], named: Named) -> tuple[list[str], list[str]]:
    """(what saving would do to a scheme itself, what it would leave for a person)."""
    part, key = record["part"], str(record["reference"])
    it, plan, conflicts = named.scheme(record, part), [], []
    if it is None:
        plan.append("Add it to the " + ("savings plan" if part == "saving" else "capital programme"))
        if record["owner"] and named.post(record["owner"]) is None:
            conflicts.append(NO_POST.format(key, record["owner"]))
    if record["rating"]:
        step = named.step(record["rating"])
        if step is None:
            conflicts.append(NO_WORD.format(key, record["rating"]))
        elif it is None or (it.scale_id, it.rating) != (named.scale, step):
            plan.append(f"Rate it {record['rating']}")
    return plan, conflicts


def _said(part: str, what: str, year: str, pence: int, was: int | None) -> str:
    before = f", {pounds(was)} before" if was is not None else ""
    return f"{rules.PARTS[part][what]} {rules.say_year(date.fromisoformat(year))}: {pounds(pence)}{before}"


@dataclass
class Done:
    """What a load did so far, by the keys of its rows."""

    made: list[str]
    left: list[str]


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
    """Open the budget of the year where it is not open, add and rate schemes, and load every amount in one entry."""
    said: dict[str, Any] = {"actor": actor, "at": at, "effective": effective}
    said["reason"] = f"Loaded from {source.get('file') or 'a file'}"
    day = effective or local_date(at)
    named, done = named_in(organisation, actor, day=day), Done([], [])
    touched: set[tuple[Any, ...]] = set()
    with together():
        for year in sorted({year_of(one, day) for one in records if _of_budget(one)}):
            if named.budget(year) is None:
                named.take(open_budget(organisation=organisation, year=year, owner=named.own(actor.posts), **said))
        for record in records:
            if record["part"] in SCHEMES:
                _scheme(record, named, done, organisation, said)
        amounts = {str(one["reference"]): _amounts(one, named, day) for one in records}
        for position, some in by_position(records, day).items():
            loaded = load_figures(
                [one for record in some for one in amounts[str(record["reference"])]],
                organisation=organisation,
                position=position,
                file_name=source.get("file", ""),
                sha256=source.get("sha256", ""),
                **said,
            )
            touched |= set(loaded.amounts.values_list("record", "part", "line").distinct()) if loaded else set()
    return _saved(records, amounts, touched, done)


def _saved(
    records: Records, amounts: Mapping[str, list[NewAmount]], touched: set[tuple[Any, ...]], done: Done
) -> Saved:
    changed: list[str] = []
    unchanged: list[str] = []
    for record in records:
        key = str(record["reference"])
        if record["part"] == "funding" and not amounts[key]:
            done.left.append(NO_SCHEME.format(record["scheme"] or record["title"]))
        elif key not in done.made:
            hit = any((one.record.pk, one.part, one.line) in touched for one in amounts[key])
            (changed if hit else unchanged).append(key)
    return Saved(tuple(done.made), tuple(changed), tuple(unchanged), conflicts=tuple(done.left))


def _of_budget(record: Mapping[str, Any]) -> bool:
    return record["part"] in ("revenue", "reserve", "income", "spending")


def _scheme(
    record: Mapping[str, Any], named: Named, done: Done, organisation: Organisation, said: dict[str, Any]
) -> None:
    """Add the scheme of a row where it is not there yet, and rate it where the row says another word."""
    part, key = record["part"], str(record["reference"])
    it = named.scheme(record, part)
    if it is None:
        owner = named.post(record["owner"]) if record["owner"] else None
        if record["owner"] and owner is None:
            done.left.append(NO_POST.format(key, record["owner"]))
        it = add_scheme(
            organisation=organisation, sort=part, title=record["title"] or key, reference=record["scheme"], owner=owner,
            cashable=_yes(record["cashable"]), **said,
        )  # fmt: skip
        named.take(it)
        done.made.append(key)
    if record["rating"]:
        step = named.step(record["rating"])
        if step is None:
            done.left.append(NO_WORD.format(key, record["rating"]))
        elif (it.scale_id, it.rating) != (named.scale, step):
            rate_scheme(it, rating=step, **said)


def _yes(text: str) -> bool:
    return text.strip().casefold() in ("y", "yes", "cashable", "true", "✓")


def _of(record: Mapping[str, Any], named: Named, effective: date | None) -> Budget | Scheme | None:
    """The row that the amounts of a row hang on; None while it is not there."""
    part = record["part"]
    if part in SCHEMES:
        return named.scheme(record, part)
    return named.scheme(record, "capital") if part == "funding" else named.budget(year_of(record, effective))


def _amounts(record: Mapping[str, Any], named: Named, effective: date | None) -> list[NewAmount]:
    """The amounts of a row, of the record that they hang on; none while that is not there."""
    of = _of(record, named, effective)
    if of is None:
        return []
    part, line = record["part"], record["line"][:120]
    return [
        NewAmount(of.record, part, date.fromisoformat(one["year"]), one["what"], int(one["pence"]), line)
        for one in record["amounts"]
    ]
