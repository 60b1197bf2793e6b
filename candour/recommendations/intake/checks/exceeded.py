"""The table of targets that were exceeded, against the recommendations that exceed theirs. Pure."""

from collections.abc import Iterator

from candour.audits.intake.days import last_day
from candour.kernel.intake.document import Finding

from ..paper import Paper, matches
from ..record import Recommendation
from ..summary import Exceeded


def check(paper: Paper) -> Iterator[Finding]:
    """Rows that the body does not hold or contradicts; recommendations that slipped and have no row."""
    if not paper.summary.has_exceeded:
        return
    named: list[Recommendation] = []
    for row in paper.summary.exceeded:
        same = matches(paper, row)
        named += same
        says = f"{row.audit} {row.audit_date or ''} {row.reference} {row.heading}".replace("  ", " ").strip()
        if not same:
            message = (
                f"The table of exceeded targets names {row.audit} {row.reference} {row.heading}, which the paper "
                f"does not hold."
            )
            yield Finding("exceeded-unknown", "error", row.place, "", says, "a recommendation of this paper", message)
        first, now = last_day(row.original), last_day(row.current)
        if first and now and now <= first and not any(one.story.quoted for one in same):
            should = f"a day after {row.original_text}"
            message = (
                f"The table of exceeded targets gives {row.current_text} for {says}, which is not after "
                f"{row.original_text}."
            )
            yield Finding(
                "exceeded-not-later",
                "warning",
                row.place,
                same[0].key if same else "",
                row.current_text,
                should,
                message,
            )
        for one in same:
            yield from _differs(one, row)
    for one in paper.found:
        ended = one.story.quoted and one.record["outcome"]  # such a paper's table holds what is live alone
        if one not in named and not ended and (slipped := _slip(one)):
            message = (
                f"{one.key} has a later target than its first ({slipped}), but the table of exceeded targets does "
                f"not name it."
            )
            yield Finding(
                "exceeded-missing",
                "warning",
                one.entry.place,
                one.key,
                slipped,
                "a row in the table of exceeded targets",
                message,
            )


def _slip(one: Recommendation) -> str:
    """ "March 2025 to August 2025" where a recommendation has been given a later target, or words for one."""
    targets = one.story.targets
    if len(targets) < 2 or len({target.part for target in targets}) > 1:
        return ""
    first, last = targets[0], targets[-1]
    start, end = last_day(first.date), last_day(last.date)
    if start and end:
        return f"{first.text} to {last.text}" if end > start else ""
    return f"{first.text} to {last.text}" if last.revised else ""


def _differs(one: Recommendation, row: Exceeded) -> Iterator[Finding]:
    """An original (or current) target that the entry prints otherwise, by the month. Of several owners of a register, any."""
    plain = [target for target in one.story.targets if target.date and not target.revised]
    newest = [target for target in one.story.targets if target.date]
    firsts = {target.part: target.date for target in reversed(plain)}
    lasts = {target.part: target.date for target in newest}
    if len(lasts) < 2 or not one.story.quoted:
        firsts, lasts = ({"": found[place].date} if found else {} for found, place in ((plain, 0), (newest, -1)))
    for what, held, said in (("original", firsts, row.original), ("current", lasts, row.current)):
        printed = [day for day in held.values() if day]
        if printed and said and said[:7] not in {day[:7] for day in printed}:
            message = (
                f"{one.key}: the table of exceeded targets gives {said} as its {what} target; its entry gives "
                f"{printed[0]}."
            )
            yield Finding("target-differs", "warning", row.place, one.key, said, printed[0], message)
