"""Measures, their figures as they were loaded, and what was asked of them."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower

from candour.kernel.history.models import Chained, Recorded
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record
from candour.performance.rules import BETTER, FREQUENCIES, MEANS, UNITS


def figure_field(**kwargs: object) -> models.DecimalField:
    """A number to four places: fifteen figures in all, which both databases keep exactly."""
    return models.DecimalField(max_digits=15, decimal_places=4, null=True, blank=True, **kwargs)  # type: ignore[arg-type]


class Measure(Recorded):
    """What is measured. Its reference, title, owner, sensitivity and last day are on its record; a public one is open data."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="measure")
    counts = models.TextField(help_text="What is counted, of what")
    topic = models.CharField(max_length=120, blank=True, default="", help_text="What it stands under")
    unit = models.CharField(max_length=20, choices=list(UNITS.items()))
    per = models.PositiveIntegerField(default=1000, help_text="Of a rate: for each how many")
    places = models.PositiveSmallIntegerField(default=0, help_text="Decimal places shown")
    better = models.CharField(max_length=20, choices=list(BETTER.items()))
    frequency = models.CharField(max_length=20, choices=list(FREQUENCIES.items()), default="month")
    due_days = models.PositiveSmallIntegerField(default=10, help_text="Working days after a period by which it is due")
    source = models.TextField(blank=True, default="")
    revisions = models.TextField(blank=True, default="", help_text="When figures are revised, and how that is said")
    smallest = models.PositiveSmallIntegerField(default=0, help_text="Numbers below this are not shown; 0 for none")
    baseline_first = models.DateField(null=True, blank=True, help_text="The first period that limits are set from")
    baseline_last = models.DateField(null=True, blank=True)
    target = figure_field()
    target_by = models.DateField(null=True, blank=True)
    tolerance = figure_field(help_text="How far short of its target is borne, in its unit")
    mean = models.CharField(max_length=20, choices=list(MEANS.items()), default="simple", help_text="Of bodies like it")
    own_in = models.BooleanField(default=False, help_text="Whether the body’s own figure is in that mean")
    defined_on = models.DateField()

    chain: ClassVar[str] = "record"
    words: ClassVar[tuple[str, ...]] = ("counts", "source", "revisions")

    def __str__(self) -> str:
        return f"Measure {self.pk}"


class Break(Recorded):
    """A period from which limits are set anew, because the process itself was changed."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="breaks")
    period = models.DateField()
    why = models.TextField()
    removed_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "measure"
    words: ClassVar[tuple[str, ...]] = ("why",)

    class Meta:
        constraints = [
            models.UniqueConstraint("measure", "period", condition=models.Q(removed_on=None), name="one_break_a_period")
        ]

    def __str__(self) -> str:
        return f"Break {self.pk}"


class Explanation(Recorded):
    """What a post was asked of a figure, by when, and what it answered. recovers_on: when the figure is meant to recover."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="explanations")
    period = models.DateField()
    signal = models.CharField(max_length=120, help_text="What gave rise to it, in words")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="explanations_owed")
    asked = models.TextField()
    asked_on = models.DateField()
    due = models.DateField()
    answer = models.TextField(blank=True, default="")
    recovers_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "measure"
    words: ClassVar[tuple[str, ...]] = ("asked", "answer")
    labels: ClassVar[tuple[str, ...]] = ("post",)

    class Meta:
        indexes = [models.Index("post", "due", condition=models.Q(answered_on=None), name="explanation_owed")]

    def __str__(self) -> str:
        return f"Explanation {self.pk}"


class Load(Chained, Recorded):
    """A file of figures that was loaded: one entry of the history, with the root of all its rows."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="figure_loads")
    file_name = models.CharField(max_length=200, blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    loaded_on = models.DateField(help_text="The day from which its figures hold")
    figures = models.PositiveIntegerField()
    root = models.CharField(max_length=64, help_text="SHA-256 over its rows in their order")

    words: ClassVar[tuple[str, ...]] = ("file_name",)
    labels: ClassVar[tuple[str, ...]] = ("organisation",)

    def __str__(self) -> str:
        return f"Load {self.pk}"


class Observation(models.Model):
    """A figure of a period and an area, as one load gave it. What a later load says stands beside it, never in its place."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="observations", db_index=False)
    area = models.CharField(max_length=80, blank=True, default="", help_text="Empty for the whole")
    period = models.DateField()
    load = models.ForeignKey(Load, on_delete=models.PROTECT, related_name="observations")
    value = figure_field()
    numerator = figure_field()
    denominator = figure_field()
    provisional = models.BooleanField(default=False)
    suppressed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint("measure", "area", "period", "load", name="one_figure_a_load")]

    def __str__(self) -> str:
        return f"Observation {self.pk}"


class Parted(models.Model):
    """A measure whose whole depends on its parts: once a part was hidden, or stood in a period without a whole of its own.

    Written by loads, so that lists need not look through the parts of every measure. One too many costs time and nothing else.
    """

    measure = models.OneToOneField(Measure, on_delete=models.CASCADE, primary_key=True, related_name="parted")


class Group(Chained, Recorded):
    """Bodies that one is compared with, such as its most similar forces. own: what the body itself is called among them."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="comparison_groups")
    name = models.CharField(max_length=120)
    own = models.CharField(max_length=80)
    source = models.TextField(help_text="Who put the group together, by what, and where it is published")

    labels: ClassVar[tuple[str, ...]] = ("organisation",)

    class Meta:
        constraints = [models.UniqueConstraint("organisation", Lower("name"), name="one_group_a_name")]

    def __str__(self) -> str:
        return self.name


class Member(Recorded):
    """A body in a group. left: the first day on which it is in it no more."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="members")
    body = models.CharField(max_length=80)
    joined = models.DateField()
    left = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "group"

    class Meta:
        constraints = [
            models.UniqueConstraint("group", Lower("body"), condition=models.Q(left=None), name="once_in_a_group")
        ]

    def __str__(self) -> str:
        return self.body


class MeasureSet(Chained, Recorded):
    """Measures that stand together under headings, such as the national priorities. headings: one a line.

    contribution: what the force contributes to them, and which apply and why, as it was stated on a day.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="measure_sets")
    name = models.CharField(max_length=120)
    source = models.TextField(blank=True, default="", help_text="Who set it, by what law or guidance")
    headings = models.TextField()
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    contribution = models.TextField(blank=True, default="")
    contributed_on = models.DateField(null=True, blank=True)

    words: ClassVar[tuple[str, ...]] = ("contribution",)
    labels: ClassVar[tuple[str, ...]] = ("organisation",)

    class Meta:
        constraints = [models.UniqueConstraint("organisation", Lower("name"), name="one_set_a_name")]

    def __str__(self) -> str:
        return self.name


class Tag(Recorded):
    """A measure under a heading of a set. until: the first day on which it stands there no more."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="tags")
    set = models.ForeignKey(MeasureSet, on_delete=models.PROTECT, related_name="tags")
    heading = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "measure"
    labels: ClassVar[tuple[str, ...]] = ("set",)

    class Meta:
        constraints = [
            models.UniqueConstraint("measure", "set", "heading", condition=models.Q(until=None), name="once_in_a_set")
        ]

    def __str__(self) -> str:
        return self.heading


class PeerFigure(models.Model):
    """A figure of another body for a period, as one load gave it, beside an observation of one’s own."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="peer_figures", db_index=False)
    body = models.CharField(max_length=80)
    period = models.DateField()
    load = models.ForeignKey(Load, on_delete=models.PROTECT, related_name="peer_figures")
    value = figure_field()
    numerator = figure_field()
    denominator = figure_field()
    provisional = models.BooleanField(default=False)
    suppressed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint("measure", "period", "body", "load", name="one_peer_figure_a_load")]

    def __str__(self) -> str:
        return f"Peer figure {self.pk}"


class Line(models.Model):
    """What lists need of a measure and what does not depend on today: rules.line(), beside its reference and owner."""

    reference = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    owner = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="+")
    sensitivity = models.CharField(max_length=20)
    topic = models.CharField(max_length=120, blank=True)
    unit = models.CharField(max_length=20)
    better = models.CharField(max_length=20)
    frequency = models.CharField(max_length=20)
    closed_on = models.DateField(null=True)
    target = figure_field()
    target_by = models.DateField(null=True)
    last_period = models.DateField(null=True)
    value = figure_field()
    provisional = models.BooleanField()
    variation = models.CharField(max_length=20, blank=True)
    signal = models.CharField(max_length=20, blank=True)
    assurance = models.CharField(max_length=20, blank=True)
    trial = models.BooleanField()
    owed_on = models.DateField(null=True)
    explained = models.BooleanField()
    due_on = models.DateField(null=True)
    spark = models.TextField(blank=True)

    class Meta:
        abstract = True


class MeasureLine(Line):
    """The read line of a measure."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True, related_name="measure_line")

    class Meta:
        indexes = [models.Index("organisation", "reference", name="measure_line_of_body")]


class PastLine(Line):
    """The line of a measure as it stood from a day on, until its next. See docs/adr/0050."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="past_measure_lines", db_index=False)
    since = models.DateField(help_text="The day from which on it stood so")

    class Meta:
        constraints = [models.UniqueConstraint("record", "since", name="one_past_line_a_day")]
