"""Forms about records of any kind: one change each with its reason, and the filters of a history."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from candour.kernel.people.models import Post
from candour.kernel.records.happened import HistoryFilter
from candour.kernel.web.filters import Filters
from candour.kernel.web.forms import ChoiceField, DateField, Form, ReasonField, TextField, TickField

SIGHT = [
    ("public", "Office, panel and public"),
    ("office", "Office and panel"),
    ("restricted", "Restricted"),
]
SIGHT_HINTS = {
    "public": "It may be printed in papers and published.",
    "office": "Everyone who sees this register in this body, and the panel. Never published.",
    "restricted": "Only its owner and posts that may see restricted records. For everyone else it does not exist: "
    "not in lists, counts, search or papers.",
}
Posts = Iterable[tuple[int, str]]


def words_field(label: str, *, hint: str = "", rows: int = 3) -> ReasonField:
    return ReasonField(label, hint=hint, rows=rows, required=False, max_length=8000)


def approver_field() -> TextField:
    """Who agreed the change: kept with its entry, and printed beside it in papers."""
    return TextField("Agreed by", hint="The board or post that agreed it, if one did", required=False, max_length=200)


class VerbForm(Form):
    """One change. seen: the last entry that was read when the page was opened.

    edits: the models whose fields the form shows under their own names, so that what somebody else changed meanwhile can
    stand beside the answer. row: the number of the row, where it is not the risk itself. purpose: of a score.
    """

    edits: ClassVar[tuple[str, ...]] = ()
    row: int | None = None
    purpose = ""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, seen: int = 0, **kwargs: Any) -> None:
        kwargs["initial"] = kwargs.get("initial", {}) | {"seen": seen}
        super().__init__(*args, **kwargs)
        self.seen_now = seen

    @property
    def conflict(self) -> bool:
        """Whether somebody entered something after what was read here."""
        return self.is_bound and getattr(self, "cleaned_data", {}).get("seen") != self.seen_now

    def choose_posts(self, posts: Posts, *names: str) -> None:
        """Offer the posts in fields that name one."""
        for name in names:
            self.fields[name].choices = [("", "No post yet"), *posts]


class ShareForm(VerbForm):
    """answers: as sharing.WithWhom gives them."""

    answer = ChoiceField("With whom", missing="Choose the body")
    reason = ReasonField("Why", missing="Say why")
    approver = approver_field()

    def __init__(self, *args: Any, answers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = answers


def as_choices(posts: Iterable[Post]) -> list[tuple[int, str]]:
    """Posts as the answers of a field."""
    return [(post.pk, post.title) for post in posts]


def post_named(posts: Sequence[Post], number: str | None) -> Post | None:
    """The post of an answer, None for none."""
    return next((post for post in posts if str(post.pk) == number), None)


class HistoryFilters(Filters):
    """Which entries a page of history shows. posts: labels; kinds: value -> (word, events)."""

    first = DateField("From")
    last = DateField("To")
    post = ChoiceField("Post", kind="select")
    kind = ChoiceField("Kind", kind="select")
    order = ChoiceField("Order by", [("", "When recorded"), ("effective", "When effective")], kind="select")

    def __init__(
        self,
        params: QueryDict,
        *,
        posts: Sequence[str],
        kinds: dict[str, tuple[str, tuple[str, ...]]],
        today: date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(params, today=today, **kwargs)
        self.kinds = kinds
        self.fields["post"].choices = [("", "Any post"), *((post, post) for post in posts)]
        self.fields["kind"].choices = [("", "Any kind"), *((value, word) for value, (word, _) in kinds.items())]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", "Enter a last day on or after the first")
        return given

    def wanted(self) -> HistoryFilter:
        """The filter that a valid form asks for."""
        given = self.cleaned_data
        return HistoryFilter(
            events=self.kinds[given["kind"]][1] if given["kind"] else (),
            post=given["post"],
            first=given["first"],
            last=given["last"],
            by_effective=given["order"] == "effective",
        )


class ViewForm(Form):
    """The name of a view, whether the body shares it, and whether one's list opens with it."""

    name = TextField(
        "Name",
        hint="As it will stand in the row of views",
        missing="Enter a name for the view",
        max_length=60,
        width="20",
    )
    shared = TickField("Share it with everybody of my body", required=False)
    first = TickField("Open my list with it", required=False)

    def __init__(self, *args: Any, may_share: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["shared"]


class FirstForm(Form):
    """Of a view that somebody else shared: whether one's own list opens with it."""

    first = TickField("Open my list with it", required=False)
