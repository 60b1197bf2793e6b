"""What became of an auditor's promises in a year: each measure with the audits, or the meetings, that make its counts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from candour.audits import rules
from candour.audits.access import AuditPermission
from candour.audits.models import AuditLine, ProgressReport, Promise
from candour.audits.queries.plan import LINE_COLUMNS, line_from, months_of
from candour.audits.queries.rows import AuditRow
from candour.audits.rules import MEASURES, Measure, Measured, Tally
from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.calendar import add_months, say_date
from candour.kernel.records.models import visible


@dataclass(frozen=True)
class Case:
    """One time that a promise was to be kept: in an audit, or for a meeting of a panel (reference is "" then)."""

    title: str
    body: str
    measured: Measured
    allowed: int
    reference: str = ""
    body_code: str = ""
    sensitivity: str = ""


@dataclass(frozen=True)
class MeasureRow:
    """A measure in a year. promised: the different promises that its cases were measured by, or that hold today."""

    measure: Measure
    promised: tuple[int, ...]
    cases: tuple[Case, ...]

    @property
    def tally(self) -> Tally:
        return rules.tally(case.measured for case in self.cases)

    @property
    def share(self) -> int:
        """The share of the cases that must be met, per cent: all of them, or what was agreed of satisfaction."""
        return max(self.promised, default=100) if self.measure.unit == "per cent" else 100

    @property
    def result(self) -> str:
        """Met, Not met, Not yet due or Cannot be told; Not agreed where nothing was promised."""
        return self.tally.result(self.share) if self.promised else "Not agreed"

    @property
    def worst(self) -> Case | None:
        """The case that took longest, or of what has to be early, was least early; only of what is counted in days."""
        told = [case for case in self.cases if case.measured.days is not None]
        if not told or self.measure.unit != "working days":
            return None
        early = self.measure.name in {"brief", "progress"}
        return (min if early else max)(told, key=lambda case: case.measured.days or 0)

    def of(self, outcome: str) -> tuple[Case, ...]:
        return tuple(case for case in self.cases if not outcome or case.measured.outcome == outcome)


@dataclass(frozen=True)
class Agreed:
    """A promise as its page lists it."""

    measure: str
    allowed: int
    unit: str
    body: str
    starts: date
    ends: date | None


@dataclass(frozen=True)
class Meeting:
    """A meeting of a panel, and when the progress report to it was out."""

    panel_on: date
    issued_on: date | None
    body: str


class Promises:
    """What was promised to each body, by day."""

    def __init__(self, rows: Iterable[Promise]) -> None:
        self.held: dict[tuple[int, str], list[Promise]] = defaultdict(list)
        for row in sorted(rows, key=lambda row: (row.starts, row.pk)):
            self.held[row.organisation_id, row.measure].append(row)

    def on(self, organisation: int, measure: str, day: date) -> int | None:
        """What holds on a day; the first one ever for an earlier day; None where nothing does."""
        rows = self.held.get((organisation, measure), [])
        held = [row for row in rows if row.starts <= day and (row.ends is None or row.ends >= day)]
        if held:
            return held[-1].allowed
        return rows[0].allowed if rows and day < rows[0].starts else None


@dataclass(frozen=True)
class Record:
    """All that a provider's page says of a year."""

    measures: tuple[MeasureRow, ...]
    agreed: tuple[Agreed, ...]
    meetings: tuple[Meeting, ...]


def record_of(actor: Actor, provider: int, year: str, *, today: date) -> Record:
    """The measures of a provider in a year, over the audits and meetings that an actor may see. Three queries."""
    promised = list(Promise.objects.filter(provider=provider).select_related("organisation").order_by("starts", "pk"))
    promises = Promises(promised)
    rows = _lines(actor, provider, year)
    meetings = _meetings(actor, provider, year)
    found = []
    for measure in MEASURES.values():
        cases = (
            _of_meetings(meetings, promises, today)
            if measure.name == "progress"
            else _of_audits(measure, rows, promises, today)
        )
        bodies = {case_of["organisation_id"] for case_of in rows} | _own(actor, promised)
        standing = {promises.on(body, measure.name, today) for body in bodies}
        allowed = sorted({case.allowed for case in cases} or {each for each in standing if each})
        found.append(MeasureRow(measure, tuple(allowed), tuple(cases)))
    scope = actor.scope(AuditPermission.SEE)
    own = [row for row in promised if EVERYWHERE in scope or row.organisation_id in scope]
    return Record(
        tuple(found),
        tuple(_agreed(row) for row in reversed(own)),
        tuple(Meeting(row.panel_on, row.issued_on, row.organisation.name) for row in meetings),
    )


def measured_of(
    rows: Sequence[AuditRow], promised: Sequence[Promise], meetings: Sequence[ProgressReport], *, today: date
) -> tuple[MeasureRow, ...]:
    """The measures over audits as they stood, with the promises and meetings as they stood. Pure; what a paper prints."""
    promises = Promises(promised)
    lines = [
        (row.line, Known(row.title, row.organisation, row.reference, row.organisation_code, row.sensitivity))
        for row in rows
    ]
    bodies = {row.organisation_id for row in promised}
    found = []
    for measure in MEASURES.values():
        of_meetings = measure.name == "progress"
        cases = _of_meetings(meetings, promises, today) if of_meetings else _of_lines(measure, lines, promises, today)
        standing = {promises.on(body, measure.name, today) for body in bodies}
        allowed = sorted({case.allowed for case in cases} or {each for each in standing if each})
        found.append(MeasureRow(measure, tuple(allowed), tuple(cases)))
    return tuple(found)


def _own(actor: Actor, promised: Sequence[Promise]) -> set[int]:
    scope = actor.scope(AuditPermission.SEE)
    return {row.organisation_id for row in promised if row.organisation_id in scope}


def _lines(actor: Actor, provider: int, year: str) -> list[dict[str, Any]]:
    names = {"title": F("record__title"), "body": F("organisation__name"), "code": F("organisation__code")}
    rows = AuditLine.objects.filter(visible(actor, AuditPermission.SEE), provider=provider, year=year)
    return list(rows.annotate(**names).order_by("reference", "pk").values(*LINE_COLUMNS, "reference", *names))


def _meetings(actor: Actor, provider: int, year: str) -> list[ProgressReport]:
    first = months_of(year)[0]
    scope = actor.scope(AuditPermission.SEE)
    rows = ProgressReport.objects.filter(
        provider=provider, panel_on__gte=first, panel_on__lt=add_months(first, 12)
    ).select_related("organisation")
    found = rows if EVERYWHERE in scope else rows.filter(organisation__in=scope)
    return list(found.order_by("panel_on", "organisation__name"))


def _of_audits(measure: Measure, rows: Sequence[Mapping[str, Any]], promises: Promises, today: date) -> list[Case]:
    lines = [
        (line_from(row), Known(*(row[name] for name in ("title", "body", "reference", "code", "sensitivity"))))
        for row in rows
    ]
    return _of_lines(measure, lines, promises, today)


@dataclass(frozen=True)
class Known:
    """What a case says of its audit."""

    title: str
    body: str
    reference: str
    body_code: str
    sensitivity: str


def _of_lines(
    measure: Measure, lines: Sequence[tuple[rules.Line, Known]], promises: Promises, today: date
) -> list[Case]:
    cases = []
    for line, known in lines:
        since = getattr(line, f"{measure.since}_on") or (line.fieldwork_planned if measure.name == "brief" else None)
        allowed = promises.on(line.organisation, measure.name, since or today)
        if allowed is None:
            continue
        found = (
            rules.satisfied(line) if measure.unit == "per cent" else rules.measured(measure.name, line, allowed, today)
        )
        if found is not None:
            cases.append(
                Case(known.title, known.body, found, allowed, known.reference, known.body_code, known.sensitivity)
            )
    return cases


def _of_meetings(meetings: Sequence[ProgressReport], promises: Promises, today: date) -> list[Case]:
    cases = []
    for row in meetings:
        allowed = promises.on(row.organisation_id, "progress", row.panel_on)
        if allowed is not None:
            found = rules.progress(row.panel_on, row.issued_on, allowed, today)
            cases.append(Case(f"Panel of {say_date(row.panel_on)}", row.organisation.name, found, allowed))
    return cases


def _agreed(row: Promise) -> Agreed:
    measure = MEASURES[row.measure]
    return Agreed(measure.words, row.allowed, measure.unit, row.organisation.name, row.starts, row.ends)
