"""The steps that bring tables up to date: each is made and noted in one transaction, so that one broken off never happened."""

from typing import Any

from django.core.management.sql import emit_post_migrate_signal
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState


class Steps(MigrationExecutor):
    """Django's own, but for a gap: it notes a step whose indexes come last after its transaction has ended.

    Whatever ended the process between the two left a step that was made and could not be made again.
    """

    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> ProjectState:
        with self.connection.schema_editor(atomic=migration.atomic) as editor:
            state = migration.apply(state, editor)
            for statement in editor.deferred_sql:
                editor.execute(statement, None)
            editor.deferred_sql.clear()
            self.record_migration(migration)  # type: ignore[call-arg, arg-type]  # the stubs are of an older Django
        return state


def bring_up_to_date(connection: Any) -> None:
    """Every step that is not made yet, in order. A step that was broken off is made anew when this is called again."""
    steps = Steps(connection)
    steps.loader.check_consistent_history(connection)
    wanted = steps.loader.graph.leaf_nodes()
    plan = steps.migration_plan(wanted)
    if plan:
        steps.migrate(wanted, plan)
        emit_post_migrate_signal(0, False, connection.alias, plan=plan)
