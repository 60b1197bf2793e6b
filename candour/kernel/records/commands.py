"""What can be done to any record: share it with another organisation, link it to another; and to the views of lists."""

from datetime import datetime

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Organisation, Person
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.models import FirstView, Link, Record, SavedView, Share
from candour.kernel.rules import Refused


def share(
    record: Record, *, organisation: Organisation, actor: Actor, at: datetime, reason: str, approver: str = ""
) -> Share:
    """Let another organisation see a record. Sharing twice changes nothing."""
    require(actor, RecordPermission.SHARE, record)
    standing = Share.objects.filter(record=record, organisation=organisation, ended=None).first()
    if standing:
        return standing
    with recording("record.shared", record, actor=actor, at=at, reason=reason, approver=approver):
        return Share.objects.create(record=record, organisation=organisation)


def stop_sharing(share: Share, *, actor: Actor, at: datetime, reason: str, approver: str = "") -> None:
    """The other organisation sees the record no longer."""
    require(actor, RecordPermission.SHARE, share.record)
    with recording("record.unshared", share.record, actor=actor, at=at, reason=reason, approver=approver):
        share.ended = local_date(at)
        share.save()


def link(record: Record, *, to: Record, how: str, actor: Actor, at: datetime, reason: str) -> Link:
    """Say that a record bears on another. Linking twice changes nothing."""
    require(actor, RecordPermission.LINK, record)
    standing = Link.objects.filter(record=record, to=to, ended=None).first()
    if standing:
        return standing
    with recording("record.linked", record, actor=actor, at=at, reason=reason):
        return Link.objects.create(record=record, to=to, how=how)


def unlink(link: Link, *, actor: Actor, at: datetime, reason: str) -> None:
    """The link ends; history keeps it."""
    require(actor, RecordPermission.LINK, link.record)
    with recording("record.unlinked", link.record, actor=actor, at=at, reason=reason):
        link.ended = local_date(at)
        link.save()


MOST_VIEWS = 30  # of one person in one list: more no row of views can show


def save_view(
    *, of: str, name: str, query: str, shared: bool, actor: Actor, at: datetime, reason: str = "Saved for later"
) -> SavedView:
    """Keep the query of a list under a name, for oneself or for one's body.

    Raises Refused for no name, or a name that a view of theirs (or, shared, of their body) has already.
    """
    body = _somebody(actor)
    name = _named(name, of=of, shared=shared, actor=actor, but=0)
    if SavedView.objects.filter(of=of, person=actor.id, removed_on=None).count() >= MOST_VIEWS:
        raise Refused("name", f"You keep {MOST_VIEWS} views already: delete one first")
    with recording("view.saved", actor=actor, at=at, reason=reason):
        return SavedView.objects.create(
            of=of, name=name, query=query, person_id=actor.id, organisation_id=body, shared=shared
        )


def change_view(
    view: SavedView, *, name: str, shared: bool, actor: Actor, at: datetime, reason: str = "Changed by its maker"
) -> SavedView:
    """Rename a view of one's own, share it or keep it to oneself."""
    _own(view, actor)
    name = _named(name, of=view.of, shared=shared, actor=actor, but=view.pk)
    if (name, shared) != (view.name, view.shared):
        with recording("view.changed", view, actor=actor, at=at, reason=reason):
            view.name, view.shared = name, shared
            view.save()
    return view


def remove_view(view: SavedView, *, actor: Actor, at: datetime, reason: str = "Deleted by its maker") -> None:
    """Delete a view of one's own; who opened their list with it opens the whole list again."""
    _own(view, actor)
    with recording("view.removed", view, actor=actor, at=at, reason=reason):
        view.removed_on = local_date(at)
        view.save()


def open_with(
    view: SavedView | None, *, of: str, actor: Actor, at: datetime, reason: str = "Chosen by the person"
) -> FirstView | None:
    """Open one's list with a view, or with None as it is."""
    _somebody(actor)
    standing = FirstView.objects.filter(person=actor.id, of=of).first()
    if (standing.view_id if standing else None) == (view.pk if view else None):
        return standing
    with recording("view.chosen", Person.objects.get(pk=actor.id), actor=actor, at=at, reason=reason):
        standing = standing or FirstView(person_id=actor.id, of=of)
        standing.view = view
        standing.save()
    return standing


def _somebody(actor: Actor) -> int:
    """The body of somebody with a post."""
    if actor.kind != "person" or actor.organisation is None:
        raise Refused("name", "Only somebody with a post keeps views")
    return actor.organisation


def _own(view: SavedView, actor: Actor) -> None:
    if actor.kind != "person" or view.person_id != actor.id:
        raise Refused("name", "Only who saved this view can change it: save one of your own")


def _named(name: str, *, of: str, shared: bool, actor: Actor, but: int) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refused("name", "Enter a name for the view")
    if shared:
        require(actor, RecordPermission.SHARE_VIEWS, SavedView(organisation_id=_somebody(actor)))
    taken = SavedView.objects.filter(of=of, removed_on=None).exclude(pk=but)
    same = [view for view in taken.filter(organisation=actor.organisation) if view.name.casefold() == name.casefold()]
    if any(view.person_id == actor.id or (shared and view.shared) for view in same):
        raise Refused("name", f"There is a view ‘{name}’ already: enter another name")
    return name
