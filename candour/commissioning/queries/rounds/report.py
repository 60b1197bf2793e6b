"""What the report of rounds is made from: criteria, scorers, scores, moderation, ranking, decision."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from candour.commissioning.access import CommissioningPermission
from candour.commissioning.models import Appeal, Application, Criterion, Moderation, Round, Score, Scoring
from candour.commissioning.queries.rounds.one import marks_in, scheme_of
from candour.commissioning.rules import rounds as rules
from candour.kernel.access import Actor
from candour.kernel.history.models import Entry
from candour.kernel.history.queries import Event, events
from candour.kernel.people.models import Organisation
from candour.kernel.records.models import Record, visible

TOLD = ("round.decided", "round.criteria_changed", "round.changed_in_public", "round.ranked", "round.announced")


@dataclass(frozen=True)
class Applied:
    """An application in a report. place: None where it was not ranked. scores: "3, 4" by criterion, in their order."""

    pk: int
    reference: str
    title: str
    applicant: str
    asked: int
    award: int
    outcome: str
    excepted: bool
    received_on: date
    late: bool
    let_in: bool
    withdrawn_on: date | None
    place: rules.Place | None
    scores: tuple[str, ...]


@dataclass(frozen=True)
class Scorer:
    post: str
    given: int
    conflicts: tuple[tuple[str, str], ...]  # (reference, nature)


@dataclass(frozen=True)
class Moderated:
    reference: str
    criterion: str
    marks: str
    value: int
    why: str
    on: date


@dataclass(frozen=True)
class Appealed:
    reference: str
    correction: bool
    on: date
    grounds: str
    upheld: bool | None
    answer: str
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Told:
    """An entry of the round that a report repeats."""

    event: str
    on: date
    by: str
    approver: str
    why: str


@dataclass(frozen=True)
class Reported:
    """A decided round in full. budget: pence."""

    reference: str
    title: str
    sensitivity: str
    stream: str
    lead: str
    purpose: str
    budget: int
    opens: date
    closes: date
    opened_on: date | None
    decided_on: date
    announced_on: date | None
    marks: tuple[str, ...]
    scheme: rules.Scheme
    guidance: tuple[str, ...]
    applications: tuple[Applied, ...]
    scorers: tuple[Scorer, ...]
    moderated: tuple[Moderated, ...]
    appeals: tuple[Appealed, ...]
    told: tuple[Told, ...]

    @property
    def ranked(self) -> list[Applied]:
        return sorted((one for one in self.applications if one.place), key=_by_place)

    @property
    def awarded(self) -> list[Applied]:
        return [one for one in self.applications if one.award]


def _by_place(one: Applied) -> tuple[int, str]:
    return (one.place.place if one.place else 0), one.reference


@dataclass(frozen=True)
class _Rows:
    """Everything of some rounds, by round."""

    criteria: dict[int, list[Criterion]]
    applications: dict[int, list[Application]]
    scorings: dict[int, list[Scoring]]
    scores: dict[int, dict[int, list[int]]]  # by application, by criterion
    moderations: dict[int, list[Moderation]]
    appeals: dict[int, list[Appeal]]
    told: dict[int, list[Event]]


def reported(
    actor: Actor, *, organisation: Organisation, as_at: date, at: datetime, only: int | None = None
) -> tuple[Reported, ...]:
    """The rounds of a body that were decided by the end of a day, the last first; or one of them (only). Eight queries.

    at: what had been recorded by then. An appeal that came later is left out, and with it the award that it changed.
    """
    seen = visible(actor, CommissioningPermission.SEE, "record__")
    every = Round.objects.filter(seen, record__organisation=organisation, decided_on__lte=as_at)
    if only is not None:
        every = every.filter(pk=only)
    found = list(every.select_related("record__owner", "stream").order_by("-decided_on", "record__reference"))
    rows = _rows(actor, [one.pk for one in found], as_at, at)
    return tuple(_reported(one, rows, as_at) for one in found)


def _rows(actor: Actor, pks: list[int], as_at: date, at: datetime) -> _Rows:
    path = visible(actor, CommissioningPermission.APPLICATIONS, "record__")
    applications = list(
        Application.objects.filter(path, round__in=pks).select_related("record").order_by("record__reference")
    )
    numbers = Application.objects.filter(path, round__in=pks).order_by().values("pk")
    scores: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    sent = Score.objects.filter(
        scoring__application__in=numbers, scoring__removed_on=None, scoring__sent_on__isnull=False, value__isnull=False
    )
    for application, criterion, value in sent.order_by("scoring").values_list(
        "scoring__application", "criterion", "value"
    ):
        if value is not None:
            scores[application][criterion].append(value)
    entries = Entry.objects.filter(
        record_kind=Record._meta.label_lower,
        record_id__in=pks,
        event__in=TOLD,
        effective__lte=as_at,
        recorded_at__lte=at,
    ).order_by("sequence")
    told: dict[int, list[Event]] = defaultdict(list)
    for event in events(list(entries)):
        told[event.record_id].append(event)
    scorings = Scoring.objects.filter(application__in=numbers).select_related("owner", "application__record")
    moderations = Moderation.objects.filter(application__in=numbers).select_related("criterion", "application__record")
    appeals = Appeal.objects.filter(application__in=numbers, on__lte=as_at).select_related("application__record")
    return _Rows(
        criteria=_grouped(Criterion.objects.filter(round__in=pks, removed_on=None).order_by("number")),
        applications=_grouped(applications),
        scorings=_by_round(scorings.order_by("owner__title", "pk")),
        scores=scores,
        moderations=_by_round(moderations.order_by("pk")),
        appeals=_by_round(appeals.order_by("pk")),
        told=told,
    )


def _grouped(rows: Iterable[object]) -> dict[int, list]:  # type: ignore[type-arg]
    found: dict[int, list[object]] = defaultdict(list)
    for row in rows:
        found[row.round_id].append(row)  # type: ignore[attr-defined]
    return found


def _by_round(rows: Iterable[object]) -> dict[int, list]:  # type: ignore[type-arg]
    found: dict[int, list[object]] = defaultdict(list)
    for row in rows:
        found[row.application.round_id].append(row)  # type: ignore[attr-defined]
    return found


def _reported(it: Round, rows: _Rows, as_at: date) -> Reported:
    criteria = rows.criteria.get(it.pk, [])
    scheme = scheme_of(it, criteria)
    applications = rows.applications.get(it.pk, [])
    agreed: dict[int, dict[int, int]] = defaultdict(dict)
    for each in rows.moderations.get(it.pk, []):
        agreed[each.application_id][each.criterion_id] = each.value
    scored = [one for one in applications if one.outcome in ("awarded", "part", "refused")]
    candidates = [
        rules.Candidate(one.pk, one.asked, rows.scores.get(one.pk, {}), agreed.get(one.pk, {}), one.tie)
        for one in scored
    ]
    places = {one.key: one for one in rules.ranking(candidates, scheme, it.budget)}
    assert it.decided_on is not None  # noqa: S101 only decided rounds are asked for
    return Reported(
        reference=it.record.reference,
        title=it.record.title,
        sensitivity=it.record.sensitivity,
        stream=str(it.stream),
        lead=it.record.owner.title if it.record.owner else "",
        purpose=it.purpose,
        budget=it.budget,
        opens=it.opens,
        closes=it.closes,
        opened_on=it.opened_on,
        decided_on=it.decided_on,
        announced_on=it.announced_on if it.announced_on and it.announced_on <= as_at else None,
        marks=tuple(marks_in(it)),
        scheme=scheme,
        guidance=tuple(one.guidance for one in criteria),
        applications=tuple(_applied(one, it, rows, scheme, places.get(one.pk)) for one in applications),
        scorers=_scorers(rows.scorings.get(it.pk, [])),
        moderated=tuple(_moderated(one, rows) for one in rows.moderations.get(it.pk, [])),
        appeals=tuple(_appealed(one, as_at) for one in rows.appeals.get(it.pk, [])),
        told=tuple(
            Told(one.event, one.effective, one.actor_label, one.approver, one.reason)
            for one in rows.told.get(it.pk, [])
        ),
    )


def _applied(one: Application, it: Round, rows: _Rows, scheme: rules.Scheme, place: rules.Place | None) -> Applied:
    marks = rows.scores.get(one.pk, {})
    return Applied(
        pk=one.pk,
        reference=one.record.reference,
        title=one.record.title,
        applicant=one.applicant,
        asked=one.asked,
        award=one.award or 0,
        outcome=one.outcome,
        excepted=one.excepted,
        received_on=one.received_on,
        late=rules.late(one.received_on, it.closes),
        let_in=one.let_in_on is not None,
        withdrawn_on=one.withdrawn_on,
        place=place,
        scores=tuple(", ".join(map(str, marks.get(each.key, ()))) for each in scheme.criteria),
    )


def _scorers(rows: list[Scoring]) -> tuple[Scorer, ...]:
    posts: dict[str, tuple[list[Scoring], list[tuple[str, str]]]] = {}
    for one in rows:
        held, gone = posts.setdefault(one.owner.title, ([], []))
        if one.removed_on is None:
            held.append(one)
        else:
            gone.append((one.application.record.reference, one.conflict))
    return tuple(Scorer(post, len(held), tuple(gone)) for post, (held, gone) in posts.items())


def _moderated(one: Moderation, rows: _Rows) -> Moderated:
    marks = rows.scores.get(one.application_id, {}).get(one.criterion_id, [])
    said = ", ".join(map(str, marks))
    return Moderated(one.application.record.reference, one.criterion.name, said, one.value, one.why, one.on)


def _appealed(one: Appeal, as_at: date) -> Appealed:
    answered = one.answered_on is not None and one.answered_on <= as_at
    return Appealed(
        one.application.record.reference,
        one.correction,
        one.on,
        one.grounds,
        one.upheld if answered else None,
        one.answer if answered else "",
        one.before if answered else None,
        one.after if answered else None,
    )
