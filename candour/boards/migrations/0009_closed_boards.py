from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('boards', '0008_decisions_in_order'),
    ]

    operations = [
        migrations.AddField(
            model_name='board',
            name='ground',
            field=models.CharField(blank=True, choices=[('person', 'Information about a particular person'), ('money', 'Financial or business affairs of a particular person or body'), ('labour', 'Consultations or negotiations on labour relations'), ('legal', 'Legal professional privilege'), ('crime', 'Prevention, investigation or prosecution of crime'), ('operation', 'Operational policing or national security'), ('confidence', 'Given in confidence')], default='', help_text='Why all of it is closed; empty where others may know of it', max_length=20),
        ),
    ]
