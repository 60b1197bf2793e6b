"""What a tracker counts against what it lists. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping

from candour.kernel.intake.document import Finding
from candour.kernel.intake.printed import counted

from ..paper import Paper
from ..record import Recommendation
from ..summary import graded
from ..tallies import Tally, tallies

_SAID = {
    "total": "in its body",
    "proposed_closed": "proposed closed",
    "closed": "closed",
    "not_accepted": "not accepted",
    "open": "not proposed closed",
    "live": "in its body that have not ended",
    "ended": "in its body that have ended",
}


def check(paper: Paper) -> Iterator[Finding]:
    """Rows of the table of totals, the sums within it, and counts in sentences."""
    yield from _sums(paper)
    yield from _tallied(paper)
    known = {graded(one.record["priority"]) for one in paper.found}
    for label, counts in paper.summary.totals.items():
        if (
            label != "Total"
            and known
            and label not in known
            and counts.get("total")
            and not known & set(paper.summary.totals)
        ):
            continue
        for kind, stated in counts.items():
            if kind not in _SAID:  # what came and went: the paper does not list it
                continue
            if not _held(paper, kind, counts):
                continue
            right = sum(_is(one, kind) for one in paper.found if label in ("Total", graded(one.record["priority"])))
            if stated != right:
                of = "" if label == "Total" else f" of priority {label}"
                should = f"{right} {_SAID[kind]}{of}"
                message = (
                    f"The table of totals states {counted(stated, 'recommendation')}{of} {_SAID[kind]}; there are "
                    f"{right}."
                )
                yield Finding(
                    "total-differs",
                    "error",
                    paper.summary.total_places[label],
                    "",
                    f"{label}: {stated}",
                    should,
                    message,
                )
    for kind, stated, words, place in paper.summary.counts:
        if kind in ("proposed_closed", "closed") and paper.summary.has_closures:
            right, where = len(paper.summary.closures), "in the list of proposed closures"
        else:
            right, where = sum(_is(one, kind) for one in paper.found), _SAID[kind]
            if not _held(paper, kind, {}):
                continue
        if stated != right and paper.found:
            message = f"The paper says {words}; there are {right} {where}."
            yield Finding("count-differs", "error", place, "", words, f"{right} {where}", message)


def _held(paper: Paper, kind: str, counts: Mapping[str, int]) -> bool:
    """Whether the paper lists what a figure counts. One that lists only what is open counts more than it lists."""
    if kind not in ("closed", "total") or kind not in {*counts, "closed"}:
        return True
    ended = any(_is(one, "closed") for one in paper.found)
    return ended if kind == "closed" else ended or not counts.get("closed")


def _is(one: Recommendation, kind: str) -> bool:
    closed, outcome = bool(one.record["proposed_closed"]), one.record["outcome"]
    if kind == "proposed_closed":
        return closed and outcome != "not_accepted"
    if kind == "closed":
        return (closed and outcome != "not_accepted") or outcome in ("closed", "implemented")
    if kind in ("live", "ended"):
        return (outcome is None) if kind == "live" else outcome is not None and one.record.get("ended_since", True)
    if kind == "not_accepted":
        return outcome == "not_accepted"
    return kind == "total" or not (
        closed or outcome in ("closed", "not_accepted", "superseded", "risk_accepted", "implemented")
    )


def _sums(paper: Paper) -> Iterator[Finding]:
    """The row of totals is the sum of the rows above it; counts by priority come to the total of their row."""
    totals = paper.summary.totals
    for label, row in totals.items():
        parts = [row.get(name) for name in ("before", "raised", "ended", "live")]
        if None not in parts and parts[0] + parts[1] - parts[2] != parts[3]:  # type: ignore[operator]
            right, place = parts[0] + parts[1] - parts[2], paper.summary.total_places[label]  # type: ignore[operator]
            message = f"The row {label} gives {parts[3]} live; what it gives before, raised and ended comes to {right}."
            yield Finding("total-sum", "error", place, "", f"{label}: {parts[3]}", str(right), message)
    for kind, stated in totals.get("Total", {}).items():
        right = sum(counts[kind] for label, counts in totals.items() if label != "Total")
        if len(totals) > 2 and stated != right:
            message = f"The total of the table is {stated}; its rows come to {right}."
            yield Finding(
                "total-sum", "error", paper.summary.total_places["Total"], "", f"Total: {stated}", str(right), message
            )
    for label, right in paper.summary.split.items():
        given = totals[label].get("total")
        if given is not None and given != right:
            message = f"The row {label} gives {given} in all; its columns come to {right}."
            yield Finding(
                "total-sum", "error", paper.summary.total_places[label], "", f"{label}: {given}", str(right), message
            )


def _tallied(paper: Paper) -> Iterator[Finding]:
    """Tables that count by status or audit: their totals are sums; where they count all, a status has as many as are listed."""
    known = {str(place) for place in paper.summary.total_places.values()}
    for table in tallies(paper.document):
        if str(table.place) in known:
            continue
        wrong = [(which, stated, right) for which, stated, right in table.sums() if stated != right]
        for which, stated, right in wrong[:1]:  # one figure that is wrong is wrong in its row and in its column
            message = f"{which} is stated as {stated}; its parts come to {right}."
            yield Finding("total-sum", "error", table.place, "", f"{which}: {stated}", str(right), message)
        yield from _by_status(paper, table)


def _by_status(paper: Paper, table: Tally) -> Iterator[Finding]:
    at = table.across if table.across is not None else len(table.heads) - 1
    stated = {label: row[at] for label, row in table.rows.items() if label != table.down}
    statuses = Counter(one.record["status"].casefold() for one in paper.found)
    counted_here = {label.casefold() for label, number in stated.items() if number}
    if not counted_here <= {*statuses} <= {label.casefold() for label in stated}:
        return  # it counts what the paper does not list
    if not any(number == statuses[label.casefold()] > 0 for label, number in stated.items()):
        return
    for label, number in stated.items():
        right = statuses[label.casefold()]
        if number != right:
            message = f"The table states {counted(number, 'recommendation')} as {label}; {right} are listed so."
            yield Finding("total-differs", "error", table.place, "", f"{label}: {number}", str(right), message)
