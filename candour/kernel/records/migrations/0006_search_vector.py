from django.db import migrations

POSTGRES = [
    "DROP INDEX records_search",
    "ALTER TABLE records_searchtext ADD COLUMN vector tsvector"
    " GENERATED ALWAYS AS (strip(to_tsvector('simple'::regconfig, text))) STORED",
    "CREATE INDEX records_search ON records_searchtext USING gin (vector)",
]
UNDO = [
    "DROP INDEX records_search",
    "ALTER TABLE records_searchtext DROP COLUMN vector",
    "CREATE INDEX records_search ON records_searchtext USING gin (to_tsvector('simple'::regconfig, COALESCE(text, '')))",
]


def run(statements):
    def inner(apps, schema_editor):
        for statement in statements if schema_editor.connection.vendor == "postgresql" else ():
            schema_editor.execute(statement)

    return inner


class Migration(migrations.Migration):
    """PostgreSQL keeps the words of each text apart: where most records hold a word it reads them all, index or not.

    The table is written anew under a lock: upgrade while nobody works.
    """

    dependencies = [("records", "0005_saved_views")]
    operations = [migrations.RunPython(run(POSTGRES), run(UNDO))]
