"""The steps that bring tables up to date: each is made and noted in one transaction, so that one broken off never happened.

An empty database is made whole instead, from the state that all steps lead to: nobody waits for steps through states that
hold nothing.
"""

from typing import Any

from django.core.management.sql import emit_post_migrate_signal
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.operations import RunPython
from django.db.migrations.state import ProjectState

Plan = list[tuple[Migration, bool]]


class Steps(MigrationExecutor):
    """Django's own, but for a gap: it notes a step whose indexes come last after its transaction has ended.

    Whatever ended the process between the two left a step that was made and could not be made again.
    """

    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> ProjectState:
        with self.connection.schema_editor(atomic=migration.atomic) as editor:
            state = migration.apply(state, editor)
            self._make_deferred(editor)
            self.record_migration(migration)  # type: ignore[call-arg, arg-type]  # stubs of an older Django
        return state

    def make_whole(self, plan: Plan) -> None:
        """Every table as it stands after the last step, then what steps do in Python, which on empty tables is to make
        triggers and indexes of the database's own. All of it in one transaction, with every step noted."""
        state = self.loader.project_state()
        with self.connection.schema_editor(atomic=True) as editor:
            for model in state.apps.get_models():
                if model._meta.managed and not model._meta.proxy:
                    editor.create_model(model)
            self._make_deferred(editor)
            for step, _ in plan:
                for operation in step.operations:
                    if isinstance(operation, RunPython):
                        operation.database_forwards(step.app_label, editor, state, state)
            self._make_deferred(editor)
            self.recorder.ensure_schema()
            for step, _ in plan:
                self.record_migration(step)  # type: ignore[call-arg, arg-type]  # stubs of an older Django

    @staticmethod
    def _make_deferred(editor: Any) -> None:
        for statement in editor.deferred_sql:
            editor.execute(statement, None)
        editor.deferred_sql.clear()


def bring_up_to_date(connection: Any) -> None:
    """Every step that is not made yet, in order. A step that was broken off is made anew when this is called again."""
    steps = Steps(connection)
    steps.loader.check_consistent_history(connection)
    wanted = steps.loader.graph.leaf_nodes()
    plan = steps.migration_plan(wanted)
    if not plan:
        return
    if steps.loader.applied_migrations:
        steps.migrate(wanted, plan)
    else:
        steps.make_whole(plan)
    emit_post_migrate_signal(0, False, connection.alias, plan=plan)
