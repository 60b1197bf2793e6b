"""A line holds its standing, who answers, its report and whether a slip has no approver; a slip has a line of its own."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F

from candour.recommendations.models.lines import OrNever

LIVE = models.Q(closed_on=None)
LIVED = ("outcome", "closed_on", "reported_on")
DECIDED = ("standing", "due")
SEEN = ("organisation", "sensitivity", "owner")
DATES = ("original_due", "first_reported")
STANDING = """
    UPDATE recommendations_recommendationline SET standing = CASE
        WHEN outcome = 'not accepted' THEN 'Not Accepted'
        WHEN outcome = 'risk accepted' THEN 'Risk Accepted'
        WHEN outcome = 'superseded' THEN 'Superseded'
        WHEN closed_on IS NOT NULL AND verdict = 'superseded' THEN 'Superseded'
        WHEN closed_on IS NOT NULL AND verdict = 'implemented' THEN 'Verified'
        WHEN closed_on IS NOT NULL AND verdict IN ('in part', 'not') THEN 'Fell Short'
        WHEN closed_on IS NOT NULL THEN 'Closed'
        WHEN proposed_on IS NOT NULL THEN 'Proposed Closed'
        WHEN response = '' THEN 'Awaiting Response'
        WHEN sent_back_on IS NOT NULL THEN 'Sent Back'
        ELSE 'Open' END,
    audit = (SELECT audit FROM recommendations_recommendation it WHERE it.record_id = recommendations_recommendationline.record_id),
    answering = COALESCE((
        SELECT ',' || {joined} || ',' FROM (
            SELECT DISTINCT COALESCE(part.owner_id, 0) AS post FROM recommendations_assignment part
            WHERE part.recommendation_id = recommendations_recommendationline.record_id AND part.removed_on IS NULL ORDER BY 1) AS posts), ',0,'),
    unapproved = record_id IN (
        SELECT gap.recommendation_id FROM recommendations_target gap
        JOIN recommendations_assignment part ON part.id = gap.assignment_id
        WHERE gap.number > 0 AND gap.approver = '' AND part.removed_on IS NULL)
"""
SLIPS = """
    INSERT INTO recommendations_slipline
        (target_id, record_id, organisation_id, owner_id, sensitivity, post_id, days)
    SELECT later.id, record.id, record.organisation_id, record.owner_id, record.sensitivity, part.owner_id, {days}
    FROM recommendations_target later
    JOIN recommendations_target earlier
        ON earlier.assignment_id = later.assignment_id AND earlier.number = later.number - 1
    JOIN recommendations_assignment part ON part.id = later.assignment_id
    JOIN records_record record ON record.id = later.recommendation_id
    WHERE later.due IS NOT NULL AND earlier.due IS NOT NULL AND part.owner_id IS NOT NULL
"""
SAID = {
    "sqlite": {
        "joined": "GROUP_CONCAT(post, ',')",
        "days": "CAST(julianday(later.due) - julianday(earlier.due) AS INTEGER)",
    },
    "postgresql": {"joined": "STRING_AGG(post::text, ',' ORDER BY post)", "days": "later.due - earlier.due"},
}


def fill(apps, schema_editor):
    """Each line in one statement: PostgreSQL makes no index of a table of which a row was changed twice before."""
    for statement in (STANDING, SLIPS):
        schema_editor.execute(statement.format(**SAID[schema_editor.connection.vendor]), params=None)


def added(name, *columns, model="recommendationline", **more):
    return migrations.AddIndex(model_name=model, index=models.Index(*map(F, columns), name=name, **more))


def in_order(name, first):
    index = models.Index(first, OrNever("original_due"), F("reference"), F("record"), name=name, condition=LIVE)
    return migrations.AddIndex(model_name="recommendationline", index=index)


class Migration(migrations.Migration):
    """The lines are all written anew: upgrade while nobody works."""

    dependencies = [
        ('people', '0004_inspectorate'),
        ('recommendations', '0005_lists_in_every_order'),
        ('records', '0007_words_by_their_index'),
    ]

    operations = [
        migrations.AddField(
            model_name='recommendationline', name='standing', field=models.CharField(db_default='', max_length=20)
        ),
        migrations.AddField(
            model_name='recommendationline', name='audit', field=models.CharField(db_default='', max_length=200)
        ),
        migrations.AddField(model_name='recommendationline', name='answering', field=models.TextField(db_default='')),
        migrations.AddField(
            model_name='recommendationline', name='unapproved', field=models.BooleanField(db_default=False)
        ),
        migrations.CreateModel(
            name='SlipLine',
            fields=[
                ('target', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='line', serialize=False, to='recommendations.target')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slip_lines', to='records.record')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.organisation')),
                ('owner', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.post')),
                ('sensitivity', models.CharField(max_length=20)),
                ('post', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.post')),
                ('days', models.IntegerField()),
            ],
            options={'verbose_name': 'slip'},
        ),
        migrations.RemoveIndex(model_name='recommendationline', name='counts_of_live_recs'),
        migrations.RemoveIndex(model_name='recommendationline', name='counts_of_ended_recs'),
        migrations.RemoveIndex(model_name='recommendationline', name='recs_by_priority'),
        migrations.RemoveIndex(model_name='recommendation', name='recommendations_of_report'),
        migrations.RunPython(fill, migrations.RunPython.noop),
        added(
            *("live_recs_by_standing", *DECIDED, *SEEN, *DATES, "slips", "source", "priority", "answering", "record"),
            "closed_on",
            condition=LIVE,
        ),
        in_order("live_recs_by_most_slips", F("slips").desc()),
        in_order("live_recs_by_last_rank", F("rank").desc()),
        added("recs_by_end", *LIVED, *SEEN, "answering", "record"),
        added("recs_by_answering", "answering", *LIVED, *DECIDED, *SEEN, *DATES, "slips", "unapproved", "record"),
        added("recs_by_report", "audit", "closed_on", *SEEN, *DATES, "due", "slips", "unapproved", "record"),
        added("recs_by_word", "priority", "rank", "closed_on", *SEEN, "first_reported", "record"),
        added("slips_of_post", "post", "days", *SEEN, "record", model="slipline"),
    ]
