from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('history', '0006_entries_by_day'),
    ]

    operations = [
        migrations.CreateModel(
            name='Verification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=200)),
                ('entries', models.BigIntegerField()),
                ('root', models.CharField(blank=True, max_length=64)),
                ('failure', models.TextField(blank=True)),
            ],
        ),
    ]
