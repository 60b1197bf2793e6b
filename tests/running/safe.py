"""What a step may do to tables while the version before it still runs: the rule of docs/operations.md, read from operations."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db.migrations import operations as ops
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState

RELEASED = frozenset((Path(__file__).parent / "released.txt").read_text().split())
# Tables of millions of rows: an index that is made while they are locked stops everybody who writes.
LARGE = {
    ("history", "entry"),
    ("history", "snapshot"),
    ("performance", "observation"),
    ("records", "record"),
    ("records", "searchtext"),
}
DROPPED = "drops {what}, which the version before still reads: say in unread_since which release stopped reading it"
RENAMED = "renames {what}, which the version before asks for by its old name: add, copy, and drop it a release later"


def unsafe(migration: Migration, state: ProjectState) -> list[str]:
    """A sentence for each thing that may not be done. The state is taken on by the migration's operations."""
    said: list[str] = []
    made: set[str] = set()  # models that the version before does not know
    for operation in migration.operations:
        said += _said(operation, migration, state, made)
        if isinstance(operation, ops.CreateModel):
            made.add(operation.name_lower)
        operation.state_forwards(migration.app_label, state)
    return said


def _said(operation: Any, migration: Migration, state: ProjectState, made: set[str]) -> Iterator[str]:
    model = str(getattr(operation, "model_name_lower", getattr(operation, "name_lower", "")))
    if model in made and not isinstance(operation, ops.RunPython | ops.RunSQL):
        return
    match operation:
        case ops.RemoveField() | ops.DeleteModel() if not getattr(migration, "unread_since", ""):
            yield DROPPED.format(what=_named(operation, model))
        case ops.RenameField() | ops.RenameModel() | ops.AlterModelTable():
            yield RENAMED.format(what=_named(operation, model))
        case ops.AddField(field=field) if not (field.null or field.many_to_many or field.has_db_default()):
            yield f"adds {_named(operation, model)}, which the version before leaves empty: give it a db_default, or null"
        case ops.AlterField():
            old = state.models[migration.app_label, model].fields[operation.name]
            yield from (f"{said} {_named(operation, model)}" for said in _narrowed(old, operation.field))
        case ops.AddConstraint() | ops.AlterUniqueTogether():
            yield f"limits {model}, which the version before does not know: add the limit a release after its rule"
        case ops.AddIndex() if (migration.app_label, model) in LARGE and not isinstance(
            operation, AddIndexConcurrently
        ):
            yield f"makes an index of {model} while it is locked: make it concurrently on PostgreSQL"
        case ops.RunPython() | ops.RunSQL() if not operation.reversible:
            yield "cannot be undone: give it a way back, if only one that does nothing"


def _narrowed(old: Any, new: Any) -> Iterator[str]:
    """What an old row, or one that the version before writes, would no longer fit."""
    if old.null and not new.null:
        yield "allows no empty"
    if old.get_internal_type() != new.get_internal_type():
        yield "changes the type of"
    if new.unique and not old.unique:
        yield "makes unique"
    if (new.max_length or 10**9) < (old.max_length or 10**9):
        yield "shortens"


def _named(operation: Any, model: str) -> str:
    name = getattr(operation, "old_name", None) or getattr(operation, "name", "")
    return (
        model if isinstance(operation, ops.DeleteModel | ops.RenameModel | ops.AlterModelTable) else f"{model}.{name}"
    )
