"""The filters of the register and of a risk's history."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import QueryDict

from candour.kernel.web.filters import Filters
from candour.kernel.web.forms import ChoiceField, NumberField, TextField
from candour.risks.queries import RiskFilter
from candour.risks.rules import MOVEMENT_WORDS, STATUS_WORDS

APPETITES = [("", "Any"), ("over", "Over appetite"), ("at", "At the limit"), ("within", "Within appetite")]
MOVEMENTS = [
    ("", "Any"),
    ("changed", "Changed"),
    *((name, MOVEMENT_WORDS[name]) for name in ("up", "down", "new", "same", "rescaled")),
]
UNASKED = (
    "sensitivity",
    "impact",
    "likelihood",
)  # only links lead to these; the form shows them where they are in force


class RiskFilters(Filters):
    """What a list of risks is narrowed to. owners: (number, post); bands: (name, as shown)."""

    q = TextField("Words or reference", width="wide", max_length=200)
    owner = ChoiceField("Owner", kind="select")
    status = ChoiceField("Status", [("", "Any status"), *((name, name) for name in STATUS_WORDS)], kind="select")
    band = ChoiceField("Band", kind="select")
    movement = ChoiceField("Movement", MOVEMENTS, kind="select")
    appetite = ChoiceField("Appetite", APPETITES, kind="select")
    sensitivity = ChoiceField(
        "Seen by",
        [("", "Anyone"), ("public", "Public"), ("office", "Office and panel"), ("restricted", "Restricted")],
        kind="select",
    )
    impact = NumberField("Impact", min_value=1, max_value=99)
    likelihood = NumberField("Likelihood", min_value=1, max_value=99)

    def __init__(
        self,
        params: QueryDict,
        *,
        owners: Iterable[tuple[int, str]],
        bands: Iterable[tuple[str, str]],
        today: date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(params, today=today, **kwargs)
        self.fields["owner"].choices = [("", "Any post"), *owners]
        self.fields["band"].choices = [("", "Any band"), *bands]
        for name in UNASKED:
            if not params.get(name, "").strip():
                del self.fields[name]

    def wanted(self, base: RiskFilter) -> RiskFilter:
        """The filter that a valid form asks for, in the register of `base`."""
        given = self.cleaned_data
        return replace(
            base,
            words=given["q"],
            owner=int(given["owner"]) if given["owner"] else None,
            status=given["status"],
            band=given["band"],
            movement=given["movement"],
            sensitivity=given.get("sensitivity", ""),
            impact=given.get("impact"),
            likelihood=given.get("likelihood"),
            closed=given["status"] == "Closed",
            appetite=given["appetite"],
        )
