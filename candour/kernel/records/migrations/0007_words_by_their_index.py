from django.db import migrations

POSTGRES = [
    "ALTER TABLE records_searchtext SET (toast_tuple_target = 128)",
    "CLUSTER records_searchtext USING records_searchtext_pkey",
    "CREATE FUNCTION records_matching(tsquery) RETURNS SETOF bigint LANGUAGE sql STABLE ROWS 50000"
    " SET enable_seqscan = off AS 'SELECT record_id FROM records_searchtext WHERE vector @@ $1'",
]
UNDO = [
    "DROP FUNCTION records_matching(tsquery)",
    "ALTER TABLE records_searchtext RESET (toast_tuple_target)",
]


def run(statements):
    def inner(apps, schema_editor):
        for statement in statements if schema_editor.connection.vendor == "postgresql" else ():
            schema_editor.execute(statement)

    return inner


class Migration(migrations.Migration):
    """PostgreSQL finds words by their index however many records have them: left to itself it reads the words of all
    records, which it holds to cost no more than a look at each row. What is long stands apart from the rows.

    The table is written anew under a lock: upgrade while nobody works.
    """

    dependencies = [("records", "0006_search_vector")]
    operations = [migrations.RunPython(run(POSTGRES), run(UNDO))]
