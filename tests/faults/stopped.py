"""candour migrate, ended by kill -9 before one of its acts: `python -m tests.faults.stopped NUMBER statements|notes|steps`.

statements: before so many statements that change tables. notes: before so many steps are noted as made. steps: not killed,
but after so many steps, which is what a version before left behind.
"""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.recorder import MigrationRecorder

from candour.config.cli import main
from candour.config.verbs.ready import set_up


def deadly(act: Callable[..., Any], number: int) -> Callable[..., Any]:
    left = number

    def until(*given: Any, **more: Any) -> Any:
        nonlocal left
        left -= 1
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return act(*given, **more)

    return until


def first(number: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "candour.config.settings")
    set_up()
    from django.db import connection

    from candour.config.steps import Steps

    steps = Steps(connection)
    wanted = steps.loader.graph.leaf_nodes()
    steps.migrate(wanted, steps.migration_plan(wanted)[:number])


if __name__ == "__main__":
    number, what = int(sys.argv[1]), sys.argv[2]
    if what == "steps":
        sys.exit(first(number))
    if what == "statements":
        BaseDatabaseSchemaEditor.execute = deadly(BaseDatabaseSchemaEditor.execute, number)  # type: ignore[method-assign]
    else:
        MigrationRecorder.record_applied = deadly(MigrationRecorder.record_applied, number)  # type: ignore[method-assign]
    sys.exit(main(["migrate"]))
