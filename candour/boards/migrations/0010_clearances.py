import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('boards', '0009_closed_boards'),
        ('records', '0006_search_vector'),
    ]

    operations = [
        migrations.AddField(model_name='making', name='anew', field=models.JSONField(default=list)),
        migrations.AddField(model_name='making', name='matches', field=models.JSONField(default=list)),
        migrations.CreateModel(
            name='Clearance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('said', models.CharField(max_length=300)),
                ('why', models.TextField()),
                ('cleared_on', models.DateField()),
                ('cleared_by', models.CharField(max_length=200)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('about', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clearances', to='records.record')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clearances', to='boards.paper')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('about'), models.F('paper'), models.F('sha256'), condition=models.Q(('ended_on', None)), name='one_clearance_of_a_match')],
            },
        ),
    ]
