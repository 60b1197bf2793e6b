"""What a file of people would do (pure): who joins, moves, changes their name, and leaves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from candour.kernel.calendar import read_date, say_date
from candour.kernel.signin.people.reading import Row


@dataclass(frozen=True)
class Held:
    """An appointment that stands today or later, of a body of the file."""

    pk: int
    post: int
    title: str
    starts: date
    ends: date | None


@dataclass(frozen=True)
class Somebody:
    """A person as Candour knows them. elsewhere: whether they hold a post of a body that the file says nothing of."""

    pk: int
    username: str
    name: str
    email: str
    active: bool
    held: tuple[Held, ...] = ()
    elsewhere: bool = False


@dataclass(frozen=True)
class Known:
    """Everybody by user name in small letters; posts of the bodies of the file by (code, title in small letters)."""

    people: Mapping[str, Somebody]
    posts: Mapping[tuple[str, str], int]

    @property
    def active(self) -> int:
        return sum(each.active and bool(each.held) for each in self.people.values())


@dataclass(frozen=True)
class Change:
    """One thing to do. kind: joiner, renamed, restored, mover-in, mover-out, days-changed or leaver; words say it."""

    kind: str
    username: str
    place: str
    words: str
    name: str = ""
    email: str = ""
    post: int = 0
    starts: date | None = None
    ends: date | None = None
    appointment: int = 0


@dataclass(frozen=True)
class Plan:
    changes: tuple[Change, ...] = field(default=())

    def counts(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for change in self.changes:
            found[change.kind] = found.get(change.kind, 0) + 1
        return found


def plan_of(rows: Sequence[Row], known: Known, *, today: date) -> Plan:
    """The changes that make Candour as the file says, for the bodies that the file names; rows must have no errors."""
    told: dict[str, list[Row]] = {}
    for row in rows:
        told.setdefault(row.username.lower(), []).append(row)
    changes: list[Change] = []
    for named, theirs in told.items():
        changes += _present(theirs, known.people.get(named), known, today)
    for named, person in known.people.items():
        if named not in told:
            changes += _absent(person, today)
    return Plan(tuple(changes))


def _present(rows: list[Row], person: Somebody | None, known: Known, today: date) -> Iterator[Change]:
    first = rows[0]
    if person is None:
        words = f"{first.name} joins"
        yield Change("joiner", first.username, first.place, words, name=first.name, email=first.email)
    else:
        if not person.active:
            words = f"{first.name} is back: the sign-in is restored"
            yield Change("restored", person.username, first.place, words)
        if (first.name, first.email or person.email) != (person.name, person.email):
            words = f"{person.name} is now {first.name}, or has another address"
            email = first.email or person.email
            yield Change("renamed", person.username, first.place, words, name=first.name, email=email)
    held = {each.post: each for each in person.held} if person else {}
    username = person.username if person else first.username
    said = {known.posts[row.body, row.post.lower()]: row for row in rows}
    for post, one in held.items():
        if post not in said:
            yield from _out(username, one, first.place, today)
    for post, row in said.items():
        yield from _in(username, post, row, held.get(post), today)


def _in(username: str, post: int, row: Row, held: Held | None, today: date) -> Iterator[Change]:
    starts, ends = read_date(row.starts) or today, read_date(row.ends)
    if held is None:
        if ends is not None and ends < today:
            return
        words = f"{row.name} holds {row.post} from {say_date(starts)}" + (f" to {say_date(ends)}" if ends else "")
        yield Change("mover-in", username, row.place, words, post=post, starts=starts, ends=ends)
    elif ends != held.ends and ends is not None:
        words = f"{row.name} holds {row.post} until {say_date(ends)}"
        last = max(ends, held.starts)
        yield Change("days-changed", username, row.place, words, appointment=held.pk, ends=last)


def _out(username: str, held: Held, place: str, today: date) -> Iterator[Change]:
    words = f"{username} holds {held.title} no more"
    last = max(held.starts, today - timedelta(days=1))
    if held.ends is None or held.ends > last:  # else an earlier run of the same day ended it
        yield Change("mover-out", username, place, words, appointment=held.pk, ends=last)


def _absent(person: Somebody, today: date) -> Iterator[Change]:
    """Who is not in the file leaves the bodies of the file; whose only posts were there is stopped, too."""
    for one in person.held:
        yield from _out(person.username, one, "not in the file", today)
    if person.held and person.active and not person.elsewhere:
        words = f"{person.name} is not in the file: the sign-in is stopped"
        yield Change("leaver", person.username, "not in the file", words)
