"""What an entry is told as, on the page of a record and on that of its history: the words are those of each app."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from candour.kernel.calendar import local_date, say_date
from candour.kernel.history.codec import REMOVED
from candour.kernel.history.queries import Change, Event

# What can happen to a record of any kind.
EVENTS: dict[str, str] = {
    "record.shared": "Shared with another body",
    "record.unshared": "No longer shared",
    "record.linked": "Linked to another record",
    "record.unlinked": "Link ended",
    "history.redacted": "Words removed from the record and its history",
    "action.added": "Action added",
    "action.moved": "Action given a new date",
    "action.finished": "Action done",
    "action.dropped": "Action dropped",
    "evidence.added": "Evidence added",
    "evidence.removed": "Evidence taken off",
    "evidence.erased": "Evidence erased",
    "evidence.infected": "Evidence taken off: the virus scanner found something in it",
    "retention.held": "Put under a legal hold",
    "retention.hold_lifted": "Legal hold lifted",
    "retention.removal_asked": "Removal of words asked for",
    "retention.disposal_asked": "Disposal asked for",
    "retention.removal_refused": "Removal refused",
    "record.match_cleared": "Its title stands in a paper of a board by chance",
    "record.clearance_ended": "Its title counts as a leak in that paper again",
}


TOLD_BY_REASON = ("retention.",)  # models whose rows say no more than the reason of their entry


@dataclass(frozen=True)
class Told:
    """One thing that happened, for the timeline and the page of its history. tag: a word of status beside the title.

    recorded_at, hash, holds: of the entry; holds is whether it is what its hash says.
    """

    day: date
    title: str
    texts: tuple[str, ...] = ()
    why: str = ""
    by: str = ""
    tag: str = ""
    tone: str = ""
    sequence: int = 0
    recorded_at: datetime | None = None
    hash: str = ""
    holds: bool = True

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.hash)


@dataclass(frozen=True)
class Diff:
    """One field of one row: old and new in words, empty where there was or is nothing."""

    field: str
    old: str
    new: str
    name: str = ""  # of the field in its model
    raw: Any = None  # the old value as it is kept


@dataclass(frozen=True)
class Group:
    """The fields of one row that an entry changed, under what the row is."""

    title: str
    diffs: tuple[Diff, ...]
    model: str = ""
    key: int = 0


@dataclass(frozen=True)
class Shown:
    """An entry in full."""

    told: Told
    actor: str
    approver: str
    recorded_at: datetime
    effective: date
    backdated: bool
    groups: tuple[Group, ...]
    hash: str
    holds: bool

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.hash)


@dataclass(frozen=True)
class Vocabulary:
    """The words of an app for its history.

    events: by name. fields: by name, in the order in which they are shown; special: by (model, name), where a model has its
    own word. places: words for the values of a field. repeating: fields of a new row that only say the day of the entry
    again. silent: those that only tie rows together. others: (model, field) that name another record by its number.
    """

    events: Mapping[str, str]
    fields: Mapping[str, str]
    special: Mapping[tuple[str, str], str]
    places: Mapping[tuple[str, str], Mapping[Any, str]]
    repeating: Collection[str]
    silent: Collection[str]
    others: Collection[tuple[str, str]] = field(default=())

    def event(self, name: str) -> str:
        """An event in words."""
        return event_words(self.events, name)

    def field(self, model: str, name: str) -> str:
        """What a field is called on the page."""
        return self.special.get((model, name)) or self.fields.get(name) or name.replace("_", " ").capitalize()

    def order(self, name: str) -> int:
        """Where a field stands among others: as fields has them, any other after."""
        return next((place for place, known in enumerate(self.fields) if known == name), len(self.fields))

    def value(self, model: str, name: str, value: Any) -> str:
        """A value of a change as a reader wants it: words for codes, dates in words, nothing for nothing."""
        if value is None or value == "":
            return ""
        known = self.places.get((model, name), {})
        if value in known:
            return known[value]
        if value is True or value is False:
            return "Yes" if value else "No"
        day = day_in(value)
        return say_date(day) if day else str(value)


def fingerprint_of(mark: str) -> str:
    """The two ends of a hash, to compare by eye."""
    return f"{mark[:4]} {mark[4:8]} … {mark[-4:]}"


def event_words(events: Mapping[str, str], name: str) -> str:
    """An event in words; one never heard of is read from its name: "risk.merged" -> "Risk merged"."""
    return events.get(name) or name.replace(".", " ").replace("_", " ").capitalize()


def day_in(value: Any) -> date | None:
    """A day, or one as the history writes it; None for anything else."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return None


def attached_text(change: Change, field: str) -> str:
    """What a new row says in one of its fields, as a sentence."""
    text = {name: new for name, _, new in change.fields}[field]
    return f"{str(text).rstrip('.')}."


def field_texts(
    change: Change, fields: Mapping[str, str], *, long: Collection[str], said: Callable[[str, Any], str]
) -> Iterator[str]:
    """The fields of one row that changed, a sentence each: "Owner: Chief Executive, none before."

    fields: those that are told, by what they are called. long: told as written or changed alone, as their words stand in the
    history. said: a value of a field in words.
    """
    for name, old, new in change.fields:
        if name not in fields or (change.new and new in (None, "", 0, False)):
            continue
        if name in long:
            yield f"{fields[name]} {'written' if not old else 'changed'}."
        else:
            before = f", {said(name, old)} before" if old not in (None, "") else ""
            text = f"{fields[name]}: {said(name, new).rstrip('.')}{before}"
            yield text if text.endswith(("?", "!")) else f"{text}."


def told_as(event: Event, title: str, texts: Iterable[str] = (), *, agreed: str = "agreed") -> Told:
    """An entry for the timeline under a title. agreed: the word for what its approver did."""
    recorded = local_date(event.recorded_at)
    late = "" if recorded == event.effective else f". Recorded on {say_date(recorded)}"
    return Told(
        day=event.effective,
        title=linked(event, title),
        texts=tuple(texts),
        why=event.reason,
        by=f"{event.actor_label}{f', {agreed} by {event.approver}' if event.approver else ''}{late}",
        sequence=event.sequence,
        recorded_at=event.recorded_at,
        hash=event.hash,
        holds=event.holds,
    )


def linked(event: Event, title: str) -> str:
    """The title of an entry, with the record at the other end of a link that it made or ended, where it was looked up."""
    if not event.ends or title not in (EVENTS["record.linked"], EVENTS["record.unlinked"]):
        return title
    other = " and ".join(event.ends)
    return f"Linked to {other}" if event.event == "record.linked" else f"Link to {other} ended"


def shown_as(event: Event, told: Told, groups: tuple[Group, ...]) -> Shown:
    """An entry in full, with what each of its rows changed."""
    return Shown(
        told=told,
        actor=event.actor_label,
        approver=event.approver,
        recorded_at=event.recorded_at,
        effective=event.effective,
        backdated=local_date(event.recorded_at) != event.effective,
        groups=tuple(group for group in groups if group.diffs),
        hash=event.hash,
        holds=event.holds,
    )


def group_of(
    change: Change, event: Event, words: Vocabulary, *, other: Callable[[Any], str], title: str = "", telling: str = ""
) -> Group:
    """The fields of one row that an entry changed, in words. other: what another record is called, by its number.

    telling: a field whose False says something of a new row too.
    """
    diffs: list[Diff] = []
    if change.model.startswith(TOLD_BY_REASON):
        return Group(title, (), change.model, change.key)
    for name, old, new in sorted(change.fields, key=lambda each: words.order(each[0])):
        if old == new == REMOVED:  # words went: what is left of them stands on the record
            continue
        if name in words.silent or (change.new and _says_nothing(name, new, event, words, telling)):
            continue
        was, now = words.value(change.model, name, old), words.value(change.model, name, new)
        if (change.model, name) in words.others:
            was, now = other(old), other(new)
        diffs.append(Diff(words.field(change.model, name), was, now, name, old))
    return Group(title, tuple(diffs), change.model, change.key)


def _says_nothing(name: str, new: Any, event: Event, words: Vocabulary, telling: str) -> bool:
    """Whether a new row's field only repeats the day of the entry, or is empty."""
    if new in (None, "", False) and name != telling:
        return True
    return name in words.repeating and new == event.effective.isoformat()
