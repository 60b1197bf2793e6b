"""How much of a minute's count the processes of the server have taken."""

from django.db import models


class Allowance(models.Model):
    """What was taken of one count in one minute.

    key: whose count of what, as a keyed digest, so that no address stands here. minute: its number since 1970.
    """

    key = models.CharField(max_length=64, unique=True)
    minute = models.BigIntegerField(db_index=True)
    taken = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.taken} taken"
