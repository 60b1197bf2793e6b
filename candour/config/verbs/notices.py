"""candour notices: write what is due and send what waits. Safe to run each minute, and twice at once."""

import argparse

from django.utils import timezone

from candour.config.verbs import ready


def run(arguments: argparse.Namespace) -> int:
    ready.database()
    from django.conf import settings

    from candour.kernel.notices import commands, queries, sources

    at = timezone.now()
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
    if posted.error:
        print(f"Tried again next time: {posted.error}")
    for notice in lost:
        print(f"Not known whether it was sent, or being sent now: {notice.subject}, for {notice.addressee}")
    return 1 if posted.kept or lost else 0


def show(at: object) -> int:
    """Print what waits as it would be sent, and send nothing. For whoever runs the installation alone: links open."""
    from django.conf import settings

    from candour.kernel.notices import queries, sources

    for notice in queries.waiting():
        path = sources.address_of(notice.about, notice.about_id, at)  # type: ignore[arg-type]
        words = notice.text.replace("{link}", f"{settings.SITE}{path}")
        print(f"To: {notice.addressee}\nSubject: {notice.subject}\n\n{words}\n\n{'-' * 72}")
    return 0
