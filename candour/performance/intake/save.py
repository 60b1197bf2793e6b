"""Saving the figures of a workbook through the command that loads them, and saying beforehand what that would change."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from candour.kernel.access import Actor
from candour.kernel.intake.document import Finding
from candour.kernel.intake.kinds import Choice, Match, Saved
from candour.kernel.people.models import Organisation
from candour.performance import rules
from candour.performance.commands import NewFigure, changes_of, load_figures
from candour.performance.commands.wholes import with_wholes
from candour.performance.models import Measure
from candour.performance.queries import bodies_named, measures_named, measures_of

Records = Sequence[Mapping[str, Any]]
SAID = {
    "new": ("new figure", "new figures"),
    "revised": ("figure revised", "figures revised"),
    "settled": (
        "figure no longer provisional, or its parts changed",
        "figures no longer provisional, or their parts changed",
    ),
    "hidden": ("figure hidden", "figures hidden"),
    "others": ("figure of other bodies", "figures of other bodies"),
}
NOT_DEFINED = "{}: no measure of this reference or title is defined. Define it, then load its figures"
TOTAL = "{}: the total is printed as {}, and what it is made of adds up to {}, which is kept"
NO_PARTS = "{}: figures of areas of {} are left out. Of other bodies the whole is kept, and nothing of its parts"
NO_BODY = "{}: ‘{}’ is in no group of bodies that are compared. Add it to one, then load its {}"


def choices(finding: Finding, record: Mapping[str, Any] | None) -> list[Choice]:
    """A cell that cannot be read is left out, or its whole row is set aside: nothing is guessed."""
    if finding.severity == "note":
        return [Choice("0", "Keep as printed")]
    left = "Keep the first figure" if finding.code == "figure-twice" else "Leave this cell out: there is no figure then"
    return [Choice("0", left), Choice("1", "Set the whole row aside", aside=True)]


@dataclass(frozen=True)
class Known:
    """What a file can name: measures by reference or title, other bodies of the groups, and what the body itself is called."""

    measures: Mapping[str, Measure]
    bodies: Mapping[str, str]
    own: frozenset[str]

    def measure(self, record: Mapping[str, Any]) -> Measure | None:
        found = self.measures.get(str(record["reference"]).casefold())
        return found or self.measures.get(str(record["title"]).casefold())

    def body(self, printed: str) -> str | None:
        """The name of a body as its group has it: "" for the body itself, None for one of no group."""
        plain = printed.casefold()
        return "" if not plain or plain in self.own else self.bodies.get(plain)


def known(organisation: int, actor: Actor) -> Known:
    """What a file of figures of a body can name. Two queries."""
    bodies, own = bodies_named(organisation)
    return Known(measures_named(organisation, actor), bodies, own)


@dataclass(frozen=True)
class Named:
    """A file held against what it can name: its records, and their figures by their place.

    totals: by measure, what of it is printed as a total that its parts do not add up to.
    """

    names: Known
    records: Records
    figures: tuple[NewFigure, ...]
    totals: Mapping[int, Sequence[str]]


def named(records: Records, organisation: int, actor: Actor) -> Named:
    """The figures of a file, and its totals that differ from what they are made of. Three queries."""
    names = known(organisation, actor)
    figures = [figure for record in records for figure in figures_of(record, names)]
    return Named(names, records, tuple(figures), _totals(figures))


def compare(records: Records, *, organisation: Organisation, effective: date | None, actor: Actor) -> list[Match]:
    """What loading would change of each measure. As many queries, however many there are."""
    found = named(records, organisation.pk, actor)
    changed: dict[int, Counter[str]] = {}
    for change in changes_of(found.figures):
        what = "others" if change.figure.body else change.what
        changed.setdefault(change.figure.measure.pk, Counter())[what] += 1
    return [_match(record, found, changed) for record in records]


def _match(record: Mapping[str, Any], found: Named, changed: Mapping[int, Counter[str]]) -> Match:
    measure, left = found.names.measure(record), tuple(_left(record, found))
    if measure is None:
        return Match(record["reference"], "Not defined", (), left)
    counts = changed.get(measure.pk, Counter())
    plan = [
        f"{counts[what]:,} {one if counts[what] == 1 else many}" for what, (one, many) in SAID.items() if counts[what]
    ]
    return Match(record["reference"], "Same record", tuple(plan), left)


def _left(record: Mapping[str, Any], found: Named) -> Iterator[str]:
    """What of a record is not loaded, and what to do about it."""
    names, measure = found.names, found.names.measure(record)
    if measure is None:
        yield NOT_DEFINED.format(record["reference"])
        return
    others = [one for one in record["observations"] if one.get("body", "")]
    strange = Counter(one["body"] for one in others if names.body(one["body"]) is None)
    for body, count in sorted(strange.items()):
        yield NO_BODY.format(record["reference"], body, f"{count:,} {'figure' if count == 1 else 'figures'}")
    for said in found.totals.get(measure.pk, ()):
        yield f"{record['reference']}, {said}"
    parts = {one["body"] for one in others if names.body(one["body"]) and one["area"]}
    if parts:
        yield NO_PARTS.format(record["reference"], ", ".join(sorted(parts)))


def _totals(figures: Sequence[NewFigure]) -> dict[int, list[str]]:
    """Totals that are printed otherwise than the categories beside them add up: what is computed is kept."""
    kept = {_whole_of(one): one for one in with_wholes(figures) if not one.area and not one.body}
    found: dict[int, list[str]] = {}
    for one in figures:
        now = one if one.area or one.body else kept[_whole_of(one)]
        if now is not one and _printed(one) != _printed(now):
            told = TOTAL.format(f"{one.period:%B %Y}", _printed(one), _printed(now))
            found.setdefault(one.measure.pk, []).append(told)
    return found


def _whole_of(one: NewFigure) -> tuple[int, date]:
    return one.measure.pk, rules.starts_period(one.period, one.measure.frequency)


def _printed(one: NewFigure) -> Decimal | None:
    return one.numerator if one.denominator is not None else one.value


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
    """Load every figure of every measure that is defined, in one entry; the others are told, and left."""
    found = named(records, organisation.pk, actor)
    made = load_figures(
        found.figures,
        organisation=organisation,
        file_name=source.get("file", ""),
        sha256=source.get("sha256", ""),
        actor=actor,
        at=at,
        effective=effective,
        reason=f"Loaded from {source.get('file') or 'a file'}",
    )
    touched = measures_of(made) if made else frozenset()
    changed: list[str] = []
    unchanged: list[str] = []
    left: list[str] = []
    for record in records:
        measure = found.names.measure(record)
        left += _left(record, found)
        if measure is not None:
            (changed if measure.pk in touched else unchanged).append(record["reference"])
    return Saved((), tuple(changed), tuple(unchanged), conflicts=tuple(left))


def figures_of(record: Mapping[str, Any], names: Known) -> list[NewFigure]:
    """The figures of a proposed record; none for a measure that is not defined, nor of a body that is in no group."""
    measure = names.measure(record)
    if measure is None:
        return []
    found = []
    for one in record["observations"]:
        body = names.body(one.get("body", ""))
        if body is not None and not (body and one["area"]):
            value, top, bottom = _number(one["value"]), _number(one["numerator"]), _number(one["denominator"])
            period, area = date.fromisoformat(one["period"]), one["area"][:80]
            found.append(
                NewFigure(measure, period, area, value, top, bottom, one["provisional"], one["suppressed"], body)
            )
    return found


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
