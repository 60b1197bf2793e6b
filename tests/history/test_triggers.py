"""The database itself refuses to change history, and verify sees when it no longer does."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from candour.kernel.history import triggers
from candour.kernel.history.commands import seal
from candour.kernel.history.models import Entry, Seal, Snapshot
from tests.factories import NOW
from tests.history.conftest import Story
from tests.history.tamper import failure, plain, settled, sql

TABLES = {"history_entry": Entry, "history_snapshot": Snapshot, "history_seal": Seal}
COLUMNS = [
    (table, field.column)
    for table, model in TABLES.items()
    for field in model._meta.concrete_fields
    if not field.primary_key and field.column != "words"
]
postgres_only = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL alone can do this")
sqlite_only = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite alone can do this")


@pytest.fixture
def sealed(story: Story) -> Story:
    seal(at=NOW)
    return story


def refused(statement: str, *values: Any) -> bool:
    """Whether the database refuses a statement because history is append only."""
    with pytest.raises(DatabaseError, match="history is append only"), transaction.atomic():
        sql(statement, *values)
    return True


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_no_column_of_history_can_be_updated(sealed: Story, table: str, column: str) -> None:
    number = sealed.entry(1).pk if table == "history_entry" else TABLES[table].objects.latest("pk").pk
    other = {"recorded_at": "2020-01-01", "sealed_at": "2020-01-01", "effective": "2020-01-01"}.get(column, "7")
    assert refused(f"UPDATE {table} SET {column} = %s WHERE id = %s", other, number)


@pytest.mark.parametrize("table", TABLES)
def test_no_row_of_history_can_be_deleted(sealed: Story, table: str) -> None:
    assert refused(f"DELETE FROM {table}")


@postgres_only
@pytest.mark.parametrize("table", TABLES)
def test_no_table_of_history_can_be_emptied(sealed: Story, table: str) -> None:
    settled()
    assert refused(f"TRUNCATE {table} CASCADE")


@postgres_only
def test_a_session_that_plays_a_replica_is_refused_too(sealed: Story) -> None:
    sql("SET LOCAL session_replication_role = replica")
    assert refused("DELETE FROM history_seal")


@sqlite_only
@pytest.mark.parametrize("table", TABLES)
def test_no_row_of_history_can_be_replaced(sealed: Story, table: str) -> None:
    assert refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    assert refused(f"REPLACE INTO {table} SELECT * FROM {table}")
    assert refused(f"UPDATE OR REPLACE {table} SET id = id + 1")


@sqlite_only
def test_an_entry_cannot_take_the_sequence_of_another(sealed: Story) -> None:
    columns = ", ".join(field.column for field in Entry._meta.concrete_fields if not field.primary_key)
    assert refused(f"INSERT OR REPLACE INTO history_entry ({columns}) SELECT {columns} FROM history_entry")


@pytest.mark.parametrize("table", TABLES)
def test_an_insert_that_would_update_is_refused(sealed: Story, table: str) -> None:
    copy = f"INSERT INTO {table} SELECT * FROM {table} WHERE 1 = 1 ON CONFLICT (id) DO UPDATE SET id = {table}.id + 1"
    assert refused(copy)


def test_words_may_go(story: Story) -> None:
    entry = story.entry(2)
    assert plain(Entry).filter(pk=entry.pk).update(words={}) == 1
    assert story.entry(2).words == {}


@pytest.mark.parametrize(
    "words", [{"reason": "something else"}, {"reason": None}, {"reason": ["x"]}, {"planted": "x"}, [], "x", 1]
)
def test_words_may_neither_change_nor_come(story: Story, words: Any) -> None:
    with pytest.raises(DatabaseError, match="history is append only"), transaction.atomic():
        plain(Entry).filter(pk=story.entry(2).pk).update(words=words)


def test_words_may_not_go_together_with_another_change(story: Story) -> None:
    with pytest.raises(DatabaseError, match="history is append only"), transaction.atomic():
        plain(Entry).filter(pk=story.entry(2).pk).update(words={}, event="risk.gained")


# What verify says


@pytest.mark.parametrize("name", triggers.names(connection))
def test_a_missing_trigger_is_found(story: Story, name: str) -> None:
    settled()
    table = name.rsplit("_", 1)[0]
    sql(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
    assert failure() == f"the database no longer refuses changes to history: trigger {name} is missing or altered"


@sqlite_only
def test_an_altered_trigger_is_found_on_sqlite(story: Story) -> None:
    sql("DROP TRIGGER history_seal_fix")
    sql("CREATE TRIGGER history_seal_fix BEFORE UPDATE ON history_seal WHEN 0 BEGIN SELECT 1; END")
    assert triggers.missing(connection) == ["history_seal_fix"]


@postgres_only
@pytest.mark.parametrize("state", ["DISABLE TRIGGER", "ENABLE TRIGGER", "ENABLE REPLICA TRIGGER"])
def test_a_trigger_that_does_not_always_act_is_found(story: Story, state: str) -> None:
    settled()
    sql(f"ALTER TABLE history_entry {state} history_entry_fix")
    assert triggers.missing(connection) == ["history_entry_fix"]


@postgres_only
@pytest.mark.parametrize(
    "made",
    [
        "BEFORE DELETE ON history_entry FOR EACH ROW EXECUTE FUNCTION history_append_only('words')",
        "BEFORE UPDATE OF hash OR DELETE ON history_entry FOR EACH ROW EXECUTE FUNCTION history_append_only('words')",
        "AFTER UPDATE OR DELETE ON history_entry FOR EACH ROW EXECUTE FUNCTION history_append_only('words')",
        "BEFORE UPDATE OR DELETE ON history_entry FOR EACH ROW WHEN (false) EXECUTE FUNCTION history_append_only('words')",
        "BEFORE UPDATE OR DELETE ON history_entry FOR EACH ROW EXECUTE FUNCTION history_append_only('other')",
        "BEFORE UPDATE OR DELETE ON risks_risk FOR EACH ROW EXECUTE FUNCTION history_append_only('words')",
    ],
)
def test_an_altered_trigger_is_found_on_postgresql(story: Story, made: str) -> None:
    settled()
    sql("DROP TRIGGER history_entry_fix ON history_entry")
    sql(f"CREATE TRIGGER history_entry_fix {made}")
    table = "risks_risk" if "risks_risk" in made else "history_entry"
    sql(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER history_entry_fix")
    assert triggers.missing(connection) == ["history_entry_fix"]


@postgres_only
def test_an_altered_function_is_found(story: Story) -> None:
    sql(
        "CREATE OR REPLACE FUNCTION history_append_only() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END $$"
    )
    assert triggers.missing(connection) == triggers.names(connection)


def test_a_trigger_that_was_added_is_found(story: Story) -> None:
    settled()
    if connection.vendor == "postgresql":
        sql("CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END $$")
        sql("CREATE TRIGGER meddling BEFORE INSERT ON history_entry FOR EACH ROW EXECUTE FUNCTION meddle()")
    else:
        sql("CREATE TRIGGER meddling BEFORE INSERT ON history_entry BEGIN SELECT RAISE(IGNORE); END")
    assert failure() == "the database does more to history than Candour asked: meddling was added"


@postgres_only
def test_a_rule_that_was_added_is_found(story: Story) -> None:
    sql("CREATE RULE meddling AS ON INSERT TO history_seal DO INSTEAD NOTHING")
    assert failure() == "the database does more to history than Candour asked: meddling was added"
