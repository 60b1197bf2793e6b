"""Scoring outside a review: each of the three scores, a proposed one, and what became of it."""

from collections.abc import Sequence
from typing import Any

from candour.kernel.records.forms import VerbForm, approver_field
from candour.kernel.scales.rules import Matrix
from candour.kernel.web.forms import ChoiceField, DateField, LevelField, ReasonField
from candour.risks.forms.verbs import ASSESSMENT


class ScoreForm(VerbForm):
    """Impact and likelihood on the scale in force. purpose: which of the scores the form gives."""

    edits = (ASSESSMENT,)

    impact = LevelField("Impact if it happens", missing="Choose the impact")
    likelihood = LevelField("Likelihood", missing="Choose the likelihood")
    reason = ReasonField("Why it is scored so", missing="Say why it is scored so")

    def __init__(self, *args: Any, matrix: Matrix, purpose: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purpose = purpose
        for name, levels in (("impact", matrix.impact), ("likelihood", matrix.likelihood)):
            self.fields[name].levels = sorted(levels, key=lambda level: level.value)


class DecideForm(VerbForm):
    """What became of a proposed score: agreed, refused or withdrawn. answers: those that the person may give."""

    answer = ChoiceField("What became of it", missing="Choose what became of the proposed score")
    approver = approver_field()
    effective = DateField("On", hint="The day of the meeting, or today", required=False)
    reason = ReasonField("Why", missing="Say why", hint="What the board said, in a sentence that a paper can print")

    def __init__(self, *args: Any, answers: Sequence[tuple[str, str]], first: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = answers
        self.fields["approver"].label = "Which board or post said so"
        self.fields["approver"].help_text = "Needed where it was agreed"
        self.fields["effective"].earliest, self.fields["effective"].latest = first, self.today

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("answer") == "agreed" and not given.get("approver", "").strip():
            self.first_error("approver", "Enter the board or post that agreed it")
        return given
