"""The words in which pages tell what happened to posts, people and organisations."""

from collections.abc import Mapping, Sequence

from candour.kernel.access.queries import roles
from candour.kernel.establishment.queries.happened import named_in
from candour.kernel.history.queries import Event
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.telling import Shown, Vocabulary, group_of, shown_as, told_as

EVENTS: Mapping[str, str] = {
    "organisation.set_up": "Organisation set up",
    "organisation.renamed": "Organisation renamed",
    "post.set_up": "Post set up",
    "post.renamed": "Post renamed",
    "post.placed": "Moved in the structure",
    "post.ended": "Post ended",
    "post.appointed": "Appointed",
    "post.left": "Appointment ended",
    "post.covered": "Another post answers for it",
    "post.cover_ended": "Cover ended",
    "person.added": "Person added",
    "person.changed": "Name changed",
    "person.address_changed": "E-mail address changed",
    "person.password_set": "New password given",
    "person.stopped": "Sign-in stopped",
    "person.restored": "Sign-in restored",
    "person.invited": "Invited",
    "person.password_chosen": "Password chosen by the person",
    "person.second_step_set_up": "Second step set up",
    "person.passkey_added": "Passkey added",
    "person.passkey_removed": "Passkey removed",
    "person.second_step_reset": "Second step reset",
    "person.codes_renewed": "New recovery codes",
    "person.signed_out": "Signed out everywhere",
    "person.unlocked": "Wrong answers forgotten",
    "person.glass_made": "Break-glass sign-in made",
    "person.glass_used": "Break-glass sign-in used",
    "post.mapped": "A value of the directory gives it",
    "post.unmapped": "A value of the directory gives it no more",
    "role.granted": "Role given",
    "role.ended": "Role taken back",
    "service.token_made": "Service token made",
    "service.token_revoked": "Service token revoked",
    "history.redacted": "Words removed from the history",
    "appetite.set": "Appetite for risk set",
    "appetite.ended": "Appetite for risk ended",
}
FIELDS: Mapping[str, str] = {
    "name": "Name",
    "short_name": "Short name",
    "code": "Code",
    "kind": "Kind",
    "title": "Title",
    "directorate": "Directorate",
    "answers_to": "Answers to",
    "person": "Person",
    "role": "Role",
    "organisation": "In",
    "by": "Post that answers",
    "away": "The holder is away",
    "starts": "First day",
    "ends": "Last day",
    "ended": "Ended on",
    "is_active": "May sign in",
    "scopes": "May",
    "ending": "Its last signs",
    "made_on": "Made on",
    "expires_on": "Last day",
    "revoked_on": "Revoked on",
    "value": "Value",
    "removed": "Taken away",
}
# The number of a row, the post whose page it is; and what is nobody's to read: a user name, an old e-mail address, and
# what is kept of a token.
SILENT = ("id", "pk", "post", "username", "email", "scale", "digest")


def told(happened: Sequence[Event], *, of_person: bool = False) -> list[Shown]:
    """Entries as a page shows them: people by their names, roles by theirs. One query.

    of_person: they are told of a person, so that what happened at a post says at which.
    """
    found = list(happened)
    names = {name: role.name for name, role in roles().items()}
    words = Vocabulary(
        events=EVENTS,
        fields=FIELDS,
        special={("people.organisation", "kind"): "What it is"},
        places={
            ("people.appointment", "person"): named_in(found),
            ("access.grant", "role"): names,
            ("people.organisation", "kind"): dict(Organisation.Kind.choices),
        },
        repeating=("starts", "ended"),
        silent=SILENT,
    )
    return [_shown(event, words, of_person) for event in found]


def _shown(event: Event, words: Vocabulary, of_person: bool) -> Shown:
    groups = tuple(group_of(change, event, words, other=str) for change in event.changes)
    at_post = of_person and event.record_kind == Post._meta.label_lower
    title = f"{words.event(event.event)}: {event.record_label}" if at_post else words.event(event.event)
    return shown_as(event, told_as(event, title), groups)
