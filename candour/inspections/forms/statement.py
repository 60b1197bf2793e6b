"""Items of the force management statement."""

from collections.abc import Iterable
from typing import Any

from candour.inspections.rules.statement import SAID
from candour.kernel.records.forms import SIGHT, SIGHT_HINTS, VerbForm, words_field
from candour.kernel.web.forms import ChoiceField, DateField, Form, ReasonField, TextField

Choices = Iterable[tuple[Any, str]]


def _facts(posts: Choices) -> dict[str, Any]:
    return {
        "title": TextField("What is asked, in a line", max_length=300, missing="Enter what is asked, in a line"),
        "section": TextField(
            "Section of the statement", hint="Such as Responding to the public", max_length=160,
            missing="Enter the section",
        ),
        "asked": words_field("What is asked, in full", rows=3),
        "owner": ChoiceField("Owner", [("", "No post yet"), *posts], kind="select", required=False),
        "due": DateField("Due", required=False),
    }  # fmt: skip


class EnterItemForm(Form):
    """posts: (number, title)."""

    def __init__(self, *args: Any, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {
            "year": TextField("Year of the statement", hint="As 2026/27", width="10", missing="Enter the year"),
            **_facts(posts),
            "reference": TextField(
                "Reference", hint="Leave it empty for the next number", width="10", required=False, max_length=60
            ),
            "sensitivity": ChoiceField("Who may see it", SIGHT, hints=SIGHT_HINTS, missing="Choose who may see it"),
            "reason": ReasonField("Why it is entered", rows=2, missing="Say why it is entered"),
        }


class ChangeItemForm(VerbForm):
    """posts: (number, title)."""

    def __init__(self, *args: Any, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= _facts(posts)
        self.fields["reason"] = ReasonField("Why it changes", rows=2, missing="Say why it changes")


class ProgressForm(VerbForm):
    said = ChoiceField("How it stands", list(SAID.items()), missing="Choose how it stands")
    text = ReasonField("What moved", hint="Since it was reported last", rows=4, missing="Say what moved")


class EndItemForm(VerbForm):
    left = ChoiceField(
        "What became of it", [("done", "It is done"), ("dropped", "It is dropped")], missing="Choose what became of it"
    )
    reason = ReasonField(
        "What shows it, or why", rows=3, missing="Say what shows that it is done, or why it is dropped"
    )
