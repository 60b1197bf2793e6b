"""The filters of the tracker."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import QueryDict

from candour.kernel.web.filters import Filters
from candour.kernel.web.forms import ChoiceField, DateField, TextField
from candour.recommendations.models import Source
from candour.recommendations.queries.conditions import NOBODY, NONE
from candour.recommendations.queries.filters import RecommendationFilter
from candour.recommendations.rules import AGE_WORDS, ANY_DAY, ENDED, PAST_WORDS, STATUS_WORDS, Span

PAST = [("", "Any"), ("past", "Past its first date"), *PAST_WORDS.items()]
SLIPS = [
    ("", "Any"),
    ("0", "Never slipped"),
    ("1", "Slipped"),
    ("once", "Slipped once"),
    ("2", "Slipped twice or more"),
]
SLIPS += [("unapproved", "Slipped, nobody named who agreed it")]
# By answer: at least so many slips, and at most.
TIMES: dict[str, tuple[int, int | None]] = {"0": (0, 0), "1": (1, None), "once": (1, 1), "2": (2, None)}
STATUSES = [("", "Any that is open"), *((name, name) for name in STATUS_WORDS), ("ended", "Ended, however")]
STATUSES += [("any", "Open or ended")]
AGES = [("", "Any age"), *AGE_WORDS.items()]
HAPPENED = [
    ("", "Anything"),
    ("reported", "Reported"),
    ("on hand", "Open on some day"),
    ("closed", "Closed by the panel"),
    ("ended", "Ended otherwise"),
    ("sent back", "Sent back by the panel"),
    ("verified", "Found implemented"),
    ("due", "Date now"),
    ("undated", "Without a day that is due"),
]
SIGHT = [("", "Anyone"), ("public", "Public"), ("office", "Office and panel"), ("restricted", "Restricted")]
# Only links lead to these; the form shows them where they are in force.
UNASKED = ("age", "sensitivity", "audit", "directorate", "happened", "since", "until")

# Answers that stand in the filter under the same name.
SAME = ("priority", "source", "past", "age", "sensitivity", "audit", "directorate")
KEPT = (
    "q",
    "owner",
    "directorate",
    "priority",
    "source",
    "sensitivity",
    "audit",
)  # of a list, by the figures that lead to it


class RecommendationFilters(Filters):
    """What the list is narrowed to. owners: (number, post); priorities: words in use."""

    q = TextField("Words or reference", width="wide", max_length=200)
    owner = ChoiceField("Owner", kind="select")
    status = ChoiceField("Status", STATUSES, kind="select")
    priority = ChoiceField("Priority", kind="select")
    source = ChoiceField("Source", [("", "Any source"), *Source.choices], kind="select")
    past = ChoiceField("First date", PAST, kind="select")
    slips = ChoiceField("Slips", SLIPS, kind="select")
    age = ChoiceField("Age", AGES, kind="select")
    sensitivity = ChoiceField("Seen by", SIGHT, kind="select")
    audit = TextField("Report", width="wide", max_length=200)
    directorate = TextField("Directorate", width="wide", max_length=200)
    happened = ChoiceField("What happened", HAPPENED, kind="select")
    since = DateField("From")
    until = DateField("To")

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
        self.fields["owner"].choices = [("", "Any post"), *owners, (NONE, "No post named")]
        words = ((word, word) for word in priorities if word != NONE)
        self.fields["priority"].choices = [("", "Any priority"), *words, (NONE, "No priority")]
        for name in UNASKED:
            if name in self.fields and not params.get(name, "").strip():
                del self.fields[name]

    def wanted(self, base: RecommendationFilter) -> RecommendationFilter:
        """The filter that a valid form asks for, in the tracker of `base`."""
        return narrowed(base, self.cleaned_data)


def narrowed(base: RecommendationFilter, given: Mapping[str, Any]) -> RecommendationFilter:
    """The filter that valid answers ask for. Days without a word of what happened on them are those of the report.

    For answers that are known to be valid: a form for each of fifty figures took longer than counting them.
    """
    owner, status, slips = (given.get(name, "") for name in ("owner", "status", "slips"))
    least, most = TIMES.get(slips, (0, None))
    span = Span(given.get("since"), given.get("until"))
    return replace(
        base,
        words=given.get("q", ""),
        owners=(NOBODY if owner == NONE else int(owner),) if owner else (),
        status="" if status in {"ended", "any"} else status,
        slips=least,
        slips_most=most,
        unapproved=slips == "unapproved",
        happened=given.get("happened", "") or ("reported" if span != ANY_DAY else ""),
        span=span,
        ended=None if status == "any" else status == "ended" or status in ENDED,
        **{name: given.get(name, "") for name in SAME},
    )


class FigureFilters(RecommendationFilters):
    """What figures are narrowed to: whose, of what priority and source. What a figure itself counts by is its own."""

    def __init__(self, params: QueryDict, **kwargs: Any) -> None:
        super().__init__(params, **kwargs)
        for name in set(self.fields) - set(KEPT):
            del self.fields[name]
