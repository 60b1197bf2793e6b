"""Processes, the steps of one agreement, and what is late across all."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, QuerySet, Sum

from candour.commissioning.access import CommissioningPermission
from candour.commissioning.models import Agreement, AgreementLine, AgreementStep, Process, Step
from candour.commissioning.queries.register import lines
from candour.commissioning.rules import care
from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.calendar import working_days_between
from candour.kernel.evidence.models import File, visible_files

Planned = tuple[str, int, str, str]  # name, working days, post, what must be there


@dataclass(frozen=True)
class StepRow:
    """A step of an agreement on a day. late: working days. file: its number and name, where the reader may see it."""

    number: int
    name: str
    post: str
    days: int
    needs: str
    planned: date
    done_on: date | None
    by: str
    state: str
    late: int
    note: str
    file: int | None
    file_name: str


@dataclass(frozen=True)
class Late:
    """An agreement whose next step is late, by so many working days."""

    reference: str
    title: str
    code: str
    step: str
    due: date
    late: int
    post: str
    restricted: bool


@dataclass(frozen=True)
class LatePage:
    """One page of what is late, how many there are in all, and the posts that they wait for with how many each."""

    rows: tuple[Late, ...]
    total: int
    posts: tuple[tuple[int | None, str, int], ...]


def process_on(organisation: int, kind: str, day: date) -> Process | None:
    """The version of a kind's steps that a body uses on a day. One query."""
    rows = Process.objects.filter(organisation=organisation, kind=kind, starts__lte=day)
    return rows.order_by("-version").first()


def next_step(agreement: Agreement) -> AgreementStep | None:
    """The first step that is neither done nor skipped. One query."""
    rows = AgreementStep.objects.filter(agreement=agreement, done_on=None).select_related("step__post")
    return rows.order_by("step__position").first()


def open_steps(agreement: Agreement) -> list[AgreementStep]:
    """The steps that are still to be recorded, in their order. One query."""
    rows = AgreementStep.objects.filter(agreement=agreement, done_on=None).select_related("step")
    found = list(rows.order_by("step__position"))
    for one in found:
        one.agreement = agreement
    return found


def recorded_steps(agreement: Agreement) -> list[AgreementStep]:
    """The steps that are done or skipped, the last of them first. One query."""
    rows = AgreementStep.objects.filter(agreement=agreement, done_on__isnull=False).select_related("step")
    found = list(rows.order_by("-step__position"))
    for one in found:
        one.agreement = agreement
    return found


def sheet_of(agreement: Agreement, *, actor: Actor, today: date) -> tuple[StepRow, ...]:
    """The status sheet of an agreement: every step with what was planned and what came of it. Two queries."""
    mine = AgreementStep.objects.filter(agreement=agreement).values("file")
    files = File.objects.filter(visible_files(actor), pk__in=mine, removed_on=None, erased_on=None)
    seen = dict(files.values_list("pk", "name"))
    rows = AgreementStep.objects.filter(agreement=agreement).select_related("step__post", "post")
    return tuple(_row(one, agreement, seen, today) for one in rows.order_by("step__position"))


def _row(one: AgreementStep, agreement: Agreement, seen: dict[int, str], today: date) -> StepRow:
    step = care.Step(one.planned, one.done_on, one.skipped)
    return StepRow(
        number=one.pk,
        name=one.step.name,
        post=str(one.step.post or agreement.record.owner or ""),
        days=one.step.days,
        needs=care.NEEDS[one.step.needs] if one.step.needs else "",
        planned=one.planned,
        done_on=one.done_on,
        by=str(one.post or ""),
        state=care.state_of(step, today),
        late=care.late_by(step, today),
        note=one.note,
        file=one.file_id if one.file_id in seen else None,
        file_name=seen.get(one.file_id or 0, ""),
    )


def late_rows(actor: Actor, today: date) -> QuerySet[AgreementLine]:
    """The lines of agreements that run and whose next step is late, as an actor sees them."""
    return lines(actor).filter(closed_on=None, step_due__lt=today)


def late(actor: Actor, *, today: date, post: int | None = None, offset: int = 0, size: int = 50) -> LatePage:
    """What is late across all agreements, the longest first; post: what waits for it alone. Two queries."""
    every = late_rows(actor, today)
    counted = every.order_by().values_list("step_post", "step_post__title").annotate(many=Count("pk"))
    posts = sorted(((pk, title or "No post", many) for pk, title, many in counted), key=lambda one: (-one[2], one[1]))
    rows = every if post is None else every.filter(step_post=post)
    named: dict[str, Any] = {
        "code": F("organisation__code"), "post_label": F("step_post__title")
    }  # fmt: skip
    found = rows.annotate(**named).order_by("step_due", "reference", "pk")[offset : offset + size]
    told = tuple(
        Late(
            row["reference"], row["title"], row["code"], row["step"], row["step_due"],
            working_days_between(row["step_due"], today), row["post_label"] or "", row["sensitivity"] == "restricted",
        )
        for row in found.values("reference", "title", "step", "step_due", "sensitivity", *named)
    )  # fmt: skip
    total = sum(many for pk, _, many in posts if post is None or pk == post)
    return LatePage(told, total, tuple(posts))


def processes(actor: Actor) -> list[tuple[Process, list[Planned]]]:
    """The version in use of each kind's steps, in the bodies whose agreements an actor sees. Two queries."""
    see = actor.scope(CommissioningPermission.SEE)
    if actor.only is not None or not see:
        return []
    rows = Process.objects.select_related("organisation").order_by("organisation__name", "kind", "version")
    found = rows if EVERYWHERE in see else rows.filter(organisation__in=see)
    last = {(one.organisation_id, one.kind): one for one in found}
    steps: dict[int, list[Planned]] = defaultdict(list)
    chosen = Step.objects.filter(process__in=[one.pk for one in last.values()]).order_by("position")
    for pk, name, days, post, needs in chosen.values_list("process", "name", "days", "post__title", "needs"):
        steps[pk].append((name, days, post or "", care.NEEDS[needs] if needs else ""))
    return [(one, steps[one.pk]) for one in last.values()]


def steps_in(process: Process | None) -> list[Step]:
    """The steps of a version, in their order. One query; none without a version."""
    return list(Step.objects.filter(process=process).order_by("position")) if process else []


def durations(actor: Actor) -> dict[tuple[int, str], int]:
    """Working days of all steps together by body and kind, of the version in use, where an actor sees agreements. One query."""
    see = actor.scope(CommissioningPermission.SEE)
    if not see:
        return {}
    rows = Process.objects.all() if EVERYWHERE in see else Process.objects.filter(organisation__in=see)
    wholes = rows.order_by("version").annotate(whole=Sum("steps__days"))
    return {(body, kind): whole for body, kind, whole in wholes.values_list("organisation", "kind", "whole") if whole}
