"""What is well and what is not, as the page of the system says it: each with what to do."""

import os
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings

from candour.config import health
from candour.config.health import BAD, GOOD, WARNING, Finding, Said
from candour.config.system.queries import FAILED, GIVEN_UP, LATE_STATE, History, JobRow, Letters

TITLES = {
    "secret": "Signing key", "demo": "Demonstration", "debug": "Errors", "hosts": "Host names", "https": "HTTPS",
    "tables": "Tables", "disk": "Room on the disk", "mail": "Mail", "backup": "Backup", "jobs": "Jobs",
    "outbox": "Letters", "seals": "Seals", "verified": "Verification",
}  # fmt: skip
WORST = (BAD, WARNING, GOOD)
VERIFIED_EACH = timedelta(hours=50)  # it is done each night, and one night may fail


def looked_at(jobs: Sequence[JobRow], post: Letters, history: History, *, at: datetime) -> list[Finding]:
    """What `candour check` looks at, as far as a page may: it waits for no mail server. What is ill comes first.

    What an installation with real data must be told is left out of the demonstration, which is told none of it.
    """
    said: list[tuple[str, Said]] = [] if settings.DEMO else health.settings_said(os.environ)
    said += [
        ("tables", health.at_this_version()),
        ("jobs", of_jobs(jobs)),
        ("outbox", of_letters(post)),
        ("seals", of_seals(history, at)),
        ("verified", of_verifying(history, at)),
        ("disk", health.disk()),
        ("mail", of_mail()),
        ("backup", health.backup(at)),
    ]
    return sorted((Finding(name, *each) for name, each in said), key=lambda one: WORST.index(one.state))


def of_jobs(jobs: Sequence[JobRow]) -> Said:
    if not jobs:
        return BAD, "No worker has run yet: start `candour work`"
    if late := [row for row in jobs if row.state == LATE_STATE]:
        return BAD, f"{_many(len(late), 'job')} that nobody does: start `candour work`, or look why it stopped"
    if failed := [row for row in jobs if row.state in {FAILED, GIVEN_UP}]:
        return WARNING, f"{_many(len(failed), 'job')} that failed: read why below, mend that, and try again"
    return GOOD, "What is due is done"


def of_letters(post: Letters) -> Said:
    if post.unknown:
        return WARNING, f"{_many(post.unknown, 'letter')} that may have gone out or not: ask whoever should have it"
    if post.failed or post.returned:
        said = _many(post.failed + post.returned, "letter")
        return WARNING, f"{said} that did not arrive: correct the addresses, then send again"
    if post.addresses:
        return WARNING, f"{_many(post.addresses, 'address', 'addresses')} that does not receive: correct them"
    return GOOD, "No letter is held up"


def of_seals(history: History, at: datetime) -> Said:
    if history.unsealed_since and at - history.unsealed_since > health.UNSEALED:
        return BAD, f"Entries wait {health.ago(at - history.unsealed_since)} for a seal: start `candour work`"
    return (
        (GOOD, f"All entries are sealed, the last {health.ago(at - history.sealed_at)} ago")
        if history.sealed_at
        else (
            GOOD,
            "Nothing to seal yet",
        )
    )


def of_verifying(history: History, at: datetime) -> Said:
    if history.failure:
        return BAD, f"The history does not hold: keep the database as it is, and tell the auditor. {history.failure}"
    if history.verified_at is None:
        return WARNING, "Nobody has verified the history yet: the worker does each night, or verify it now"
    if at - history.verified_at > VERIFIED_EACH:
        return (
            WARNING,
            f"Last verified {health.ago(at - history.verified_at)} ago: the worker does each night, look why not",
        )
    return GOOD, f"Everything held {health.ago(at - history.verified_at)} ago"


def of_mail() -> Said:
    if not settings.EMAIL_HOST:
        return WARNING, "No mail server is named, so letters wait: set CANDOUR_SMTP_HOST"
    if not settings.RETURNED["host"]:
        return WARNING, "Letters that come back are not read: set CANDOUR_IMAP_HOST, or pipe them to `candour notices`"
    return GOOD, "Letters are sent, and those that come back are read"


def _many(count: int, one: str, many: str = "") -> str:
    return f"There is 1 {one}" if count == 1 else f"There are {count:,} {many or one + 's'}"
