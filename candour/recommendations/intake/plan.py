"""What saving a tracker would do to each recommendation: the facts of a new one, the steps of one that stands."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from candour.audits.intake.days import last_day
from candour.recommendations.models import Outcome, Response, Source
from candour.recommendations.queries import RecommendationRow

Record = Mapping[str, Any]
_SMALL = {"and", "of", "the", "for", "a", "in", "on", "to"}
_OUTCOMES = {
    "closed": Outcome.CLOSED, "superseded": Outcome.SUPERSEDED, "risk_accepted": Outcome.RISK_ACCEPTED,
    "not_accepted": Outcome.NOT_ACCEPTED,
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """An update as it would be saved. dated: the last day of its month, or of the one before it where it prints none."""

    period: str
    dated: date
    achieved: str
    left: str
    barriers: str
    text: str


def reference_of(record: Record) -> str:
    """What the register calls it: the letters of its audit, the month of its report, its printed number.

    A paper that was written from a register prints it. Others count from 1 in each audit: "MEDIUM TERM FINANCIAL PLAN",
    May 2024, 1 is MTFP-2024-05-1.
    """
    if known := record.get("register_reference"):
        return str(known)
    words = [
        word
        for word in re.findall(r"[^\W_]+", re.sub(r"\([^()]*\)", "", record["audit"]))
        if word.casefold() not in _SMALL
    ]
    letters = "".join(word[0] for word in words) if len(words) > 1 else "".join(words)[:4]
    parts = [letters.upper(), record["audit_date"] or "", re.sub(r"[^\w.]+", "-", record["reference"]).strip("-.")]
    return "-".join(part for part in parts if part)[:60]


def reported_on(record: Record, day: date) -> date:
    """The first of the month of its report; the day of the paper where none is printed."""
    month = record["audit_date"]
    return min(date.fromisoformat(f"{month[:7]}-01"), day) if month else day


def updates_of(record: Record, day: date) -> list[Told]:
    """Its updates that say something, with the day each is dated; none is later than the paper."""
    found: list[Told] = []
    before = reported_on(record, day)
    for update in record["updates"]:
        dated = min(last_day(update.get("dated") or update["period"]) or before, day)
        before = max(before, dated)
        asked = (
            "" if update.get("dated") else update["proposed_text"]
        )  # a yes or no of its own, where the day is printed
        text = "\n".join(filter(None, (update["text"], asked)))
        told = Told(update["label"][:60], dated, update["achieved"], update["left"], update["barriers"], text)
        if any((told.achieved, told.left, told.barriers, told.text)):
            found.append(told)
    return found


def response_of(record: Record) -> str:
    """A tracker holds what a body accepted, unless its response says otherwise."""
    words = record["response_text"].casefold()
    if record["outcome"] == "not_accepted" or re.match(r"\W*(?:not (?:accepted|agreed)|rejected|declined)", words):
        return Response.NOT_ACCEPTED
    return (
        Response.IN_PART
        if re.match(
            r"\W*(?:partly|partially|part|accepted in "
            r"part)\b",
            words,
        )
        else Response.ACCEPTED
    )


def outcome_of(record: Record) -> str:
    """How it ended, where its status says so and it is not merely proposed."""
    return "" if record["proposed_closed"] else str(_OUTCOMES.get(record["outcome"] or "", ""))


def source_of(record: Record) -> str:
    """Who made it, where the paper says so; internal audit where it says nothing."""
    said = record.get("source")
    return str(said) if said in Source.values else Source.INTERNAL


def roles_of(record: Record) -> list[str]:
    """The posts that answer for it, each once. Names of people are not kept."""
    return list(dict.fromkeys(owner["role"][:200] for owner in record["owners"] if owner["role"]))


@dataclass(frozen=True)
class Steps:
    """What a standing recommendation still lacks of what the paper says of it."""

    updates: Sequence[Told] = ()
    target: tuple[str, date | None] | None = None
    withdraw: bool = False
    propose: bool = False

    @property
    def words(self) -> list[str]:
        found = ["Closure withdrawn"] if self.withdraw else []
        found += [f"{len(self.updates)} updates" if len(self.updates) > 1 else "Update"] if self.updates else []
        found += ["New target"] if self.target else []
        return found + (["Proposed closed"] if self.propose else [])


def steps(record: Record, row: RecommendationRow, day: date) -> Steps:
    """The steps for one that stands. One that has closed or ended here stays as it is."""
    if row.stage in ("closed", "ended"):
        return Steps()
    known = {(update.period, update.dated) for update in row.updates}
    fresh = [told for told in updates_of(record, day) if (told.period, told.dated) not in known]
    proposed, proposes = row.stage == "proposed", bool(record["proposed_closed"])
    target = _target(record, row)
    withdraw = proposed and (not proposes or bool(fresh) or target is not None)
    return Steps(fresh, target, withdraw, proposes and (not proposed or withdraw))


def _target(record: Record, row: RecommendationRow) -> tuple[str, date | None] | None:
    """The newest target of the paper, where no owner's ledger has it: the same day in other words is no new one."""
    if not record["targets"] or not row.owners:
        return None
    newest = record["targets"][-1]
    text, due = newest["text"][:200], last_day(newest["date"])
    held = [target for owner in row.owners for target in owner.targets]
    known = any(target.due == due if due else target.text == text for target in held)
    return None if known else (text, due)
