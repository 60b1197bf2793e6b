"""Many risks reviewed in one form: a row each, left for later unless it is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from candour.kernel.scales.rules import Matrix
from candour.kernel.web.forms import BoundField, ChoiceField, Form, Problem, TextField
from candour.risks.queries import RiskRow

LEAVE, UNCHANGED, SCORED = "leave", "unchanged", "scored"
ANSWERS = ((LEAVE, "Leave for now"), (UNCHANGED, "Nothing moved"), (SCORED, "New score"))


@dataclass(frozen=True)
class Axis:
    """Impact or likelihood of a row, with the short word that stands above its box."""

    short: str
    auto_id: str
    bound: BoundField


@dataclass(frozen=True)
class BulkRow:
    """One risk on the form, with its fields."""

    row: RiskRow
    number: int
    answer: BoundField
    impact: BoundField
    likelihood: BoundField
    narrative: BoundField
    overdue: bool
    seen: str

    @property
    def levels(self) -> list[Axis]:
        return [
            Axis("Impact", self.impact.auto_id, self.impact),
            Axis("Likelihood", self.likelihood.auto_id, self.likelihood),
        ]

    @property
    def errors(self) -> list[str]:
        fields = (self.answer, self.impact, self.likelihood, self.narrative)
        return [str(error) for each in fields for error in each.errors]


class BulkForm(Form):
    """Fields <risk>-answer, <risk>-impact, <risk>-likelihood, <risk>-narrative; <risk>-seen is the last entry read."""

    def __init__(
        self,
        *args: Any,
        rows: Sequence[RiskRow],
        matrices: dict[int, Matrix],
        seen: dict[int, int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.risks, self.seen_now = rows, seen
        self.standing: dict[int, tuple[str, str]] = {}  # the levels of the risks that stand on the scale in force
        for row in rows:
            self._add(row, matrices[row.organisation_id])

    def _add(self, row: RiskRow, matrix: Matrix) -> None:
        same = row.matrix is not None and row.matrix.same_levels(matrix)
        if same:
            self.standing[row.pk] = (str(row.line.impact), str(row.line.likelihood))
        name = row.reference
        self.fields[f"{row.pk}-answer"] = ChoiceField(
            f"Review of {name}", ANSWERS, missing=f"Choose an answer for {name}", initial=LEAVE
        )
        for axis, levels in (("impact", matrix.impact), ("likelihood", matrix.likelihood)):
            choices = [
                (level.value, f"{level.value} {level.word}") for level in sorted(levels, key=lambda one: one.value)
            ]
            self.fields[f"{row.pk}-{axis}"] = ChoiceField(
                f"{axis.capitalize()} of {name}",
                [*([] if same else [("", f"Choose {axis}")]), *choices],
                kind="select",
                missing=f"Choose the {axis} of {name}",
                initial=getattr(row.line, axis) if same else "",
                required=False,
            )
        self.fields[f"{row.pk}-narrative"] = TextField(f"What moved in {name}", max_length=4000, required=False)

    @property
    def rows(self) -> list[BulkRow]:
        bound = {each.name: each for each in self.answers}
        return [
            BulkRow(
                row,
                number,
                answer=bound[f"{row.pk}-answer"],
                impact=bound[f"{row.pk}-impact"],
                likelihood=bound[f"{row.pk}-likelihood"],
                narrative=bound[f"{row.pk}-narrative"],
                overdue=bool(row.line.next_control_due and self.today and row.line.next_control_due < self.today),
                seen=self.data.get(f"{row.pk}-seen") or str(self.seen_now[row.pk]),
            )
            for number, row in enumerate(self.risks, start=1)
        ]

    @property
    def seen(self) -> dict[int, int]:
        """By risk the last entry that was read when the form was opened."""
        typed = {row.pk: self.data.get(f"{row.pk}-seen", "") for row in self.risks}
        return {pk: int(said) for pk, said in typed.items() if said.isascii() and said.isdigit() and len(said) < 10}

    @property
    def answered(self) -> list[RiskRow]:
        """The rows that are not left for now."""
        return [row for row in self.risks if self.cleaned_data.get(f"{row.pk}-answer") not in {None, "", LEAVE}]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for row in self.risks:
            if given.get(f"{row.pk}-answer") != SCORED:
                continue
            levels = tuple(given.get(f"{row.pk}-{axis}") for axis in ("impact", "likelihood"))
            for axis, level in zip(("impact", "likelihood"), levels, strict=True):
                if not level:
                    self.first_error(f"{row.pk}-{axis}", f"Choose the {axis} of {row.reference}")
            if levels == self.standing.get(row.pk):
                self.first_error(
                    f"{row.pk}-answer", f"Change the score of {row.reference}, or say that nothing has changed"
                )
        return given

    @property
    def problems(self) -> list[Problem]:
        """The error summary, each line with the reference of its row."""
        references = {str(row.pk): row.reference for row in self.risks}
        whole = len(self.non_field_errors())
        found = []
        for number, each in enumerate(super().problems):
            reference = references.get(each.id.split("-")[0], "")
            named = number < whole or reference in each.message
            found.append(each if named else Problem(each.id, f"{reference}: {each.message}"))
        return found
