"""Projects: one in full, live or as it stood; all of a body on a day; who must approve a value; decisions to point at."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from candour.boards.models import Limit
from candour.finance import rules
from candour.finance.access import FinancePermission
from candour.finance.models import Benefit, Case, Change, Highlight, Project
from candour.finance.queries.past import records_of, seen_on, values_of
from candour.finance.queries.rated import rated, ratings
from candour.finance.queries.rows import Row, row_of
from candour.kernel.access import Actor
from candour.kernel.history.queries import as_at as states_on
from candour.kernel.history.queries import grouped
from candour.kernel.people.models import holding
from candour.kernel.records.models import Record, visible
from candour.kernel.scales.rules import Step, Words

Values = Mapping[str, Any]
PROJECTS_LIMIT = "projects"  # as the limits of a body name what is decided


@dataclass(frozen=True)
class ProjectWhole:
    """A project with everything that hangs on it, on a day. cases, changes and benefits oldest first, reports newest first.

    words: the three words of each report, by the number of its row.
    """

    row: Row[rules.ProjectLine]
    texts: Mapping[str, Any]
    cases: tuple[Values, ...]
    reports: tuple[Values, ...]
    words: Mapping[int, tuple[rules.Rated | None, ...]]
    changes: tuple[Values, ...]
    benefits: tuple[Values, ...]


def project_at(organisation: str, reference: str, *, actor: Actor) -> Project:
    """The project at an address, with its record, body and owner. One query.

    Raises Project.DoesNotExist alike for one that is hidden and one that never was.
    """
    rows = Project.objects.select_related("record__organisation", "record__owner")
    return rows.get(
        visible(actor, FinancePermission.SEE, "record__"),
        record__kind="project",
        record__organisation__code=organisation,
        record__reference=reference,
    )


def project_in_full(project: Project, *, actor: Actor, today: date, as_at: date | None = None) -> ProjectWhole | None:
    """A project with everything that hangs on it: four queries live, eight as it stood.

    None where it did not stand yet on the past day, or may not be seen as it stood.
    """
    if as_at is not None:
        found = projects_stood(actor, Record.objects.filter(pk=project.pk), as_at=as_at)
        return found[0] if found else None
    hung = hanging([project.pk], with_scale)
    return project_whole(values_of(project.record, project), hung, _scales_in(hung["reports"]), today=today)


def with_scale(rows: QuerySet[Any]) -> list[dict[str, Any]]:
    """The rows of a queryset as they are; a highlight report with the scale it was rated on, which saves asking for it."""
    more = ("scale__name", "scale__definition") if rows.model is Highlight else ()
    return list(rows.values(*(field.attname for field in rows.model._meta.concrete_fields), *more))


def _scales_in(reports: Mapping[int, Sequence[Values]]) -> dict[int, Words]:
    return {
        one["scale_id"]: Words(
            one["scale_id"], one["scale__name"], tuple(Step(**each) for each in one["scale__definition"]["steps"])
        )
        for some in reports.values()
        for one in some
    }


def hanging(pks: Iterable[int], read: Callable[[QuerySet[Any]], list[dict[str, Any]]]) -> dict[str, dict[int, Any]]:
    """What hangs on some projects, by its name and then by project. read: gives the rows of a queryset. Four queries."""
    some = list(pks)
    found = {
        name: grouped(read(model.objects.filter(project__in=some)), "project_id")
        for name, model in (("cases", Case), ("reports", Highlight), ("changes", Change))
    }
    return found | {"benefits": benefits_of(some, read)}


def benefits_of(pks: Iterable[int], read: Callable[[QuerySet[Any]], list[dict[str, Any]]]) -> dict[int, Any]:
    """The benefits of some records that stand, by record. One query."""
    rows = [row for row in read(Benefit.objects.filter(record__in=list(pks))) if row["removed_on"] is None]
    return grouped(sorted(rows, key=lambda row: (row["due"], row["id"])), "record_id")


def project_line(values: Values, hung: Mapping[str, Mapping[int, Any]], scales: dict[int, Words]) -> rules.ProjectLine:
    """The read line of a project from its record, its row and what hangs on it."""
    pk = values["record_id"]
    facts = rules.ProjectFacts(
        organisation=values["organisation_id"],
        sensitivity=values["sensitivity"],
        closed_on=values["closed_on"],
        budget=values["budget"],
        ends=values["ends"],
        every=values["every"],
        begun_on=values["begun_on"],
    )
    cases = sorted(hung["cases"].get(pk, ()), key=lambda one: (one["submitted_on"], one["id"]))
    waiting = [one["asked_on"] for one in hung["changes"].get(pk, ()) if not one["answer"]]
    return rules.project_line(
        facts,
        [rules.CaseFacts(one["kind"], one["answer"], one["needs"], one["submitted_on"]) for one in cases],
        [_report(one, scales) for one in hung["reports"].get(pk, ())],
        asked_on=min(waiting, default=None),
        benefits=benefit_facts(hung["benefits"].get(pk, ())),
    )


def benefit_facts(rows: Sequence[Values]) -> list[tuple[bool, int | None, int | None]]:
    return [(one["cashable"], one["planned"], one["measured"]) for one in rows]


def _report(one: Values, scales: dict[int, Words]) -> rules.Report:
    words = words_of(one, scales)
    return rules.Report(one["period"], words[0], words[1], words[2], one["forecast"], one["ends"])


def words_of(one: Values, scales: dict[int, Words]) -> tuple[rules.Rated | None, ...]:
    """The three words of a highlight report: time, cost, benefits."""
    return tuple(rated(scales, one["scale_id"], one[name]) for name in ("time", "cost", "benefits"))


def project_whole(
    values: Values, hung: Mapping[str, Mapping[int, Any]], scales: dict[int, Words], *, today: date
) -> ProjectWhole:
    """A project put together from the values of its rows."""
    pk, line = values["record_id"], project_line(values, hung, scales)
    reports = sorted(hung["reports"].get(pk, ()), key=lambda one: one["period"], reverse=True)
    return ProjectWhole(
        row=row_of(values, line, rules.project_state(line, today)),
        texts={name: values[name] for name in ("about", "outcome", "lessons", "starts", "every")},
        cases=tuple(sorted(hung["cases"].get(pk, ()), key=lambda one: (one["submitted_on"], one["id"]))),
        reports=tuple(reports),
        words={one["id"]: words_of(one, scales) for one in reports},
        changes=tuple(sorted(hung["changes"].get(pk, ()), key=lambda one: (one["asked_on"], one["id"]))),
        benefits=tuple(hung["benefits"].get(pk, ())),
    )


def projects_stood(
    actor: Actor, records: QuerySet[Record], *, as_at: date, known_on: datetime | None = None
) -> list[ProjectWhole]:
    """Projects as they stood at the end of a day, worst first. Eight queries."""
    seen = seen_on(actor, records, as_at, known_on)
    stood = states_on(Project.objects.filter(record__in=records), as_at, known_on=known_on)
    stood = [row for row in stood if row["record_id"] in seen]
    hung = hanging([row["record_id"] for row in stood], lambda rows: states_on(rows, as_at, known_on=known_on))
    scales = ratings()
    found = [project_whole(seen[row["record_id"]] | row, hung, scales, today=as_at) for row in stood]
    return sorted(found, key=lambda one: (rules.PROJECT_ORDER.index(one.row.state), one.row.reference))


def projects_on(
    actor: Actor, *, as_at: date, organisation: int | None = None, known_on: datetime | None = None
) -> list[ProjectWhole]:
    """Every project, of one body or of all, as it stood on a day."""
    return projects_stood(actor, records_of(actor, "project", organisation), as_at=as_at, known_on=known_on)


def limits_on(organisation: int, day: date) -> list[rules.Limit]:
    """Who may approve projects of a body up to which value on a day, as the decisions register has its limits. One query."""
    rows = Limit.objects.filter(Q(holding(day)), organisation=organisation, what__iexact=PROJECTS_LIMIT).select_related(
        "post", "board"
    )
    return [
        rules.Limit(str(one.board or one.post), None if one.up_to is None else int(one.up_to * 100)) for one in rows
    ]
