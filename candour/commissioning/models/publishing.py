"""What is published of agreements, and what open data needs of them: payments, indicators, ratings. Money is in pence."""

from typing import ClassVar

from django.db import models

from candour.commissioning.models.agreements import Agreement, Order
from candour.commissioning.rules.publishing import PARTS, RATINGS, REASONS
from candour.kernel.history.models import Chained, Recorded
from candour.kernel.people.models import Organisation


class Publishing(Chained, Recorded):
    """What a body tells the standards of open data of itself, and from which amounts it publishes. Amounts in pence."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="publishing")
    ocid_prefix = models.CharField(max_length=20, blank=True, default="", help_text="Registered: ocds-a1b2c3")
    giving_prefix = models.CharField(max_length=40, blank=True, default="", help_text="Registered: 360G-mereford")
    scheme = models.CharField(max_length=20, blank=True, default="", help_text="Of its identifier: GB-PPON")
    number = models.CharField(max_length=40, blank=True, default="", help_text="Its identifier in that scheme")
    website = models.CharField(max_length=200, blank=True, default="")
    licence = models.CharField(max_length=200, blank=True, default="")
    contracts_over = models.BigIntegerField(default=10_000_00, help_text="Contracts worth more are published")
    spend_over = models.BigIntegerField(default=500_00, help_text="Payments of more are published")

    labels: ClassVar[tuple[str, ...]] = ("organisation",)

    def __str__(self) -> str:
        return f"Open data of {self.organisation}"


class Withheld(Recorded):
    """A part of an agreement that is not published, and by which exemption."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="withheld")
    part = models.CharField(max_length=20, choices=list(PARTS.items()))
    ground = models.CharField(max_length=20, choices=list(REASONS.items()))
    on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "agreement"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "agreement", "part", condition=models.Q(ended_on=None), name="one_withholding_a_part"
            )
        ]

    def __str__(self) -> str:
        return str(self.get_part_display())


class Payment(Recorded):
    """Money that was paid under an agreement. early: while the gate was shut; withheld: the exemption, "" for none."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="payments")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, null=True, blank=True, related_name="payments")
    number = models.CharField(max_length=60)
    on = models.DateField()
    amount = models.BigIntegerField(help_text="Pence; below nothing where it came back")
    purpose = models.CharField(max_length=200, blank=True, default="")
    withheld = models.CharField(max_length=20, choices=list(REASONS.items()), blank=True, default="")
    early = models.BooleanField(default=False)

    chain: ClassVar[str] = "agreement"

    class Meta:
        constraints = [models.UniqueConstraint("agreement", "number", name="one_payment_a_number")]
        indexes = [models.Index("on", name="payment_by_day")]

    def __str__(self) -> str:
        return self.number


class Indicator(Recorded):
    """A key performance indicator of an agreement, with its target, as the Procurement Act asks for."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="indicators")
    name = models.CharField(max_length=200)
    target = models.CharField(max_length=200, blank=True, default="")
    added_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "agreement"

    def __str__(self) -> str:
        return self.name


class Rating(Recorded):
    """How a provider performed against an indicator up to a day, in the words of the regulations."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="ratings")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="ratings")
    on = models.DateField(help_text="The last day of what is rated")
    rating = models.CharField(max_length=20, choices=list(RATINGS.items()))
    said = models.TextField(blank=True, default="")

    chain: ClassVar[str] = "agreement"
    labels: ClassVar[tuple[str, ...]] = ("indicator",)
    words: ClassVar[tuple[str, ...]] = ("said",)

    def __str__(self) -> str:
        return f"{self.indicator}, {self.on}"
