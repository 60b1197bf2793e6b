"""Which scale holds on a day, every matrix by its number, and a body's appetite on a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from candour.kernel.composed import Composed
from candour.kernel.history.queries import Event, entries_of, events
from candour.kernel.people.models import Organisation, holding
from candour.kernel.scales.models import Appetite, Draft, Scale, matrix_from
from candour.kernel.scales.rules import ORANGE_BOOK, Matrix, Tolerance, Words, category_key


def scale_on(organisation: int, day: date) -> Scale | None:
    """The risk matrix of an organisation in force on a day: the one brought in last; the first one ever for an earlier day."""
    rows = Scale.objects.filter(organisation=organisation, kind=Scale.Kind.MATRIX)
    held = rows.filter(Q(ends=None) | Q(ends__gte=day), starts__lte=day).order_by("-starts", "-pk").first()
    return held or rows.order_by("starts", "pk").first()


def matrices() -> dict[int, Matrix]:
    """Every matrix by number: what a record was scored on is found here. One query; scales are few."""
    return {scale.pk: scale.matrix() for scale in Scale.objects.filter(kind=Scale.Kind.MATRIX)}


def words_on(organisation: int, kind: str, day: date) -> Words | None:
    """The scale of opinions or priorities of an organisation on a day; the first one ever for an earlier day; or None."""
    rows = Scale.objects.filter(organisation=organisation, kind=kind)
    held = rows.filter(holding(day)).order_by("-starts", "-pk").first() or rows.order_by("starts", "pk").first()
    return held.words_of() if held else None


def word_scales(kind: str) -> dict[int, Words]:
    """Every scale of opinions or of priorities by number. One query; scales are few."""
    return {scale.pk: scale.words_of() for scale in Scale.objects.filter(kind=kind)}


WORDED = frozenset({"opinion", "priority", "grade", "portal", "level", "delivery", "rating"})  # kinds of ordered words


@dataclass(frozen=True)
class WordScale:
    """A scale of words with its days. state: in force, to come, or over."""

    words: Words
    kind: str
    starts: date
    ends: date | None
    state: str


@dataclass(frozen=True)
class OwnersWords:
    """The scales of words of an organisation, by kind, the latest of each first."""

    owner: Organisation
    scales: tuple[WordScale, ...]


def word_scales_of(owners: list[Organisation], day: date) -> list[OwnersWords]:
    """The scales of words of some organisations, as they stand on a day. One query."""
    kinds = {kind.value: str(kind.label) for kind in Scale.Kind if kind.value in WORDED}
    rows = Scale.objects.filter(organisation__in=owners, kind__in=kinds).order_by("kind", "-starts", "-pk")
    found: dict[int, list[WordScale]] = {}
    for row in rows:
        state = "in force" if row.in_force(day) else "to come" if row.to_come(day) else "over"
        one = WordScale(row.words_of(), kinds[row.kind], row.starts, row.ends, state)
        found.setdefault(row.organisation_id, []).append(one)
    return [OwnersWords(owner, tuple(found.get(owner.pk, ()))) for owner in owners]


@dataclass(frozen=True)
class ScaleBook:
    """Every matrix, read once for a page that asks several things of them."""

    scales: tuple[Scale, ...]
    matrices: dict[int, Matrix]

    def on(self, organisation: int, day: date) -> Matrix | None:
        """The matrix of an organisation in force on a day, chosen as scale_on chooses it."""
        own = sorted(
            (scale for scale in self.scales if scale.organisation_id == organisation),
            key=lambda each: (each.starts, each.pk),
        )
        held = [scale for scale in own if scale.in_force(day)]
        found = held[-1] if held else next(iter(own), None)
        return self.matrices[found.pk] if found else None


def scale_book() -> ScaleBook:
    """Every matrix of every organisation. One query."""
    scales = tuple(Scale.objects.filter(kind=Scale.Kind.MATRIX))
    return ScaleBook(scales, {scale.pk: scale.matrix() for scale in scales})


@dataclass(frozen=True)
class AppetiteBook:
    """What bodies tolerate on a day, by body and category; capitals and spaces make no difference to a category."""

    held: dict[tuple[int, str], Tolerance]

    def of(self, organisation: int, category: str) -> Tolerance | None:
        """What a body tolerates in a category; None where it has not said."""
        return self.held.get((organisation, category_key(category)))


def _holding(organisation: int | None, *, day: date) -> QuerySet[Appetite]:
    rows = Appetite.objects.filter(holding(day)).select_related("scale").order_by("starts", "pk")
    return rows if organisation is None else rows.filter(organisation=organisation)


_appetites = Composed(_holding)


def appetites_on(day: date, *, organisation: int | None = None) -> AppetiteBook:
    """The appetites that hold on a day, of one body or of all. One query."""
    rows = _appetites(organisation, day=day)
    return AppetiteBook({(row.organisation_id, category_key(row.category)): _tolerance(row) for row in rows})


def appetite_words(organisation: int, day: date) -> list[tuple[str, str]]:
    """A body's words of appetite on a day, least first, each with its meaning; the Orange Book's where it set none."""
    rows = Scale.objects.filter(holding(day), organisation=organisation, kind=Scale.Kind.APPETITE)
    held = rows.order_by("-starts", "-pk").first()
    words = held.definition["words"] if held else ORANGE_BOOK
    return [(word, meaning) for word, meaning in words]


def appetites_of(organisation: int) -> list[Appetite]:
    """Every appetite of a body, past ones too, by category and then newest first. One query."""
    rows = Appetite.objects.filter(organisation=organisation).select_related("scale")
    return sorted(rows, key=lambda row: (category_key(row.category), -row.starts.toordinal()))


@dataclass(frozen=True)
class BodyScales:
    """The scales of a body: the one in force, one to come, the draft that is open, and those that were."""

    body: Organisation
    current: Scale | None
    to_come: Scale | None
    draft: Draft | None
    past: tuple[Scale, ...]


def scales_of(bodies: list[Organisation], day: date) -> list[BodyScales]:
    """The scales of some bodies as they stand on a day. Two queries."""
    scales = list(Scale.objects.filter(organisation__in=bodies, kind=Scale.Kind.MATRIX).order_by("-starts", "-pk"))
    drafts = {draft.organisation_id: draft for draft in open_drafts(bodies)}
    return [
        _as_of(body, [s for s in scales if s.organisation_id == body.pk], drafts.get(body.pk), day) for body in bodies
    ]


def open_drafts(bodies: list[Organisation]) -> list[Draft]:
    """The drafts of some bodies that are neither in force nor dropped, one a body at most."""
    return list(Draft.objects.filter(organisation__in=bodies, became=None, dropped_on=None))


def told_of(scale: Scale) -> list[Event]:
    """What happened to a scale, newest first. Two queries."""
    return events(list(entries_of(scale)[:20]))


def _as_of(body: Organisation, scales: list[Scale], draft: Draft | None, day: date) -> BodyScales:
    current = next((scale for scale in scales if scale.in_force(day)), None)
    to_come = next((scale for scale in scales if scale.to_come(day)), None)
    past = tuple(scale for scale in scales if scale not in (current, to_come))
    return BodyScales(body, current, to_come, draft, past)


def _tolerance(row: Appetite) -> Tolerance:
    size = matrix_from(row.scale_id, row.scale.name, row.scale.definition).size
    return Tolerance(row.category, row.word, row.highest, size)
