from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_epoch'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='ended',
            field=models.TextField(blank=True, db_default='', default='', help_text='Numbers of sign-ins that were ended one by one, while they could last'),
        ),
    ]
