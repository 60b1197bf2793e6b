"""candour demo: the demo data in an embedded database, and the server on this machine alone."""

import argparse
import os
import threading
from pathlib import Path

from candour.config.verbs import ready
from candour.config.verbs.work import work


def run(arguments: argparse.Namespace) -> int:
    os.environ["CANDOUR_DEMO"] = "1"
    ready.set_up()
    if arguments.reset:
        start_anew()
    ready.database()
    from candour.config.demo.only import only_the_demo
    from candour.config.environment import Misconfigured

    fill_if_empty()
    try:
        only_the_demo()
    except Misconfigured as wrong:
        return ready.refuse(str(wrong))
    collect()
    threading.Thread(target=work, args=[threading.Event()], name="worker", daemon=True).start()
    print(
        f"\nCandour is at http://127.0.0.1:{arguments.port}/\n"
        "Sign in by choosing a role on the first page; no password is needed. Stop with Ctrl-C.\n",
        flush=True,
    )
    serve(arguments.port)
    return 0


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
