"""A round is set up: its facts, what it is scored by, and its form."""

from typing import Any

from candour.commissioning import rules as of_agreements
from candour.commissioning.commands.rounds import NewCriterion, NewQuestion, RoundFacts
from candour.commissioning.forms.base import SIGHT, Choices, VerbForm, words_field
from candour.commissioning.models import Question
from candour.kernel.web.fields import PoundsField
from candour.kernel.web.forms import ChoiceField, DateField, NumberField, ReasonField, TextField, TickField

ROUND_HINTS = {
    "public": "The round and, once announced, its awards may be printed in papers and published.",
    "office": "Everyone who sees agreements in this body, and the panel. Never published.",
    "restricted": "Only its lead and posts that may see restricted records.",
}
CRITERIA, QUESTIONS = 8, 14  # rows that the pages offer


def _title() -> TextField:
    return TextField("Name", hint="Such as Community safety grants, spring 2026", missing="Enter the name of the round")


class RoundForm(VerbForm):
    """The facts of a round. posts: (number, title)."""

    title = _title()
    owner = ChoiceField("Lead", kind="select", hint="The post that runs it. It sees every application.", required=False)
    for_what = words_field("What it is for", hint="Applicants read it")
    budget = PoundsField("Budget", hint="In pounds", missing="Enter the budget")
    most = PoundsField(
        "The most that one may ask for", hint="In pounds. Empty for no limit but the budget", required=False
    )
    opens = DateField("First day for applications", missing="Enter the first day")
    closes = DateField("Last day for applications", missing="Enter the last day")
    score_by = DateField("Scores are sent by", required=False)
    marks = ReasonField(
        "What each mark means",
        hint="A line each, from 0 up",
        rows=5,
        missing="Enter what each mark means, a line each",
        max_length=600,
    )
    tolerance = NumberField(
        "By how many marks scorers may differ",
        hint="A wider difference is moderated",
        width="3",
        min_value=0,
        max_value=10,
    )
    pass_mark = NumberField("Pass mark of the total", hint="Of 100. 0 for none", width="3", min_value=0, max_value=100)
    part_awards = TickField("The last in the budget may be awarded a part of what it asks for")
    conditions = words_field(
        "Conditions of every award", hint="A line each. They stand in the letter and the agreement"
    )
    reason = ReasonField("Why", rows=2, missing="Say why", hint="Once the round has opened, applicants are told")

    def __init__(self, *args: Any, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "No post yet"), *posts]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("opens") and given.get("closes") and given["closes"] < given["opens"]:
            self.add_error("closes", "Enter a last day on or after the first")
        return given


class RaiseRoundForm(RoundForm):
    """streams: (number, name)."""

    stream = ChoiceField("Funding stream", kind="select", missing="Choose the funding stream")
    sensitivity = ChoiceField("Who may see the round", SIGHT, hints=ROUND_HINTS, missing="Choose who may see it")
    field_order = ("title", "stream", "owner")

    def __init__(self, *args: Any, streams: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stream"].choices = [("", "Choose a stream"), *streams]


def facts_of(given: dict[str, Any]) -> RoundFacts:
    """The facts that a form says."""
    plain = ("title", "opens", "closes", "conditions", "pass_mark", "tolerance", "part_awards", "score_by")
    return RoundFacts(
        budget=of_agreements.pence(given["budget"]) or 0,
        most=of_agreements.pence(given["most"]),
        purpose=given["for_what"],
        marks=tuple(given["marks"].splitlines()),
        **{name: given[name] for name in plain},
    )


class CriteriaForm(VerbForm):
    """Up to eight criteria, a row each: those without a name are left out. top: the highest mark."""

    reason = ReasonField("Why", rows=2, missing="Say why", hint="Once the round has opened, applicants read it")

    def __init__(self, *args: Any, standing: list[Any], top: int, **kwargs: Any) -> None:
        start = dict(kwargs.pop("initial", {}))
        for number, one in enumerate(standing, 1):
            start |= {f"name_{number}": one.name, f"weight_{number}": one.weight}
            start |= {f"pass_{number}": one.pass_mark or "", f"guidance_{number}": one.guidance}
        super().__init__(*args, initial=start, **kwargs)
        reason = self.fields.pop("reason")
        for number in range(1, CRITERIA + 1):
            self.fields[f"name_{number}"] = TextField("Name", required=False, max_length=120)
            self.fields[f"weight_{number}"] = NumberField(
                "Weight", width="3", required=False, min_value=1, max_value=100
            )
            self.fields[f"pass_{number}"] = NumberField(
                "Pass mark", width="3", required=False, min_value=0, max_value=top
            )
            self.fields[f"guidance_{number}"] = TextField("What scorers look for", required=False, max_length=1000)
        self.fields["reason"] = reason
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The fields of each criterion on the page."""
        names = ("name", "weight", "pass", "guidance")
        return [
            {"number": number} | {name: self[f"{name}_{number}"] for name in names} for number in range(1, CRITERIA + 1)
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for number in range(1, CRITERIA + 1):
            named, weight = given.get(f"name_{number}"), given.get(f"weight_{number}")
            if named and not weight:
                self.first_error(f"weight_{number}", f"Enter the weight of {named}")
            if weight and not named:
                self.first_error(f"name_{number}", f"Enter the name of criterion {number}, or empty its weight")
        return given

    @property
    def criteria(self) -> list[NewCriterion]:
        given = self.cleaned_data
        return [
            NewCriterion(given[f"name_{n}"], given[f"weight_{n}"], given[f"pass_{n}"] or 0, given[f"guidance_{n}"])
            for n in range(1, CRITERIA + 1)
            if given[f"name_{n}"]
        ]


class QuestionsForm(VerbForm):
    """Up to fourteen questions, a row each: those without words are left out."""

    reason = ReasonField("Why", rows=2, missing="Say why")

    def __init__(self, *args: Any, standing: list[Any], **kwargs: Any) -> None:
        start = dict(kwargs.pop("initial", {}))
        for number, one in enumerate(standing, 1):
            start |= {f"text_{number}": one.text, f"kind_{number}": "must" if one.must else one.kind}
            start |= {f"words_{number}": one.most_words or "", f"optional_{number}": not one.required}
        super().__init__(*args, initial=start, **kwargs)
        reason = self.fields.pop("reason")
        kinds = [*Question.Kind.choices, ("must", "Yes or no, and only yes is eligible")]
        for number in range(1, QUESTIONS + 1):
            self.fields[f"text_{number}"] = TextField("Words", required=False, max_length=300)
            self.fields[f"kind_{number}"] = ChoiceField("Kind of answer", kinds, kind="select", required=False)
            self.fields[f"words_{number}"] = NumberField(
                "Most words", width="4", required=False, min_value=1, max_value=5000
            )
            self.fields[f"optional_{number}"] = TickField("It may be left out")
        self.fields["reason"] = reason
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    @property
    def rows(self) -> list[dict[str, Any]]:
        names = ("text", "kind", "words", "optional")
        return [
            {"number": number} | {name: self[f"{name}_{number}"] for name in names}
            for number in range(1, QUESTIONS + 1)
        ]

    @property
    def questions(self) -> list[NewQuestion]:
        given = self.cleaned_data
        return [
            NewQuestion(
                given[f"text_{n}"],
                "yes or no" if given[f"kind_{n}"] == "must" else given[f"kind_{n}"] or "text",
                given[f"words_{n}"] or 0,
                required=not given[f"optional_{n}"],
                must=given[f"kind_{n}"] == "must",
            )
            for n in range(1, QUESTIONS + 1)
            if given[f"text_{n}"]
        ]
