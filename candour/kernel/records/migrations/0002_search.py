from django.db import migrations

POSTGRES = [
    "CREATE INDEX records_search ON records_searchtext USING gin (to_tsvector('english'::regconfig, COALESCE(text, '')))",
]
SQLITE = [
    "CREATE VIRTUAL TABLE records_search USING fts5(text, content='records_searchtext', content_rowid='record_id',"
    " tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER records_search_add AFTER INSERT ON records_searchtext BEGIN"
    " INSERT INTO records_search(rowid, text) VALUES (new.record_id, new.text); END",
    "CREATE TRIGGER records_search_drop AFTER DELETE ON records_searchtext BEGIN"
    " INSERT INTO records_search(records_search, rowid, text) VALUES ('delete', old.record_id, old.text); END",
    "CREATE TRIGGER records_search_change AFTER UPDATE ON records_searchtext BEGIN"
    " INSERT INTO records_search(records_search, rowid, text) VALUES ('delete', old.record_id, old.text);"
    " INSERT INTO records_search(rowid, text) VALUES (new.record_id, new.text); END",
]
UNDO_POSTGRES = ["DROP INDEX records_search"]
UNDO_SQLITE = [
    "DROP TRIGGER records_search_add",
    "DROP TRIGGER records_search_drop",
    "DROP TRIGGER records_search_change",
    "DROP TABLE records_search",
]


def run(postgres, sqlite):
    def inner(apps, schema_editor):
        for statement in postgres if schema_editor.connection.vendor == "postgresql" else sqlite:
            schema_editor.execute(statement)

    return inner


class Migration(migrations.Migration):
    """The index that full text search reads, on each database in its own way."""

    dependencies = [("records", "0001_start")]
    operations = [migrations.RunPython(run(POSTGRES, SQLITE), run(UNDO_POSTGRES, UNDO_SQLITE))]
