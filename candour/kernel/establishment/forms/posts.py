"""The forms of posts: lists narrowed, posts set up and changed, appointments, cover and roles."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from candour.kernel.establishment.queries.posts import held_today
from candour.kernel.people.models import Appointment, Organisation, Person, Post, holding
from candour.kernel.records.forms import Posts, VerbForm
from candour.kernel.web.filters import Filters
from candour.kernel.web.forms import ChoiceField, DateField, Form, ReasonField, TextField

SHOWN = [("", "Posts that stand"), ("vacant", "Vacant posts"), ("ended", "Posts that ended")]
AWAY = [("yes", "The holder is away"), ("no", "The holder handed the answering over")]


def why(label: str = "Why", *, hint: str = "", missing: str = "Say why") -> ReasonField:
    return ReasonField(label, hint=hint, missing=missing, rows=2, max_length=2000)


class PostFilters(Filters):
    """What the list of a body's posts is narrowed to."""

    q = TextField("Title or holder", width="wide", max_length=100)
    directorate = ChoiceField("Directorate", kind="select")
    shown = ChoiceField("Show", SHOWN, kind="select")

    def __init__(self, params: QueryDict, *, directorates: Sequence[str], today: date, **kwargs: Any) -> None:
        super().__init__(params, today=today, **kwargs)
        self.on = today
        self.fields["directorate"].choices = [("", "Any directorate"), *((each, each) for each in directorates)]

    def narrow(self, rows: QuerySet) -> QuerySet:
        given = self.cleaned_data
        rows = rows.exclude(ended=None) if given["shown"] == "ended" else rows.filter(ended=None)
        if given["shown"] == "vacant":
            rows = rows.exclude(held_today(self.on))
        if given["directorate"]:
            rows = rows.filter(directorate=given["directorate"])
        for word in given["q"].split():
            named = Appointment.objects.filter(holding(self.on), post=OuterRef("pk"), person__name__icontains=word)
            rows = rows.filter(Exists(named) | Q(title__icontains=word))
        return rows


class PostForm(VerbForm):
    """A post as it should stand. changing: "" for a new one, else the part of it that is changed: "title" or "place"."""

    title = TextField("Title of the post", missing="Enter the title of the post", max_length=200)
    directorate = TextField("Directorate or department", required=False, max_length=120, width="20")
    answers_to = ChoiceField(
        "Answers to", kind="select", required=False, hint="Where a reminder goes when the post itself does not answer"
    )
    reason = why(hint="For example: agreed in the review of the structure")

    def __init__(
        self, *args: Any, posts: Posts = (), directorates: Sequence[str] = (), changing: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choose_posts(posts, "answers_to")
        if directorates:
            self.fields["directorate"].help_text = f"In use: {', '.join(directorates)}"
        if changing == "title":
            del self.fields["directorate"], self.fields["answers_to"]
        elif changing == "place":
            del self.fields["title"]


class WhyForm(VerbForm):
    """A change that asks for its reason alone."""

    reason = why()


class EndForm(VerbForm):
    """The last day of an appointment, a cover or a role."""

    ends = DateField("Last day", missing="Enter the last day, for example 31 March 2027")
    reason = why()


class AppointForm(VerbForm):
    """Who holds a post from when. people: those who may be chosen."""

    person = ChoiceField("Person", kind="select", missing="Choose the person")
    starts = DateField("First day", missing="Enter the first day, for example 1 April 2027")
    ends = DateField("Last day", hint="Leave empty if none is set", required=False)
    reason = why(hint="For example: appointed after open competition")

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.fields["person"].choices = [("", "Choose"), *((person.pk, person.name) for person in people)]


class CoverForm(VerbForm):
    """Who answers for a post, and for how long."""

    by = ChoiceField("Post that answers", kind="select", missing="Choose the post")
    away = ChoiceField("Why it answers", AWAY, missing="Choose whether the holder is away")
    starts = DateField("First day", missing="Enter the first day, for example 1 April 2027")
    ends = DateField("Last day", hint="Leave empty if none is set", required=False)
    reason = why("Reason", missing="Say why another post answers", hint="For example: on leave, or the post is vacant")

    def __init__(self, *args: Any, posts: Posts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by"].choices = [("", "Choose"), *posts]


class GrantForm(VerbForm):
    """Which role a post gets, where and for how long. given: (key, name, purpose) of the roles; bodies: where they may be
    given."""

    role = ChoiceField("Role", missing="Choose the role")
    organisation = ChoiceField("In", kind="select", missing="Choose in which organisation")
    starts = DateField("First day", missing="Enter the first day, for example 1 April 2027")
    ends = DateField("Last day", hint="Leave empty if none is set", required=False)
    reason = why(hint="Who asked for it, or where it was agreed")

    def __init__(
        self, *args: Any, given: Sequence[tuple[str, str, str]], bodies: Sequence[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {str(body.pk): body for body in bodies}
        self.fields["role"].choices = [(key, name) for key, name, _ in given]
        self.fields["role"].hints = {key: purpose for key, _, purpose in given}
        self.fields["organisation"].choices = [(body.pk, body.name) for body in bodies]


class OrganisationForm(Form):
    """An organisation. kinds: those that may be set up; empty where it is only renamed."""

    kind = ChoiceField("What it is", missing="Choose what it is")
    name = TextField("Name", missing="Enter the name", max_length=200)
    short_name = TextField("Short name", hint="As papers and lists say it", width="20", max_length=60)
    code = TextField(
        "Code",
        hint="It stands in addresses and stays when the name changes: lower-case letters, digits and hyphens",
        width="20",
        max_length=40,
    )
    reason = why()

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(kinds)
        if not kinds:
            del self.fields["kind"], self.fields["code"]


def posts_but(posts: Sequence[Post], *but: Post) -> list[Post]:
    """Posts without some of them."""
    gone = {post.pk for post in but}
    return [post for post in posts if post.pk not in gone]
