"""A tracker against an auditor's progress report: opinions, priorities and targets that two papers print differently. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from candour.kernel.intake.document import Finding, Reading
from candour.kernel.intake.printed import words_key

from .same import called

_RANKS = {"1": 1, "2": 2, "3": 3, "high": 1, "medium": 2, "low": 3}
_SAME = 60  # signs of two texts that begin alike, so that they are one recommendation
Values = Mapping[str, Any]


def between(tracker: Reading, progress: Reading) -> list[Finding]:
    """What the tracker prints otherwise than the progress report, for the audits that both know."""
    reports = [report for record in progress.records for report in record["reports"]]
    found: list[Finding] = []
    told: set[tuple[str, str]] = set()
    for record in tracker.records:
        report = next((one for one in reports if _same_audit(record, one)), None)
        if report is None:
            continue
        if (record["audit"], record["audit_date"]) not in told:
            told.add((record["audit"], record["audit_date"]))
            found += _opinion(record, report)
        found += _point(record, report)
    return found


def _same_audit(record: Values, report: Values) -> bool:
    """The same name, and a report of the tracker's month in the year of the plan or the year after it."""
    month, year = record["audit_date"] or "", report["year"] or ""
    near = not month or not year or f"{year[:4]}-04" <= month < f"{int(year[:4]) + 2}-04"
    return near and called(record["audit"], report["title"])


def _opinion(record: Values, report: Values) -> Iterator[Finding]:
    here, there = record["opinion"], report["opinion"]
    if here and there and here.casefold() != there.casefold():
        message = f"{record['audit']} has the opinion {here} in the tracker and {there} in the progress report."
        yield Finding("opinion-between-papers", "error", record["place"], record["key"], here, there, message)


def _point(record: Values, report: Values) -> Iterator[Finding]:
    start = words_key(record["text"])[:_SAME]
    same = [
        one for one in report["recommendations"] if len(start) == _SAME and words_key(one["text"]).startswith(start)
    ]
    for one in same[:1]:
        ranks = [_RANKS.get(str(said["priority"]).casefold()) for said in (record, one)]
        if None not in ranks and ranks[0] != ranks[1]:
            should = one["priority_text"]
            message = f"{record['key']} is {record['priority']} in the tracker and {should} in the progress report."
            yield Finding(
                "priority-between-papers", "error", record["place"], record["key"], record["priority"], should, message
            )
        here, there = record["original_target"], one["original_target"]
        if here and there and here[:7] != there[:7]:
            message = f"{record['key']} is due by {here} in the tracker and by {there} in the progress report."
            yield Finding("target-between-papers", "warning", record["place"], record["key"], here, there, message)
