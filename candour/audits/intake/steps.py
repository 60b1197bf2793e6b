"""What loading a progress report would do to one audit, and what it says otherwise than the register. Pure.

What is recorded is never overwritten: a progress report fills what is empty. The rest is for a person.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from candour.audits.intake.progress.said import ORDER, WORDS, Printed, Report, Said
from candour.audits.queries import AuditRow
from candour.kernel.calendar import say_date
from candour.kernel.records.raised import Raised, tallied
from candour.kernel.scales.models import Scale


@dataclass(frozen=True)
class Steps:
    """What is lacking in the register: new for an audit that is not there. for_person: what differs, in words."""

    said: Said
    row: AuditRow | None
    planned: Mapping[str, date] = field(default_factory=dict)
    actual: Mapping[str, date] = field(default_factory=dict)
    report: Report | None = None
    left: str = ""
    for_person: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """What would be done, for a page; nothing where the register says it all already."""
        done = (
            []
            if self.row
            else ["joins the plan" if self.said.report is None or self.said.words else "joins the register"]
        )
        if self.row and self.planned:
            done.append(f"planned dates of {_listed(self.planned)}")
        if self.row and self.actual:
            done.append(f"reached: {_listed(self.actual)}")
        if self.report:
            done.append("advisory report" if self.report.advisory else f"report, {self.report.opinion}")
        if self.left:
            done.append(f"deferred to {self.said.status.to}" if self.left == "deferred" else self.left)
        return (f"{self.said.name}: {'; '.join(done)}",) if done else ()


def steps(said: Said, row: AuditRow | None, scales: Sequence[Scale], raised: Sequence[Raised] = ()) -> Steps:
    """What is lacking of an audit, and what differs. scales: the opinions that the report may be graded by, best fit first."""
    left, left_differs = _left(said, row)
    graded = said.report if said.report and _graded(said.report, scales) else None
    other = [f"{said.name}: {words}" for words in (*said.refused, *left_differs, *_report(said, row, scales, raised))]
    if row is None:
        planned = {which: one.day for which, one in said.planned.items()}
        actual = {which: one.day for which, one in said.actual.items()}
        return Steps(said, None, planned, actual, graded, left, tuple(other))
    dates = row.dates
    planned, actual = {}, {}
    for which in ORDER:
        stage = dates[which]
        if (one := said.planned.get(which)) and not stage.actual:
            if stage.planned is None and not row.line.left:
                planned[which] = one.day
            elif not one.agrees(stage.planned):
                other.append(f"{said.name}: {_differs(which, 'planned for', stage.planned, one)}")
        if one := said.actual.get(which):
            if stage.actual is None and not row.line.left:
                actual[which] = one.day
            elif not one.agrees(stage.actual):
                other.append(f"{said.name}: {_differs(which, 'reached on', stage.actual, one)}")
    final = dates["final"].actual
    if final and said.issued and said.issued.exact and said.issued.day != final:
        other.append(f"{said.name}: {_differs('final', 'reached on', final, said.issued)}")
    return Steps(said, row, planned, actual, None if final or row.line.left else graded, left, tuple(other))


def _differs(which: str, how: str, recorded: date | None, one: Printed) -> str:
    return f"the {WORDS[which]} is recorded as {how} {say_date(recorded) if recorded else 'no day'}, the paper says {one.text}"


def _left(said: Said, row: AuditRow | None) -> tuple[str, tuple[str, ...]]:
    """(how it leaves the plan now, what differs)."""
    left, recorded = said.status.left, row.line.left if row else ""
    if left == recorded:
        if left == "deferred" and row and said.status.to not in (None, row.deferred_to):
            return "", (f"it is recorded as deferred to {row.deferred_to}, the paper says {said.status.to}",)
        return "", ()
    if recorded:
        return "", (f"it is recorded as {recorded}, the paper says {said.words or 'that its report is out'}",)
    if row and row.line.final_on:
        return "", (f"its final report is recorded, the paper says {said.words}",)
    if left == "deferred" and not said.status.to:
        return "", ("it is said to be deferred, to no year that is printed",)
    return left, ()


def _graded(report: Report, scales: Sequence[Scale]) -> bool:
    return report.advisory or scale_of(report, scales) is not None


def scale_of(report: Report, scales: Sequence[Scale]) -> Scale | None:
    """The first scale that has the opinion of a report; None for an advisory one."""
    return next((scale for scale in scales if report.opinion and scale.words_of().named(report.opinion)), None)


def _report(said: Said, row: AuditRow | None, scales: Sequence[Scale], raised: Sequence[Raised]) -> Iterator[str]:
    report, final = said.report, row.line.final_on if row else None
    if report is None:
        if said.status.reached == "final" and not final:
            yield "its final report is issued, with an opinion that this paper does not print"
        return
    if not _graded(report, scales):
        yield f"its opinion {report.text or 'is not printed'} is on no scale of the auditor: nothing is recorded of its report"
    elif row and final:
        recorded = row.opinion.word if row.opinion else "advisory" if row.line.advisory else "no opinion"
        if recorded.casefold() != ("advisory" if report.advisory else (report.opinion or "")).casefold():
            yield f"its opinion is recorded as {recorded}, the paper says {report.text}"
    yield from _counts(report, raised)


def _counts(report: Report, raised: Sequence[Raised]) -> Iterator[str]:
    """The stated counts against the recommendations raised from the audit; nothing while none is."""
    if not raised or sum(report.counts.values()) == len(raised):
        return
    held = ", ".join(f"{count} {group}" for group, _tone, count in tallied(raised))
    stated = ", ".join(f"{count} of priority {word}" for word, count in report.counts.items() if count) or "none"
    yield f"the paper states {stated}; recorded are {held}"


def _listed(stages: Mapping[str, date]) -> str:
    return ", ".join(WORDS[which] for which in ORDER if which in stages)
