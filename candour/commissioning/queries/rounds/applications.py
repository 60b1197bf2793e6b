"""Applications: those of a round that one may see, one in full, and the awards that everybody may read once announced."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from candour.commissioning.access import CommissioningPermission
from candour.commissioning.models import Answer, Application, ApplicationLine, Round, Scoring
from candour.commissioning.queries.rounds.one import RUNNING
from candour.commissioning.rules import pounds
from candour.kernel.access import Actor
from candour.kernel.records.models import visible

VIEWS: Mapping[str, str] = {
    "all": "All",
    "unjudged": "To judge",
    "running": "In the running",
    "late": "Late",
    "ineligible": "Not eligible",
    "withdrawn": "Withdrawn",
    "awarded": "Awarded",
}
OF_VIEW: Mapping[str, Q] = {
    "all": Q(),
    "unjudged": Q(withdrawn_on=None, eligible=None),
    "running": RUNNING,
    "late": Q(late=True),
    "ineligible": Q(eligible=False),
    "withdrawn": Q(withdrawn_on__isnull=False),
    "awarded": Q(award__gt=0),
}


@dataclass(frozen=True)
class ApplicationRow:
    """An application as a list shows it. asked, award: pence. scorers, sent: who scores it, and how many have."""

    pk: int
    reference: str
    title: str
    applicant: str
    organisation_code: str
    asked: int
    received_on: date
    late: bool
    let_in: bool
    withdrawn: bool
    eligible: bool | None
    outcome: str
    award: int | None
    scorers: int
    sent: int
    sensitivity: str

    @property
    def state(self) -> str:
        """In words, what stands in its way first."""
        if self.withdrawn:
            return "Withdrawn"
        if self.late and not self.let_in:
            return "Late"
        if self.eligible is None:
            return "To judge"
        if not self.eligible:
            return "Not eligible"
        if self.scorers and self.sent == self.scorers:
            return "Scored"
        return f"{self.sent} of {self.scorers} scores in" if self.scorers else "In the running"


def applications(actor: Actor, it: Round | None = None) -> QuerySet[ApplicationLine]:
    """The lines of the applications that an actor may see: of a round, or of all.

    Applications are restricted: one sees those that one’s posts score or run, or all of a body with the permission to see
    restricted records.
    """
    rows = ApplicationLine.objects.filter(visible(actor, CommissioningPermission.APPLICATIONS))
    return rows if it is None else rows.filter(round=it)


def in_the_running(actor: Actor, it: Round) -> QuerySet[Application]:
    """Applications that are scored: eligible, not withdrawn, in time or let in. With their records."""
    numbers = applications(actor, it).filter(RUNNING).order_by().values("pk")
    return Application.objects.filter(pk__in=numbers).select_related("record").order_by("record__reference")


def applications_page(
    actor: Actor, it: Round, *, view: str, offset: int, size: int
) -> tuple[tuple[ApplicationRow, ...], dict[str, int]]:
    """A page of a round’s applications by reference, and how many each view holds. Two queries."""
    every = applications(actor, it)
    asked = {f"of_{name}": Count("pk", filter=condition or None) for name, condition in OF_VIEW.items()}
    counts = {name.removeprefix("of_"): count for name, count in every.aggregate(**asked).items()}
    standing = Scoring.objects.filter(application=OuterRef("pk"), removed_on=None).order_by().values("application")
    rows = every.filter(OF_VIEW[view]).annotate(
        title=F("record__title"),
        code=F("organisation__code"),
        by=F("record__application__applicant"),
        scorers=Subquery(standing.annotate(n=Count("pk")).values("n")),
        sent=Subquery(standing.filter(sent_on__isnull=False).annotate(n=Count("pk")).values("n")),
    )
    found = rows.order_by("reference", "pk").values()[offset : offset + size]
    return tuple(_row(one) for one in found), counts


def _row(one: Mapping[str, object]) -> ApplicationRow:
    said = {name: one[name] for name in ("reference", "title", "asked", "received_on", "late", "eligible", "award")}
    return ApplicationRow(
        pk=one["record_id"],  # type: ignore[arg-type]
        applicant=one["by"],  # type: ignore[arg-type]
        organisation_code=one["code"],  # type: ignore[arg-type]
        let_in=one["let_in_on"] is not None,
        withdrawn=one["withdrawn_on"] is not None,
        outcome=one["outcome"],  # type: ignore[arg-type]
        scorers=one["scorers"] or 0,  # type: ignore[arg-type]
        sent=one["sent"] or 0,  # type: ignore[arg-type]
        sensitivity=one["sensitivity"],  # type: ignore[arg-type]
        **said,  # type: ignore[arg-type]
    )


def application_at(organisation: str, reference: str, *, actor: Actor) -> Application:
    """The application at an address. One query. Raises Application.DoesNotExist alike for a hidden one and one never made."""
    rows = Application.objects.select_related(
        "record__organisation",
        "record__owner",
        "round__record__organisation",
        "round__stream__organisation",
        "agreement__record__organisation",
        "provider",
    )
    return rows.get(
        visible(actor, CommissioningPermission.APPLICATIONS, "record__"),
        record__kind="application",
        record__organisation__code=organisation,
        record__reference=reference,
    )


def papers_of(it: Application) -> list[Answer]:
    """What an application says, question by question; a file where that is the answer. One query."""
    return list(Answer.objects.filter(application=it).select_related("question", "file").order_by("question__number"))


@dataclass(frozen=True)
class Awarded:
    """An award as everybody who sees the round may read it once announced. award: pence."""

    applicant: str
    title: str
    award: int

    @property
    def award_said(self) -> str:
        return pounds(self.award)


def awards_of(it: Round) -> list[Awarded]:
    """The awards of a round, the highest first; none before they are announced. Never more than who, what for, how much."""
    if it.announced_on is None:
        return []
    rows = Application.objects.filter(round=it, award__gt=0).order_by("-award", "record__reference")
    found = rows.values_list("applicant", "record__title", "award")
    return [Awarded(applicant, title, award or 0) for applicant, title, award in found]


@dataclass(frozen=True)
class Written:
    """An application with all that it says, for the workbook. asked: pence; answers: by the number of the question."""

    reference: str
    applicant: str
    email: str
    title: str
    asked: int
    received_on: date
    answers: dict[int, str]


def written_lines(actor: Actor, it: Round) -> list[Written]:
    """The applications of a round that an actor may see, with their answers, by reference. Two queries."""
    numbers = applications(actor, it).order_by().values("pk")
    said: dict[int, dict[int, str]] = {}
    rows = Answer.objects.filter(application__in=numbers).values_list("application", "question__number", "text")
    for application, question, text in rows:
        said.setdefault(application, {})[question] = text
    found = Application.objects.filter(pk__in=numbers).select_related("record").order_by("record__reference")
    return [
        Written(
            one.record.reference,
            one.applicant,
            one.email,
            one.record.title,
            one.asked,
            one.received_on,
            said.get(one.pk, {}),
        )
        for one in found
    ]
