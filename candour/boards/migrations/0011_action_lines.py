"""Actions of boards have a line of their own, so that lists of very many are counted and put in order without their items."""

import django.db.models.deletion
from django.db import migrations, models


def fill(apps, schema_editor):
    schema_editor.execute(
        "INSERT INTO boards_boardactionline "
        "(action_id, record_id, organisation_id, owner_id, sensitivity, board_id, post_id, original_due, due, done_on, "
        "removed_on, superseded, settled) "
        "SELECT numbered.action_id, record.id, record.organisation_id, record.owner_id, record.sensitivity, "
        "meeting.board_id, action.owner_id, action.original_due, action.due, action.done_on, action.removed_on, "
        "numbered.superseded_by_id IS NOT NULL, "
        "CASE WHEN action.done_on IS NULL AND action.removed_on IS NULL THEN 0 ELSE 1 END "
        "FROM boards_boardaction numbered JOIN actions_action action ON action.id = numbered.action_id "
        "JOIN boards_item item ON item.record_id = numbered.item_id "
        "JOIN boards_meeting meeting ON meeting.record_id = item.meeting_id "
        "JOIN records_record record ON record.id = item.record_id",
        params=None,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0001_start'),
        ('people', '0002_cover_and_line'),
        ('records', '0006_search_vector'),
        ('boards', '0010_clearances'),
    ]

    operations = [
        migrations.CreateModel(
            name='BoardActionLine',
            fields=[
                ('action', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='line', serialize=False, to='boards.boardaction')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='board_action_lines', to='records.record')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.organisation')),
                ('owner', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.post')),
                ('sensitivity', models.CharField(max_length=20)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='boards.board')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.post')),
                ('original_due', models.DateField()),
                ('due', models.DateField()),
                ('done_on', models.DateField(null=True)),
                ('removed_on', models.DateField(null=True)),
                ('superseded', models.BooleanField()),
                ('settled', models.PositiveSmallIntegerField()),
            ],
            options={'verbose_name': 'action'},
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='boardactionline',
            index=models.Index(models.F('settled'), models.F('due'), models.F('action'), models.F('organisation'), models.F('sensitivity'), models.F('owner'), models.F('record'), name='board_actions_in_order'),
        ),
        migrations.AddIndex(
            model_name='boardactionline',
            index=models.Index(models.F('settled'), models.F('post'), models.F('original_due'), models.F('organisation'), models.F('sensitivity'), models.F('owner'), models.F('record'), name='board_action_ages'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(models.F('organisation'), models.F('item'), models.F('board'), name='decisions_to_count'),
        ),
    ]
