"""candour serve: the server."""

import argparse
from typing import Any

from candour.config.verbs import ready

NOT_WRITABLE = "CANDOUR_HOME must be a folder that the service’s user can write to: {error}"
THREADS = 4  # a worker; requests that wait for the database or a file let others go on


def run(arguments: argparse.Namespace) -> int:
    """2 where the tables are not those of this version: an upgrade brings them up to date, a server never does.

    2 too where CANDOUR_HOME cannot be written.
    """
    try:
        metrics_first()
    except OSError as error:
        return ready.refuse(NOT_WRITABLE.format(error=error))
    ready.set_up()
    from django.db import DatabaseError, connection

    from candour.config.backup.make import another_version
    from candour.config.demo.only import only_the_demo
    from candour.config.verbs.demo import collect
    from candour.kernel.history.forking import before_fork

    try:
        if other := another_version():
            return ready.refuse(other)
        only_the_demo()
    except DatabaseError as error:
        return ready.refuse(f"the database does not answer: {str(error).strip().splitlines()[0]}")
    workers = 1 if connection.vendor == "sqlite" else arguments.workers
    before_fork()
    try:
        collect()
    except OSError as error:
        return ready.refuse(NOT_WRITABLE.format(error=error))
    granian(arguments.host, arguments.port, workers=workers).serve()
    return 0


def metrics_first() -> None:
    """The processes of the server count in one place. Nothing that counts is imported before this."""
    from candour.config.home import home
    from candour.config.system.together import count_together

    count_together(home())


def granian(host: str, port: int, *, workers: int) -> Any:
    """Granian, as measured to be quickest: pages without asynchronous anything, a few threads to each worker."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    return Granian(
        "candour.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        respawn_failed_workers=workers > 1,
        log_level=LogLevels.warning,
        websockets=False,
    )
