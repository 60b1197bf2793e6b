"""What the gallery of components shows: invented examples, full and empty."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, QueryDict

from candour.kernel.web import charts
from candour.kernel.web.context import sensitive
from candour.kernel.web.filters import Filters
from candour.kernel.web.forms import (
    ChoiceField,
    ChoicesField,
    DateField,
    FileField,
    Form,
    LevelField,
    NumberField,
    ReasonField,
    TextField,
    TickField,
)
from candour.kernel.web.tables import Page, Sort, query_string


@dataclass(frozen=True)
class Entry:
    """A place of a list of views, a switch, steps or past days."""

    label: str
    href: str = ""
    current: bool = False
    count: int | None = None
    note: str = ""
    day: date | None = None


@dataclass(frozen=True)
class ExampleLevel:
    value: int
    word: str
    description: str = ""


@dataclass(frozen=True)
class ExampleBand:
    name: str
    low: int
    high: int
    tone: str


@dataclass(frozen=True)
class Row:
    reference: str
    title: str
    owner: str
    impact: int
    likelihood: int
    was: int | None
    direction: str
    scores: tuple[int, ...]
    status: str
    tone: str
    review: date | None

    @property
    def score(self) -> int:
        return self.impact * self.likelihood

    @property
    def band(self) -> ExampleBand:
        return next(band for band in BANDS if band.low <= self.score <= band.high)


DAY = date(2025, 10, 16)
BANDS = (ExampleBand("Low", 1, 4, "low"), ExampleBand("Medium", 5, 7, "medium"), ExampleBand("High", 8, 16, "high"))
IMPACT = (
    ExampleLevel(1, "Low", "up to £50,000"),
    ExampleLevel(2, "Medium", "to £250,000"),
    ExampleLevel(3, "High", "to £1m"),
    ExampleLevel(4, "Very high", "over £1m"),
)
LIKELIHOOD = (
    ExampleLevel(1, "Rare", "under 25%"),
    ExampleLevel(2, "Possible", "25 to 50%"),
    ExampleLevel(3, "Likely", "51 to 74%"),
    ExampleLevel(4, "Very high", "75% or more"),
)
OWNERS = (("", "Any post"), ("ce", "Chief Executive"), ("cfo", "Chief Finance Officer"), ("estates", "Head of Estates"))
ROWS = (
    Row("EX031", "Savings plan does not close the medium-term funding gap", "Chief Finance Officer", 4, 4, 16, "same",
        (12, 12, 16, 16, 16), "Controls Tasked", "blue", date(2025, 12, 24)),
    Row("EX029", "Services run on without a contract because tendering is late", "Chief Executive", 4, 3, 8, "up",
        (12, 12, 8, 8, 12), "Overdue Control", "red", date(2025, 10, 3)),
    Row("EX041", "Shared estate is in worse condition than the survey shows", "Head of Estates", 3, 2, 9, "down",
        (9, 9, 9, 9, 6), "Managed", "amber", date(2025, 12, 11)),
    Row("EX028", "The office does not reach every community", "Chief Executive", 2, 2, None, "new",
        (4,), "Controlled", "green", None),
)  # fmt: skip


class ExampleFilters(Filters):
    q = TextField("Words or reference", width="wide")
    owner = ChoiceField("Owner", OWNERS, kind="select")
    due = DateField("Review due by")


class ExampleForm(Form):
    impact = LevelField("Impact if it happens", IMPACT, hint="On the scale of 2018.")
    title = TextField("Title", hint="One sentence: what happens, and why.", missing="Enter a title for the risk")
    why = ReasonField(
        "What moved, and why", hint="Two or three sentences the panel can read.", missing="Say what moved, and why"
    )
    owner = ChoiceField("Owner", OWNERS, kind="select", missing="Choose the post that owns the risk")
    state = ChoiceField("Is the control in place?", [("todo", "Still to do"), ("done", "In place"), ("gone", "Remove")])
    seen = ChoicesField("Seen by", [("office", "Office"), ("panel", "Panel")], missing="Choose who sees it")
    due = DateField("Due date", hint="For example 26 October 2023 or 26/10/23.")
    count = NumberField("How many were tested")
    paper = FileField("Evidence", hint="Word, PDF or Excel, 25 MB at most.", kinds=(".docx", ".pdf", ".xlsx"))
    sure = TickField("Nothing else has changed", required=False)


def context(request: HttpRequest) -> dict[str, Any]:
    """Everything that the gallery's template draws."""
    params = request.GET
    sort = Sort.read(params, columns={"reference": "reference", "score": "score", "review": "review"}, default="-score")
    filters = ExampleFilters(params, today=DAY)
    return {
        "day": DAY,
        "past_day": date(2025, 7, 24),
        "sensitive": sensitive("Contains 1 restricted risk. Office and panel only."),
        "sort": sort,
        "rows": sort.of_rows(ROWS) if filters.is_valid() else [],
        "page_of_rows": Page.read(_only_page(params), count=1204),
        "example_filters": filters,
        "wrong_filters": ExampleFilters(QueryDict("due=soon&owner=ce"), today=DAY, auto_id="wrong-filter-%s"),
        "form": None,
        "example_form": ExampleForm(initial={"impact": 3, "due": date(2025, 11, 28), "state": "todo"}),
        "control_form": ExampleForm(initial={"state": "todo"}, prefix="c1"),
        "wrong_form": ExampleForm(QueryDict("wrong-due=31/13/23&wrong-state=todo&wrong-impact=4"), {}, prefix="wrong"),
        **_lists(),
        **_charts(),
    }


def _only_page(params: QueryDict) -> QueryDict:
    # The gallery has several examples with their own parameters; a page out of range is one too.
    return params if params.get("page", "1") in {str(n) for n in range(1, 26)} else QueryDict()


def _lists() -> dict[str, Any]:
    return {
        "views": [
            Entry("All live", "?", current=True, count=22),
            Entry("High", "?view=high", count=13),
            Entry("Overdue control", "?view=overdue", count=2),
            Entry("Awaiting review", "?view=review", count=0),
        ],
        "switch": [Entry("List", current=True), Entry("Heat map", "#heat-map")],
        "steps": [
            Entry("Send", "#steps", note="done"),
            Entry("Check", current=True, note="you are here"),
            Entry("Confirm", note="next"),
        ],
        "days": [
            Entry("Panel meeting", query_string(QueryDict("as_at=2025-07-24")), day=date(2025, 7, 24)),
            Entry("End of last year", query_string(QueryDict("as_at=2025-03-31")), day=date(2025, 3, 31)),
        ],
        "choices": [("keep", "Keep as printed"), ("use", "Use 12")],
        "parts": [("green", 24), ("amber", 4), ("", 17)],
        "keep": [("view", "high")],
        "soon": DAY + timedelta(days=15),
        "late_day": date(2025, 9, 5),
    }


def _charts() -> dict[str, Any]:
    chips = [charts.Chip(row.reference, f"#{row.reference}", row.impact, row.likelihood) for row in ROWS]
    crowd = [charts.Chip(f"EX1{n:02}", f"#EX1{n:02}", 3, 3) for n in range(9)]
    axes: dict[str, Any] = {"impact": IMPACT, "likelihood": LIKELIHOOD, "bands": BANDS}
    points = [
        charts.Point(date(2022, 7, 6), 4, 3),
        charts.Point(date(2022, 12, 22), 4, 2),
        charts.Point(date(2025, 5, 15), 4, 3),
    ]
    bars = [
        charts.Ageing("High", (("Not late", 4), ("To 6 months", 3), ("To 1 year", 2), ("Over 1 year", 5))),
        charts.Ageing("Medium", (("Not late", 11), ("To 6 months", 6), ("To 1 year", 0), ("Over 1 year", 1))),
    ]
    return {
        "history": charts.score_history(points, bands=BANDS, until=DAY, key="history", title="Score history of EX029"),
        "history_none": charts.score_history([], bands=BANDS, until=DAY, key="history-none", title="No score yet"),
        "heat": charts.heat_map(
            [*chips, *crowd], key="heat", title="Heat map of the examples", more={(3, 3): "?score=9"}, **axes
        ),
        "ageing": charts.ageing(bars, key="ageing", of="Priority", title="Open recommendations by age"),
    }
