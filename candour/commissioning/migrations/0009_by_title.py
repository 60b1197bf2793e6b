from django.db import migrations, models


def fill(apps, schema_editor):
    schema_editor.execute(
        "UPDATE commissioning_agreementline SET title = "
        "(SELECT title FROM records_record WHERE records_record.id = commissioning_agreementline.record_id)",
        params=None,
    )


class Migration(migrations.Migration):
    """The register is put in the order of titles by an index of the lines, where every title was looked up and sorted."""

    dependencies = [
        ('commissioning', '0008_by_state'),
        ('records', '0007_words_by_their_index'),
    ]

    operations = [
        migrations.AddField(
            model_name='agreementline',
            name='title',
            field=models.CharField(db_default='', help_text='So that the register is in order', max_length=300),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='agreementline',
            index=models.Index(models.F('title'), models.F('reference'), models.F('record'), condition=models.Q(('closed_on', None)), name='agreement_line_by_title'),
        ),
        migrations.AddIndex(
            model_name='agreementline',
            index=models.Index(models.OrderBy(models.F('title'), descending=True), models.F('reference'), models.F('record'), condition=models.Q(('closed_on', None)), name='agreement_line_last_title'),
        ),
    ]
