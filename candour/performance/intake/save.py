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
TOTAL = "{}, {}: the total is printed as {}, and what it is made of adds up to {}, which is kept"
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


def compare(records: Records, *, organisation: Organisation, effective: date | None, actor: Actor) -> list[Match]:
    """What loading would change of each measure. As many queries, however many there are."""
    names = known(organisation.pk, actor)
    figures = [figure for record in records for figure in figures_of(record, names)]
    changed: dict[int, Counter[str]] = {}
    for change in changes_of(figures):
        what = "others" if change.figure.body else change.what
        changed.setdefault(change.figure.measure.pk, Counter())[what] += 1
    return [_match(record, names, changed) for record in records]


def _match(record: Mapping[str, Any], names: Known, changed: Mapping[int, Counter[str]]) -> Match:
    measure = names.measure(record)
    if measure is None:
        return Match(record["reference"], "Not defined", (), tuple(_left(record, names)))
    counts = changed.get(measure.pk, Counter())
    plan = [
        f"{counts[what]:,} {one if counts[what] == 1 else many}" for what, (one, many) in SAID.items() if counts[what]
    ]
    return Match(record["reference"], "Same record", tuple(plan), tuple(_left(record, names)))


def _left(record: Mapping[str, Any], names: Known) -> Iterator[str]:
    """What of a record is not loaded, and what to do about it."""
    if names.measure(record) is None:
        yield NOT_DEFINED.format(record["reference"])
        return
    strange = Counter(one["body"] for one in record["observations"] if names.body(one.get("body", "")) is None)
    for body, count in sorted(strange.items()):
        yield NO_BODY.format(record["reference"], body, f"{count:,} {'figure' if count == 1 else 'figures'}")
    yield from _totals(record, names.measure(record))
    parts = {one["body"] for one in record["observations"] if names.body(one.get("body", "")) and one["area"]}
    if parts:
        yield NO_PARTS.format(record["reference"], ", ".join(sorted(parts)))


def _totals(record: Mapping[str, Any], measure: Measure | None) -> Iterator[str]:
    """Totals that are printed otherwise than the categories beside them add up: what is computed is kept."""
    figures = [_figure(measure, "", one) for one in record["observations"] if measure and not one.get("body", "")]
    kept = {one.period: one for one in with_wholes(figures) if not one.area}
    for one in figures:
        now = kept[one.period] if not one.area else one
        said, makes = ((each.numerator if each.denominator is not None else each.value) for each in (one, now))
        if said != makes and now is not one:
            yield TOTAL.format(record["reference"], f"{one.period:%B %Y}", said, makes)


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
    names = known(organisation.pk, actor)
    figures = [figure for record in records for figure in figures_of(record, names)]
    made = load_figures(
        figures,
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
        measure = names.measure(record)
        left += _left(record, names)
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
            found.append(_figure(measure, body, one))
    return found


def _figure(measure: Measure, body: str, one: Mapping[str, Any]) -> NewFigure:
    return NewFigure(
        measure=measure,
        period=date.fromisoformat(one["period"]),
        area=one["area"][:80],
        body=body,
        provisional=one["provisional"],
        suppressed=one["suppressed"],
        **{name: _number(one[name]) for name in ("value", "numerator", "denominator")},
    )


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
