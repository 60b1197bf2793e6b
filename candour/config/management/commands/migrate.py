"""Django's migrate without a target does what `candour migrate` does, so that a database is made in one way alone."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from candour.config.steps import bring_up_to_date


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        if options["app_label"] or options["plan"] or options["check_unapplied"] or options["fake"]:
            super().handle(*args, **options)
        else:
            bring_up_to_date(connections[options["database"]])
