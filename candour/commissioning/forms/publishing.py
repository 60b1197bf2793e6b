"""Forms of open data: what a body tells of itself, what is withheld, payments, KPIs and their ratings."""

from typing import Any

from candour.commissioning.forms.base import Choices, VerbForm
from candour.commissioning.forms.life import PastForm
from candour.commissioning.rules.publishing import PARTS, RATINGS, REASONS
from candour.kernel.web.fields import PoundsField
from candour.kernel.web.forms import ChoiceField, DateField, Form, ReasonField, TextField

GROUNDS = [("", "Nothing is redacted"), *REASONS.items()]


class PublishingForm(Form):
    """What stands of the body in its open data."""

    ocid_prefix = TextField(
        "Prefix of its ocids", hint="Registered with the Open Contracting Partnership: ocds-a1b2c3", width="20", required=False,
        max_length=20,
    )  # fmt: skip
    giving_prefix = TextField(
        "360Giving prefix", hint="Registered with 360Giving: 360G-mereford", width="20", required=False, max_length=40
    )
    scheme = TextField(
        "Scheme of its identifier",
        hint="As org-id.guide names it, such as GB-PPON",
        width="20",
        required=False,
        max_length=20,
    )
    number = TextField("Its identifier in that scheme", width="20", required=False, max_length=40)
    website = TextField("Website", hint="Such as https://www.example.org", required=False, max_length=200)
    licence = TextField(
        "Licence", hint="Its address. Empty stands for the Open Government Licence", required=False, max_length=200
    )
    contracts_over = PoundsField("Publish contracts worth more than", hint="In pounds", missing="Enter an amount, or 0")
    spend_over = PoundsField("Publish payments of more than", hint="In pounds", missing="Enter an amount, or 0")
    reason = ReasonField("Why it changes, or where it is registered", rows=2, missing="Say why it changes")


class WithholdForm(VerbForm):
    part = ChoiceField("What is withheld", list(PARTS.items()), missing="Choose what is withheld")
    ground = ChoiceField(
        "By which exemption of the Freedom of Information Act 2000",
        list(REASONS.items()),
        missing="Choose the exemption",
    )
    reason = ReasonField(
        "Why it holds",
        rows=2,
        hint="Do not repeat what must not be seen. It is not published.",
        missing="Say why it holds",
    )


class AgainForm(VerbForm):
    """parts: (part, words) of what is withheld now."""

    part = ChoiceField("What can be published again", missing="Choose a part that is withheld")
    reason = ReasonField("Why", rows=2, missing="Say why it can be published now")

    def __init__(self, *args: Any, parts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = list(parts)


class PayForm(PastForm):
    """orders: (number, words) of the agreement's orders."""

    number = TextField(
        "Payment number", hint="As finance has it", width="10", missing="Enter the payment’s number", max_length=56
    )
    on = DateField("Paid on", missing="Enter the day on which it was paid")
    value = PoundsField("Amount", hint="In pounds, without VAT that is recovered", missing="Enter the amount")
    back = ChoiceField(
        "Which way",
        [("out", "Paid to the provider"), ("back", "Paid back by the provider")],
        missing="Choose which way",
    )
    paid_for = TextField("What it was for", hint="As the public will read it", required=False, max_length=200)
    order = ChoiceField("Of which order", kind="select", required=False)
    ground = ChoiceField("Redact supplier and purpose", GROUNDS, kind="select", required=False)
    reason = ReasonField("Note", rows=2, required=False)

    def __init__(self, *args: Any, orders: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["order"].choices = [("", "No order"), *orders]


class IndicatorForm(VerbForm):
    name = TextField("What is measured", missing="Enter what is measured", max_length=200)
    target = TextField("Target", hint="Such as 90% within two working days", required=False, max_length=200)
    reason = ReasonField("Where it is agreed", rows=2, missing="Say where it is agreed")


class RateForm(PastForm):
    """indicators: (number, name) of those that are measured."""

    indicator = ChoiceField("Which KPI", kind="select", missing="Choose the KPI")
    on = DateField("Rated up to", hint="The last day of what is rated", missing="Enter the last day of what is rated")
    rating = ChoiceField("How it performed", list(RATINGS.items()), missing="Choose how it performed")
    said = ReasonField("In words", rows=2, required=False, hint="Needed for Other")
    reason = ReasonField("Note", rows=2, required=False)

    def __init__(self, *args: Any, indicators: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].choices = [("", "Choose the KPI"), *indicators]


class EndIndicatorForm(VerbForm):
    """indicators: (number, name) of those that are measured."""

    indicator = ChoiceField("Which KPI", kind="select", missing="Choose the KPI")
    reason = ReasonField("Why it is not measured any more", rows=2, missing="Say why it is not measured any more")

    def __init__(self, *args: Any, indicators: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].choices = [("", "Choose the KPI"), *indicators]
