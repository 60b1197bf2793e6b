"""Grant rounds: the list, one round, what it asks and is scored by, and how far it is."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum

from candour.boards.models import Limit
from candour.commissioning import rules as of_agreements
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.models import ApplicationLine, Criterion, Question, Round, RoundLine, Scoring
from candour.commissioning.rules import rounds as rules
from candour.kernel.access import Actor
from candour.kernel.people.models import holding
from candour.kernel.records.models import Record, visible


@dataclass(frozen=True)
class RoundRow:
    """A round as a list shows it. pk: of its record. applications and awarded: of those that the reader may see; budget,
    awarded: pence.
    """

    pk: int
    reference: str
    title: str
    organisation_code: str
    organisation: str
    stream: str
    owner: str
    sensitivity: str
    opens: date
    closes: date
    budget: int
    state: str
    applications: int
    awarded: int

    @property
    def restricted(self) -> bool:
        return self.sensitivity == "restricted"


@dataclass(frozen=True)
class Tally:
    """How far a round is, of the applications that the reader may see. scorings, sent: of those in the running."""

    applications: int
    late: int
    withdrawn: int
    unjudged: int
    ineligible: int
    running: int
    asked: int
    awards: int
    awarded: int
    scorings: int = 0
    sent: int = 0

    @property
    def all_in(self) -> bool:
        return self.scorings > 0 and self.sent == self.scorings


def rounds(actor: Actor) -> QuerySet[RoundLine]:
    """The lines of the rounds that an actor may see."""
    return RoundLine.objects.filter(visible(actor, CommissioningPermission.SEE))


def rounds_page(
    actor: Actor, *, today: date, offset: int, size: int, organisation: int | None = None, only: int | None = None
) -> tuple[tuple[RoundRow, ...], int]:
    """A page of rounds, the last to close first, and how many there are. Two queries. only: the number of one of them."""
    every = rounds(actor)
    if organisation is not None:
        every = every.filter(organisation=organisation)
    if only is not None:
        every = every.filter(record=only)
    seen = ApplicationLine.objects.filter(
        visible(actor, CommissioningPermission.APPLICATIONS), round=OuterRef("pk")
    ).order_by()
    named = every.annotate(
        title=F("record__title"),
        code=F("organisation__code"),
        body=F("organisation__name"),
        paid=F("stream__name"),
        year=F("stream__year"),
        lead=F("owner__title"),
        how_many=Subquery(seen.values("round").annotate(n=Count("pk")).values("n")),
        given=Subquery(seen.values("round").annotate(n=Sum("award")).values("n")),
    )
    found = []
    for line in named.order_by("-closes", "reference", "pk")[offset : offset + size]:
        row: object = line
        said = vars(row)
        found.append(
            RoundRow(
                line.record_id,
                line.reference,
                said["title"],
                said["code"],
                said["body"],
                f"{said['paid']} {said['year']}",
                said["lead"] or "",
                line.sensitivity,
                line.opens,
                line.closes,
                line.budget,
                rules.state(line, today),
                said["how_many"] or 0,
                said["given"] or 0 if line.announced_on else 0,
            )
        )
    return tuple(found), every.count()


def round_at(organisation: str, reference: str, *, actor: Actor) -> Round:
    """The round at an address. One query. Raises Round.DoesNotExist alike for a hidden one and one that never was."""
    rows = Round.objects.select_related("record__organisation", "record__owner", "stream__organisation")
    return rows.get(
        visible(actor, CommissioningPermission.SEE, "record__"),
        record__kind="round",
        record__organisation__code=organisation,
        record__reference=reference,
    )


def criteria_of(it: Round) -> list[Criterion]:
    """The criteria that stand, in their order. One query."""
    return list(Criterion.objects.filter(round=it, removed_on=None).order_by("number"))


def questions_of(it: Round) -> list[Question]:
    """The questions that stand, in their order. One query."""
    return list(Question.objects.filter(round=it, removed_on=None).order_by("number"))


def marks_in(it: Round) -> list[str]:
    """What each mark means, from 0 up."""
    return [line.strip() for line in it.marks.splitlines() if line.strip()]


def scheme_of(it: Round, criteria: list[Criterion] | None = None) -> rules.Scheme:
    """How a round is scored. One query unless its criteria are given."""
    rows = criteria_of(it) if criteria is None else criteria
    return rules.Scheme(
        criteria=tuple(rules.Criterion(one.pk, one.number, one.name, one.weight, one.pass_mark) for one in rows),
        top=max(len(marks_in(it)) - 1, 1),
        pass_mark=it.pass_mark,
        tolerance=it.tolerance,
        part_awards=it.part_awards,
    )


RUNNING = Q(withdrawn_on=None, eligible=True) & (Q(late=False) | Q(let_in_on__isnull=False))
OF_SCORINGS = Q(application__withdrawn_on=None, application__eligible=True) & (
    Q(application__received_on__lte=F("application__round__closes")) | Q(application__let_in_on__isnull=False)
)


def tally(actor: Actor, it: Round) -> Tally:
    """How far a round is. Two queries."""
    seen = ApplicationLine.objects.filter(visible(actor, CommissioningPermission.APPLICATIONS), round=it)
    given = Q(award__gt=0)
    counts = seen.aggregate(
        of_applications=Count("pk"),
        of_late=Count("pk", filter=Q(late=True)),
        of_withdrawn=Count("pk", filter=Q(withdrawn_on__isnull=False)),
        of_unjudged=Count("pk", filter=Q(withdrawn_on=None, eligible=None)),
        of_ineligible=Count("pk", filter=Q(eligible=False)),
        of_running=Count("pk", filter=RUNNING),
        of_asked=Sum("asked", filter=RUNNING),
        of_awards=Count("pk", filter=given),
        of_awarded=Sum("award", filter=given),
    )
    path = visible(actor, CommissioningPermission.APPLICATIONS, "application__record__")
    rows = Scoring.objects.filter(path, OF_SCORINGS, application__round=it, removed_on=None)
    scored = rows.aggregate(scorings=Count("pk"), sent=Count("pk", filter=Q(sent_on__isnull=False)))
    return Tally(**{name.removeprefix("of_"): value or 0 for name, value in (counts | scored).items()})


def limit_of(actor: Actor, it: Round, today: date) -> int | None:
    """The most (pence) that an actor’s posts may award by themselves; None for no limit.

    It is the highest of the limits on grants that boards set up for these posts; where a body has limits on grants, and none
    is of theirs, it is nothing.
    """
    limits = Limit.objects.filter(holding(today), organisation=it.record.organisation_id, what__istartswith="grant")
    rows = list(limits.values_list("post_id", "up_to"))
    if not rows or actor.kind == "system":
        return None
    mine = [up_to for post, up_to in rows if post in actor.posts]
    if any(up_to is None for up_to in mine):
        return None
    return max((of_agreements.pence(up_to) or 0 for up_to in mine), default=0)


def next_round(it_or_body: int, year: str) -> str:
    """The next free reference of a body’s rounds in a year: GR-2026-01."""
    rows = Record.objects.filter(organisation=it_or_body, kind="round", reference__startswith=f"GR-{year[:4]}-")
    return of_agreements.reference("GR", year, set(rows.values_list("reference", flat=True)))


def next_application(it: Round) -> int:
    """The number that the next application of a round gets: hidden and withdrawn ones count too. One query."""
    start = f"{it.record.reference}-"
    rows = Record.objects.filter(
        organisation=it.record.organisation_id, kind="application", reference__startswith=start
    ).values_list("reference", flat=True)
    numbers = [int(tail) for row in rows if (tail := row.removeprefix(start)).isascii() and tail.isdigit()]
    return max(numbers, default=0) + 1
