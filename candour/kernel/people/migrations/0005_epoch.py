from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_inspectorate'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='epoch',
            field=models.PositiveIntegerField(db_default=0, default=0, help_text='One more ends every sign-in that is open'),
        ),
    ]
