"""Audits for scripts: the plan of a year, and one audit with its stages."""

from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from pydantic import Field

from candour.audits.access import AuditPermission
from candour.audits.models import Audit
from candour.audits.queries import AuditFilter, page_of
from candour.audits.queries.one import audit_at, in_full
from candour.audits.queries.plan import SORTS, narrowed, plan_on
from candour.audits.rules import STATE_WORDS
from candour.kernel.access import Actor
from candour.kernel.calendar import financial_year
from candour.kernel.service import api
from candour.kernel.service.api import Asked, Found


class AuditFilters(api.Listed):
    """What a plan can be narrowed to: what its page can."""

    year: str = Field(
        "", pattern=r"^(\d{4}/\d{2})?$", description="A financial year such as 2026/27; this one without it"
    )
    provider: api.Number | None = Field(None, description="The number of the auditor")
    state: str = api.choice(STATE_WORDS)
    sort: str = api.order(SORTS, "start")


class AuditOut(api.RowOut):
    """An audit on a day."""

    year: str
    provider: str
    provider_number: int
    state: str
    days: int | None
    opinion: str | None
    reached: str = Field(description="The last stage that is behind it")
    next_stage: str
    next_due: date | None
    closed_on: date | None

    taken: ClassVar[dict[str, str]] = api.RowOut.taken | {
        "opinion": "opinion.word",
        "provider_number": "line.provider",
        "reached": "reached_word",
    }


class StageOut(api.Out):
    """A stage: when it was first planned for, is planned for now, and was reached."""

    stage: str
    name: str
    first_planned: date | None
    planned: date | None
    actual: date | None
    working_days_late: int

    taken: ClassVar[dict[str, str]] = {"stage": "which", "name": "word", "working_days_late": "late"}


class AuditWhole(api.WholeOut, AuditOut):
    """An audit with its stages."""

    purpose: str
    scope: str
    planned_on: date | None
    stages: list[StageOut]


def _rows(asked: Asked[AuditFilters]) -> Found:
    given = asked.wanted
    year = given.year or financial_year(asked.request.today)
    wanted = AuditFilter(year, given.provider, asked.organisation, given.state, given.q)
    return api.found_on(
        asked,
        live=lambda: page_of(asked.actor, wanted, today=asked.day, **asked.page),
        then=lambda: narrowed(
            narrowed(plan_on(asked.actor, wanted, as_at=asked.day), replace(wanted, state="")), wanted
        ),
    )


def _full(audit: Audit, *, actor: Actor, day: date, past: date | None) -> Any:
    return in_full(audit, actor=actor, today=day, as_at=past)


router = api.routes(
    api.Register(
        name="audits",
        of="audits",
        one="audit",
        many="Audits",
        see=AuditPermission.SEE,
        filters=AuditFilters,
        row=AuditOut,
        whole=AuditWhole,
        rows=_rows,
        find=audit_at,
        full=_full,
    )
)
