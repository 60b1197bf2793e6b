"""Bringing a scale into force."""

from datetime import date, datetime, timedelta

from candour.kernel.history.batch import Actor
from candour.kernel.history.recording import recording, recording_many
from candour.kernel.people.models import Organisation
from candour.kernel.rules import Refused
from candour.kernel.scales.models import Scale, definition_of
from candour.kernel.scales.rules import Matrix, check


def bring_in_matrix(
    matrix: Matrix, *, organisation: Organisation, starts: date, actor: Actor, at: datetime, reason: str
) -> Scale:
    """A new risk matrix for an organisation from a day; the one before it ends the day before.

    What was scored on the old one is still read on it. Raises Refused for a matrix that cannot be scored on.
    """
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
