"""Agreements: who provides what under which terms, paid from which stream; and what hangs on each. Money is in pence."""

from typing import ClassVar

from django.db import models

from candour.commissioning.models.processes import Process
from candour.commissioning.rules import GROUNDS, KINDS, NEXT
from candour.commissioning.rules.publishing import PROCEDURES
from candour.kernel.evidence.models import File
from candour.kernel.history.models import Chained, Recorded
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record


class Provider(Chained, Recorded):
    """Somebody that a body has agreements with. Seen by whoever sees one of them; see queries.providers."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="providers")
    name = models.CharField(max_length=200)
    charity_number = models.CharField(max_length=12, blank=True, default="")
    company_number = models.CharField(max_length=8, blank=True, default="")

    labels: ClassVar[tuple[str, ...]] = ("organisation",)

    class Meta:
        indexes = [models.Index("organisation", "name", name="provider_by_name")]

    def __str__(self) -> str:
        return self.name


class FundingStream(Chained, Recorded):
    """Where the money of a year comes from, and on what conditions."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="funding_streams")
    code = models.CharField(max_length=8, help_text="Begins the references of its agreements")
    name = models.CharField(max_length=200)
    year = models.CharField(max_length=7, help_text="The financial year: 2025/26")
    budget = models.BigIntegerField(help_text="Pence")
    funder = models.CharField(max_length=200, blank=True, default="")
    conditions = models.TextField(blank=True, default="")
    ring_fence = models.CharField(max_length=300, blank=True, default="", help_text="For what alone it may be spent")

    labels: ClassVar[tuple[str, ...]] = ("organisation",)
    words: ClassVar[tuple[str, ...]] = ("conditions",)

    class Meta:
        constraints = [models.UniqueConstraint("organisation", "code", "year", name="one_stream_a_year")]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"


class Template(Recorded):
    """The version of a kind of agreement's template that a body uses from a day."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="agreement_templates")
    kind = models.CharField(max_length=20, choices=list(KINDS.items()))
    version = models.CharField(max_length=40)
    starts = models.DateField()

    chain: ClassVar[str] = "organisation"

    class Meta:
        constraints = [models.UniqueConstraint("organisation", "kind", "version", name="one_template_a_version")]

    def __str__(self) -> str:
        return self.version


class Agreement(Recorded):
    """An agreement. Its reference, title, lead (owner), sensitivity and last day (closed_on) are on its record.

    ends is the end as first agreed, value as first agreed: variations move both.
    """

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="agreement")
    kind = models.CharField(max_length=20, choices=list(KINDS.items()))
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="agreements")
    stream = models.ForeignKey(FundingStream, on_delete=models.PROTECT, related_name="agreements")
    service = models.CharField(max_length=120, help_text="What is provided: the first part of the title")
    area = models.CharField(max_length=80, blank=True, default="")
    project_code = models.CharField(max_length=40, blank=True, default="")
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    last_end = models.DateField(null=True, blank=True, help_text="The last day to which it can be extended")
    notice_on = models.DateField(null=True, blank=True, help_text="The last day to give notice")
    value = models.BigIntegerField(null=True, blank=True, help_text="Pence, as first agreed")
    data_controller = models.CharField(max_length=200, blank=True, default="")
    specification = models.TextField(blank=True, default="")
    kpis = models.TextField(blank=True, default="")
    monitoring = models.TextField(blank=True, default="")
    management = models.TextField(blank=True, default="")
    follows = models.CharField(max_length=20, choices=list(NEXT.items()), blank=True, default="")
    raised_on = models.DateField()
    awarded_on = models.DateField(null=True, blank=True, help_text="The day on which it was decided")
    procedure = models.CharField(max_length=20, choices=list(PROCEDURES.items()), blank=True, default="")
    bids = models.PositiveIntegerField(null=True, blank=True, help_text="How many tendered or applied")
    office_signed_by = models.CharField(max_length=200, blank=True, default="", help_text="The post that signed")
    office_signed_on = models.DateField(null=True, blank=True)
    provider_signed_by = models.CharField(max_length=200, blank=True, default="", help_text="The post that signed")
    provider_signed_on = models.DateField(null=True, blank=True)
    overridden_on = models.DateField(null=True, blank=True, help_text="When the gate was last overridden")
    overridden_until = models.DateField(null=True, blank=True, help_text="The last day on which that holds")
    process = models.ForeignKey(Process, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements")
    began_on = models.DateField(null=True, blank=True, help_text="When its first step began")
    step = models.CharField(max_length=120, blank=True, default="", help_text="The step that comes next")
    step_due = models.DateField(null=True, blank=True)
    step_post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    chain: ClassVar[str] = "record"
    words: ClassVar[tuple[str, ...]] = ("specification", "kpis", "monitoring", "management")
    labels: ClassVar[tuple[str, ...]] = ("provider", "stream")

    def __str__(self) -> str:
        return f"Agreement {self.pk}"


class Variation(Recorded):
    """A change of value, of the last day, or both; who approved it stands in its entry."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="variations")
    on = models.DateField()
    ground = models.CharField(max_length=20, choices=list(GROUNDS.items()))
    change = models.BigIntegerField(default=0, help_text="Pence, more or less")
    new_end = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "agreement"

    def __str__(self) -> str:
        return f"Variation {self.pk}"


class Order(Recorded):
    """A purchase order, an instalment or a payment under an agreement. early: raised under an override of the gate."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="orders")
    number = models.CharField(max_length=60)
    on = models.DateField()
    value = models.BigIntegerField(help_text="Pence")
    early = models.BooleanField(default=False)

    chain: ClassVar[str] = "agreement"

    class Meta:
        constraints = [models.UniqueConstraint("agreement", "number", name="one_order_a_number")]

    def __str__(self) -> str:
        return self.number


class Contact(Recorded):
    """Whom to ask at the provider, by post, and when somebody last made sure that it is still right."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="contacts")
    role = models.CharField(max_length=120)
    email = models.CharField(max_length=200, blank=True, default="")
    confirmed_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "agreement"
    words: ClassVar[tuple[str, ...]] = ("email",)

    def __str__(self) -> str:
        return self.role


class Document(Recorded):
    """A file on the agreement's record as one of its papers, and what its text check found on the day."""

    class Which(models.TextChoices):
        AGREEMENT = "agreement", "The agreement"
        SPECIFICATION = "specification", "The specification"
        PLAN = "plan", "The management plan"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="documents")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    which = models.CharField(max_length=20, choices=Which.choices)
    template = models.CharField(max_length=40, blank=True, default="")
    on = models.DateField()
    checked = models.BooleanField(default=False, help_text="Whether its text could be read")
    old_template = models.BooleanField(default=False)
    brackets = models.PositiveIntegerField(default=0)
    places = models.TextField(blank=True, default="", help_text="The brackets, a line each")
    undated = models.BooleanField(default=False)
    blank_signature = models.BooleanField(default=False)
    title_differs = models.BooleanField(default=False)

    chain: ClassVar[str] = "agreement"
    words: ClassVar[tuple[str, ...]] = ("places",)

    def __str__(self) -> str:
        return str(self.get_which_display())


RUNS = models.Q(closed_on=None)


class AgreementLine(models.Model):
    """The read line of an agreement: what a register needs and what does not depend on today. Written by rules.line()."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True, related_name="agreement_line")
    reference = models.CharField(max_length=60)
    title = models.CharField(max_length=300, db_default="", help_text="So that the register is in order")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    owner = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="+")
    sensitivity = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="+")
    stream = models.ForeignKey(FundingStream, on_delete=models.CASCADE, related_name="+", db_index=False)
    stream_code = models.CharField(max_length=8, blank=True, default="", help_text="So that the register is in order")
    project_code = models.CharField(max_length=40, blank=True)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    last_end = models.DateField(null=True)
    notice_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    value = models.BigIntegerField(null=True)
    ordered = models.BigIntegerField(default=0)
    first_ordered_on = models.DateField(null=True)
    office_signed_on = models.DateField(null=True)
    provider_signed_on = models.DateField(null=True)
    signed_on = models.DateField(null=True)
    specified = models.BooleanField()
    kpis = models.BooleanField()
    monitored = models.BooleanField()
    managed = models.BooleanField()
    contacts = models.PositiveIntegerField()
    confirmed_on = models.DateField(null=True)
    copy = models.BooleanField()
    old_template = models.BooleanField()
    brackets = models.PositiveIntegerField()
    undated = models.BooleanField()
    blank_signature = models.BooleanField()
    title_differs = models.BooleanField()
    follows = models.CharField(max_length=20, blank=True)
    overridden_on = models.DateField(null=True)
    overridden_until = models.DateField(null=True)
    owed_from = models.DateField(null=True, help_text="Since when a check of its provider is missing")
    checked_until = models.DateField(null=True, help_text="The last day on which all that were made hold")
    diligence = models.TextField(blank=True, default="", help_text="How its provider stands in each check")
    step = models.CharField(max_length=120, blank=True, default="")
    step_due = models.DateField(null=True)
    step_post = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    scheduled = models.BooleanField(default=False)
    return_due = models.DateField(null=True, help_text="When the first return that has not come is due")
    assess_by = models.DateField(null=True, help_text="When the first return that waits for it is assessed")
    paid = models.BigIntegerField(default=0)
    serves = models.TextField(
        blank=True, db_default="", default="", help_text="The numbers of the priorities that it serves"
    )
    fails = models.BooleanField(default=False, help_text="Whether a check fails whatever the day")

    class Meta:
        # The last two hold all that counts and totals ask for, so that these read no row.
        indexes = [
            models.Index("stream", "reference", name="agreement_line_of_stream"),
            models.Index("stream_code", "reference", "record", name="agreement_line_in_order"),
            models.Index(
                *(
                    "organisation",
                    "sensitivity",
                    "closed_on",
                    "ends",
                    "starts",
                    "signed_on",
                    "kpis",
                    "fails",
                    "follows",
                ),
                *("value", "owner", "owed_from", "checked_until", "step_due", "return_due", "assess_by", "record"),
                name="agreement_line_counted",
            ),
            models.Index(
                *("stream", "organisation", "sensitivity", "value", "ordered", "owner", "record"),
                name="agreement_line_summed",
            ),
            models.Index("organisation", "ends", name="agreement_line_by_end"),
            # Of what runs: orders that a page is cut from, what waits for a post, what ends by kind, and who is behind. That by
            # state holds all that a state is decided by, as no index has the order of states: it reads no row.
            models.Index(
                *("reference", "record", "closed_on", "ends", "starts", "signed_on"),
                *("organisation", "sensitivity", "owner"),
                condition=RUNS,
                name="agreement_line_by_state",
            ),
            models.Index(
                models.F("value").desc(), "reference", "record", condition=RUNS, name="agreement_line_by_value"
            ),
            models.Index("title", "reference", "record", condition=RUNS, name="agreement_line_by_title"),
            models.Index(
                models.F("title").desc(), "reference", "record", condition=RUNS, name="agreement_line_last_title"
            ),
            models.Index("ends", "reference", "record", condition=RUNS, name="agreement_line_first_end"),
            models.Index("step_due", "reference", "record", condition=RUNS, name="agreement_line_late"),
            models.Index(
                *("step_post", "step_due", "organisation", "sensitivity", "owner", "record"),
                condition=RUNS,
                name="agreement_line_by_step",
            ),
            models.Index(
                *("organisation", "kind", "ends", "follows", "value", "sensitivity", "owner", "record"),
                condition=RUNS,
                name="agreement_line_ending",
            ),
            models.Index(
                *("provider", "owed_from", "checked_until", "organisation", "sensitivity", "owner", "record"),
                condition=RUNS,
                name="agreement_line_behind",
            ),
        ]
