"""Append only, held by the database itself: no entry, snapshot or seal is deleted or changed, save that words may go."""

from django.db.backends.base.base import BaseDatabaseWrapper

SHRINKING = {"history_entry": True, "history_snapshot": True, "history_seal": False}
REFUSAL = "history is append only"

POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION history_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND TG_ARGV[0] = 'words' THEN
    IF to_jsonb(NEW) - 'words' = to_jsonb(OLD) - 'words' AND (to_jsonb(NEW) -> 'words') <@ (to_jsonb(OLD) -> 'words') THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION '{REFUSAL}';
END $$;
"""


def names() -> list[str]:
    """The triggers that must stand."""
    return [f"{table}_{verb}" for table in SHRINKING for verb in ("keep", "fix")]


def statements(connection: BaseDatabaseWrapper) -> list[str]:
    """The SQL that makes them, for the connection's database."""
    if connection.vendor == "postgresql":
        made = [POSTGRES_FUNCTION]
        for table, shrinks in SHRINKING.items():
            argument = "'words'" if shrinks else "''"
            made.append(
                f"CREATE TRIGGER {table}_fix BEFORE UPDATE OR DELETE ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION history_append_only({argument})"
            )
            made.append(
                f"CREATE TRIGGER {table}_keep BEFORE TRUNCATE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION history_append_only('')"
            )
        return made
    made = []
    with connection.cursor() as cursor:
        for table, shrinks in SHRINKING.items():
            columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
            same = " AND ".join(f'NEW."{name}" IS OLD."{name}"' for name in columns if name != "words" or not shrinks)
            fewer = (
                " AND NOT EXISTS (SELECT 1 FROM json_each(NEW.words) AS n WHERE n.value IS NOT"
                " (SELECT o.value FROM json_each(OLD.words) AS o WHERE o.key = n.key))"
            )
            allowed = f"({same}{fewer})" if shrinks else "(0)"
            refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            made.append(f"CREATE TRIGGER {table}_keep BEFORE DELETE ON {table} {refuse}")
            made.append(f"CREATE TRIGGER {table}_fix BEFORE UPDATE ON {table} WHEN NOT {allowed} {refuse}")
    return made


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers anew."""
    remove(connection)
    made = statements(connection)
    with connection.cursor() as cursor:
        for statement in made:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: only for undoing the migration and for emptying a test database."""
    with connection.cursor() as cursor:
        for table in SHRINKING:
            for verb in ("keep", "fix"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{verb}{on}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the triggers that do not stand as they were made (absent, disabled or altered)."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT t.tgname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
                " WHERE t.tgenabled IN ('O', 'A') AND p.prosrc LIKE %s",
                ["%" + POSTGRES_FUNCTION.split("$$")[1].strip() + "%"],
            )
            standing = {row[0] for row in cursor.fetchall()}
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            made = set(statements(connection))
            standing = {name for name, sql in cursor.fetchall() if sql in made}
    return [name for name in names() if name not in standing]
