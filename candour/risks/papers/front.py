"""The front of a risk paper: purpose, recommendation, summary and criteria. Pure.

Every figure is counted from the copy's rows.
"""

from collections import Counter
from collections.abc import Iterator

from candour.kernel.calendar import days_late, say_date
from candour.kernel.papers.document import (
    Block,
    Heading,
    Item,
    Paragraph,
    Run,
    bold,
    bullets,
    link,
    words,
)
from candour.kernel.papers.say import count, days, listed
from candour.kernel.scales.rules import Band, Matrix
from candour.risks.papers.detail import said_of_review
from candour.risks.papers.stock import Copy
from candour.risks.papers.words import LETTERS
from candour.risks.queries.rows import RiskRow
from candour.risks.rules import STATUS_WORDS

Parts = tuple[Run | str, ...]


def front(copy: Copy) -> Iterator[Block]:
    """Numbered paragraphs under their headings, then the list of appendices."""
    number = 0
    for heading, paragraphs in (
        ("Purpose", [_purpose(copy)]),
        ("Recommendation", [_recommendation(copy)]),
        ("Summary", list(_summary(copy))),
        ("Criteria", list(_criteria(copy))),
    ):
        yield Heading(1, heading)
        for parts in paragraphs:
            if isinstance(parts, tuple):
                number += 1
                yield Paragraph(words(*parts), number)
            else:
                yield parts
    yield Heading(1, "Appendices")
    shown = [name for name in LETTERS if name != "restricted" or copy.restricted]
    yield bullets(*(Item(words(link(": ".join(LETTERS[name]), f"#{name}"))) for name in shown))


def late_reviews(copy: Copy) -> list[tuple[str, int]]:
    """(reference, days late) of live strategic risks not reviewed in time, latest first."""
    as_at = copy.stock.as_at
    due = [(row.reference, row.line.review_due) for row in copy.live if row.line.review_due]
    late = [(reference, days_late(day, as_at)) for reference, day in due if day and day < as_at]
    return sorted(late, key=lambda one: (-one[1], one[0]))


def overdue_controls(copy: Copy) -> list[tuple[str, int]]:
    """(reference, days late) of each control past its date, latest first."""
    as_at = copy.stock.as_at
    late = [
        (row.reference, days_late(one.due, as_at))
        for row in copy.live
        for one in row.controls
        if one.pending and one.removed_on is None and one.due and one.due < as_at
    ]
    return sorted(late, key=lambda one: (-one[1], one[0]))


def bands_of(copy: Copy) -> list[tuple[Band, int]]:
    """How many live strategic risks each band holds, highest first; bands without a risk are left out."""
    held = Counter(row.band for row in copy.live if row.band)
    return sorted(held.items(), key=lambda one: (-one[0].high, one[0].name))


def _purpose(copy: Copy) -> Parts:
    stock = copy.stock
    return (
        f"To show the panel the strategic risks as they stood on {say_date(stock.as_at)}, and what has changed since "
        f"{say_date(stock.since)}.",
    )


def _recommendation(copy: Copy) -> Parts:
    asked = ["to note the register"]
    if copy.changed:
        asked.append(f"to agree the new score{_s(copy.changed)} of {_names(copy.changed)}")
    if copy.proposed:
        asked.append(f"to agree the proposed score{_s(copy.proposed)} of {_names(copy.proposed)} (Appendix D)")
    if copy.left:
        asked.append(f"to agree that {_names(copy.left)} {_is(copy.left)} managed at {_levels(copy.left)} level")
    if copy.closed:
        asked.append(f"to agree that {_names(copy.closed)} {_is(copy.closed)} closed")
    asks = asked[0] if len(asked) == 1 else f"{'; '.join(asked[:-1])}; and {asked[-1]}"
    return (f"The panel is asked {asks}.",)


def _names(rows: tuple[RiskRow, ...]) -> str:
    return listed(sorted(row.reference for row in rows), most=8)


def _s(rows: tuple[RiskRow, ...]) -> str:
    return "s" if len(rows) > 1 else ""


def _is(rows: tuple[RiskRow, ...]) -> str:
    return "are" if len(rows) > 1 else "is"


def _levels(rows: tuple[RiskRow, ...]) -> str:
    return listed(sorted({row.line.kind for row in rows})).replace(" and ", " or ")


def _summary(copy: Copy) -> Iterator[Parts]:
    since = say_date(copy.stock.since)
    yield _live(copy)
    project = (", and ", *count(copy.projects, "project risk", "project risks")) if copy.projects else ()
    verb = "is" if copy.operational <= 1 else "are"
    kept = count(copy.operational, "live operational risk", "live operational risks", first=False)
    yield (f"There {verb} ", *kept, *project, ". They are reported elsewhere.")
    named = listed(sorted({row.band.name.lower() for row in copy.high if row.band})).replace(" and ", " or ") or "high"
    rated = named if " or " in named else f"rated {named}"
    yield (*count(len(copy.high), f"risk is {rated}", f"risks are {rated}"), " (Appendix B).")
    yield (*count(len(copy.new), "risk is new", "risks are new"), f" since {since} (Appendix C).")
    yield _changed(copy, since)
    if copy.came:
        yield (*count(len(copy.came), "risk was", "risks were"), f" escalated from {_came(copy)} level (Appendix D).")
    moved = (
        *count(len(copy.left), "risk", "risks", first=False),
        f" moved to {_levels(copy.left) or 'operational'} level",
    )
    yield (
        *count(len(copy.closed), "risk closed", "risks closed"),
        *((" and ", *moved) if copy.left else ()),
        f" since {since} (Appendix E).",
    )
    yield _overdue(copy)
    if late := late_reviews(copy):
        yield (*count(len(late), "risk was", "risks were"), f" not reviewed in time: {said_of_review(late)}.")
    else:
        yield ("Every risk was reviewed in time.",)
    yield from _kept_back(copy)


def _live(copy: Copy) -> Parts:
    where = " in this copy" if copy.audience == "public" else ""
    verb = "is" if len(copy.live) <= 1 else "are"
    start = (f"There {verb} ", *count(len(copy.live), "live strategic risk", "live strategic risks", first=False))
    unscored = sum(row.band is None for row in copy.live)
    parts: list[Parts] = [(bold(number), f" {band.name.lower()}") for band, number in bands_of(copy)]
    parts += [(bold(unscored), " not yet scored")] if unscored else []
    joined: list[Run | str] = []
    for place, part in enumerate(parts):
        joined += [", " if 0 < place < len(parts) - 1 else " and " if place else ": ", *part]
    return (*start, f"{where} (Appendix A)", *joined, ".")


def _changed(copy: Copy, since: str) -> Parts:
    if not copy.changed:
        return (f"No score changed since {since} (Appendix D).",)
    up = sum(row.direction == "up" for row in copy.changed)
    down = len(copy.changed) - up
    ways: list[Run | str] = [bold(up), " rose"] if up else []
    ways += [" and "] if up and down else []
    ways += [bold(down), " fell"] if down else []
    risks = count(len(copy.changed), "risk", "risks")
    return ("The score of ", *risks, f" changed since {since} (Appendix D): ", *ways, ".")


def _came(copy: Copy) -> str:
    levels = {event.level[0] for row in copy.came for event in copy.stock.happened[row.pk] if event.level}
    return listed(sorted(levels - {"strategic"})).replace(" and ", " or ")


def _overdue(copy: Copy) -> Parts:
    late = overdue_controls(copy)
    if not late:
        return ("No control is past its date.",)
    risks = len({reference for reference, _ in late})
    verb = "is" if len(late) == 1 else "are"
    return (
        *count(len(late), "control", "controls"),
        " of ",
        *count(risks, "risk", "risks"),
        f" {verb} past {'its' if len(late) == 1 else 'their'} date. The oldest, of {late[0][0]}, is {days(late[0][1])} late.",
    )


def _kept_back(copy: Copy) -> Iterator[Parts]:
    """What another audience does not see, said only to those who may know of it."""
    if copy.restricted:
        public = (
            "In the public copy a live one has one line, REDACTED, and is counted nowhere else."
            if copy.stock.admit_redacted
            else "The public copy says nothing of them."
        )
        yield (
            "Panel members alone may see ",
            *count(len(copy.restricted), "risk", "risks"),
            f" (Appendix G). {public}",
        )
    if copy.audience == "panel":
        kept = [row for row in (*copy.live, *copy.closed, *copy.left) if row.sensitivity == "office"]
        if kept:
            yield (
                *count(len(kept), "more risk is", "more risks are"),
                " for the office and the panel, and not in the public copy.",
            )
    if copy.redacted:
        why = "may not be published" if copy.audience == "public" else "may be seen by the panel alone"
        each = "It has" if len(copy.redacted) == 1 else "Each has"
        yield (
            *count(len(copy.redacted), "risk", "risks"),
            f" {why}. {each} one line, REDACTED, after the table of Appendix A, and is counted nowhere else.",
        )


def _criteria(copy: Copy) -> Iterator[Parts | Block]:
    matrices = copy.matrices
    for matrix in matrices:
        named = f" on {matrix.name}" if len(matrices) > 1 else ""
        impacts, chances = len(matrix.impact), len(matrix.likelihood)
        yield (
            f"Risks are scored{named} on a scale of 1 to {impacts} for impact and of 1 to {chances} for likelihood. "
            f"Impact multiplied by likelihood gives the score, and the score falls in a band (Appendix F). "
            f"{_intervals(matrix)}",
        )
        yield bullets(*(f"{band.low} to {band.high}: {band.name}" for band in _highest_first(matrix)))
    yield (
        "The status says how far a risk is managed. It is worked out from the controls, their dates and the reviews:",
    )
    yield bullets(*(Item(words(bold(f"{name}. "), said)) for name, said in STATUS_WORDS.items() if name != "Closed"))


def _intervals(matrix: Matrix) -> str:
    parts = [f"{band.name} every {_months(band.review_months)}" for band in _highest_first(matrix)]
    return f"Reviews are due at least: {listed(parts)}. An update between reviews is not a review."


def _months(number: int) -> str:
    return "month" if number == 1 else f"{number} months"


def _highest_first(matrix: Matrix) -> list[Band]:
    return sorted(matrix.bands, key=lambda band: -band.low)
