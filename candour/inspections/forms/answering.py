"""The steps of the statutory response."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from candour.inspections.rules import Item
from candour.kernel.records.forms import VerbForm, words_field
from candour.kernel.web.forms import BoundField, ChoiceField, DateField, ReasonField, TextField

Choices = Iterable[tuple[Any, str]]


class InviteForm(VerbForm):
    """posts: (number, title)."""

    post = ChoiceField("Invite", kind="select", missing="Choose the chief officer’s post")
    due = DateField("Comments by", missing="Enter the day by which the comments are to come")

    def __init__(self, *args: Any, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [("", "Choose a post"), *posts]
        self.fields["due"].earliest = self.today


class CommentsForm(VerbForm):
    comments = ReasonField(
        "The chief officer’s comments",
        hint="They are published with the response, as they stand here",
        rows=12,
        missing="Write the chief officer’s comments, or that there are none",
        max_length=40_000,
    )
    reason = words_field("Why, where comments change that were received", rows=2)


class DraftForm(VerbForm):
    """The response in words, and for each item what is done or why nothing is. items: those that the reader sees."""

    response = ReasonField(
        "The response",
        hint="Our comments on the report and on what the chief officer says of it",
        rows=8,
        missing="Write the response",
        max_length=40_000,
    )

    def __init__(
        self, *args: Any, items: Sequence[Item], answers: Mapping[int, tuple[str, str]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        for item in self.items:
            action, why = (answers or {}).get(item.pk, ("", ""))
            done = ReasonField("What is done, or will be", rows=3, required=False, max_length=8000, initial=action)
            none = ReasonField("Or why nothing is done", rows=2, required=False, max_length=8000, initial=why)
            self.fields |= {f"action-{item.pk}": done, f"why-{item.pk}": none}

    @property
    def rows(self) -> list[tuple[Item, BoundField, BoundField]]:
        bound = {field.name: field for field in self.answers}
        return [(item, bound[f"action-{item.pk}"], bound[f"why-{item.pk}"]) for item in self.items]

    def said(self) -> dict[int, tuple[str, str]]:
        """By number of the record what the response says to it."""
        given = self.cleaned_data
        return {item.pk: (given[f"action-{item.pk}"], given[f"why-{item.pk}"]) for item in self.items}


class AlsoForm(VerbForm):
    reason = words_field("Anything to keep with it", rows=2)


class CopyForm(VerbForm):
    """waiting: the copies that are not sent, as (name, words)."""

    to = ChoiceField("To", missing="Choose to whom the copy was sent")
    on = DateField("Sent on", missing="Enter the day on which it was sent")
    how = TextField("How", hint="Such as by e-mail, or by the inspectorate’s portal", required=False, max_length=200)

    def __init__(self, *args: Any, waiting: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = list(waiting)
        self.fields["on"].latest = self.today


class ElsewhereForm(VerbForm):
    on = DateField("Published on", missing="Enter the day on which the response was published")
    where = TextField("Its address", missing="Enter the address at which the response stands", max_length=300)
    reason = ReasonField("Why it was not published from here", rows=2, missing="Say why it was not published from here")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = self.today


class MoveForm(VerbForm):
    """steps: those that may move, as (name, words with their day)."""

    which = ChoiceField("Which step", missing="Choose the step")
    due = DateField("New day", missing="Enter the new day")
    reason = ReasonField("Why it moves", rows=2, missing="Say why the day moves")

    def __init__(self, *args: Any, steps: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["which"].choices = list(steps)


class AnswerWithForm(VerbForm):
    """others: the reports whose response can answer this one too, as (number, words)."""

    other = ChoiceField("Which report", kind="select", missing="Choose the report whose response answers this one")
    reason = ReasonField(
        "Why the findings are identical",
        hint="The law lets one response stand for two reports only then",
        rows=3,
        missing="Say why the findings are identical",
    )

    def __init__(self, *args: Any, others: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = [("", "Choose a report"), *others]
