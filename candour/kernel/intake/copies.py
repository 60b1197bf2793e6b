"""What papers that were read in said of a record: taken from what is kept of them when it is taken from the record."""

from django.db.models import TextField
from django.db.models.functions import Cast

from candour.kernel.intake.models import Staged
from candour.kernel.records.models import Record
from candour.kernel.retention.copies import Left, mended


def in_readings(record: Record, left: Left) -> None:
    """Readings of the body's papers that name the record lose what it lost. A paper that waits keeps its file until then."""
    rows = Staged.objects.filter(organisation=record.organisation_id).annotate(said=Cast("reading", TextField()))
    for staged in rows.filter(said__contains=record.reference):
        reading = mended(staged.reading, left)
        if reading != staged.reading:
            Staged.objects.filter(pk=staged.pk).update(reading=reading)
