"""What is asked about due diligence: the kinds of check, what was seen, what is let be."""

from collections.abc import Sequence
from typing import Any

from candour.commissioning import rules
from candour.commissioning.forms.base import Choices, VerbForm
from candour.commissioning.models import DiligenceKind
from candour.kernel.evidence.forms import AnyFileField
from candour.kernel.people.models import Post
from candour.kernel.records.forms import as_choices
from candour.kernel.web.fields import ChoicesField, NumberField, PoundsField
from candour.kernel.web.forms import ChoiceField, DateField, Form, ReasonField, TextField

KINDS = list(rules.KINDS.items())


class DiligenceKindForm(Form):
    """A check that is asked for. changing: its first day stands."""

    name = TextField(
        "What is checked", hint="Such as Public liability insurance", missing="Enter what is checked", max_length=120
    )
    asks = ReasonField("What has to be seen", rows=2, required=False, max_length=2000)
    kinds = ChoicesField("Which agreements ask for it", KINDS, hint="None ticked means every agreement", required=False)
    months = NumberField(
        "Months that it holds",
        hint="Empty where it does not run out",
        width="3",
        min_value=1,
        max_value=120,
        required=False,
    )
    cover = PoundsField("Least cover", hint="In pounds, for an insurance", required=False)
    starts = DateField("Asked for from", missing="Enter the day from which it is asked for")
    reason = ReasonField("Who agreed it", rows=2, missing="Say who agreed it")

    def __init__(self, *args: Any, changing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if changing:
            del self.fields["starts"]


class EndKindForm(Form):
    reason = ReasonField("Who agreed it", rows=2, missing="Say who agreed it")


class CheckForm(VerbForm):
    """What was seen. kinds, posts: what there is to choose from. agreements: (number, name) of those that a file can be kept
    with; None where that is settled."""

    kind = ChoiceField("Check", kind="select", missing="Choose what was checked")
    saw = ReasonField(
        "What was seen",
        rows=2,
        hint="Such as the number of the policy, or the year of the accounts",
        missing="Enter what was seen",
    )
    on = DateField("Seen on", missing="Enter the day on which it was seen")
    post = ChoiceField("Seen by", kind="select", missing="Choose the post that saw it")
    expires = DateField("Holds until", hint="Empty for as long as its kind of check says", required=False)
    cover = PoundsField("Cover", hint="In pounds, for an insurance", required=False)
    file = AnyFileField("File that shows it", hint="Kept with the agreement for which it was seen", required=False)
    agreement = ChoiceField("Keep the file with", kind="select", required=False)
    reason = ReasonField("Note", rows=2, required=False)

    def __init__(
        self,
        *args: Any,
        kinds: Sequence[DiligenceKind],
        posts: Sequence[Post],
        agreements: Choices | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known, self.posts = {str(kind.pk): kind for kind in kinds}, {str(post.pk): post for post in posts}
        self.fields["kind"].choices = [("", "Choose a check"), *((kind.pk, _named(kind)) for kind in kinds)]
        self.fields["post"].choices = [("", "Choose a post"), *as_choices(posts)]
        self.fields["on"].latest = self.today
        if agreements is None:
            del self.fields["agreement"]
        else:
            self.fields["agreement"].choices = [("", "No file"), *agreements]


def _named(kind: DiligenceKind) -> str:
    return f"{kind.name}, cover of {rules.pounds(kind.cover)} at least" if kind.cover else kind.name


class WaiveForm(VerbForm):
    """A check that is let be. kinds, posts: what there is to choose from."""

    kind = ChoiceField("Check", kind="select", missing="Choose the check that is waived")
    until = DateField("Until", hint="At most a year on", missing="Enter the last day for which it is waived")
    post = ChoiceField("Waived by", kind="select", missing="Choose the post that waives it")
    reason = ReasonField("Why it may be let be", rows=3, missing="Say why it may be let be")

    def __init__(self, *args: Any, kinds: Sequence[DiligenceKind], posts: Sequence[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known, self.posts = {str(kind.pk): kind for kind in kinds}, {str(post.pk): post for post in posts}
        self.fields["kind"].choices = [("", "Choose a check"), *((kind.pk, kind.name) for kind in kinds)]
        self.fields["post"].choices = [("", "Choose a post"), *as_choices(posts)]
