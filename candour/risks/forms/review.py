"""The review of a risk: two scales, what moved, and every control, in one form filled as things stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from candour.kernel.calendar import say_date
from candour.kernel.records.forms import VerbForm
from candour.kernel.scales.rules import Matrix
from candour.kernel.web.forms import (
    BoundField,
    ChoiceField,
    DateField,
    LevelField,
    Problem,
    ReasonField,
    TickField,
)
from candour.risks.forms.verbs import ASSESSMENT, CONTROL
from candour.risks.queries import ControlRow, RiskRow
from candour.risks.rules import needs_new_date, why_moved

PENDING = (("still to do", "Still to do"), ("in place", "In place"), ("removed", "Remove"))
EXISTING = (("works", "Works"), ("in part", "In part"), ("fails", "Does not work"), ("removed", "Remove"))


@dataclass(frozen=True)
class ControlAnswer:
    """One control on the form, with its two fields; due is None for a control that is in place."""

    number: int
    control: ControlRow
    answer: BoundField
    due: BoundField | None

    @property
    def errors(self) -> bool:
        return bool(self.answer.errors or (self.due is not None and self.due.errors))


class ReviewForm(VerbForm):
    """Fields control-<number> and control-<number>-due for each control that stands."""

    edits = (ASSESSMENT, CONTROL)
    purpose = "current"

    impact = LevelField("Impact if it happens", missing="Choose the impact")
    likelihood = LevelField("Likelihood", missing="Choose the likelihood")
    narrative = ReasonField(
        "What moved, and why",
        hint="Two or three sentences the panel can read. A changed score needs a reason.",
        required=False,
    )
    accept = TickField("Accept the risk as it stands: no more controls are needed")

    def __init__(self, *args: Any, row: RiskRow, matrix: Matrix, today: date, seen: int, **kwargs: Any) -> None:
        self.risk, self.matrix = row, matrix
        super().__init__(*args, today=today, seen=seen, initial=self._as_it_stands(row, matrix), **kwargs)
        if row.line.last_review:
            self.fields["narrative"].label = f"What moved since {say_date(row.line.last_review)}, and why"
        self.controls = [control for control in row.controls if control.removed_on is None]
        self.controls.sort(key=lambda control: (not control.pending, control.due or date.max, control.pk))
        for name, levels in (("impact", matrix.impact), ("likelihood", matrix.likelihood)):
            self.fields[name].levels = sorted(levels, key=lambda level: level.value)
        for control in self.controls:
            self._add(control, today)

    def _as_it_stands(self, row: RiskRow, matrix: Matrix) -> dict[str, Any]:
        same = row.matrix is not None and row.matrix.same_levels(matrix)
        return {
            "accept": row.response == "accept",
            "impact": row.line.impact if same else None,
            "likelihood": row.line.likelihood if same else None,
        }

    def _add(self, control: ControlRow, today: date) -> None:
        name = f"control-{control.pk}"
        choices: Sequence[tuple[str, str]] = PENDING if control.pending else EXISTING
        first = "still to do" if control.pending else control.effect or "works"
        field = ChoiceField(control.text, choices, missing="Choose what has become of the control", initial=first)
        self.fields[name] = field
        if control.pending:
            due = DateField("New date, if it moves", required=False)
            due.today = today
            self.fields[f"{name}-due"] = due

    @property
    def rows(self) -> list[ControlAnswer]:
        """Every control with its fields, pending ones first."""
        fields = {field.name: field for field in self.answers}
        return [
            ControlAnswer(
                number,
                control,
                fields[f"control-{control.pk}"],
                fields.get(f"control-{control.pk}-due"),
            )
            for number, control in enumerate(self.controls, start=1)
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self._need_narrative(given)
        for control in self.controls:
            name = f"control-{control.pk}"
            late = needs_new_date(control.due, given.get(f"{name}-due"), self.today or date.min)
            if given.get(name) == "still to do" and f"{name}-due" not in self.errors and late:
                self.first_error(f"{name}-due", "Enter a new date, or say it is in place")
        return given

    def _need_narrative(self, given: dict[str, Any]) -> None:
        if given.get("narrative", "").strip() or "narrative" in self.errors:
            return
        now = (given.get("impact"), given.get("likelihood"))
        was = (self.risk.line.impact, self.risk.line.likelihood)
        same = self.risk.matrix is not None and self.risk.matrix.same_levels(self.matrix)
        if None in now or (now == was and same):
            self.add_error("narrative", "Say what moved, or that nothing has")
        else:
            self.add_error("narrative", why_moved(was if same else None, now))  # type: ignore[arg-type]

    @property
    def problems(self) -> list[Problem]:
        """The error summary. A control's line says which control; beside the control it need not."""
        said = {
            f"control-{control.pk}-due": f"Enter a new date for ‘{shorten(control.text)}’, or say it is in place"
            for control in self.controls
        }
        plain = "Enter a new date, or say it is in place"
        return [
            Problem(each.id, said[each.id]) if each.id in said and each.message == plain else each
            for each in super().problems
        ]

    @property
    def settled(self) -> dict[int, tuple[str, date | None]]:
        """By control what was answered, for commands.review; what could not be read is left out."""
        given = getattr(self, "cleaned_data", {})
        return {
            control.pk: (given[f"control-{control.pk}"], given.get(f"control-{control.pk}-due"))
            for control in self.controls
            if given.get(f"control-{control.pk}")
        }


def shorten(text: str) -> str:
    """A control's words in a line of the summary."""
    return text if len(text) <= 60 else text[:59].rstrip() + "…"
