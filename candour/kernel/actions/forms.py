"""The forms of an action: agree one, move its date, mark it as done, drop it."""

from datetime import date
from typing import Any

from django.db.models import Q

from candour.kernel.people.models import Post
from candour.kernel.records.models import Record, Share
from candour.kernel.web.forms import ChoiceField, DateField, Form, ReasonField


class AddForm(Form):
    text = ReasonField(
        "What has to be done", missing="Enter what has to be done", hint="One thing, that can be seen to be done"
    )
    owner = ChoiceField("Post that does it", kind="select", missing="Choose the post that does it")
    due = DateField("Done by", missing="Enter the date by which it is done, for example 26 October 2023")

    def __init__(self, *args: Any, record: Record, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posts = {str(post.pk): post for post in posts_for(record)}
        choices = [(key, f"{post.title}, {post.organisation.short_name}") for key, post in self.posts.items()]
        self.fields["owner"].choices = [("", "Choose a post"), *choices]  # type: ignore[attr-defined]
        self.fields["due"].earliest = self.today  # type: ignore[attr-defined]

    def clean_owner(self) -> Post:
        return self.posts[self.cleaned_data["owner"]]


class MoveForm(Form):
    due = DateField("New date", missing="Enter the new date, for example 26 October 2023")
    reason = ReasonField("Why the date moves", missing="Say why the date moves")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due"].earliest = self.today  # type: ignore[attr-defined]


class FinishForm(Form):
    outcome = ReasonField(
        "What was done", missing="Say what was done", hint="What can be seen now that could not be seen before"
    )
    done_on = DateField("Done on", missing="Enter the day it was done, for example 26 October 2023")

    def __init__(self, *args: Any, added_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done_on"].earliest = added_on  # type: ignore[attr-defined]
        self.fields["done_on"].latest = self.today  # type: ignore[attr-defined]


class DropForm(Form):
    reason = ReasonField("Why it will not be done", missing="Say why it will not be done")


def posts_for(record: Record) -> list[Post]:
    """The posts that can be asked: of the record's organisation and of those that it is shared with. One query."""
    own = record.organisation_id
    shared = Share.objects.filter(record=record, ended=None).values("organisation")
    posts = Post.objects.filter(Q(organisation=own) | Q(organisation__in=shared), ended=None).select_related(
        "organisation"
    )
    return sorted(posts, key=lambda post: (post.organisation_id != own, post.organisation.short_name, post.title))
