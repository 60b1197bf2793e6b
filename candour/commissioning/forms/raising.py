"""An agreement joins the register, and its facts change; providers, streams and templates."""

from typing import Any

from candour.commissioning import rules
from candour.commissioning.forms.base import SIGHT, SIGHT_HINTS, Choices, VerbForm, words_field
from candour.commissioning.rules.publishing import PROCEDURES
from candour.kernel.web.fields import NumberField, PoundsField
from candour.kernel.web.forms import ChoiceField, DateField, Form, ReasonField, TextField

KINDS = list(rules.KINDS.items())
SERVICE_HINT = (
    "In whole words, such as Advocacy for victims. The title is made of it, the area, the provider and the year."
)


class RaiseForm(Form):
    """A new agreement. streams, providers, posts: (number, name) of what there is to choose from."""

    kind = ChoiceField("What kind of agreement is it?", KINDS, missing="Choose the kind of agreement")
    stream = ChoiceField("Funding stream", kind="select", missing="Choose the funding stream")
    provider = ChoiceField("Provider", kind="select", missing="Choose the provider")
    service = TextField("What is provided", hint=SERVICE_HINT, missing="Enter what is provided", max_length=120)
    area = TextField("Where", hint="Such as countywide", required=False, max_length=80)
    owner = ChoiceField("Lead", kind="select", hint="The post that looks after it", required=False)
    starts = DateField("First day", required=False)
    ends = DateField("Last day", required=False)
    value = PoundsField("Value over its whole term", hint="In pounds, with VAT", required=False)
    reference = TextField(
        "Reference",
        hint="Leave it empty for the next number of the stream",
        width="10",
        required=False,
        max_length=60,
    )
    sensitivity = ChoiceField("Who may see it", SIGHT, hints=SIGHT_HINTS, missing="Choose who may see it")
    reason = ReasonField("Why it is made", rows=2, missing="Say why it is made")

    def __init__(self, *args: Any, streams: Choices, providers: Choices, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stream"].choices = [("", "Choose a stream"), *streams]
        self.fields["provider"].choices = [("", "Choose a provider"), *providers]
        self.fields["owner"].choices = [("", "No post yet"), *posts]


class ChangeForm(VerbForm):
    """Everything that an agreement says of itself. posts: (number, title)."""

    service = TextField("What is provided", hint=SERVICE_HINT, missing="Enter what is provided", max_length=120)
    area = TextField("Where", required=False, max_length=80)
    owner = ChoiceField("Lead", kind="select", hint="The post that looks after it", required=False)
    project_code = TextField("Project code", hint="As finance has it", width="10", required=False, max_length=40)
    starts = DateField("First day", required=False)
    ends = DateField("Last day, as first agreed", required=False)
    last_end = DateField("Last possible end", hint="With every extension that it allows", required=False)
    notice_on = DateField("Last day to give notice", required=False)
    value = PoundsField("Value over its whole term, as first agreed", hint="In pounds, with VAT", required=False)
    awarded_on = DateField("Awarded on", hint="The day on which it was decided", required=False)
    procedure = ChoiceField(
        "How it was let", [("", "Not said"), *PROCEDURES.items()], kind="select", hint="For a contract", required=False
    )
    bids = NumberField("How many tendered or applied", width="5", min_value=0, max_value=100_000, required=False)
    data_controller = TextField("Data controller", required=False, max_length=200)
    specification = words_field("Specification", hint="What is bought, for whom. Or attach it as a document.")
    kpis = words_field("KPIs", hint="What is measured, and its target, a line each")
    monitoring = words_field("Monitoring", hint="Which returns are due, and when")
    management = words_field(
        "Management plan", hint="Who looks after it, and when they meet. Or attach it as a document."
    )
    reason = ReasonField("Why it changes", rows=2, missing="Say why it changes")

    def __init__(self, *args: Any, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "No post yet"), *posts]


class ProviderForm(Form):
    name = TextField("Full name", missing="Enter the provider’s full name", max_length=200)
    charity_number = TextField(
        "Charity number", hint="6 or 7 digits, or SC or NIC and 6", width="10", required=False, max_length=20
    )
    company_number = TextField(
        "Company number", hint="8 digits, or 2 letters and 6 digits", width="10", required=False, max_length=20
    )
    reason = ReasonField("Why", rows=2, missing="Say why it is added or changed")


class StreamForm(Form):
    name = TextField("Name", hint="Such as Victims’ services grant", missing="Enter the stream’s name", max_length=200)
    code = TextField(
        "Code", hint="Begins its references: VS gives VS-2025-01", width="5", missing="Enter a code", max_length=8
    )
    year = TextField("Financial year", hint="For example 2026/27", width="10", missing="Enter the year", max_length=7)
    budget = PoundsField("Budget of the year", hint="In pounds", missing="Enter the budget")
    funder = TextField(
        "Funder", hint="Where the money comes from, if not from the body itself", required=False, max_length=200
    )
    ring_fence = TextField(
        "Ring-fence", hint="For what alone it may be spent, if for one thing alone", required=False, max_length=300
    )
    conditions = words_field("Conditions", hint="What the funder asks: returns, accounts, what may be claimed")
    reason = ReasonField("Who agreed it", rows=2, missing="Say who agreed it")


class TemplateForm(Form):
    kind = ChoiceField("For which kind", KINDS, kind="select", missing="Choose the kind of agreement")
    version = TextField(
        "Version", hint="As it stands on the template", width="10", missing="Enter the version", max_length=40
    )
    starts = DateField("In use from", missing="Enter the day from which it is used")
    reason = ReasonField("Who agreed it", rows=2, missing="Say who agreed it")
