"""Plans, priorities, objectives and activities are written and changed."""

from typing import Any

from candour.kernel.records.forms import VerbForm, approver_field, words_field
from candour.kernel.web.forms import ChoiceField, DateField, Form, ReasonField, TextField
from candour.plan import rules
from candour.plan.forms.base import EVERY, SIGHT, SIGHT_HINTS, Choices, no_post

WHY = "Say why it changes"


def _sight(whole: str = "") -> ChoiceField:
    return ChoiceField("Who may see it", SIGHT, hints=SIGHT_HINTS, missing="Choose who may see it")


def _post(label: str, posts: Choices, hint: str = "") -> ChoiceField:
    return ChoiceField(label, no_post(posts), kind="select", required=False, hint=hint)


def _of_plan(posts: Choices) -> dict[str, Any]:
    return {
        "title": TextField("Title", hint="Such as Police and Crime Plan 2025 to 2029", max_length=300),
        "aim": words_field("What it is for", hint="In the plan’s own words", rows=2),
        "starts": DateField("First day", missing="Enter the first day of the plan"),
        "ends": DateField("Last day", missing="Enter the last day of the plan"),
        "every": ChoiceField("Its activities are updated", EVERY, kind="select"),
        "owner": _post("Who leads it", posts),
    }


class SetUpForm(Form):
    """A new plan. posts: (number, title)."""

    def __init__(self, *args: Any, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sort"] = ChoiceField("What it is", list(rules.SORTS.items()), missing="Choose what it is")
        self.fields |= _of_plan(posts)
        hint = "Its objectives are called by it: PCP25/1.2. Leave it empty for the next number"
        self.fields["reference"] = TextField("Reference", hint=hint, width="10", required=False, max_length=30)
        self.fields["sensitivity"] = _sight()
        self.fields["reason"] = ReasonField("Why it is set up", rows=2, missing="Say why it is set up")


class ChangePlanForm(VerbForm):
    def __init__(self, *args: Any, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= _of_plan(posts)
        self.fields["reason"] = ReasonField("Why it changes", rows=2, missing=WHY)


class PublishForm(VerbForm):
    on = DateField("Published on", missing="Enter the day on which it was published")


class EndPlanForm(VerbForm):
    on = DateField("Its last day", missing="Enter its last day")
    replaced_by = ChoiceField("Replaced by", kind="select", required=False)
    reason = ReasonField("Why it ends", rows=2, missing="Say why it ends")

    def __init__(self, *args: Any, plans: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["replaced_by"].choices = [("", "No other plan"), *plans]


class PriorityForm(VerbForm):
    """A priority, new or changed. changing: it stands already, so a reason is asked for."""

    number = TextField("Number", hint="As the plan prints it, such as 1", width="5", max_length=12)
    title = TextField("The priority in the plan’s own words", max_length=300)
    text = words_field("What it says more", rows=3)

    def __init__(self, *args: Any, posts: Choices, changing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"] = _post("Who leads it", posts)
        if changing:
            self.fields["reason"] = ReasonField("Why it changes", rows=2, missing=WHY)


class RemoveForm(VerbForm):
    reason = ReasonField("Why it goes", rows=2, missing="Say why it goes")


class ObjectiveForm(VerbForm):
    """An objective, new or changed. priorities: of its plan, where it may be moved; sight: whether that is asked."""

    number = TextField("Number", hint="As the plan prints it, such as 1.2", width="5", max_length=12)
    title = TextField("The objective in the plan’s own words", max_length=300)
    outcome = words_field("What will be different", hint="The outcome, in the plan’s own words", rows=3)

    def __init__(self, *args: Any, posts: Choices, priorities: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = _post("Who answers for it", posts)
        if priorities:
            self.fields["priority"] = ChoiceField("Stands under", priorities, kind="select")
            self.fields["reason"] = ReasonField("Why it changes", rows=2, missing=WHY)
        else:
            self.fields["sensitivity"] = _sight()


class CloseForm(VerbForm):
    on = DateField("Closed on", missing="Enter the day")
    reason = ReasonField(
        "Is it reached, and how is that known?", rows=3, missing="Say whether it is reached, and how that is known"
    )


class ActivityForm(VerbForm):
    """An activity, new or changed. new: it gets a number, a date and who may see it."""

    title = TextField("What will be done", max_length=300)
    text = words_field("What it says more", rows=3)

    def __init__(self, *args: Any, posts: Choices, new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = _post("Owner", posts, hint="The post that answers for it")
        self.fields["lead"] = _post("Lead", posts, hint="The post that does the work, where it is another")
        self.fields["starts"] = DateField("Begins on", required=False)
        if new:
            self.fields["due"] = DateField("To be done by", required=False)
        self.fields["every"] = ChoiceField("Updated", EVERY, kind="select")
        if new:
            self.fields["sensitivity"] = _sight()
        else:
            self.fields["reason"] = ReasonField("Why it changes", rows=2, missing=WHY)


class RestrictForm(VerbForm):
    sensitivity = ChoiceField("Who may see it", SIGHT, hints=SIGHT_HINTS, missing="Choose who may see it")
    reason = ReasonField(
        "Why", hint="Do not repeat what must not be seen.", missing="Say why, without repeating what must not be seen"
    )


class MoveForm(VerbForm):
    to = DateField("New date", missing="Enter the new date")
    reason = ReasonField("Why the date moves", rows=2, missing="Say why the date moves")
    approver = approver_field()


class StopForm(VerbForm):
    reason = ReasonField("Why it is stopped", rows=2, missing="Say why it is stopped")
    approver = approver_field()
