"""Append only, held by the database itself: no entry, snapshot or seal is deleted or changed, save that words may go."""

from django.db.backends.base.base import BaseDatabaseWrapper

SHRINKING = {"history_entry": True, "history_snapshot": True, "history_seal": False}
REFUSAL = "history is append only"
SAME_ROW = {  # on SQLite, INSERT OR REPLACE deletes without asking the delete trigger
    "history_entry": "id = NEW.id OR (record_kind, record_id, sequence) = (NEW.record_kind, NEW.record_id, NEW.sequence)",
    "history_snapshot": "id = NEW.id",
    "history_seal": "id = NEW.id",
}

POSTGRES_BODY = f"""
BEGIN
  IF TG_OP = 'UPDATE' AND TG_ARGV[0] = 'words' THEN
    IF to_jsonb(NEW) - 'words' = to_jsonb(OLD) - 'words' AND (to_jsonb(NEW) -> 'words') <@ (to_jsonb(OLD) -> 'words') THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION '{REFUSAL}';
END """
POSTGRES_FUNCTION = (
    f"CREATE OR REPLACE FUNCTION history_append_only() RETURNS trigger LANGUAGE plpgsql AS $${POSTGRES_BODY}$$"
)
ROW, BEFORE, DELETE, UPDATE, TRUNCATE = 1, 2, 8, 16, 32  # bits of pg_trigger.tgtype


def verbs(connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    """The triggers of each table: keep (no delete), fix (no update), add (SQLite: no insert in place of a row)."""
    return ("keep", "fix") if connection.vendor == "postgresql" else ("keep", "fix", "add")


def names(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that must stand."""
    return [f"{table}_{verb}" for table in SHRINKING for verb in verbs(connection)]


def statements(connection: BaseDatabaseWrapper) -> list[str]:
    """The SQL that makes them, for the connection's database."""
    return on_postgres() if connection.vendor == "postgresql" else on_sqlite(connection)


def on_postgres() -> list[str]:
    """ALWAYS: they hold in a session that plays a replica too, which ordinary triggers do not."""
    made = [POSTGRES_FUNCTION]
    for table, shrinks in SHRINKING.items():
        argument = "'words'" if shrinks else "''"
        made += [
            f"CREATE TRIGGER {table}_fix BEFORE UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION history_append_only({argument})",
            f"CREATE TRIGGER {table}_keep BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION history_append_only('')",
            *(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_{verb}" for verb in ("fix", "keep")),
        ]
    return made


def on_sqlite(connection: BaseDatabaseWrapper) -> list[str]:
    made = []
    with connection.cursor() as cursor:
        for table, shrinks in SHRINKING.items():
            columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
            same = " AND ".join(f'NEW."{name}" IS OLD."{name}"' for name in columns if name != "words" or not shrinks)
            fewer = (
                " AND json_type(NEW.words) = 'object' AND NOT EXISTS (SELECT 1 FROM json_each(NEW.words) AS n WHERE n.value"
                " IS NOT (SELECT o.value FROM json_each(OLD.words) AS o WHERE o.key = n.key))"
            )
            allowed = f"({same}{fewer})" if shrinks else "(0)"
            refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            again = f"EXISTS (SELECT 1 FROM {table} WHERE {SAME_ROW[table]})"  # noqa: S608
            made += [
                f"CREATE TRIGGER {table}_keep BEFORE DELETE ON {table} {refuse}",
                f"CREATE TRIGGER {table}_fix BEFORE UPDATE ON {table} WHEN NOT {allowed} {refuse}",
                f"CREATE TRIGGER {table}_add BEFORE INSERT ON {table} WHEN {again} {refuse}",
            ]
    return made


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers anew. On SQLite needed again after a migration that remakes one of the tables."""
    remove(connection)
    made = statements(connection)
    with connection.cursor() as cursor:
        for statement in made:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: only for undoing the migration and for emptying a test database."""
    with connection.cursor() as cursor:
        for name in names(connection):
            on = f" ON {name.rsplit('_', 1)[0]}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the triggers that do not stand as they were made (absent, disabled or altered)."""
    standing = standing_on_postgres(connection) if connection.vendor == "postgresql" else standing_on_sqlite(connection)
    return [name for name in names(connection) if name not in standing]


def standing_on_postgres(connection: BaseDatabaseWrapper) -> set[str]:
    """Triggers that stand: always enabled, on the table, for the verbs and with the function and argument that were made."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, t.tgtype, encode(t.tgargs, 'escape'), t.tgrelid::regclass::text"
            " FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_language l ON l.oid = p.prolang"
            " WHERE t.tgenabled = 'A' AND t.tgqual IS NULL AND t.tgattr = ''::int2vector AND l.lanname = 'plpgsql'"
            " AND p.proconfig IS NULL AND p.prosrc = %s",
            [POSTGRES_BODY],
        )
        found = set(cursor.fetchall())
    made = set()
    for table, shrinks in SHRINKING.items():
        made.add((f"{table}_fix", ROW | BEFORE | DELETE | UPDATE, "words\\000" if shrinks else "\\000", table))
        made.add((f"{table}_keep", BEFORE | TRUNCATE, "\\000", table))
    return {row[0] for row in found & made}


def standing_on_sqlite(connection: BaseDatabaseWrapper) -> set[str]:
    made = set(statements(connection))
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {name for name, sql in cursor.fetchall() if sql in made}


def strange(connection: BaseDatabaseWrapper) -> list[str]:
    """Triggers, and rules of PostgreSQL, that stand on the tables of history and are not Candour's."""
    tables = list(SHRINKING)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = ANY(%s::regclass[]) AND NOT tgisinternal"
                " UNION ALL SELECT rulename FROM pg_rewrite WHERE ev_class = ANY(%s::regclass[]) ORDER BY 1",
                [tables, tables],
            )
        else:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND lower(tbl_name) IN (%s, %s, %s) ORDER BY 1",
                tables,
            )
        made = set(names(connection))
        return [name for (name,) in cursor.fetchall() if name not in made]
