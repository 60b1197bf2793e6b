"""The forms of publication: what is looked at and published, withdrawn, and the rows of the scheme."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from candour.kernel.web.fields import ChoiceField, NumberField, ReasonField, TextField
from candour.kernel.web.filters import Filters
from candour.kernel.web.forms import Form

Choices = Iterable[tuple[Any, str]]


class PublicFilters(Filters):
    """Which publications the public's list shows."""

    q = TextField("Words in the title", width="wide", max_length=100)
    source = ChoiceField("Kind", kind="select")
    body = ChoiceField("Body", kind="select")
    year = ChoiceField("Year", kind="select")

    def __init__(
        self,
        params: QueryDict,
        *,
        sources: Choices,
        bodies: Choices,
        years: Iterable[int],
        today: date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(params, today=today, **kwargs)
        self.fields["source"].choices = [("", "Any kind"), *sources]
        self.fields["body"].choices = [("", "Every body"), *bodies]
        self.fields["year"].choices = [("", "Any year"), *((str(year), str(year)) for year in years)]


class PublishForm(Form):
    """Publishing, or correcting. seen: the fingerprint of the copy that was looked at."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    note = ReasonField(
        "What is different, and why", hint="The public reads it beside the new text", rows=2, required=False
    )
    reason = ReasonField("Why it is published although a check fails", rows=2, required=False)

    def __init__(self, *args: Any, correcting: bool, failing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not correcting:
            del self.fields["note"]
        if not failing:
            del self.fields["reason"]


class WithdrawForm(Form):
    reason = ReasonField("Why it is withdrawn", hint="The public reads it in its place", rows=2)


class DutyForm(Form):
    """A row of the publication scheme."""

    group = TextField("Heading", hint="What we spend, How decisions are made", max_length=80)
    title = TextField("What must be published", max_length=200)
    law = TextField("By which law", required=False, max_length=200)
    months = NumberField(
        "Months between publications",
        hint="0 where it is published as it arises",
        width="3",
        min_value=0,
        max_value=60,
    )
    fulfilled_by = ChoiceField("What fulfils it", kind="select", required=False)
    owner = ChoiceField("Who sees to it", kind="select", required=False)
    reason = ReasonField("Where the duty comes from", rows=2)

    def __init__(self, *args: Any, posts: Choices, fulfils: Choices, changing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "No post yet"), *posts]
        self.fields["fulfilled_by"].choices = [("", "Nothing in Candour: it is published elsewhere"), *fulfils]
        if changing:
            del self.fields["group"]
            del self.fields["title"]
            self.fields["reason"].label = "Why it changes"


class EndForm(Form):
    reason = ReasonField("Why it need not be published any more", rows=2)
