"""What read lines of finance share, and how money is kept: whole pence, which both databases keep exactly."""

from django.db import models

from candour.kernel.people.models import Organisation, Post


def money(**kwargs: object) -> models.BigIntegerField:
    """Pence; None for an amount that nobody gave."""
    return models.BigIntegerField(null=True, blank=True, **kwargs)  # type: ignore[arg-type]


class Line(models.Model):
    """What every read line has of its record."""

    reference = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    owner = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="+")
    sensitivity = models.CharField(max_length=20)
    closed_on = models.DateField(null=True)

    class Meta:
        abstract = True
