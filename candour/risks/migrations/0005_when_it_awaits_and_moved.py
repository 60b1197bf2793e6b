"""A line knows from when its risk awaits review, and when its score was last set: what the views of a list count by."""

import django.db.models.deletion
from django.db import migrations, models


def fill(apps, schema_editor):
    lines = apps.get_model("risks", "RiskLine").objects.using(schema_editor.connection.alias)
    risks = apps.get_model("risks", "Risk").objects.using(schema_editor.connection.alias)
    for category in set(risks.exclude(category="").values_list("category", flat=True)):
        key = " ".join(category.split()).casefold()
        lines.filter(record__risk__category=category).update(category_key=key)
    schema_editor.execute(
        "UPDATE risks_riskline SET scale = (SELECT scored.scale_id FROM risks_assessment scored "
        "WHERE scored.risk_id = risks_riskline.record_id AND scored.purpose = 'current' AND NOT scored.proposed "
        "AND scored.withdrawn_on IS NULL AND scored.scored_on = risks_riskline.scored_on ORDER BY scored.id DESC LIMIT 1)"
    )
    schema_editor.execute(
        "UPDATE risks_riskline SET reviewer_id = COALESCE("
        "(SELECT risk.responsible_officer_id FROM risks_risk risk WHERE risk.record_id = risks_riskline.record_id), owner_id)"
    )
    day_after = "date(review_due, '+1 day')" if schema_editor.connection.vendor == "sqlite" else "review_due + 1"
    schema_editor.execute(
        "UPDATE risks_riskline SET moved_on = CASE WHEN scored_on > first_recorded THEN scored_on ELSE first_recorded END, "
        "awaits_from = CASE WHEN last_review IS NULL THEN first_recorded "
        "WHEN transferred_on > last_review AND (review_due IS NULL OR transferred_on <= review_due) THEN transferred_on "
        f"ELSE {day_after} END"
    )


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_start'),
        ('records', '0005_saved_views'),
        ('risks', '0004_life_of_a_risk'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='riskline',
            name='line_counts',
        ),
        migrations.AddField(
            model_name='riskline',
            name='awaits_from',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='riskline',
            name='moved_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='riskline',
            name='scale',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='riskline',
            name='category_key',
            field=models.CharField(blank=True, default='', max_length=80),
        ),
        migrations.AddField(
            model_name='riskline',
            name='reviewer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.post'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='riskline',
            index=models.Index(models.F('kind'), models.F('closed_on'), models.F('organisation'), models.F('band'), models.F('sensitivity'), models.F('next_control_due'), models.F('awaits_from'), models.F('moved_on'), models.F('owner'), models.F('open_controls'), models.F('score'), models.F('target'), models.F('accepted_on'), models.F('last_review'), models.F('review_due'), models.F('transferred_on'), models.F('first_recorded'), models.F('scored_on'), models.F('scale'), models.F('category_key'), models.F('reviewer'), models.F('reference'), models.F('record'), name='line_counts'),
        ),
        migrations.AddIndex(
            model_name='riskline',
            index=models.Index(models.F('kind'), models.F('closed_on'), models.F('moved_on'), name='line_by_moved'),
        ),
    ]
