"""Lists are ordered by rank: the score, and 0 where there is none, so that one index serves both databases."""

from django.db import migrations, models


def fill(apps, schema_editor):
    lines = apps.get_model("risks", "RiskLine").objects.using(schema_editor.connection.alias)
    lines.filter(score__isnull=False).update(rank=models.F("score"))


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_start"),
        ("records", "0003_search_words"),
        ("risks", "0002_count_index"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="riskline", name="line_by_score_of_live"),
        migrations.RemoveField(model_name="riskline", name="band_order"),
        migrations.AddField(model_name="riskline", name="rank", field=models.PositiveSmallIntegerField(default=0)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="riskline",
            index=models.Index(
                models.F("kind"),
                models.F("closed_on"),
                models.OrderBy(models.F("rank"), descending=True),
                models.F("reference"),
                name="line_by_rank_of_live",
            ),
        ),
        migrations.AddIndex(
            model_name="riskline",
            index=models.Index("closed_on", "review_due", "reference", name="line_by_review_due"),
        ),
    ]
