from django.db import migrations, models

from candour.kernel.history.beside import AddIndexBeside


class Migration(migrations.Migration):
    """What took effect between two days is found by an index."""

    atomic = False
    dependencies = [("history", "0005_sent")]
    operations = [
        AddIndexBeside(
            model_name="entry",
            index=models.Index("effective", "record_kind", "record_id", name="entries_by_day"),
        ),
    ]
