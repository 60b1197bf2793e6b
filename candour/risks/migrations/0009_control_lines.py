"""Pending controls have a line of their own, with the first date each was given: what ageing counts by."""

import django.db.models.deletion
from django.db import migrations, models

GIVEN = {"sqlite": "json_extract(state.facts, '$.due')", "postgresql": "(state.facts::json->>'due')::date"}


def fill(apps, schema_editor):
    """The first date comes from the history; a control that never had one has none."""
    given = GIVEN[schema_editor.connection.vendor]
    schema_editor.execute(
        "INSERT INTO risks_controlline "
        "(control_id, record_id, kind, closed_on, organisation_id, owner_id, sensitivity, post_id, first_due) "
        "SELECT control.id, record.id, risk.level, record.closed_on, record.organisation_id, record.owner_id, "
        f"record.sensitivity, control.owner_id, COALESCE((SELECT {given} FROM history_snapshot state "
        "WHERE state.model = 'risks.control' AND state.key = control.id AND state.facts LIKE '%\"due\":\"%' "
        "ORDER BY state.sequence, state.effective LIMIT 1), control.due) "
        "FROM risks_control control JOIN risks_risk risk ON risk.record_id = control.risk_id "
        "JOIN records_record record ON record.id = risk.record_id "
        "WHERE control.pending AND control.removed_on IS NULL",
        params=None,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('history', '0004_states_of_an_entry'),
        ('people', '0002_cover_and_line'),
        ('records', '0005_saved_views'),
        ('risks', '0008_live_lines_by_rank'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='riskline', name='live_lines_by_owner'),
        migrations.AddIndex(
            model_name='riskline',
            index=models.Index(models.F('kind'), models.F('closed_on'), models.F('owner'), models.F('review_due'), models.F('organisation'), models.F('sensitivity'), models.F('record'), name='live_lines_by_owner'),
        ),
        migrations.CreateModel(
            name='ControlLine',
            fields=[
                ('control', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='line', serialize=False, to='risks.control')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='control_lines', to='records.record')),
                ('kind', models.CharField(max_length=20)),
                ('closed_on', models.DateField(null=True)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.organisation')),
                ('owner', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.post')),
                ('sensitivity', models.CharField(max_length=20)),
                ('post', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.post')),
                ('first_due', models.DateField(null=True)),
            ],
            options={'verbose_name': 'control'},
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='controlline',
            index=models.Index(models.F('kind'), models.F('closed_on'), models.F('post'), models.F('first_due'), models.F('organisation'), models.F('sensitivity'), models.F('owner'), models.F('record'), name='control_ages'),
        ),
    ]
