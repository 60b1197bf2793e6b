"""candour work: the worker, which does what is due beside the pages. Any number may run at once."""

import argparse
import signal
import sys
import threading
import time

from django.utils import timezone

from candour.config.verbs import ready

LOOK_EACH = 2  # seconds between looks for something due


def run(arguments: argparse.Namespace) -> int:
    """0 when told to stop, after what it is doing; with --once when nothing more is due, and 1 if anything failed then."""
    ready.set_up()
    if refused := why_not(once=arguments.once):
        return ready.refuse(refused)
    stop = threading.Event()
    if arguments.once:
        return 1 if work(stop, once=True) else 0
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    print("Working. Stop with Ctrl-C.", file=sys.stderr, flush=True)
    work(stop)
    return 0


def why_not(*, once: bool) -> str:
    """Why the tables are not those of this version; "" where they are. A database that is away is waited for, unless once."""
    from django.db import DatabaseError, connection

    from candour.config.backup.make import another_version

    while True:
        try:
            return another_version()
        except DatabaseError as error:
            said = f"the database does not answer: {(str(error).strip().splitlines() or ['?'])[0]}"
            if once:
                return said
            print(f"Waiting: {said}", file=sys.stderr, flush=True)
            connection.close()
            time.sleep(LOOK_EACH)


def work(stop: threading.Event, *, once: bool = False) -> int:
    """Do what is due until told to stop; gives how many jobs failed. A database that is away is waited for."""
    import logging

    from django.db import DatabaseError, connection

    from candour.kernel.jobs.commands import do_one, follow_the_clock, stand

    failed = 0
    while not stop.is_set():
        try:
            stand(at=timezone.now())
            follow_the_clock(at=timezone.now())
            while not stop.is_set() and (job := do_one(timezone.now)):
                failed += bool(job.error)
                if job.error or once:
                    print(f"{job.key}: {job.error or job.said}", file=sys.stderr, flush=True)
        except DatabaseError:
            logging.getLogger(__name__).exception("The database does not answer; looking again soon")
            connection.close()
            failed += once
        if once:
            break
        stop.wait(LOOK_EACH)
    return failed
