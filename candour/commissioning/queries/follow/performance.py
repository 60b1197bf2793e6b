"""Meetings, issues and performance notices of an agreement, and the risk that one names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from candour.commissioning.models import Agreement, Issue, PerformanceNotice, ReviewMeeting
from candour.commissioning.rules import follow
from candour.kernel.access import Actor
from candour.kernel.records.models import Record
from candour.kernel.records.queries import visible_records
from candour.kernel.rules import Table, read


@dataclass(frozen=True)
class MeetingRow:
    pk: int
    on: date
    present: str
    notes: str
    next_on: date | None


@dataclass(frozen=True)
class IssueRow:
    """An issue on a day."""

    pk: int
    on: date
    text: str
    severity: str
    owner: str
    due: date
    resolved_on: date | None
    resolution: str
    state: str

    @property
    def word(self) -> str:
        return follow.SEVERITIES[self.severity]


@dataclass(frozen=True)
class NoticeRow:
    """A performance notice on a day. publish_by: of a breach that is not published yet."""

    pk: int
    on: date
    about: str
    breach: bool
    published_on: date | None
    response_due: date
    responded_on: date | None
    response: str
    settled_on: date | None
    state: str

    @property
    def publish_by(self) -> date | None:
        return follow.publish_by(self.on) if self.breach and self.published_on is None else None


@dataclass(frozen=True)
class _Dated:
    """What the tables of issues and notices ask."""

    due: date | None = None
    resolved_on: date | None = None
    response_due: date | None = None
    responded_on: date | None = None
    settled_on: date | None = None


def _state(table: Table, values: Mapping[str, Any], today: date) -> str:
    return read(table, _Dated(**{name: values.get(name) for name in _Dated.__dataclass_fields__}), today)


def meetings_of(agreement: Agreement) -> tuple[MeetingRow, ...]:
    """The meetings of an agreement, the latest first. One query."""
    rows = ReviewMeeting.objects.filter(agreement=agreement).order_by("-on", "-pk")
    return tuple(MeetingRow(**row) for row in rows.values(*MeetingRow.__dataclass_fields__))


def issues_of(agreement: Agreement, *, today: date) -> tuple[IssueRow, ...]:
    """The issues of an agreement, those that are open first, then by their day. One query."""
    names = [name for name in IssueRow.__dataclass_fields__ if name not in ("state", "owner")]
    rows = Issue.objects.filter(agreement=agreement).order_by(F("resolved_on").desc(nulls_first=True), "due", "pk")
    found = rows.values(*names, named=F("owner__title"))
    return tuple(issue_row(row, row["named"], today) for row in found)


def issue_row(values: Mapping[str, Any], owner: str, today: date) -> IssueRow:
    """An issue from its values, on a day."""
    names = (name for name in IssueRow.__dataclass_fields__ if name not in ("state", "owner"))
    return IssueRow(owner=owner, state=_state(follow.ISSUE, values, today), **{name: values[name] for name in names})


def notices_of(agreement: Agreement, *, today: date) -> tuple[NoticeRow, ...]:
    """The performance notices of an agreement, the latest first. One query."""
    names = [name for name in NoticeRow.__dataclass_fields__ if name != "state"]
    rows = PerformanceNotice.objects.filter(agreement=agreement).order_by("-on", "-pk").values(*names)
    return tuple(notice_row(row, today) for row in rows)


def notice_row(values: Mapping[str, Any], today: date) -> NoticeRow:
    """A performance notice from its values, on a day."""
    names = (name for name in NoticeRow.__dataclass_fields__ if name != "state")
    return NoticeRow(state=_state(follow.NOTICE, values, today), **{name: values[name] for name in names})


def risk_named(agreement: Agreement, reference: str, *, actor: Actor) -> Record | None:
    """The risk of the agreement's body with a reference, where the actor may see it; None alike for a hidden one. One query."""
    rows = Record.objects.filter(visible_records(actor), kind="risk", organisation=agreement.record.organisation_id)
    return rows.filter(reference__iexact=reference.strip()).first()
