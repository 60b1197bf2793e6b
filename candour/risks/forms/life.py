"""What is done about a risk, whose it is besides, and merging it into another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from candour.kernel.records.forms import VerbForm, approver_field
from candour.kernel.web.forms import BoundField, ChoiceField, DateField, ReasonField, TextField
from candour.risks.forms.verbs import CONTROL, RESPONSES, RISK

RESPONSE_HINTS = {
    "reduce": "Controls make it less likely or less harmful. Also called treat.",
    "accept": "It stands as it is, and no more is done. Also called tolerate.",
    "share": "Somebody else carries a part of it, by contract or insurance. Also called transfer.",
    "avoid": "What brings the risk about is not done. Also called terminate.",
}
FATES = (("move", "Move it"), ("end", "End it"))


class ResponseForm(VerbForm):
    edits = (RISK,)

    response = ChoiceField(
        "What is done about it", RESPONSES, hints=RESPONSE_HINTS, missing="Choose what is done about the risk"
    )
    reason = ReasonField("Why", missing="Say why")
    approver = approver_field()


class JointForm(VerbForm):
    edits = (RISK,)

    joint_with = ChoiceField("The other body", kind="select", required=False)
    joint_reference = TextField(
        "Their reference", hint="As the other body numbers it, if you know", width="10", max_length=60, required=False
    )
    reason = ReasonField("Why", missing="Say why")

    def __init__(self, *args: Any, bodies: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["joint_with"].choices = [("", "No other: this body carries it alone"), *bodies]


class ChangeControlForm(VerbForm):
    """The words, owner and date of one control."""

    edits = (CONTROL,)

    text = ReasonField("What the control is", rows=2, missing="Enter what the control is")
    due = DateField("Due", required=False)
    owner = ChoiceField("Owner", kind="select", hint="The post that sees to it", required=False)
    reason = ReasonField("Why it changes", rows=2, missing="Say why it changes")

    def __init__(self, *args: Any, row: int, pending: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        if not pending:
            del self.fields["due"]


@dataclass(frozen=True)
class Kept:
    """An open control or action of a risk that is to be merged, with its answer."""

    text: str
    state: str
    answer: BoundField


class MergeForm(VerbForm):
    """Into which risk, and what becomes of every control and action: fields control-<number> and action-<number>."""

    into = TextField(
        "Merge it into", hint="The reference of the risk that stays", width="10", missing="Enter the reference"
    )
    reason = ReasonField("Why the two are one risk", missing="Say why the two are one risk")
    approver = approver_field()

    def __init__(
        self,
        *args: Any,
        controls: Mapping[int, tuple[str, str]],
        actions: Mapping[int, tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kept: dict[str, Mapping[int, tuple[str, str]]] = {"control": controls, "action": actions}
        for kind, rows in self.kept.items():
            for number, (text, _) in rows.items():
                missing = f"Choose what becomes of the {kind}"
                self.fields[f"{kind}-{number}"] = ChoiceField(text, FATES, missing=missing, initial="move")

    def rows(self, kind: str) -> Sequence[Kept]:
        fields = {bound.name: bound for bound in self.answers}
        return [Kept(text, state, fields[f"{kind}-{pk}"]) for pk, (text, state) in self.kept[kind].items()]

    @property
    def control_rows(self) -> Sequence[Kept]:
        return self.rows("control")

    @property
    def action_rows(self) -> Sequence[Kept]:
        return self.rows("action")

    @property
    def first_fields(self) -> list[BoundField]:
        """What is asked before the controls and actions."""
        return [bound for bound in self.answers if bound.name in {"into", "reason", "approver"}]

    def fates(self, kind: str) -> dict[int, Any]:
        """By number what becomes of the controls, or the actions, as commands.merge takes them."""
        return {pk: self.cleaned_data[f"{kind}-{pk}"] for pk in self.kept[kind]}
