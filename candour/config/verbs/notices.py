"""candour notices: write what is due and send what waits. Safe to run each minute, and twice at once."""

import argparse
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from candour.config.verbs import ready
from candour.kernel.notices.reports import LARGEST


def run(arguments: argparse.Namespace) -> int:
    ready.database()
    from django.conf import settings

    from candour.kernel.notices import commands, queries, sources

    at = timezone.now()
    if arguments.returned:
        return returned(arguments.returned, at)
    written = sources.remind(at=at)
    if arguments.again:
        print(f"{commands.send_again()} to be sent once more")
    if arguments.show:
        return show(at)
    if not settings.EMAIL_HOST:
        return ready.refuse(f"{len(queries.waiting())} notices wait: no server is set, see CANDOUR_SMTP_HOST")
    posted = commands.send(at=at)
    lost = queries.unknown()
    print(f"{written} written, {posted.sent} sent, {posted.kept} waiting, {posted.dropped} no longer needed")
    if posted.failed or posted.gathered:
        print(f"{posted.failed} refused for good, {posted.gathered} put by for a letter that gathers them")
    if posted.error:
        print(f"Tried again next time: {posted.error}")
    for notice in lost:
        print(f"Not known whether it was sent, or being sent now: {notice.subject}, for {notice.addressee}")
    return 1 if posted.kept or lost else 0


def returned(source: str, at: datetime) -> int:
    """Take in messages that came back: 0 where they were read, whether or not they are about letters of ours."""
    from candour.kernel.notices.commands import take_in

    known = unknown = 0
    try:
        for message in messages_of(source):
            ours, others = take_in(message, at=at)
            known, unknown = known + ours, unknown + others
    except OSError as error:
        return ready.refuse(f"{source} cannot be read: {error.strerror}")
    print(f"{known} letters came back" + (f", {unknown} that are not known" if unknown else ""))
    return 0


def messages_of(source: str) -> Iterator[bytes]:
    """The message on the input, of a file, or of each file in a folder (of a Maildir, new and cur)."""
    if source == "-":
        yield sys.stdin.buffer.read(LARGEST + 1)
        return
    path = Path(source)
    if not path.is_dir():
        yield path.read_bytes()
        return
    folders = [path / name for name in ("new", "cur") if (path / name).is_dir()] or [path]
    for each in sorted(file for folder in folders for file in folder.iterdir() if file.is_file()):
        yield each.read_bytes()


def show(at: object) -> int:
    """Print what waits as it would be sent, and send nothing. For whoever runs the installation alone: links open."""
    from django.conf import settings

    from candour.kernel.notices import queries, sources

    for notice in queries.waiting():
        path = sources.address_of(notice.about, notice.about_id, at)  # type: ignore[arg-type]
        words = notice.text.replace("{link}", f"{settings.SITE}{path}")
        print(f"To: {notice.addressee}\nSubject: {notice.subject}\n\n{words}\n\n{'-' * 72}")
    return 0
