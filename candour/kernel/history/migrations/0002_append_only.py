from django.db import migrations

from candour.kernel.history import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection)


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    """The database itself refuses to change or delete what was recorded."""

    dependencies = [("history", "0001_start")]
    operations = [migrations.RunPython(install, remove)]
