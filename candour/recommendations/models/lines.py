"""Read lines of recommendations and of their slips: what lists and figures need and does not depend on today."""

from typing import Any

from django.db import models

from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record
from candour.recommendations.models.tracker import Target


class OrNever(models.Func):
    """A date, or the last that there is where there is none, so that an index has those without one last."""

    arity = 1
    template = "COALESCE(%(expressions)s, '9999-12-31')"
    output_field = models.DateField()


class OrEver(models.Func):
    """A date, or the first that there is where there is none: the last in an order from the latest."""

    arity = 1
    template = "COALESCE(%(expressions)s, '0001-01-01')"
    output_field = models.DateField()


LIVE = models.Q(closed_on=None)
TIES = ("reference", "record")
SEEN = ("organisation", "sensitivity", "owner")  # what decides who sees a line
DECIDED = ("standing", "due")  # what decides its status on a day
LIVED = ("outcome", "closed_on", "reported_on")  # when it came, and when and how it ended
DATES = ("original_due", "first_reported")


def live_in_order(name: str, *first: Any) -> models.Index:
    """An index of what is open in an order of the list; what is alike goes by first date, reference and number.

    It holds live lines alone: PostgreSQL takes no order from behind a column that is asked to be null, and SQLite, which
    keeps no count of what is where, would rather find all live lines by such a column and sort them.
    """
    return models.Index(*first, OrNever("original_due"), *TIES, name=name, condition=LIVE)


class RecommendationLine(models.Model):
    """The read line of a recommendation: what a list needs and does not depend on today. Written by rules.line().

    standing: its status as far as no day decides it, as rules.standing() says. answering: the numbers of the posts that
    answer for it between commas, the least first, 0 for one still to be named: ",0,12,". unapproved: a slip of a post that
    answers names nobody who agreed it.
    """

    record = models.OneToOneField(
        Record, on_delete=models.CASCADE, primary_key=True, related_name="recommendation_line"
    )
    reference = models.CharField(max_length=60)
    title = models.CharField(max_length=300, db_default="")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    owner = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="+")
    sensitivity = models.CharField(max_length=20)
    audit = models.CharField(max_length=200, db_default="")
    source = models.CharField(max_length=20)
    response = models.CharField(max_length=20, blank=True)
    rank = models.PositiveSmallIntegerField()
    priority = models.CharField(max_length=60, blank=True)
    tone = models.CharField(max_length=20, blank=True)
    reported_on = models.DateField()
    first_reported = models.DateField()
    owners = models.PositiveSmallIntegerField()
    answering = models.TextField(db_default="")
    original_due = models.DateField(null=True)
    due = models.DateField(null=True)
    slips = models.PositiveSmallIntegerField()
    unapproved = models.BooleanField(db_default=False)
    in_words = models.BooleanField()
    last_update = models.DateField(null=True)
    proposed_on = models.DateField(null=True)
    sent_back_on = models.DateField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    verdict = models.CharField(max_length=20, blank=True)
    closed_on = models.DateField(null=True)
    standing = models.CharField(max_length=20, db_default="")

    class Meta:
        indexes = [
            live_in_order("live_recs_by_rank", "rank"),
            live_in_order("live_recs_by_first"),
            live_in_order("live_recs_by_last_first", OrEver("original_due").desc()),
            live_in_order("live_recs_by_due", OrNever("due")),
            live_in_order("live_recs_by_last_due", OrEver("due").desc()),
            live_in_order("live_recs_by_title", "title"),
            live_in_order("live_recs_by_age", "first_reported"),
            live_in_order("live_recs_by_slips", "slips"),
            live_in_order("live_recs_by_most_slips", models.F("slips").desc()),
            live_in_order("live_recs_by_last_rank", models.F("rank").desc()),
            models.Index(
                *("owner", OrNever("original_due"), *TIES, "organisation", "sensitivity", "closed_on"),
                name="live_recs_by_owner",
                condition=LIVE,
            ),
            models.Index(*TIES, name="live_recs_by_reference", condition=LIVE),
            models.Index("rank", OrNever("original_due"), *TIES, name="recs_in_order"),
            models.Index("reference", name="rec_by_reference"),
            # Everything that is counted, so that counting reads an index and not the rows. Each begins with what the lines are
            # put together by, as SQLite counts what stands side by side and would sort the rest.
            models.Index(
                *(*DECIDED, *SEEN, *DATES, "slips", "source", "priority", "answering", "record", "closed_on"),
                name="live_recs_by_standing",
                condition=LIVE,
            ),
            models.Index(*LIVED, *SEEN, "answering", "record", name="recs_by_end"),
            models.Index(
                *("answering", *LIVED, *DECIDED, *SEEN, *DATES, "slips", "unapproved", "record"),
                name="recs_by_answering",
            ),
            models.Index(
                "audit", "closed_on", *SEEN, *DATES, "due", "slips", "unapproved", "record", name="recs_by_report"
            ),
            models.Index("priority", "rank", "closed_on", *SEEN, "first_reported", "record", name="recs_by_word"),
        ]


class SlipLine(models.Model):
    """A line of a ledger that moved a date by so many days: what past slips foretell is read from these.

    post: whose ledger it is, whether that post still answers or not. owner: who leads the recommendation, as the others of
    its columns here decide who sees it.
    """

    target = models.OneToOneField(Target, on_delete=models.CASCADE, primary_key=True, related_name="line")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="slip_lines")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    owner = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    sensitivity = models.CharField(max_length=20)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+", db_index=False)
    days = models.IntegerField()

    class Meta:
        verbose_name = "slip"
        indexes = [models.Index("post", "days", *SEEN, "record", name="slips_of_post")]
