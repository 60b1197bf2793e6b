"""The filters of the register and of a risk's history."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import QueryDict

from candour.kernel.web.filters import Filters
from candour.kernel.web.forms import ChoiceField, DateField, NumberField, TextField
from candour.risks.queries import HistoryFilter, RiskFilter
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


class HistoryFilters(Filters):
    """Which entries a page of history shows. posts: labels; kinds: value -> (word, events)."""

    first = DateField("From")
    last = DateField("To")
    post = ChoiceField("Post", kind="select")
    kind = ChoiceField("Kind", kind="select")
    order = ChoiceField("Order by", [("", "When recorded"), ("effective", "When effective")], kind="select")

    def __init__(
        self,
        params: QueryDict,
        *,
        posts: Sequence[str],
        kinds: dict[str, tuple[str, tuple[str, ...]]],
        today: date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(params, today=today, **kwargs)
        self.kinds = kinds
        self.fields["post"].choices = [("", "Any post"), *((post, post) for post in posts)]
        self.fields["kind"].choices = [("", "Any kind"), *((value, word) for value, (word, _) in kinds.items())]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", "Enter a last day on or after the first")
        return given

    def wanted(self) -> HistoryFilter:
        """The filter that a valid form asks for."""
        given = self.cleaned_data
        return HistoryFilter(
            events=self.kinds[given["kind"]][1] if given["kind"] else (),
            post=given["post"],
            first=given["first"],
            last=given["last"],
            by_effective=given["order"] == "effective",
        )
