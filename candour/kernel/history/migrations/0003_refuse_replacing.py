from django.db import migrations

from candour.kernel.history import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection)


class Migration(migrations.Migration):
    """The triggers anew: a row is not replaced on SQLite, and a replica's session is not let through on PostgreSQL."""

    dependencies = [("history", "0002_append_only")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
