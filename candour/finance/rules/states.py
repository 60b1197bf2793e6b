"""The read line of a scheme and of a budget, and what state each is in: derived, never typed. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from candour.finance.rules.figures import Amounts, added, due_after, missing_funding, slips, starts_year
from candour.kernel.rules import TODAY, Condition, Field, Op, Rule, Table, read, table


@dataclass(frozen=True)
class Rated:
    """A word of a dated scale as it was given: its step, the word, and how much attention it asks for."""

    step: int
    word: str
    tone: str


@dataclass(frozen=True)
class SchemeLine:
    """What lists need of a scheme and what does not depend on today. Amounts in pence.

    year: of its newest position; budget, forecast and actual are of that year, those named whole of all its years.
    slipped: of that year. unfunded: of all years, None while no funding is known.
    """

    organisation: int
    sensitivity: str
    sort: str
    cashable: bool
    closed_on: date | None
    rating: int | None
    word: str
    tone: str
    position: date | None
    due_on: date | None
    year: date | None
    budget: int | None
    forecast: int | None
    actual: int | None
    whole_budget: int | None
    whole_forecast: int | None
    whole_actual: int | None
    slipped: int
    unfunded: int | None


def scheme_line(
    *,
    organisation: int,
    sensitivity: str,
    sort: str,
    cashable: bool,
    closed_on: date | None,
    rated: Rated | None,
    position: date | None,
    years: Mapping[date, Amounts],
    funding: Mapping[date, list[int]],
) -> SchemeLine:
    """The read line of a scheme from its row, its word, and its figures by year as its newest position gives them."""
    now = starts_year(position) if position else None
    here = years.get(now, Amounts()) if now else Amounts()
    whole = _whole(years)
    moved = slips(
        {year: one.budget for year, one in years.items()}, {year: one.forecast for year, one in years.items()}
    )
    gone = missing_funding({year: one.budget for year, one in years.items()}, funding)
    apart = sort == "capital"
    return SchemeLine(
        organisation=organisation,
        sensitivity=sensitivity,
        sort=sort,
        cashable=cashable,
        closed_on=closed_on,
        rating=rated.step if rated else None,
        word=rated.word if rated else "",
        tone=rated.tone if rated else "",
        position=position,
        due_on=due_after(position) if position else None,
        year=now,
        budget=here.budget,
        forecast=here.forecast,
        actual=here.actual,
        whole_budget=whole.budget,
        whole_forecast=whole.forecast,
        whole_actual=whole.actual,
        slipped=moved.get(now, 0) if apart and now else 0,
        unfunded=_unfunded(gone) if apart and funding else None,
    )


def _whole(years: Mapping[date, Amounts]) -> Amounts:
    """All years together. What was spent so far is the sum of the years that have any: those to come have none."""
    spent = [one.actual for one in years.values() if one.actual is not None]
    every = added(years.values())
    return Amounts(every.budget, every.forecast, sum(spent) if spent else None)


def _unfunded(gone: Mapping[date, int]) -> int:
    """All years together; where years cancel each other out, the greatest of those that do not add up."""
    return sum(gone.values()) or max(gone.values(), key=abs, default=0)


@dataclass(frozen=True)
class BudgetLine:
    """What lists need of a year's budget: its totals at the newest position, and what its plan and reserves come to. Pence."""

    organisation: int
    sensitivity: str
    closed_on: date | None
    year: date
    position: date | None
    due_on: date | None
    budget: int | None
    forecast: int | None
    actual: int | None
    reserves: int | None
    below: int  # how far reserves close below their advised minimum, all together
    gap: int | None  # of the year after this one
    whole_gap: int | None


def _when(outcome: str, *asked: tuple[str, Op] | tuple[str, Op, object]) -> Rule:
    return Rule(outcome, tuple(Condition(*each) for each in asked))


SAVES: tuple[str, Op, object] = ("sort", "==", "saving")
BUILDS: tuple[str, Op, object] = ("sort", "==", "capital")
STATE: Table = table(
    _when("Complete", ("closed_on", "is not none")),
    _when("No figures yet", ("position", "is none")),
    _when("Funding does not add up", BUILDS, ("unfunded", ">", 0)),
    _when("Funding does not add up", BUILDS, ("unfunded", "<", 0)),
    _when("Off track", ("tone", "==", "high")),
    _when("Over its budget", BUILDS, ("whole_forecast", ">", Field("whole_budget"))),
    _when("Short of its plan", SAVES, ("forecast", "<", Field("budget"))),
    _when("Slipping", BUILDS, ("slipped", ">", 0)),
    _when("Figures late", ("due_on", "<", TODAY)),
    _when("At risk", ("tone", "==", "medium")),
    Rule("On track"),
)
# In the order in which a board wants to hear of them: lists stand in it.
ORDER = (
    *("Off track", "Funding does not add up", "Over its budget", "Short of its plan", "Slipping", "Figures late"),
    *("At risk", "No figures yet", "On track", "Complete"),
)
RANK: Table = table(*(Rule(f"{ORDER.index(rule.outcome):02}", rule.when) for rule in STATE))
STATE_WORDS: Mapping[str, str] = {
    "Off track": "Its owner rates it with the word of the scale that asks for most attention.",
    "Funding does not add up": "The sources of its money do not come to its budget in every year.",
    "Over its budget": "Over all its years it is forecast to cost more than its budget.",
    "Short of its plan": "It is forecast to save less this year than was planned.",
    "Slipping": "Some of this year’s budget is forecast to be spent in a later year.",
    "Figures late": "No position has been loaded for more than a quarter.",
    "At risk": "Its owner rates it with a word of the scale that asks for some attention.",
    "No figures yet": "It is set up, and no figure has been loaded.",
    "On track": "Nothing in its figures or its rating asks for attention.",
    "Complete": "It is finished. Its figures stay.",
}
TROUBLED = frozenset(ORDER[:5])


def state(line: SchemeLine, today: date) -> str:
    """Derived from the line, never typed."""
    return read(STATE, line, today)
