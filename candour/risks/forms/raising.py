"""A new risk in one form."""

from collections.abc import Sequence
from typing import Any

from candour.kernel.records.forms import SIGHT, SIGHT_HINTS, words_field
from candour.kernel.scales.rules import Matrix
from candour.kernel.web.forms import ChoiceField, Form, LevelField, ReasonField, TextField
from candour.risks.forms.verbs import REGISTERS, RESPONSES


class RaiseForm(Form):
    """A new risk of one body, scored on the body's scale."""

    title = TextField(
        "Title", hint="What could happen, in one line", missing="Enter a title that says what could happen"
    )
    level = ChoiceField("Register", REGISTERS, missing="Choose strategic, operational or project")
    source = words_field("Source", hint="What it comes from", rows=2)
    event = words_field("Event", hint="What could happen", rows=2)
    effect = words_field("Effect", hint="What that would mean", rows=2)
    context = words_field("Context", hint="What else a reader must know", rows=2)
    category = TextField("Category", hint="Such as Money, People or Estates", width="20", max_length=80, required=False)
    impact = LevelField("Impact if it happens", missing="Choose the impact")
    likelihood = LevelField("Likelihood", missing="Choose the likelihood")
    response = ChoiceField(
        "What is done about it", [("", "Not decided yet"), *RESPONSES], kind="select", required=False
    )
    owner = ChoiceField("Owner", kind="select", hint="The post that answers for the risk", missing="Choose the owner")
    responsible_officer = ChoiceField(
        "Responsible officer", kind="select", hint="The post that reviews it; the owner if you leave it", required=False
    )
    sensitivity = ChoiceField("Who may see it", SIGHT, hints=SIGHT_HINTS, missing="Choose who may see this risk")
    reference = TextField(
        "Reference", hint="The next number. Change it if yours comes from elsewhere.", width="10", max_length=60
    )
    reason = ReasonField("Why it is raised now", rows=2, missing="Say why it is raised now")

    def __init__(self, *args: Any, matrix: Matrix, posts: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, levels in (("impact", matrix.impact), ("likelihood", matrix.likelihood)):
            self.fields[name].levels = sorted(levels, key=lambda level: level.value)
        self.fields["owner"].choices = [("", "Choose a post"), *posts]
        self.fields["responsible_officer"].choices = [("", "The owner"), *posts]
