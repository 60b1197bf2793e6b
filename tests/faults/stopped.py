"""candour migrate, ended by kill -9 before one of its acts: `python -m tests.faults.stopped NUMBER statements|notes`.

statements: before so many statements that change tables. notes: before so many steps are noted as made.
"""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.recorder import MigrationRecorder

from candour.config.cli import main


def deadly(act: Callable[..., Any], number: int) -> Callable[..., Any]:
    left = number

    def until(*given: Any, **more: Any) -> Any:
        nonlocal left
        left -= 1
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return act(*given, **more)

    return until


if __name__ == "__main__":
    number, what = int(sys.argv[1]), sys.argv[2]
    if what == "statements":
        BaseDatabaseSchemaEditor.execute = deadly(BaseDatabaseSchemaEditor.execute, number)  # type: ignore[method-assign]
    else:
        MigrationRecorder.record_applied = deadly(MigrationRecorder.record_applied, number)  # type: ignore[method-assign]
    sys.exit(main(["migrate"]))
