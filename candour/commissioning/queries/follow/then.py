"""What had followed an agreement by the end of a past day, from the history, in the rows that the pages of today read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from candour.boards.models import Decision, visible_decisions
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.models import (
    Agreement,
    ExitInterview,
    Forecast,
    Issue,
    NextDecision,
    Outcome,
    OutcomeFigure,
    Payment,
    PerformanceNotice,
    PlanMeasure,
    Return,
    ReturnFigure,
    ReviewMeeting,
    Schedule,
    Underspend,
)
from candour.commissioning.queries.follow.ending import Decided, Ending
from candour.commissioning.queries.follow.money import FIELDS, Recovery, recovery, settled_in
from candour.commissioning.queries.follow.outcomes import OutcomeRow, counting
from candour.commissioning.queries.follow.performance import (
    IssueRow,
    MeetingRow,
    NoticeRow,
    issue_row,
    notice_row,
)
from candour.commissioning.queries.follow.reported import measures_named, outcome_then
from candour.commissioning.queries.follow.returns import OWN, ReturnRow, return_row
from candour.commissioning.queries.past import stood_on
from candour.commissioning.queries.rows import AgreementRow
from candour.commissioning.rules import NEXT, follow
from candour.kernel.access import Actor
from candour.kernel.history.queries import as_at_together, grouped
from candour.kernel.records.models import Record, visible

Values = Mapping[str, Any]
TABLES: Mapping[str, Any] = {
    "schedules": Schedule, "returns": Return, "return_figures": ReturnFigure, "payments": Payment, "forecasts": Forecast,
    "underspends": Underspend, "meetings": ReviewMeeting, "issues": Issue, "notices": PerformanceNotice,
    "exits": ExitInterview, "decisions": NextDecision,
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """The schedule of returns that stood. assessor: its post."""

    asks: str
    every: int
    days: int
    assess_days: int
    assessor: str


@dataclass(frozen=True)
class Then:
    """An agreement as it stood at the end of a day, and the rows of what followed it, by table, as they stood.

    rows: it, and where outcomes were asked for the others that bring about the same, by number.
    """

    row: AgreementRow
    day: date
    tables: Mapping[str, Sequence[Values]]
    rows: Mapping[int, AgreementRow]

    @property
    def schedule(self) -> Asked | None:
        for one in self.tables["schedules"]:
            if one["ended_on"] is None:
                asks, post = one["asks"] or "", one["assessor_label"] or ""
                return Asked(asks, one["every"], one["days"], one["assess_days"], post)
        return None

    @property
    def returns(self) -> tuple[ReturnRow, ...]:
        """The returns with their figures, the earliest first."""
        closed, posts = self.row.line.closed_on, {one["id"]: one["assessor_label"] for one in self.tables["schedules"]}
        figures = grouped(
            [
                {"report_id": one["report_id"], "named": one["indicator_label"], "value": one["value"]}
                for one in sorted(self.tables["return_figures"], key=lambda one: (one["indicator_id"], one["id"]))
            ],
            "report_id",
        )
        stood = [
            one
            for one in self.tables["returns"]
            if one["dropped_on"] is None and (closed is None or one["starts"] <= closed)
        ]
        return tuple(
            return_row(self._named(one, OWN) | {"assessor": posts.get(one["schedule_id"]) or ""}, self.day, figures)
            for one in sorted(stood, key=lambda one: one["starts"])
        )

    def _named(self, one: Values, own: Sequence[str]) -> dict[str, Any]:
        """The values of a return as its row takes them: its own, and those of its agreement."""
        row = self.row
        mine = {name: one["id" if name == "pk" else name] for name in own}
        mine |= {"narrative": one["narrative"] or "", "wanted": one["wanted"] or "", "file_id": one["file_id"]}
        return mine | {
            "reference": row.reference,
            "title": row.title,
            "organisation_code": row.organisation_code,
            "sensitivity": row.sensitivity,
            "provider": row.provider,
        }

    @property
    def underspends(self) -> tuple[Recovery, ...]:
        """The underspends, the latest first."""
        rows = sorted(self.tables["underspends"], key=lambda one: (one["asked_on"], one["id"]), reverse=True)
        return tuple(recovery({name: one["id" if name == "pk" else name] for name in FIELDS}, self.day) for one in rows)

    @property
    def spend(self) -> follow.Spend:
        """What was known of its money."""
        return follow.Spend(
            value=self.row.line.value,
            paid=[(one["on"], one["amount"]) for one in self.tables["payments"]],
            reported=[
                (one["ends"], one["spent"])
                for one in self.tables["returns"]
                if one["dropped_on"] is None and one["received_on"] and one["spent"] is not None
            ],
            forecast={
                one["year"]: one["amount"] for one in sorted(self.tables["forecasts"], key=lambda one: one["id"])
            },
            settled=settled_in(self.underspends),
            ends=self.row.line.ends,
        )

    @property
    def meetings(self) -> tuple[MeetingRow, ...]:
        """The meetings, the latest first."""
        rows = sorted(self.tables["meetings"], key=lambda one: (one["on"], one["id"]), reverse=True)
        return tuple(
            MeetingRow(one["id"], one["on"], one["present"], one["notes"] or "", one["next_on"]) for one in rows
        )

    @property
    def issues(self) -> tuple[IssueRow, ...]:
        """The issues, those that were open first, then by their day."""
        rows = [
            issue_row(_plain(one, ("text", "resolution")), one["owner_label"] or "", self.day)
            for one in self.tables["issues"]
        ]
        late = date.max
        return tuple(
            sorted(
                rows, key=lambda one: (one.resolved_on is not None, late - (one.resolved_on or late), one.due, one.pk)
            )
        )

    @property
    def notices(self) -> tuple[NoticeRow, ...]:
        """The performance notices, the latest first."""
        rows = [notice_row(_plain(one, ("about", "response")), self.day) for one in self.tables["notices"]]
        return tuple(sorted(rows, key=lambda one: (one.on, one.pk), reverse=True))


def _plain(one: Values, texts: Sequence[str]) -> dict[str, Any]:
    """The values of a row under the names of its frozen one. A text whose words were removed counts as none."""
    return dict(one) | {"pk": one["id"]} | {name: one[name] or "" for name in texts}


def followed_then(agreement: Agreement, *, actor: Actor, day: date, alike: bool = False) -> Then | None:
    """An agreement at the end of a day with what had followed it. Six queries.

    alike: with the outcomes that others bring about of the same measures. None where it did not stand yet, or may not be seen
    as it stood.
    """
    wanted = Q(pk=agreement.pk)
    measures = Outcome.objects.filter(agreement=agreement).order_by().values("measure")
    if alike:
        wanted |= Q(pk__in=Outcome.objects.filter(measure__in=measures).order_by().values("agreement"))
    records = Record.objects.filter(visible(actor, CommissioningPermission.SEE), wanted, kind="agreement")
    rows = {row.pk: row for row in stood_on(actor, records, as_at=day)}
    if agreement.pk not in rows:
        return None
    asked: dict[str, Any] = {name: model.objects.filter(agreement=agreement.pk) for name, model in TABLES.items()}
    if alike:
        asked["outcomes"] = Outcome.objects.filter(agreement__in=list(rows), measure__in=measures)
        asked["figures"] = OutcomeFigure.objects.filter(agreement__in=list(rows))
    (tables,) = as_at_together(asked, (day,))
    return Then(rows[agreement.pk], day, tables, rows)


def outcomes_then(then: Then) -> tuple[OutcomeRow, ...]:
    """The outcomes of an agreement at the end of a day, read with those alike, and what counted of each. One query."""
    stood = then.tables["outcomes"]
    plan = measures_named(PlanMeasure.objects.filter(pk__in={one["measure_id"] for one in stood}))
    told = [
        outcome_then(then.rows[one["agreement_id"]], one, then.tables["figures"], plan[one["measure_id"]])
        for one in stood
    ]
    told.sort(key=lambda one: (one.priority, one.name, one.reference, one.pk))
    return tuple(one for one in counting(told) if one.agreement == then.row.pk)


def ending_then(then: Then, *, actor: Actor) -> Ending:
    """What had been recorded of its end. A resolution is named to who may see it today. One query."""
    exits = sorted(then.tables["exits"], key=lambda one: (one["on"], one["id"]), reverse=True)
    rows = sorted(then.tables["decisions"], key=lambda one: (one["on"], one["id"]), reverse=True)
    numbers = [one["decision_id"] for one in rows if one["decision_id"]]
    seen = {one.pk: str(one) for one in Decision.objects.filter(visible_decisions(actor), pk__in=numbers)}
    return Ending(
        tuple(
            ExitInterview(**{name: one[name] or "" for name in ("on", "present", "notes", "lessons")}) for one in exits
        ),
        tuple(
            Decided(
                one["on"],
                NEXT[one["follows"]],
                one["by"],
                one["lessons"],
                (one["decision_id"], seen[one["decision_id"]]) if one["decision_id"] in seen else None,
            )
            for one in rows
        ),
    )
