"""What the verbs of finance share: making a record, whether it stands, who may report on it, who may see it."""

from datetime import date, datetime
from typing import Any

from candour.finance.access import FinancePermission
from candour.finance.models import Budget, Collaboration, Project, Scheme
from candour.finance.queries.rated import rating_scale
from candour.kernel.access import Actor, require
from candour.kernel.access.decide import Forbidden, allowed
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record, Sensitivity
from candour.kernel.records.queries import next_reference
from candour.kernel.rules import Refused, need_reason
from candour.kernel.scales.rules import Words

Kept = Budget | Scheme | Project | Collaboration


def new_record(
    kind: str,
    *,
    first: str,
    organisation: Organisation,
    title: str,
    reference: str,
    owner: Post | None,
    sensitivity: str,
) -> Record:
    """A record that is still to be saved inside a recording. first: the reference where a body has none of its kind yet.

    Raises Refused for no title, a title or a reference that is taken, and a sensitivity that does not exist.
    """
    held = Record.objects.filter(organisation=organisation, kind=kind)
    title, reference = titled(title), reference.strip()[:60]
    if held.filter(title__iexact=title, closed_on=None).exists():
        raise Refused("title", "One of this title stands already: enter another")
    if reference and held.filter(reference=reference).exists():
        raise Refused("reference", f"{reference} is taken: enter another reference, or none")
    if sensitivity not in Sensitivity.values:
        raise Refused("sensitivity", "Choose who may see it")
    return Record(
        kind=kind,
        reference=reference or next_reference(organisation.pk, kind, first=first),
        title=title,
        organisation=organisation,
        owner=owner,
        sensitivity=sensitivity,
    )


def titled(title: str) -> str:
    found = " ".join(title.split())[:300]
    if not found:
        raise Refused("title", "Enter a title")
    return found


def retitled(record: Record, title: str) -> str:
    """A title that a record may have. Raises Refused for none, and one that another record of its kind has."""
    found = titled(title)
    held = Record.objects.filter(organisation=record.organisation, kind=record.kind, closed_on=None)
    if held.filter(title__iexact=found).exclude(pk=record.pk).exists():
        raise Refused("title", "One of this title stands already: enter another")
    return found


def standing(record: Record, field: str = "reason") -> None:
    """Raises Refused for a record that has ended."""
    if record.closed_on is not None:
        raise Refused(field, f"{record.reference} has ended: nothing more is entered on it")


def may_report(actor: Actor, record: Record) -> bool:
    """Whether an actor may say how something goes: whoever answers for it, and whoever manages the body's."""
    own = record.owner_id in actor.posts and allowed(actor, FinancePermission.REPORT)
    return own or allowed(actor, FinancePermission.MANAGE, record)


def require_report(actor: Actor, record: Record) -> None:
    """Raises Forbidden for who may not report on a record."""
    if not may_report(actor, record):
        raise Forbidden(actor, str(FinancePermission.MANAGE))


def words_for(organisation: int, day: date, field: str) -> Words:
    """The scale of ratings of a body on a day. Raises Refused where it has none."""
    found = rating_scale(organisation, day)
    if found is None:
        raise Refused(field, "Bring in a scale of ratings first, such as Green, Amber and Red")
    return found


def step_in(words: Words, step: Any, field: str) -> int:
    """A step of a scale. Raises Refused for one that it does not have."""
    if words.step(step) is None:
        raise Refused(field, "Choose one of the words of the scale")
    return int(step)


def restrict(
    it: Kept, *, sensitivity: str, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Kept:
    """Change who may see a budget, a scheme, a project or a collaboration. Raises Refused where nothing changes."""
    require(actor, FinancePermission.RESTRICT, it.record)
    if sensitivity not in Sensitivity.values:
        raise Refused("sensitivity", "Choose who may see it")
    if sensitivity == it.record.sensitivity:
        raise Refused("sensitivity", "It is so already: choose another answer")
    why = need_reason(reason)
    with recording("finance.restricted", it.record, actor=actor, at=at, effective=effective, reason=why):
        it.record.sensitivity = sensitivity
        it.record.save()
    return it
