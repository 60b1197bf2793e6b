"""What a review needs to know: what the answers would give, and which risk comes next."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import F, OuterRef, Q, Subquery

from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.people.models import Organisation
from candour.kernel.records.models import visible
from candour.kernel.scales.rules import Band, Matrix
from candour.risks import rules
from candour.risks.access import RiskPermission
from candour.risks.models import RiskLine
from candour.risks.queries.rows import RiskRow

SOON = 14  # days before its date from which a review counts as due
MANY = 1000  # reviews to come that are counted; beyond, the figure helps nobody


@dataclass(frozen=True)
class NextReview:
    """How many risks an actor has yet to review, and where the first of them is."""

    count: int  # MANY at most
    organisation_code: str
    reference: str

    @property
    def counted(self) -> str:
        return f"{MANY:,} or more" if self.count == MANY else f"{self.count:,}"


@dataclass(frozen=True)
class Outcome:
    """What saving a review would give. impact and likelihood are on `matrix`; direction is against `since`."""

    impact: int
    likelihood: int
    matrix: Matrix
    direction: str
    previous: int | None
    status: str
    review_due: date

    @property
    def score(self) -> int:
        return self.matrix.score(self.impact, self.likelihood)

    @property
    def band(self) -> Band:
        return self.matrix.band(self.score)


def next_review(actor: Actor, *, today: date, but: int) -> NextReview | None:
    """The live risk whose review is due first, among those that the actor may review. Two queries, three at most.

    A review counts as due from a fortnight before its date, for a risk never reviewed, and after a hand-over.
    """
    held = actor.scope(RiskPermission.REVIEW)
    due = Q(last_review=None) | Q(review_due__lte=today + timedelta(days=SOON)) | Q(transferred_on__gt=F("last_review"))
    rows = RiskLine.objects.filter(visible(actor, RiskPermission.SEE), due, closed_on=None).exclude(pk=but)
    if EVERYWHERE not in held:
        rows = rows.filter(organisation__in=held)
    # Asked apart from those without a date, and without a join, so that an index gives the first row and no other is read.
    # All of them have no closed_on: PostgreSQL follows the index where it is told that order too.
    code = Subquery(Organisation.objects.filter(pk=OuterRef("organisation")).values("code")[:1])
    places = rows.annotate(code=code).values_list("code", "reference")
    first = places.filter(review_due__isnull=False).order_by("closed_on", "review_due", "reference").first()
    first = first or places.filter(review_due=None).order_by("closed_on", "review_due", "reference").first()
    return NextReview(rows.order_by()[:MANY].count(), *first) if first else None


def outcome(
    row: RiskRow,
    *,
    matrix: Matrix,
    impact: int,
    likelihood: int,
    answers: Mapping[int, tuple[str, date | None]],
    accept: bool,
    today: date,
    since: date | None,
) -> Outcome:
    """What a review would leave, by the rules of the register. answers: as commands.review takes them.

    since: the day that movement is measured from. Raises ValueError for a level that the matrix does not have.
    """
    score = matrix.score(impact, likelihood)
    due = rules.review_due(today, row.line.first_recorded, matrix.band(score))
    pending = []
    for control in row.controls:
        answer, new_due = answers.get(control.pk, ("", None))
        if control.pending and control.removed_on is None and answer in {"", "still to do"}:
            pending.append(new_due or control.due)
    line = replace(
        row.line,
        score=score,
        target=row.line.target if row.matrix is None or row.matrix.id == matrix.id else None,
        last_review=today,
        review_due=due,
        open_controls=len(pending),
        next_control_due=min((day for day in pending if day), default=None),
        accepted_on=today if accept else None,
    )
    line = replace(line, awaits_from=rules.awaits_from(line, due))
    one_matrix = row.was is None or row.was.matrix.id == matrix.id
    before = row.was.score if row.was else None
    direction = rules.direction(score, before, line.first_recorded, since, one_matrix=one_matrix)
    previous = before if one_matrix else None
    return Outcome(impact, likelihood, matrix, direction, previous, rules.status(line, today), due)
