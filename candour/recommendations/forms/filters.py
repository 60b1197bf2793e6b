"""The filters of the tracker."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import QueryDict

from candour.kernel.web.filters import Filters
from candour.kernel.web.forms import ChoiceField, TextField
from candour.recommendations.models import Source
from candour.recommendations.queries.lists import RecommendationFilter
from candour.recommendations.rules import ENDED, PAST_WORDS, STATUS_WORDS

PAST = [("", "Any"), ("past", "Past its first date"), *PAST_WORDS.items()]
SLIPS = [("", "Any"), ("1", "Slipped"), ("2", "Slipped twice or more")]
STATUSES = [("", "Any that is open"), *((name, name) for name in STATUS_WORDS), ("ended", "Ended, however")]
SIGHT = [("", "Anyone"), ("public", "Public"), ("office", "Office and panel"), ("restricted", "Restricted")]
UNASKED = ("sensitivity", "audit")  # only links lead to these; the form shows them where they are in force


class RecommendationFilters(Filters):
    """What the list is narrowed to. owners: (number, post); priorities: words in use."""

    q = TextField("Words or reference", width="wide", max_length=200)
    owner = ChoiceField("Owner", kind="select")
    status = ChoiceField("Status", STATUSES, kind="select")
    priority = ChoiceField("Priority", kind="select")
    source = ChoiceField("Source", [("", "Any source"), *Source.choices], kind="select")
    past = ChoiceField("First date", PAST, kind="select")
    slips = ChoiceField("Slips", SLIPS, kind="select")
    sensitivity = ChoiceField("Seen by", SIGHT, kind="select")
    audit = TextField("Report", width="wide", max_length=200)

    def __init__(
        self,
        params: QueryDict,
        *,
        owners: Iterable[tuple[int, str]],
        priorities: Iterable[str],
        today: date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(params, today=today, **kwargs)
        self.fields["owner"].choices = [("", "Any post"), *owners]
        self.fields["priority"].choices = [("", "Any priority"), *((word, word) for word in priorities)]
        for name in UNASKED:
            if not params.get(name, "").strip():
                del self.fields[name]

    def wanted(self, base: RecommendationFilter) -> RecommendationFilter:
        """The filter that a valid form asks for, in the tracker of `base`."""
        given = self.cleaned_data
        status = given["status"]
        return replace(
            base,
            words=given["q"],
            owners=(int(given["owner"]),) if given["owner"] else (),
            status="" if status == "ended" else status,
            priority=given["priority"],
            source=given["source"],
            past=given["past"],
            slips=int(given["slips"] or 0),
            sensitivity=given.get("sensitivity", ""),
            audit=given.get("audit", ""),
            ended=status == "ended" or status in ENDED,
        )
