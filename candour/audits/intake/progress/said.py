"""What a progress report says of each audit: its row of the plan and its report, brought together. Pure.

A month without a day is the last day of it, as every target is; of two stages in one month the later bounds the earlier. Such
a day is planned: for a stage that was reached a day is kept only where the paper prints one, since working days are counted
from it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from candour.audits.intake.days import due_days, last_day
from candour.kernel.intake.printed import words_key

from .cells import planned_in, reached_in, says_which
from .status import Status, status_of

STAGES = {
    "terms_of_reference": "brief", "fieldwork": "fieldwork", "exit_meeting": "exit", "draft_report": "draft",
    "response": "responses", "final_report": "final", "meeting": "panel",
}  # fmt: skip
ORDER = tuple(STAGES.values())


@dataclass(frozen=True)
class Printed:
    """A day as it was printed and read. exact: with its day, not only its month."""

    text: str
    day: date
    exact: bool

    def agrees(self, day: date | None) -> bool:
        """Whether a recorded day is what was printed, to the precision that was printed."""
        return day is not None and (
            day == self.day if self.exact else (day.year, day.month) == (self.day.year, self.day.month)
        )


@dataclass(frozen=True)
class Report:
    """The report of an audit. opinion: the word, None of an advisory one. counts: recommendations by priority, as stated."""

    opinion: str | None
    text: str
    advisory: bool
    counts: Mapping[str, int]
    place: str


@dataclass(frozen=True)
class Said:
    """All that a paper says of one audit. refused: dates that run backwards, in words; none of them is used."""

    title: str
    year: str | None
    place: str
    reference: str = ""
    forces: str = ""
    days: int | None = None
    status: Status = field(default_factory=Status)
    words: str = ""
    planned: Mapping[str, Printed] = field(default_factory=dict)
    actual: Mapping[str, Printed] = field(default_factory=dict)
    issued: Printed | None = None  # the final report's day, of any precision
    report: Report | None = None
    refused: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        return words_key(self.title), self.year or ""

    @property
    def name(self) -> str:
        return f"{self.title} {self.year or ''}".strip()


def audits_of(record: Mapping[str, Any]) -> list[Said]:
    """Every audit of a progress report: those of the plans in their order, then those that only have a report."""
    year = record.get("year")
    found = {
        said.key: said for said in (_planned(row, year) for row in [*record["plan"], *record["collaboration_plan"]])
    }
    for one in record["reports"]:
        said = _reported(one, year)
        standing = found.get(said.key)
        if standing:
            issued = standing.issued or said.issued
            said = replace(standing, report=said.report, issued=issued, reference=standing.reference or said.reference)
        found[said.key] = said
    return list(found.values())


def twice(record: Mapping[str, Any]) -> str | None:
    """The name of an audit that the plans hold twice; None where each stands once."""
    seen: set[tuple[str, str]] = set()
    for row in [*record["plan"], *record["collaboration_plan"]]:
        said = _planned(row, record.get("year"))
        if said.key in seen:
            return said.name
        seen.add(said.key)
    return None


def _reported(one: Mapping[str, Any], year: str | None) -> Said:
    report = Report(one["opinion"], one["opinion_text"], one["advisory"], one["counts"], one["place"])
    issued, reference = _printed(one.get("issued_text") or ""), one.get("reference") or ""
    return Said(one["title"], one["year"] or year, one["place"], reference, report=report, issued=issued)


def _planned(row: Mapping[str, Any], year: str | None) -> Said:
    status = status_of(" ".join(filter(None, (row["status"], row.get("comments", "")))))
    dates: dict[str, Printed] = {}
    facts: dict[str, Printed] = {}
    texts = {STAGES[one["stage"]]: one["text"] for one in row["stages"]}
    for one in row["stages"]:
        which, text = STAGES[one["stage"]], one["text"]
        reached, planned = reached_in(text), planned_in(text)
        if planned and (plan := _printed(planned)):
            dates[which] = plan
        if reached and (fact := _printed(reached)):
            facts[which] = fact
    dates, refused = in_order(dates)
    after = ORDER.index(status.reached) if status.reached else -1
    for which in ORDER[: after + 1]:  # reached by the status, the day in the column alone
        if which in dates and which not in facts and dates[which].exact and not says_which(texts[which]):
            facts[which] = dates.pop(which)
    issued = facts.get("final") or (dates.get("final") if status.reached == "final" else None)
    return Said(
        row["title"], year, row["place"], row.get("reference", ""), row["forces"], _number(row["days"]), status,
        row["status"], dates, {which: day for which, day in facts.items() if which != "final"}, issued,
        refused=tuple(refused),
    )  # fmt: skip


def _printed(text: str) -> Printed | None:
    read = next((one for one in due_days(text) if one.date), None)
    day = last_day(read.date) if read else None
    return Printed(text, day, len(read.date or "") == 10) if read and day else None


def in_order(dates: Mapping[str, Printed]) -> tuple[dict[str, Printed], list[str]]:
    """(the dates that run forward, what is wrong with the others in words). A month ends no later than what follows in it."""
    bound: dict[str, Printed] = {}
    following: Printed | None = None
    for which in reversed(ORDER):
        if one := dates.get(which):
            if following and not one.exact and one.day > following.day and one.agrees(following.day):
                one = replace(one, day=following.day)
            bound[which] = following = one
    kept: dict[str, Printed] = {}
    return kept, list(_backwards(bound, kept))


def _backwards(bound: Mapping[str, Printed], kept: dict[str, Printed]) -> Iterator[str]:
    last: tuple[str, Printed] | None = None
    for which in ORDER:
        if one := bound.get(which):
            if last and one.day < last[1].day:
                yield f"{one.text} for the {WORDS[which]} comes before {last[1].text} for the {WORDS[last[0]]}"
                continue
            kept[which], last = one, (which, one)


WORDS = {
    "brief": "brief", "fieldwork": "fieldwork", "exit": "exit meeting", "draft": "draft report",
    "responses": "responses", "final": "final report", "panel": "panel",
}  # fmt: skip


def _number(text: str) -> int | None:
    return int(text) if text.strip().isdecimal() and len(text.strip()) < 5 else None


def years_of(said: Sequence[Said]) -> set[str]:
    return {one.year for one in said if one.year}
