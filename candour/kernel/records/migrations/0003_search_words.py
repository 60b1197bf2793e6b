from django.db import migrations

from candour.kernel.records.search import searchable

POSTGRES = [
    "DROP INDEX records_search",
    "CREATE INDEX records_search ON records_searchtext USING gin (to_tsvector('simple'::regconfig, COALESCE(text, '')))",
]
SQLITE = [
    "DROP TABLE records_search",
    "CREATE VIRTUAL TABLE records_search USING fts5(text, content='records_searchtext', content_rowid='record_id',"
    " tokenize='unicode61 remove_diacritics 0')",
    "INSERT INTO records_search(records_search) VALUES ('rebuild')",
]
UNDO_POSTGRES = [
    "DROP INDEX records_search",
    "CREATE INDEX records_search ON records_searchtext USING gin (to_tsvector('english'::regconfig, COALESCE(text, '')))",
]
UNDO_SQLITE = [
    "DROP TABLE records_search",
    "CREATE VIRTUAL TABLE records_search USING fts5(text, content='records_searchtext', content_rowid='record_id',"
    " tokenize='porter unicode61 remove_diacritics 2')",
    "INSERT INTO records_search(records_search) VALUES ('rebuild')",
]


def run(postgres, sqlite):
    def inner(apps, schema_editor):
        for statement in postgres if schema_editor.connection.vendor == "postgresql" else sqlite:
            schema_editor.execute(statement)

    return inner


def to_words(apps, schema_editor):
    texts = apps.get_model("records", "SearchText").objects
    for row in texts.order_by("pk").iterator(chunk_size=1000):
        texts.filter(pk=row.pk).update(text=searchable(row.text))


class Migration(migrations.Migration):
    """The words of each record, alike on both databases, without stems and stop words."""

    dependencies = [("records", "0002_search")]
    operations = [
        migrations.RunPython(to_words, migrations.RunPython.noop),
        migrations.RunPython(run(POSTGRES, SQLITE), run(UNDO_POSTGRES, UNDO_SQLITE)),
    ]
