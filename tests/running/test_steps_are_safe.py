"""Tables are brought up to date while the version before still runs: no step takes from it what it reads or writes by."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.migrations import operations as ops
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.state import ModelState, ProjectState

from tests.running.safe import LARGE, RELEASED, unsafe

VALUES: dict[type, Any] = {
    bool: True,
    int: 30_000,
    str: "x",
    date: date(2026, 1, 1),
    datetime: datetime(2026, 1, 1, tzinfo=UTC),
    Decimal: Decimal(1),
}
KINDS = {
    "BooleanField": bool,
    "DateField": date,
    "DateTimeField": datetime,
    "DecimalField": Decimal,
    "CharField": str,
    "TextField": str,
    "EmailField": str,
    "URLField": str,
    "SlugField": str,
}


def nothing(*_: Any) -> None:
    """A step in Python that does nothing."""


def a_step(operation: Any, **more: Any) -> Migration:
    step = type("Migration", (Migration,), {"operations": [operation], **more})
    return step("9999_planted", "risks")  # type: ignore[no-any-return]


def standing() -> ProjectState:
    """One table as the version before knows it."""
    state = ProjectState()
    for app, name in (("risks", "risk"), ("history", "entry")):
        fields = [("id", models.BigAutoField(primary_key=True)), ("note", models.CharField(max_length=20, null=True))]
        state.add_model(ModelState(app, name, fields))  # type: ignore[arg-type]
    return state


@pytest.mark.parametrize(
    ("operation", "said"),
    [
        (ops.AddField("risk", "new", models.IntegerField()),
            "adds risk.new, which the version before leaves empty: give it a db_default, or null"),
        (ops.AddField("risk", "new", models.IntegerField(default=1)),
            "adds risk.new, which the version before leaves empty: give it a db_default, or null"),
        (ops.RemoveField("risk", "note"),
            "drops risk.note, which the version before still reads: say in unread_since which release stopped reading it"),
        (ops.DeleteModel("Risk"),
            "drops risk, which the version before still reads: say in unread_since which release stopped reading it"),
        (ops.RenameField("risk", "note", "words"),
            "renames risk.note, which the version before asks for by its old name: add, copy, and drop it a release later"),
        (ops.RenameModel("Risk", "Peril"),
            "renames risk, which the version before asks for by its old name: add, copy, and drop it a release later"),
        (ops.AlterField("risk", "note", models.CharField(max_length=20)), "allows no empty risk.note"),
        (ops.AlterField("risk", "note", models.TextField(null=True)), "changes the type of risk.note"),
        (ops.AlterField("risk", "note", models.CharField(max_length=9, null=True)), "shortens risk.note"),
        (ops.AlterField("risk", "note", models.CharField(max_length=20, null=True, unique=True)), "makes unique risk.note"),
        (ops.AddConstraint("risk", models.UniqueConstraint("note", name="one")),
            "limits risk, which the version before does not know: add the limit a release after its rule"),
        (ops.RunPython(nothing), "cannot be undone: give it a way back, if only one that does nothing"),
        (ops.RunSQL("SELECT 1"), "cannot be undone: give it a way back, if only one that does nothing"),
    ],
)  # fmt: skip
def test_each_thing_that_would_hurt_the_version_before_is_told(operation: Any, said: str) -> None:
    assert unsafe(a_step(operation), standing()) == [said]


@pytest.mark.parametrize(
    "operation",
    [
        ops.AddField("risk", "new", models.IntegerField(db_default=1)),
        ops.AddField("risk", "new", models.IntegerField(null=True)),
        ops.AddIndex("risk", models.Index("note", name="by_note")),
        ops.CreateModel("Other", [("id", models.BigAutoField(primary_key=True))]),
        ops.AlterField("risk", "note", models.CharField(max_length=40, null=True)),
        ops.RunPython(nothing, nothing),
    ],
)
def test_what_the_version_before_does_not_notice_is_allowed(operation: Any) -> None:
    assert unsafe(a_step(operation), standing()) == []


def test_an_index_of_a_large_table_is_made_while_others_write() -> None:
    step = a_step(ops.AddIndex("entry", models.Index("note", name="by_note")))
    step.app_label = "history"
    assert unsafe(step, standing()) == [
        "makes an index of entry while it is locked: make it concurrently on PostgreSQL"
    ]
    assert all(apps.get_model(app, name) for app, name in LARGE)


def test_what_no_release_reads_any_more_may_go() -> None:
    assert unsafe(a_step(ops.RemoveField("risk", "note"), unread_since="0.2.0"), standing()) == []


def test_no_step_since_the_last_release_hurts_the_version_that_still_runs() -> None:
    loader = MigrationLoader(None)
    state, found = ProjectState(), {}
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("candour.")}
    for node in loader.graph._generate_plan(loader.graph.leaf_nodes(), at_end=True):  # type: ignore[attr-defined]
        migration = loader.graph.nodes[node]
        said = unsafe(migration, state)
        if node[0] in ours and ".".join(node) not in RELEASED and said:
            found[".".join(node)] = said
    assert found == {}
    assert {".".join(node) for node in loader.graph.nodes} >= RELEASED


def released_models() -> list[Any]:
    """The models as the last release knew them: its columns, and no others."""
    loader = MigrationLoader(None)
    known = {tuple(name.split(".", 1)) for name in RELEASED}
    last = [node for node in known if not any(child.key in known for child in loader.graph.node_map[node].children
                                              if child.key[0] == node[0])]  # fmt: skip
    state = loader.project_state(sorted(last))  # type: ignore[arg-type]
    labels = {app for app, _ in known}
    return [model for model in state.apps.get_models() if model._meta.app_label in labels and model._meta.managed]


def written(model: Any) -> str:
    """Read and write a table by the columns that the last release knew; "" where both went well, else what went wrong."""
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM {table} LIMIT 1")
            marks = ", ".join(["%s"] * len(fields))
            cursor.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", [value_of(field) for field in fields])
            transaction.set_rollback(True)
    except IntegrityError as error:
        # The values mean nothing, so a rule of the table may refuse them; that comes after the columns were looked at.
        return "" if "check constraint" in str(error).lower() else f"{model._meta.label}: {error}"
    except DatabaseError as error:
        return f"{model._meta.label}: {error}"
    return ""


def value_of(field: Any) -> Any:
    kind = KINDS.get(field.target_field.get_internal_type() if field.remote_field else field.get_internal_type())
    if field.get_internal_type() == "TimeField":
        return "09:00"
    if field.get_internal_type() == "BinaryField":
        return b"x"
    if field.get_internal_type() == "JSONField":
        return field.get_db_prep_save({}, connection)
    return "x" if kind is str else field.get_db_prep_save(VALUES[kind or int], connection)


def test_the_last_release_reads_and_writes_tables_that_are_ahead_of_it(db: None) -> None:
    found = [said for model in released_models() if (said := written(model))]
    assert found == []
    assert len(released_models()) > 100


def test_a_column_that_was_renamed_under_it_would_be_found(db: None) -> None:
    (risk,) = (model for model in released_models() if model._meta.label_lower == "risks.risk")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE risks_risk RENAME COLUMN category TO sort")
        assert "category" in written(risk)
        transaction.set_rollback(True)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite adds no such column to a table")
def test_a_column_that_it_leaves_empty_would_be_found(db: None) -> None:
    (risk,) = (model for model in released_models() if model._meta.label_lower == "risks.risk")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE risks_risk ADD COLUMN planted integer NOT NULL")
        assert 'null value in column "planted"' in written(risk)
        transaction.set_rollback(True)
