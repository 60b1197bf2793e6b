"""Saving the figures of a workbook through the command that loads them, and saying beforehand what that would change."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from candour.kernel.access import Actor
from candour.kernel.intake.document import Finding
from candour.kernel.intake.kinds import Choice, Match, Saved
from candour.kernel.people.models import Organisation
from candour.performance.commands import NewFigure, changes_of, load_figures
from candour.performance.models import Measure
from candour.performance.queries import measures_named

Records = Sequence[Mapping[str, Any]]
SAID = {
    "new": ("new figure", "new figures"),
    "revised": ("figure revised", "figures revised"),
    "settled": (
        "figure no longer provisional, or its parts changed",
        "figures no longer provisional, or their parts changed",
    ),
    "hidden": ("figure hidden", "figures hidden"),
}
NOT_DEFINED = "{}: no measure of this reference or title is defined. Define it, then load its figures"


def choices(finding: Finding, record: Mapping[str, Any] | None) -> list[Choice]:
    """A cell that cannot be read is left out, or its whole row is set aside: nothing is guessed."""
    if finding.severity == "note":
        return [Choice("0", "Keep as printed")]
    left = "Keep the first figure" if finding.code == "figure-twice" else "Leave this cell out: there is no figure then"
    return [Choice("0", left), Choice("1", "Set the whole row aside", aside=True)]


def compare(records: Records, *, organisation: Organisation, effective: date | None, actor: Actor) -> list[Match]:
    """What loading would change of each measure. Six queries, however many there are."""
    named = measures_named(organisation.pk, actor)
    figures = [figure for record in records for figure in figures_of(record, named)]
    changed: dict[int, Counter[str]] = {}
    for change in changes_of(figures):
        changed.setdefault(change.figure.measure.pk, Counter())[change.what] += 1
    return [_match(record, named, changed) for record in records]


def _match(record: Mapping[str, Any], named: Mapping[str, Measure], changed: Mapping[int, Counter[str]]) -> Match:
    measure = _measure(record, named)
    if measure is None:
        return Match(record["reference"], "Not defined", (), (NOT_DEFINED.format(record["reference"]),))
    counts = changed.get(measure.pk, Counter())
    plan = [
        f"{counts[what]:,} {one if counts[what] == 1 else many}" for what, (one, many) in SAID.items() if counts[what]
    ]
    return Match(record["reference"], "Same record", tuple(plan))


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
    named = measures_named(organisation.pk, actor)
    figures = [figure for record in records for figure in figures_of(record, named)]
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
    touched = set(made.observations.values_list("measure", flat=True).distinct()) if made else set()
    changed: list[str] = []
    unchanged: list[str] = []
    left: list[str] = []
    for record in records:
        measure = _measure(record, named)
        if measure is None:
            left.append(NOT_DEFINED.format(record["reference"]))
        else:
            (changed if measure.pk in touched else unchanged).append(record["reference"])
    return Saved((), tuple(changed), tuple(unchanged), conflicts=tuple(left))


def _measure(record: Mapping[str, Any], named: Mapping[str, Measure]) -> Measure | None:
    return named.get(str(record["reference"]).casefold()) or named.get(str(record["title"]).casefold())


def figures_of(record: Mapping[str, Any], named: Mapping[str, Measure]) -> list[NewFigure]:
    """The figures of a proposed record; none for a measure that is not defined."""
    measure = _measure(record, named)
    if measure is None:
        return []
    return [
        NewFigure(
            measure=measure,
            period=date.fromisoformat(one["period"]),
            area=one["area"][:80],
            provisional=one["provisional"],
            suppressed=one["suppressed"],
            **{name: _number(one[name]) for name in ("value", "numerator", "denominator")},
        )
        for one in record["observations"]
    ]


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
