"""A budget is opened and changed; a scheme is added, changed, rated, finished; who may see any of them."""

from typing import Any

from candour.finance.forms.base import NO_POST, SIGHT, SIGHT_HINTS, Choices, sight_field, years_around
from candour.finance.rules import SORTS
from candour.kernel.records.forms import VerbForm, words_field
from candour.kernel.web.forms import ChoiceField, DateField, Form, ReasonField, TextField, TickField


class OpenBudgetForm(Form):
    """posts: (number, title)."""

    year = ChoiceField("Financial year", kind="select", missing="Choose the year")
    owner = ChoiceField("Owner", NO_POST, kind="select", required=False)
    sensitivity = sight_field()
    reason = ReasonField("Why it is opened", rows=2, missing="Say why it is opened, such as the decision that set it")

    def __init__(self, *args: Any, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [*NO_POST, *posts]
        if self.today:
            self.fields["year"].choices = [("", "Choose"), *years_around(self.today)]


class ChangeBudgetForm(VerbForm):
    title = TextField("Title", max_length=300)
    owner = ChoiceField("Owner", NO_POST, kind="select", required=False)
    reason = ReasonField("Why it changes", rows=2, missing="Say why it changes")

    def __init__(self, *args: Any, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_posts(list(posts), "owner")


class AddSchemeForm(Form):
    """posts: (number, title)."""

    sort = ChoiceField("What it is", list(SORTS.items()), missing="Choose whether it saves or builds")
    title = TextField("Title", hint="Workbooks are read by its reference or its title", max_length=300)
    about = words_field("What it does", hint="What changes, and where the money comes from", rows=3)
    cashable = TickField("A saving that takes money out of the budget: it is cashable")
    owner = ChoiceField("Owner", NO_POST, kind="select", required=False)
    reference = TextField(
        "Reference", hint="Leave it empty for the next number", width="10", required=False, max_length=60
    )
    sensitivity = sight_field()
    reason = ReasonField("Why it is added", rows=2, missing="Say why it is added")

    def __init__(self, *args: Any, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [*NO_POST, *posts]


class ChangeSchemeForm(VerbForm):
    """saves: whether it is a saving, which alone can be cashable."""

    title = TextField("Title", max_length=300)
    about = words_field("What it does", rows=3)
    cashable = TickField("It takes money out of the budget: it is cashable")
    owner = ChoiceField("Owner", NO_POST, kind="select", required=False)
    reason = ReasonField("Why it changes", rows=2, missing="Say why it changes")

    def __init__(self, *args: Any, posts: Choices, saves: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_posts(list(posts), "owner")
        if not saves:
            del self.fields["cashable"]


class RateForm(VerbForm):
    """words: (step, word) of the scale; meanings: by step."""

    rating = ChoiceField("How it is going", missing="Choose one of the words")
    reason = ReasonField("What that rests on", rows=3, missing="Say what the rating rests on")

    def __init__(self, *args: Any, words: Choices, meanings: dict[Any, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rating"].choices, self.fields["rating"].hints = list(words), meanings


class EndForm(VerbForm):
    on = DateField("The last day", missing="Enter the last day")
    reason = ReasonField("How it ended", rows=2, missing="Say how it ended")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = self.today


class RestrictForm(VerbForm):
    sensitivity = ChoiceField("Who may see it", SIGHT, hints=SIGHT_HINTS, missing="Choose who may see it")
    reason = ReasonField(
        "Why", hint="Do not repeat what must not be seen.", missing="Say why, without repeating what must not be seen"
    )
