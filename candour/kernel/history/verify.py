"""Verify: does every entry, seal, trigger and live row still say what was recorded? Streams, so memory stays constant.

What it can see and what it cannot is said in docs/security.md.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from multiprocessing import get_context
from typing import Any

from django.db import connection, transaction

from candour.kernel.history.canonical import seal_start
from candour.kernel.history.chain import CHUNK, Broken
from candour.kernel.history.forking import before_fork
from candour.kernel.history.models import Entry, Seal, Verification
from candour.kernel.history.parts import Part, parted
from candour.kernel.history.proof import check_places, check_records
from candour.kernel.history.triggers import missing, strange

checks: list[Callable[[], str]] = []  # of apps: each gives the first failure in words, or ""
checks_in_parts: list[Callable[[Part], str]] = []  # the same of some of the records, for checks that are long


@dataclass(frozen=True)
class Verdict:
    """What verify found. failure is empty when everything holds."""

    entries: int
    seals: int
    root: str
    failure: str

    @property
    def holds(self) -> bool:
        return not self.failure

    def as_json(self) -> dict[str, Any]:
        return {
            "holds": self.holds,
            "entries": self.entries,
            "seals": self.seals,
            "root": self.root,
            "first_failure": self.failure or None,
        }


def verify(*, roots: Sequence[str] = (), workers: int = 1) -> Verdict:
    """Check triggers, chains, heads, live rows, seals and what apps derive from them; gives the first failure.

    roots: roots held outside, such as those printed on papers. Each must be the root of a seal that stands.
    workers: processes to share the work among. More than one only from a command line: they are forked.
    """
    entries, seals, root, failure = 0, 0, "", ""
    parts = parted(1 if workers == 1 else 2 * workers)
    tasks: list[Task] = [check_places, *(partial(check_records, part) for part in parts)]
    tasks += [partial(check_seals, tuple(roots))]
    tasks += [partial(check_derived_in, part, number) for number in range(len(checks_in_parts)) for part in parts]
    tasks += [partial(check_derived, number) for number in range(len(checks))]
    try:
        check_triggers()
        for said in in_turn(tasks) if workers == 1 else at_once(tasks, workers):
            if isinstance(said, int):
                entries += said
            elif said is not None:
                seals, root = said
    except Broken as broken:
        failure = str(broken)
    return Verdict(entries, seals, root, failure)


def note_verified(verdict: Verdict, *, by: str, at: datetime) -> None:
    """Keep that everything was verified, by which post or by Candour itself, and what was found."""
    Verification.objects.create(at=at, by=by, entries=verdict.entries, root=verdict.root, failure=verdict.failure)


Found = int | tuple[int, str] | None  # entries that were checked, or (seals, last root)
Task = Callable[[], Found]


def in_turn(tasks: Sequence[Task]) -> Iterator[Found]:
    """What each task finds, all of them reading one moment."""
    with one_moment():
        for task in tasks:
            yield task()


def at_once(tasks: Sequence[Task], workers: int) -> Iterator[Found]:
    """What each task finds, each in a process and a moment of its own: none of them needs another's.

    The last begin first, because what apps check may be long and not cut into parts.
    """
    before_fork()
    with get_context("fork").Pool(workers) as pool:
        begun = [pool.apply_async(in_a_moment, [task]) for task in reversed(tasks)]
        for waiting in reversed(begun):
            found = waiting.get()
            if isinstance(found, Broken):
                raise found
            yield found


def in_a_moment(task: Task) -> Found | Broken:
    """What a task finds, or what it found broken: given and not raised, so that its cursors close before the connection."""
    try:
        with one_moment():
            return task()
    except Broken as broken:
        return Broken(str(broken))
    finally:
        connection.close()


def check_derived(number: int) -> None:
    """One of the checks that apps registered. Raises Broken for what it says."""
    if said := checks[number]():
        raise Broken(said)


def check_derived_in(part: Part, number: int) -> None:
    """One of those that are asked part by part. Raises Broken for what it says."""
    if said := checks_in_parts[number](part):
        raise Broken(said)


@contextmanager
def one_moment() -> Iterator[None]:
    """Read everything as it stood at one moment, while others go on writing."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def check_triggers() -> None:
    """Raises Broken unless the database itself refuses changes to history, and nothing else acts on it."""
    if gone := missing(connection):
        raise Broken(f"the database no longer refuses changes to history: trigger {gone[0]} is missing or altered")
    if found := strange(connection):
        raise Broken(f"the database does more to history than Candour asked: {found[0]} was added")


def check_seals(roots: Sequence[str] = ()) -> tuple[int, str]:
    """Every seal against the entries it covers, and every root held outside against the seals; gives (seals, last root)."""
    hashes = Entry.objects.order_by("pk").values_list("pk", "hash").iterator(chunk_size=CHUNK)
    wanted = set(roots)
    root, count, last = "", 0, 0
    for seal in Seal.objects.order_by("pk").iterator():
        if seal.previous_root != root or seal.first_entry <= last:
            raise Broken(f"seal {seal.pk} does not follow the seal before it")
        rolling, covered, pk = sha256(seal_start(seal.previous_root, seal.sealed_at).encode()), 0, 0
        while covered < seal.entries:
            pk, entry_hash = next(hashes, (0, ""))
            if not pk or pk > seal.last_entry or (not covered and pk != seal.first_entry):
                raise Broken(f"seal {seal.pk}: an entry that it covers is missing")
            rolling.update(entry_hash.encode())
            covered += 1
        if rolling.hexdigest() != seal.root or pk != seal.last_entry:
            raise Broken(f"seal {seal.pk}: the entries that it covers are not those that were sealed")
        root, count, last = seal.root, count + 1, seal.last_entry
        wanted.discard(root)
    if wanted:
        raise Broken(f"no seal has the root {min(wanted)}: what was sealed with it is no longer here as it was")
    return count, root
