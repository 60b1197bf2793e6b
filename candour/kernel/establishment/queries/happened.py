"""What happened to a post, a person or an organisation: the entries of its chain, and of a person also those of their posts."""

from django.db.models import Q, QuerySet

from candour.kernel.access import Actor
from candour.kernel.establishment.queries.posts import visible_posts
from candour.kernel.history.access import HistoryPermission
from candour.kernel.history.models import Entry, Snapshot
from candour.kernel.history.queries import Event, entries_of, events
from candour.kernel.people.models import Appointment, Organisation, Person, Post

OWN = ("view.",)  # events of a person's own lists, which are nobody else's business


def entries_about(row: Post | Person | Organisation, actor: Actor) -> QuerySet[Entry]:
    """The entries about a post or an organisation, newest recorded first; of a person, those of their appointments too.

    Nothing for who may not read history; of appointments those to posts that the actor may read of.
    """
    if not actor.holds(HistoryPermission.SEE):
        return Entry.objects.none()
    if not isinstance(row, Person):
        return entries_of(row)
    own = Q(record_kind=Person._meta.label_lower, record_id=row.pk)
    for beginning in OWN:
        own &= ~Q(event__startswith=beginning)
    appointments = Appointment.objects.filter(person=row).order_by()
    shots = Snapshot.objects.filter(model=Appointment._meta.label_lower, key__in=appointments.values("pk")).order_by()
    posts = Post.objects.filter(visible_posts(actor)).order_by()
    of_posts = Q(record_kind=Post._meta.label_lower, record_id__in=posts.values("pk"), pk__in=shots.values("entry"))
    return Entry.objects.filter(own | of_posts).order_by("-pk")


def latest_about(row: Post | Person | Organisation, actor: Actor, *, size: int) -> list[Event]:
    """The last things that happened. Two queries."""
    return events(list(entries_about(row, actor)[:size]))


def named_in(happened: list[Event]) -> dict[str, str]:
    """By user name the names of the people that appointments in some entries are of. One query, none for none."""
    label = Appointment._meta.label_lower
    found = {
        str(value)
        for event in happened
        for change in event.changes
        if change.model == label
        for name, *values in change.fields
        if name == "person"
        for value in values
        if value
    }
    return dict(Person.objects.filter(username__in=found).values_list("username", "name")) if found else {}
