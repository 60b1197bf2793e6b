"""Registers made by chance, pure: rows as the database would give them, of every status, with awkward words in them."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from candour.kernel.calendar import say_date
from candour.recommendations.papers.changes.paper import Stock as Changed
from candour.recommendations.papers.stock import Stock, verified_since
from candour.recommendations.queries.rows import RecommendationRow, line_of, recommendation_row

SINCE, AS_AT = date(2026, 3, 15), date(2026, 6, 15)
MARK = "qzx"  # stands in every text of what the public may not read, and in no other
PRIORITIES = ("High", "Medium", "Low", "2 (Significant)", "")
POSTS = ("Head of Stores", "Property Services Manager", "Director of Finance, Estates and IT",
    "Chief Superintendent, Operations",
         "Health and Safety Adviser")  # fmt: skip
# What a reader might take for something else: labels, priorities, dates, marks, the end of a paper.
WORDS = (
    "Count what is in the store each month.", "High priority recommendation: lock the store", "Update March 2025: it is done",
    "Target date: when the builder comes", "Appendix B\nsecond part", "1. Count\n2. Sign\n• Keep",
        "The cost is £4,200 | £5,000",
    "PROPOSED CLOSED", "Proposed closed", "End", "“As before”", "n/a", "None", "100% (3/3) by 31/03/25", "Reference",
        "Status: open",
    "Responsible person: nobody in particular", "See recommendation 4.2 above", "Priority: High", "A – B – C",
        "No update was received",
)  # fmt: skip
REPORTS = ("STORES", "Payroll and pensions", "Fleet (follow up)", "Grants – second review", "")


def register(seed: int, *, many: int = 7) -> Stock:
    """A tracker of some recommendations, none of whose dates contradict each other."""
    rng = random.Random(seed)  # noqa: S311 nothing secret
    made = [_row(rng, number, seed) for number in range(1, rng.randint(0, many) + 1)]
    rows = [
        row for row in made if row.line.closed_on is None or row.line.closed_on > SINCE or verified_since(row, SINCE)
    ]
    before = frozenset(row.pk for row in rows if _stood(row))
    ordered = sorted(rows, key=lambda row: (row.line.rank, row.line.original_due or date.max, row.reference))
    return Stock("The office", "The panel", AS_AT, SINCE, AS_AT, tuple(ordered), before, admit_redacted=bool(seed % 2))


def _stood(row: RecommendationRow) -> bool:
    return bool(row.pk % 3) and (row.line.closed_on is None or row.line.closed_on > SINCE)


def changed(seed: int) -> Changed:
    """The same register on two days, as the paper of changes is made from it."""
    after = register(seed)
    before = tuple(row for row in register(seed).rows if row.pk in after.before)
    return Changed("The office", "The panel", AS_AT, SINCE, AS_AT, before, after.rows)


def _row(rng: random.Random, number: int, seed: int) -> RecommendationRow:
    sensitivity = rng.choice(("public", "public", "office", "restricted"))
    mark = f"{MARK}{number} " if sensitivity != "public" else ""

    def words() -> str:
        return mark + rng.choice(WORDS)

    reported = date(2025, 9, 1) - timedelta(days=rng.randint(0, 900))
    ending = rng.choice(
        ("open", "open", "open", "proposed", "closed", "sent back", "verified", "superseded", "unanswered")
    )
    closed_on = AS_AT - timedelta(days=rng.randint(1, 60)) if ending in ("closed", "superseded") else None
    closed_on = SINCE - timedelta(days=30) if ending == "verified" else closed_on
    owners: list[dict[str, Any]] = [
        {"id": number * 10 + n, "removed_on": None, "owner_label": mark + post if mark else post, "owner_id": n + 1,
         "added_on": reported}
        for n, post in enumerate(rng.sample(POSTS, rng.choice((0, 1, 1, 2, 3))))
    ]  # fmt: skip
    word = rng.choice(PRIORITIES)
    values: dict[str, Any] = {
        "record_id": number, "reference": f"{'HID' if mark else 'PUB'}-{seed}-{number}",
            "title": f"{mark}Heading of number {number}",
        "organisation_id": 1, "organisation_label": "The office", "organisation_code": "office",
        "owner_label": owners[0]["owner_label"] if owners else "", "owner_id": owners[0]["owner_id"] if owners else None,
        "sensitivity": sensitivity, "audit": (mark + rng.choice(REPORTS)).strip(), "closed_on": closed_on,
            "source": "internal audit",
        "response": "" if ending == "unanswered" else rng.choice(("accepted", "in part")), "reported_on": reported,
        "first_reported": reported - timedelta(days=rng.choice((0, 0, 0, 2000))), "priority_scale_id": None, "priority": None,
        "priority_text": word, "printed": rng.choice(("", "4.1", "R7 (b)")), "text": words(),
            "finding": rng.choice(("", words())),
        "risk": rng.choice(("", words())), "response_text": rng.choice(("", words())), "repeat_of_id": None,
            "came_from_id": None,
        "outcome": {"closed": "closed", "verified": "closed", "superseded": "superseded"}.get(ending, ""),
    }  # fmt: skip
    children: dict[str, Any] = {
        "assignments": owners, "targets": _targets(rng, owners, reported, words), "updates": _updates(rng, number, words),
        "closures": _closures(number, ending, words, closed_on),
    }  # fmt: skip
    line = line_of(values, scales={}, **children)
    return recommendation_row(values, line=line, today=AS_AT, **children)


def _targets(rng: random.Random, owners: Sequence[dict[str, Any]], reported: date, words: Any) -> list[dict[str, Any]]:
    found = []
    for owner in owners:
        due = reported + timedelta(days=rng.randint(30, 500))
        for n in range(rng.choice((0, 1, 1, 2, 3))):
            day = due + timedelta(days=90 * n)
            text, when = rng.choice(((say_date(day), day), ("", day), ("When the builder comes", None), ("TBC", None)))
            found.append({
                "assignment_id": owner["id"], "number": n, "text": text, "due": when,
                    "set_on": reported + timedelta(days=40 * n),
                "why": " ".join(words().split()) if n else "", "approver": rng.choice(("", "The panel")),
            })  # fmt: skip
    return found


def _updates(rng: random.Random, number: int, words: Any) -> list[dict[str, Any]]:
    days = sorted(AS_AT - timedelta(days=rng.randint(1, 300)) for _ in range(rng.choice((0, 1, 2, 4))))
    return [
        {"id": number * 100 + n, "by_label": rng.choice(("", "Head of Stores")), "period": rng.choice(("",
            f"{day:%B %Y}", "Quarter 2")),
         "dated": day, "achieved": words(), "left": rng.choice(("", words())), "barriers": rng.choice(("None", words())),
         "text": rng.choice(("", "", words())), "proposes_closure": False, "evidence": rng.choice(("", words()))}
        for n, day in enumerate(days)
    ]  # fmt: skip


def _closures(number: int, ending: str, words: Any, closed_on: date | None) -> list[dict[str, Any]]:
    if ending not in ("proposed", "closed", "sent back", "verified"):
        return []
    answered = closed_on or (AS_AT - timedelta(days=5) if ending == "sent back" else None)
    return [
        {"id": number, "proposed_on": (answered or AS_AT) - timedelta(days=10), "proposed_by_label": "Head of Stores",
            "case": words(),
         "lapsed_on": None, "answered_on": answered, "answer": {"sent back": "sent back", "proposed": ""}.get(ending, "agreed"),
         "decision_label": "Audit Panel, minute 7" if answered else "", "why": words() if answered else "",
         "verified_on": AS_AT - timedelta(days=3) if ending == "verified" else None,
         "verdict": "in part" if ending == "verified" else "", "found": words() if ending == "verified" else ""}
    ]  # fmt: skip
