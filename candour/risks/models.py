"""Risks: what could happen, how it is scored over time, what controls it, and the dated updates."""

from typing import ClassVar

from django.db import models

from candour.kernel.history.models import Recorded
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record
from candour.kernel.scales.models import Scale


class Level(models.TextChoices):
    STRATEGIC = "strategic", "Strategic"
    OPERATIONAL = "operational", "Operational"
    PROJECT = "project", "Project"


class Response(models.TextChoices):
    """What the body does about a risk."""

    REDUCE = "reduce", "Reduce it"
    ACCEPT = "accept", "Accept it"
    SHARE = "share", "Share it"
    AVOID = "avoid", "Avoid it"


class Risk(Recorded):
    """A risk. Its reference, title, owner, organisation and sensitivity are on its record; its scores are assessments."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="risk")
    level = models.CharField(max_length=20, choices=Level.choices, default=Level.STRATEGIC)
    source = models.TextField(blank=True)
    event = models.TextField(blank=True)
    effect = models.TextField(blank=True)
    context = models.TextField(blank=True)
    category = models.CharField(max_length=80, blank=True)
    responsible_officer = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="risks_to_see_to"
    )
    response = models.CharField(max_length=20, choices=Response.choices, blank=True, default="")
    joint_with = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    joint_reference = models.CharField(max_length=60, blank=True, default="", help_text="As the other body numbers it")
    # Named by its number alone, never by a label: who may not see the other risk reads nothing of it in the history.
    merged_into = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, blank=True, related_name="took_in")
    first_recorded = models.DateField()
    last_review = models.DateField(null=True, blank=True)
    transferred_on = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    next_key_date = models.CharField(max_length=200, blank=True, help_text="A date in words, as the paper printed it")

    chain: ClassVar[str] = "record"
    words: ClassVar[tuple[str, ...]] = ("source", "event", "effect", "context", "next_key_date")
    labels: ClassVar[tuple[str, ...]] = ("responsible_officer", "joint_with")

    class Meta:
        indexes = [models.Index("joint_with", "joint_reference", name="risk_by_joint_reference")]

    def __str__(self) -> str:
        return f"Risk {self.pk}"


class Assessment(Recorded):
    """One scoring of a risk on the scale of its day. A proposed one counts for nothing until it is agreed."""

    class Purpose(models.TextChoices):
        CURRENT = "current", "Current"
        INHERENT = "inherent", "Inherent"
        TARGET = "target", "Target"

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="assessments")
    purpose = models.CharField(max_length=20, choices=Purpose.choices, default=Purpose.CURRENT)
    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, related_name="+")
    impact = models.PositiveSmallIntegerField()
    likelihood = models.PositiveSmallIntegerField()
    scored_on = models.DateField()
    proposed = models.BooleanField(default=False)
    withdrawn_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "risk"
    labels: ClassVar[tuple[str, ...]] = ("scale",)

    class Meta:
        indexes = [models.Index("risk", models.F("scored_on").desc(), models.F("id").desc(), name="score_of_risk")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.impact} × {self.likelihood}"


class Control(Recorded):
    """Something that makes the risk less likely or less harmful: in place, or pending with an owner and a due date."""

    class Effect(models.TextChoices):
        WORKS = "works", "Works"
        IN_PART = "in part", "Works in part"
        FAILS = "fails", "Does not work"

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="controls")
    text = models.TextField()
    owner = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="controls")
    pending = models.BooleanField(default=True)
    due = models.DateField(null=True, blank=True)
    in_place_since = models.DateField(null=True, blank=True)
    effect = models.CharField(max_length=20, choices=Effect.choices, blank=True)
    added_on = models.DateField()
    removed_on = models.DateField(null=True, blank=True)
    came_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies")

    chain: ClassVar[str] = "risk"
    words: ClassVar[tuple[str, ...]] = ("text",)
    labels: ClassVar[tuple[str, ...]] = ("owner",)

    class Meta:
        indexes = [models.Index("risk", "id", name="controls_of_risk")]

    def __str__(self) -> str:
        return f"Control {self.pk}"


class Update(Recorded):
    """What was said of a risk on a day."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="updates")
    dated = models.DateField()
    text = models.TextField()

    chain: ClassVar[str] = "risk"
    words: ClassVar[tuple[str, ...]] = ("text",)

    class Meta:
        indexes = [models.Index("risk", "dated", "id", name="updates_of_risk")]

    def __str__(self) -> str:
        return f"Update {self.pk}"


class RiskLine(models.Model):
    """The read line of a risk: what a list needs and what does not depend on today. Written by rules.line(), never typed."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True, related_name="risk_line")
    reference = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    owner = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="+")
    sensitivity = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    score = models.PositiveSmallIntegerField(null=True)
    band = models.CharField(max_length=40, blank=True)
    rank = models.PositiveSmallIntegerField(
        default=0
    )  # lists are ordered by it: nulls sort differently on the two databases
    impact = models.PositiveSmallIntegerField(null=True)
    likelihood = models.PositiveSmallIntegerField(null=True)
    target = models.PositiveSmallIntegerField(null=True)
    first_recorded = models.DateField()
    scored_on = models.DateField(null=True)
    last_review = models.DateField(null=True)
    review_due = models.DateField(null=True)
    open_controls = models.PositiveIntegerField(default=0)
    next_control_due = models.DateField(null=True)
    transferred_on = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    awaits_from = models.DateField(null=True)
    moved_on = models.DateField(null=True)
    scale = models.PositiveIntegerField(null=True)
    category_key = models.CharField(max_length=80, blank=True, default="")
    # Whoever reviews it: the responsible officer or, with none, the owner.
    reviewer = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        indexes = [
            # Of live lines alone: PostgreSQL takes no order from an index behind a column that is asked to be null.
            models.Index(
                *("kind", models.F("rank").desc(), "reference", "record"),
                name="live_lines_by_rank",
                condition=models.Q(closed_on=None),
            ),
            models.Index(
                *("kind", "owner", "reference", "record", "organisation", "sensitivity"),
                name="live_lines_of_owner",
                condition=models.Q(closed_on=None),
            ),
            models.Index("kind", "reference", name="line_by_reference"),
            models.Index("closed_on", "review_due", "reference", name="line_by_review_due"),
            models.Index("kind", "closed_on", "moved_on", name="line_by_moved"),
            # All that the reviews due are counted by, in the order of who reviews, so that counting reads the index alone.
            models.Index(
                *("closed_on", "reviewer", "organisation", "review_due", "last_review", "transferred_on"),
                *("sensitivity", "owner", "record"),
                name="live_lines_by_reviewer",
            ),
            # In the order of owners: whether a post owns any is one look, and their ageing is counted from the index alone,
            # each date of an owner at once.
            models.Index(
                *("kind", "closed_on", "owner", "review_due", "organisation", "sensitivity", "record"),
                name="live_lines_by_owner",
            ),
            # Everything that a saved view or a band counts, so that counting reads the index and not the rows; what is
            # counted most comes first, as a database reads a row of an index from its left.
            models.Index(
                *(
                    "kind",
                    "closed_on",
                    "organisation",
                    "band",
                    "sensitivity",
                    "next_control_due",
                    "awaits_from",
                    "moved_on",
                ),
                *("owner", "open_controls", "score", "target", "accepted_on", "last_review", "review_due"),
                *(
                    "transferred_on",
                    "first_recorded",
                    "scored_on",
                    "scale",
                    "category_key",
                    "reviewer",
                    "reference",
                    "record",
                ),
                name="line_counts",
            ),
        ]


class ControlLine(models.Model):
    """The read line of a control that is still to be put in place: its age is counted from it, without its risk or history.

    kind, organisation, owner, sensitivity and closed_on are those of its risk; post is who has to put it in place.
    """

    control = models.OneToOneField(Control, on_delete=models.CASCADE, primary_key=True, related_name="line")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="control_lines")
    kind = models.CharField(max_length=20)
    closed_on = models.DateField(null=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    owner = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    sensitivity = models.CharField(max_length=20)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    first_due = models.DateField(null=True)  # the first date it was ever given, however often it was moved since

    class Meta:
        verbose_name = "control"
        indexes = [
            # Everything that ageing counts, in the order of its groups.
            models.Index(
                *("kind", "closed_on", "post", "first_due", "organisation", "sensitivity", "owner", "record"),
                name="control_ages",
            )
        ]
