"""The forms of service tokens."""

from collections.abc import Sequence
from typing import Any

from candour.kernel.people.models import Post
from candour.kernel.records.forms import VerbForm
from candour.kernel.service.scopes import Scope
from candour.kernel.web.forms import ChoiceField, ChoicesField, DateField, ReasonField, TextField


class TokenForm(VerbForm):
    """What a token is called, for which post it stands, what it may do and until when."""

    name = TextField(
        "Name of the token",
        hint="What uses it, for example Monthly figures. It stands in the history beside whatever it writes",
        missing="Enter a name",
        max_length=120,
    )
    post = ChoiceField(
        "Post on whose behalf it acts",
        hint="It sees what this post may see, and no more",
        kind="select",
        missing="Choose the post",
    )
    scopes = ChoicesField("What it may do", hint="As far as the post may", missing="Choose what it may read or write")
    expires_on = DateField(
        "Last day", hint="A year from today at most", missing="Enter the last day on which it may be used"
    )
    reason = ReasonField("Why", hint="What it is for, and who asked for it", missing="Say what the token is for")

    def __init__(self, *args: Any, posts: Sequence[Post], scopes: Sequence[Scope], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posts = {str(post.pk): post for post in posts}
        named = ((post.pk, f"{post.title}, {post.organisation.short_name}") for post in posts)
        self.fields["post"].choices = [("", "Choose a post"), *named]
        self.fields["scopes"].choices = [(scope.name, scope.words) for scope in scopes]


class RevokeForm(VerbForm):
    """Why a token is revoked."""

    reason = ReasonField("Why it is revoked", missing="Say why it is revoked")
