"""The list has an index for each of its orders, of what is open alone; a line holds its title, which is one of them."""

from django.db import migrations, models
from django.db.models import F

from candour.recommendations.models.lines import OrEver, OrNever

LIVE = models.Q(closed_on=None)
TIES = (F("reference"), F("record"))
ORDERS = {
    "live_recs_by_first": (),
    "live_recs_by_last_first": (models.OrderBy(OrEver("original_due"), descending=True),),
    "live_recs_by_due": (OrNever("due"),),
    "live_recs_by_last_due": (models.OrderBy(OrEver("due"), descending=True),),
    "live_recs_by_title": (F("title"),),
    "live_recs_by_age": (F("first_reported"),),
    "live_recs_by_slips": (F("slips"),),
}
COUNTED = (
    *("outcome", "verdict", "proposed_on", "response", "sent_back_on", "due", "closed_on"),
    *("organisation", "sensitivity", "owner", "original_due", "slips", "source", "rank", "priority", "first_reported"),
    *("reported_on", "record"),
)
ENDED = ("closed_on", "organisation", "outcome", "verdict", "sensitivity", "owner", "reported_on", "record")


def fill(apps, schema_editor):
    schema_editor.execute(
        "UPDATE recommendations_recommendationline SET title = "
        "(SELECT title FROM records_record WHERE id = recommendations_recommendationline.record_id)",
        params=None,
    )


def added(index, model="recommendationline"):
    return migrations.AddIndex(model_name=model, index=index)


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_inspectorate'),
        ('recommendations', '0004_indexes_in_order'),
        ('records', '0006_search_vector'),
        ('scales', '0006_ratings'),
    ]

    operations = [
        migrations.AddField(
            model_name='recommendationline', name='title', field=models.CharField(db_default='', max_length=300)
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        *(
            added(models.Index(*first, OrNever("original_due"), *TIES, name=name, condition=LIVE))
            for name, first in ORDERS.items()
        ),
        added(
            models.Index(
                *(F("owner"), OrNever("original_due"), *TIES, F("organisation"), F("sensitivity"), F("closed_on")),
                name="live_recs_by_owner",
                condition=LIVE,
            )
        ),
        added(models.Index(*TIES, name="live_recs_by_reference", condition=LIVE)),
        added(models.Index(F("rank"), OrNever("original_due"), *TIES, name="recs_in_order")),
        added(models.Index(*(F(name) for name in COUNTED), name="counts_of_live_recs", condition=LIVE)),
        added(
            models.Index(
                *(F(name) for name in ENDED),
                name="counts_of_ended_recs",
                condition=models.Q(closed_on__isnull=False),
            )
        ),
        added(models.Index(F("audit"), F("record"), name="recommendations_of_report"), model="recommendation"),
        migrations.RemoveIndex(model_name='recommendationline', name='rec_by_due'),
        migrations.RemoveIndex(model_name='recommendationline', name='recs_by_rank'),
        migrations.RemoveIndex(model_name='recommendationline', name='counts_of_recs'),
    ]
