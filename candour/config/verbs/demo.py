"""candour demo: the demo data in an embedded database, and the server on this machine alone."""

import argparse
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from candour.config.verbs import ready
from candour.config.verbs.work import LOOK_EACH, work

WORKER = "from candour.config.verbs.demo import worker; worker({parent})"


def run(arguments: argparse.Namespace) -> int:
    os.environ["CANDOUR_DEMO"] = "1"
    ready.set_up()
    if arguments.reset:
        start_anew()
    ready.database()
    from django.db import connection

    from candour.config.demo.only import only_the_demo
    from candour.config.environment import Misconfigured

    fill_if_empty()
    try:
        only_the_demo()
    except Misconfigured as wrong:
        return ready.refuse(str(wrong))
    collect()
    # The server forks: SQLite forbids taking an open database along, and a lock that a thread held then would never be free.
    connection.close()
    beside = subprocess.Popen([sys.executable, "-c", WORKER.format(parent=os.getpid())])  # noqa: S603
    print(
        f"\nCandour is at http://127.0.0.1:{arguments.port}/\n"
        "Sign in by choosing a role on the first page; no password is needed. Stop with Ctrl-C.\n",
        flush=True,
    )
    try:
        serve(arguments.port)
    finally:
        beside.terminate()
        beside.wait()
    return 0


def worker(parent: int) -> None:
    """What is due beside the pages, in a process of its own that ends with the server's, however that ends."""
    ready.set_up()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())

    def watch() -> None:
        while os.getppid() == parent and not stop.wait(LOOK_EACH):
            pass
        stop.set()

    threading.Thread(target=watch, name="parent", daemon=True).start()
    work(stop)


def start_anew() -> None:
    """Forget the embedded demo database. One named by DATABASE_URL is never removed."""
    from django.conf import settings

    if not os.environ.get("DATABASE_URL"):
        for suffix in ("", "-wal", "-shm"):
            Path(f"{settings.DATABASES['default']['NAME']}{suffix}").unlink(missing_ok=True)


def fill_if_empty() -> None:
    from candour.kernel.people.models import Organisation

    if not Organisation.objects.exists():
        ready.fill()


def collect() -> None:
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)


def serve(port: int) -> None:
    """The server of this machine alone with one worker: SQLite has one writer at a time."""
    from candour.config.verbs.serve import granian

    granian("127.0.0.1", port, workers=1).serve()
