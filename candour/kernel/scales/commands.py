"""Drafting a scale, bringing one into force, and setting the appetite for risk."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date, say_date
from candour.kernel.history.recording import recording, recording_many
from candour.kernel.people.models import Organisation
from candour.kernel.rules import Refused, need_reason
from candour.kernel.scales.access import ScalePermission
from candour.kernel.scales.models import Appetite, Draft, Scale, definition_of
from candour.kernel.scales.queries import appetite_words, scale_on
from candour.kernel.scales.rules import SIZES, Matrix, Words, blank, check, check_ratings, check_words

# Bodies that sign in nowhere here: whoever manages scales writes theirs down.
OTHERS = (Organisation.Kind.AUDITOR, Organisation.Kind.INSPECTORATE)


def bring_in_matrix(
    matrix: Matrix, *, organisation: Organisation, starts: date, actor: Actor, at: datetime, reason: str
) -> Scale:
    """A new risk matrix for an organisation from a day; the one before it ends the day before.

    What was scored on the old one is still read on it. Raises Refused for a matrix that cannot be scored on.
    """
    require(actor, ScalePermission.MANAGE, Scale(organisation=organisation))
    if problems := check(matrix):
        raise Refused("definition", problems[0])
    before = list(Scale.objects.filter(organisation=organisation, kind=Scale.Kind.MATRIX, starts__lt=starts, ends=None))
    if before:
        with recording_many("scale.ended", before, actor=actor, at=at, effective=starts, reason=reason):
            for scale in before:
                scale.ends = starts - timedelta(days=1)
                scale.save()
    with recording("scale.brought_in", actor=actor, at=at, effective=starts, reason=reason):
        return Scale.objects.create(
            name=matrix.name, organisation=organisation, starts=starts, definition=definition_of(matrix)
        )


def bring_in_words(
    words: Words, *, kind: str, organisation: Organisation, starts: date, actor: Actor, at: datetime, reason: str
) -> Scale:
    """A scale of words of a body, an auditor or an inspectorate, from a day; the one before it ends the day before.

    kind: any Scale.Kind of words. What was graded on the old one is still read on it. An auditor or inspectorate has nobody
    here who manages its scales: whoever manages those of a body writes them down. Raises Refused for words that make
    no scale, no name, no reason, and a day on which one is in force already from that day or later.
    """
    of_others = organisation.kind in OTHERS
    require(actor, ScalePermission.MANAGE, None if of_others else Scale(organisation=organisation))
    _needed(words.name)
    reason = need_reason(reason, "Say why the scale is brought in")
    if problems := check_words(words) or (check_ratings(words) if kind == Scale.Kind.RATING else []):
        raise Refused("definition", problems[0])
    held = Scale.objects.filter(organisation=organisation, kind=kind, starts__gte=starts).order_by("-starts").first()
    if held:
        raise Refused("starts", f"Enter a day after {say_date(held.starts)}, when {held} came in force")
    before = list(Scale.objects.filter(organisation=organisation, kind=kind, starts__lt=starts, ends=None))
    with recording_many("scale.words_brought_in", before, actor=actor, at=at, effective=starts, reason=reason):
        for scale in before:
            scale.ends = starts - timedelta(days=1)
            scale.save()
        return Scale.objects.create(
            name=words.name,
            kind=kind,
            organisation=organisation,
            starts=starts,
            definition={"steps": [vars(step) for step in words.steps]},
        )


def keep_printed_matrix(
    matrix: Matrix, *, organisation: Organisation, day: date, actor: Actor, at: datetime, reason: str
) -> Scale:
    """A matrix that a paper prints and the organisation does not have: kept for what was scored that day."""
    if problems := check(matrix):
        raise Refused("definition", problems[0])
    with recording("scale.kept", actor=actor, at=at, effective=day, reason=reason):
        return Scale.objects.create(
            name=matrix.name, organisation=organisation, starts=day, ends=day, definition=definition_of(matrix)
        )


def begin_draft(
    *,
    organisation: Organisation,
    name: str,
    actor: Actor,
    at: datetime,
    copied_from: Scale | None = None,
    size: tuple[int, int] = (4, 4),
) -> Draft:
    """A draft for a body: a copy of one of its scales, or a blank one of a size (impact, likelihood).

    Raises Refused where a draft is open already: one is finished or dropped before the next is begun.
    """
    require(actor, ScalePermission.MANAGE, Draft(organisation=organisation))
    if Draft.objects.filter(organisation=organisation, became=None, dropped_on=None).exists():
        raise Refused("copied_from", "There is a draft already: finish it or drop it first")
    if not all(count in SIZES for count in size):
        raise Refused("impact", f"Choose {SIZES[0]} to {SIZES[-1]} levels")
    matrix = copied_from.matrix() if copied_from else blank(name, impact=size[0], likelihood=size[1])
    named = _needed(name)
    with recording("scale.draft_begun", actor=actor, at=at):
        return Draft.objects.create(
            name=named, organisation=organisation, copied_from=copied_from, definition=definition_of(matrix)
        )


def change_draft(draft: Draft, *, matrix: Matrix, actor: Actor, at: datetime, seen: int | None = None) -> Draft:
    """Write a draft as it should stand; it need not be finished. matrix.name is its name.

    seen: the sequence of the last entry that was read: a change since then is refused, so that nobody overwrites it.
    """
    require(actor, ScalePermission.MANAGE, draft)
    _still_open(draft)
    named = _needed(matrix.name)
    with recording("scale.draft_changed", draft, actor=actor, at=at) as batch:
        if seen is not None and batch.records[draft.pk].head_sequence != seen:
            raise Refused("seen", "Someone has changed this draft since you opened it: look at it, then save again")
        draft.name, draft.definition = named, definition_of(matrix)
        draft.save()
    return draft


def drop_draft(draft: Draft, *, actor: Actor, at: datetime, reason: str) -> None:
    """A draft that will not come in force. History keeps it."""
    require(actor, ScalePermission.MANAGE, draft)
    _still_open(draft)
    with recording("scale.draft_dropped", draft, actor=actor, at=at, reason=need_reason(reason)):
        draft.dropped_on = local_date(at)
        draft.save()


def put_in_force(draft: Draft, *, starts: date, actor: Actor, at: datetime, reason: str) -> Scale:
    """The draft becomes the body's scale from a day; the one before it ends the day before.

    The first scale of a body may start in the past, any later one today or after, because what was scored between would
    have been scored on another. Raises Refused for that, for a draft with problems, and where another scale is to come.
    """
    require(actor, ScalePermission.MANAGE, draft)
    _still_open(draft)
    why, today = need_reason(reason, "Say why the scale changes"), local_date(at)
    if problems := check(draft.matrix()):
        raise Refused("definition", problems[0])
    scales = list(Scale.objects.filter(organisation=draft.organisation_id, kind=Scale.Kind.MATRIX))
    if to_come := next((scale for scale in scales if scale.to_come(today)), None):
        raise Refused("starts", f"{to_come} comes in force on {say_date(to_come.starts)}: call it off first")
    standing = scale_on(draft.organisation_id, today)
    if standing and starts < today:
        raise Refused("starts", "Choose today or a later day: risks are scored on the scale that is in force now")
    if standing and starts <= standing.starts:
        raise Refused("starts", f"Choose a day after {say_date(standing.starts)}, when {standing} came in force")
    with transaction.atomic():
        scale = bring_in_matrix(
            draft.matrix(), organisation=draft.organisation, starts=starts, actor=actor, at=at, reason=why
        )
        with recording("scale.draft_put_in_force", draft, actor=actor, at=at, reason=why):
            draft.became = scale
            draft.save()
    return scale


def call_off(scale: Scale, *, actor: Actor, at: datetime, reason: str) -> None:
    """A scale that is to come in force later does not; the one that would have ended goes on."""
    require(actor, ScalePermission.MANAGE, scale)
    why = need_reason(reason)
    if not scale.to_come(local_date(at)):
        raise Refused("reason", "This scale is in force already: bring in another from a day")
    eve = scale.starts - timedelta(days=1)
    before = list(Scale.objects.filter(organisation=scale.organisation_id, kind=scale.kind, ends=eve))
    # In effect from its day, as the ending of the one before was: what is recorded for an earlier day would yield to that.
    with recording_many("scale.called_off", [scale, *before], actor=actor, at=at, effective=scale.starts, reason=why):
        for each in before:
            each.ends = None
            each.save()
        scale.ends = eve
        scale.save()


def set_appetite(
    *,
    organisation: Organisation,
    category: str,
    word: str,
    highest: int,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Appetite:
    """The appetite of a body for a category from a day (today unless given); the one before it ends the day before.

    highest: the highest score tolerated, on the matrix in force that day. Raises Refused for a word that the body does
    not use, a score that the matrix does not have, and a day before the appetite that stands began.
    """
    require(actor, ScalePermission.MANAGE, Appetite(organisation=organisation))
    day, named, why = effective or local_date(at), " ".join(category.split()), need_reason(reason)
    if not named:
        raise Refused("category", "Enter the category")
    scale = scale_on(organisation.pk, day)
    if scale is None:
        raise Refused("highest", "Put a scale in force first: the highest score is read on it")
    if word not in dict(appetite_words(organisation.pk, day)):
        raise Refused("word", "Choose a word for the appetite")
    if not 1 <= highest <= scale.matrix().scores[-1]:
        raise Refused("highest", f"Enter a score from 1 to {scale.matrix().scores[-1]}")
    standing = Appetite.objects.filter(organisation=organisation, category__iexact=named).order_by("-starts").first()
    if standing and standing.starts > day:
        raise Refused("effective", f"Enter a day on or after {say_date(standing.starts)}, when it was last set")
    with recording("appetite.set", organisation, actor=actor, at=at, effective=day, reason=why):
        if standing and standing.starts < day and standing.in_force(day):
            standing.ends = day - timedelta(days=1)
            standing.save()
        same_day = standing if standing and standing.starts == day else None
        row = same_day or Appetite(organisation=organisation, starts=day)
        row.category, row.word, row.highest, row.scale, row.ends = named, word, highest, scale, None
        row.save()
    return row


def end_appetite(appetite: Appetite, *, ends: date, actor: Actor, at: datetime, reason: str) -> None:
    """A category has an appetite of its own until the end of a day, and none after it."""
    require(actor, ScalePermission.MANAGE, appetite)
    why = need_reason(reason)
    if appetite.ends is not None:
        raise Refused("ends", f"It ended on {say_date(appetite.ends)} already")
    if ends < appetite.starts:
        raise Refused("ends", f"Enter a day on or after {say_date(appetite.starts)}, when it was set")
    with recording("appetite.ended", appetite.organisation, actor=actor, at=at, effective=ends, reason=why):
        appetite.ends = ends
        appetite.save()


def set_appetite_words(
    words: Sequence[tuple[str, str]], *, organisation: Organisation, actor: Actor, at: datetime, reason: str
) -> Scale:
    """The words in which a body speaks of its appetite, least first, each with what it means, from today."""
    require(actor, ScalePermission.MANAGE, Scale(organisation=organisation))
    why, day = need_reason(reason), local_date(at)
    names = [word.strip() for word, _ in words]
    if len(names) < 2 or not all(names):
        raise Refused("words", "Enter two words or more, least appetite first")
    if len({name.casefold() for name in names}) < len(names):
        raise Refused("words", "Enter each word once")
    before = list(Scale.objects.filter(organisation=organisation, kind=Scale.Kind.APPETITE, ends=None))
    definition = {"words": [[word.strip(), meaning.strip()] for word, meaning in words]}
    with recording_many("appetite.words_set", before, actor=actor, at=at, reason=why):
        for scale in before:
            scale.ends = day - timedelta(days=1)
            scale.save()
        return Scale.objects.create(
            name="Words of appetite",
            kind=Scale.Kind.APPETITE,
            organisation=organisation,
            starts=day,
            definition=definition,
        )


def _still_open(draft: Draft) -> None:
    if draft.became_id is not None or draft.dropped_on is not None:
        raise Refused("definition", "This draft is finished: begin another")


def _needed(name: str) -> str:
    if not name.strip():
        raise Refused("name", "Enter a name for the scale")
    return name.strip()
