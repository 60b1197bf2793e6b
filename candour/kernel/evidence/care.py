"""What the worker does about stored bytes: has them scanned, has the object store hold them, sweeps what nothing names."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, transaction

from candour.kernel.evidence import cited, scanner, store
from candour.kernel.evidence.commands import note_scan
from candour.kernel.evidence.models import File, Stored
from candour.kernel.evidence.queries import unscanned
from candour.kernel.jobs.works import Failed

AT_ONCE = 200  # contents of one run
PAGE = 1000  # stored bytes of which the sweep asks at a time
SEEN_TWICE = timedelta(hours=12)  # for which the sweep has known that nothing names bytes before it takes them away


def scan_waiting(at: datetime, given: Mapping[str, Any]) -> str:
    """Have the scanner look through what was taken in without it. While it is away they go on waiting, and no one is told
    of a failure each minute: `candour check` says it."""
    if not scanner.scans():
        return "No scanner is configured"
    clean, infected = 0, 0
    for file in unscanned()[:AT_ONCE]:
        try:
            with store.open_bytes(file.sha256) as stream:
                found = scanner.scan(stream)
        except scanner.NoScanner as away:
            return f"{unscanned().count():,} wait: {away}"
        except OSError as away:
            raise Failed(f"A stored file cannot be read: {away}") from away
        note_scan(file.sha256, found=found, at=at)
        clean, infected = clean + (not found), infected + bool(found)
    return f"{clean:,} scanned and clean, {infected:,} infected"


def hold_named(at: datetime, given: Mapping[str, Any]) -> str:
    """Have the object store hold what rows name, for the time that the settings say. Raises Failed where it is away."""
    if not settings.STORE_LOCK:
        return "Nothing is to be held"
    until = at + timedelta(days=round(settings.STORE_LOCK_YEARS * 365.25))
    known = set(Stored.objects.exclude(held_until=None).values_list("sha256", flat=True))
    held, lost = 0, 0
    for digest in dict.fromkeys(cited.held()):
        if digest in known:
            continue
        if held == AT_ONCE:
            break
        try:
            if not store.there(digest):
                lost += 1
                continue
            default_storage.hold(store.place(digest), until)  # type: ignore[attr-defined]
        except OSError as away:
            raise Failed(f"Files cannot be held: {away}") from away
        Stored.objects.update_or_create(sha256=digest, defaults={"held_until": until})
        held += 1
    return f"{held:,} held until {until:%-d %B %Y}" + (f"; {lost:,} are not in the store" if lost else "")


def sweep(at: datetime, given: Mapping[str, Any]) -> str:
    """Take away bytes that no row and no history names, seen so twice, and older than settings.ORPHAN_DAYS.

    Bytes that were erased, and whose erasing the store had not carried out, go at once. The database is asked by the page of
    stored bytes, whatever it holds, and more only of bytes that go. Raises Failed where the store is away.
    """
    gone = waiting = 0
    unnamed: list[str] = []
    try:
        for digests in _pages(store.every()):
            erased, nameless = _without_rows(digests)
            gone += sum(map(_take_away, erased))
            unnamed += nameless
        kept = cited.in_history(unnamed) if unnamed else set()
        for digests in _pages(digest for digest in unnamed if digest not in kept):
            old = _old(digests, at)
            gone += sum(map(_take_away, old))
            waiting += len(digests) - len(old)
    except OSError as away:
        raise Failed(f"The store of files does not answer: {away}") from away
    return f"{gone:,} taken away that nothing named, {waiting:,} left for now"


def _pages(digests: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(digests)
    while some := list(islice(rest, PAGE)):
        yield some


def _without_rows(digests: Sequence[str]) -> tuple[list[str], list[str]]:
    """Of a page of stored bytes those that no row names: erased on purpose from every record that had them, and the others."""
    named = cited.in_rows(digests)
    files = set(File.objects.filter(sha256__in=digests).order_by().values_list("sha256", flat=True))
    without = [digest for digest in digests if digest not in named]
    return [digest for digest in without if digest in files], [digest for digest in without if digest not in files]


def _old(digests: Sequence[str], at: datetime) -> list[str]:
    """Those of a page that nothing has named for long enough; notes when that was seen first. Two queries."""
    table = connection.ops.quote_name(Stored._meta.db_table)
    seen = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (sha256, found, unnamed_since) VALUES (%s, '', %s) ON CONFLICT (sha256) "  # noqa: S608
            f"DO UPDATE SET unnamed_since = COALESCE({table}.unnamed_since, EXCLUDED.unnamed_since)",
            [(digest, seen) for digest in digests],
        )
    rows = Stored.objects.filter(sha256__in=digests, unnamed_since__lte=at - SEEN_TWICE).order_by("sha256")
    twice = rows.values_list("sha256", flat=True)
    return [digest for digest in twice if at - store.kept_at(digest) >= timedelta(days=settings.ORPHAN_DAYS)]


def _take_away(digest: str) -> int:
    """Erase bytes unless somebody claims them at this moment; gives how many were."""
    with transaction.atomic():
        Stored.objects.get_or_create(sha256=digest)
        Stored.objects.select_for_update().get(sha256=digest)  # whoever adds the same file waits here, or did before us
        if cited.in_rows([digest]):
            return 0
        store.erase(digest)
        Stored.objects.filter(sha256=digest).delete()
    return 1
