"""The front of a tracker paper: purpose, what is asked, and a summary whose every figure is counted from the rows. Pure."""

from collections import Counter
from collections.abc import Iterator

from candour.kernel.calendar import say_date
from candour.kernel.papers.document import Block, Heading, Item, Paragraph, Run, bold, bullets, link, words
from candour.kernel.papers.say import count, days, listed
from candour.recommendations.papers.chart import lateness
from candour.recommendations.papers.stock import Copy, Rows, failed_checks
from candour.recommendations.papers.totals import by_opinion, totals
from candour.recommendations.papers.words import LETTERS, OUTCOMES, report_words, years

Parts = tuple[Run | str, ...]


def front(copy: Copy) -> Iterator[Block]:
    """Numbered paragraphs under their headings, the totals and the chart, then the list of appendices."""
    number = 0
    for heading, paragraphs in (
        ("Purpose", [_purpose(copy)]),
        ("What the panel is asked", [_asked(copy)]),
        ("Summary", list(_summary(copy))),
    ):
        yield Heading(1, heading)
        for parts in paragraphs:
            number += 1
            yield Paragraph(words(*parts), number)
    if copy.live or copy.ended:
        yield Heading(1, "Totals")
        yield totals(copy)
        if opinions := by_opinion(copy):
            yield opinions
    if copy.live:
        yield lateness(copy)
    yield Heading(1, "Appendices")
    shown = [name for name in LETTERS if name != "restricted" or copy.restricted]
    yield bullets(*(Item(words(link(": ".join(LETTERS[name]), f"#{name}"))) for name in shown))


def _purpose(copy: Copy) -> Parts:
    as_at, since = say_date(copy.stock.as_at), say_date(copy.stock.since)
    return (
        f"To show the panel every recommendation that the body still answers for as it stood on {as_at}, what its owners "
        f"have said since {since}, and what waits for a decision.",
    )


def _asked(copy: Copy) -> Parts:
    asked = ["to note the tracker"]
    if copy.proposed:
        these = "recommendation that is" if len(copy.proposed) == 1 else "recommendations that are"
        asked.append(f"to decide on the {len(copy.proposed):,} {these} proposed closed (Appendix A)")
    if copy.flagged:
        asked.append(f"to ask why {_names(copy.flagged)} moved again (Appendix D)")
    if copy.quiet:
        owners = "owner" if len(copy.quiet) == 1 else "owners"
        asked.append(f"to ask for an update from the {owners} of {_names(copy.quiet)} (Appendix C)")
    asks = asked[0] if len(asked) == 1 else f"{'; '.join(asked[:-1])}; and {asked[-1]}"
    return (f"The panel is asked {asks}.",)


def _some(number: int, one: str, many: str, *, first: bool = False) -> Parts:
    """ "3 have given", "1 has given", "none has given"."""
    if not number:
        return (f"{'None' if first else 'none'} {one}",)
    return bold(f"{number:,}"), f" {one if number == 1 else many}"


def _names(rows: Rows) -> str:
    return listed(sorted(row.reference for row in rows), most=6)


def _summary(copy: Copy) -> Iterator[Parts]:
    since = say_date(copy.stock.since)
    yield _live(copy)
    yield (
        f"Since {since}, ",
        *_some(len(copy.raised), "was raised or reopened", "were raised or reopened"),
        " and ",
        *_some(len(copy.ended), "left the tracker", "left the tracker"),
        *_how(copy),
        " (Appendix E).",
    )
    yield _proposed(copy)
    yield _late(copy)
    if copy.quiet:
        yield (*_some(len(copy.quiet), "has", "have"), f" given no update since {since} (Appendix C).")
    else:
        yield (f"Every owner has given an update since {since} (Appendix C).",)
    yield _noted(copy)
    yield _verified(copy)
    yield from _kept_back(copy)


def _live(copy: Copy) -> Parts:
    where = " in this copy" if copy.audience == "public" else ""
    verb = "is" if len(copy.live) <= 1 else "are"
    reports = len({(report_words(row), row.line.reported_on) for row in copy.live})
    start = (f"There {verb} ", *count(len(copy.live), "live recommendation", "live recommendations", first=False))
    held = Counter((row.line.rank, row.line.priority) for row in copy.live)
    joined: list[Run | str] = []
    for place, ((_, name), number) in enumerate(sorted(held.items())):
        joined += [", " if 0 < place < len(held) - 1 else " and " if place else ": "]
        joined += [bold(f"{number:,}"), f" {name or 'without a priority'}"]
    from_reports = f", from {reports:,} report{'' if reports == 1 else 's'}" if copy.live else ""
    return (*start, f"{where}{from_reports} (Appendix F)", *joined, ".")


def _how(copy: Copy) -> Parts:
    held = Counter(row.line.outcome for row in copy.ended)
    said = [f"{held[key]:,} {name[:1].lower()}{name[1:]}" for key, name in OUTCOMES.items() if held[key]]
    return (f": {listed(said)}",) if said else ()


def _proposed(copy: Copy) -> Parts:
    if not copy.proposed:
        return ("Nothing is proposed closed (Appendix A).",)
    failing = sum(bool(failed_checks(row, copy)) for row in copy.proposed)
    fails = (" Of these ", *_some(failing, "fails a check", "fail a check"), ".") if failing else ()
    said = _some(len(copy.proposed), "is proposed closed", "are proposed closed")
    return (*said, ", for the panel to decide (Appendix A).", *fails)


def _late(copy: Copy) -> Parts:
    if not copy.late:
        return ("Nothing is past its original date (Appendix B).",)
    worst = max(copy.late, key=lambda row: (row.late.original, row.reference))
    again = [row for row in copy.late if row.late.current]
    return (
        *_some(len(copy.late), "is past its original date", "are past their original date"),
        f" (Appendix B). The furthest, {worst.reference}, is {days(worst.late.original)} past it. Of these ",
        *_some(len(again), "is past the date that stands too", "are past the date that stands too"),
        ".",
    )


def _noted(copy: Copy) -> Parts:
    oldest = min(copy.repeats, key=lambda row: (row.line.first_reported, row.reference), default=None)
    age = (
        f" (the oldest, {oldest.reference}, was first reported {years(oldest, copy.stock.as_at)} ago)" if oldest else ""
    )
    return (
        *_some(
            len(copy.flagged), "has had a date moved twice or more", "have had a date moved twice or more", first=True
        ),
        "; ",
        *_some(len(copy.repeats), "is a repeat", "repeat an earlier one"),
        f"{age}; ",
        *_some(len(copy.words), "has a date in words", "have a date in words"),
        " (Appendix D).",
    )


def _verified(copy: Copy) -> Parts:
    held = Counter(row.closure.verdict for row in copy.verified if row.closure)
    short = held["not"] + held["in part"]
    fell = (" Of these ", *_some(short, "fell short", "fell short"), ".") if short else ()
    return (
        "The auditor looked again at ",
        *count(len(copy.verified), "closure", "closures", first=False),
        f" since {say_date(copy.stock.since)} (Appendix E).",
        *fell,
    )


def _kept_back(copy: Copy) -> Iterator[Parts]:
    """What another audience does not see, said only to those who may know of it."""
    if copy.restricted:
        yield ("Panel members alone may see ", *count(len(copy.restricted), "of them", "of them"), " (Appendix H).")
    if copy.audience == "panel":
        kept = [row for row in copy.shown if row.sensitivity == "office"]
        if kept:
            verb = "is" if len(kept) == 1 else "are"
            said = f" of those set out {verb} for the office and the panel, and not in the public copy."
            yield (bold(f"{len(kept):,}"), said)
    if copy.redacted:
        why = "may not be published" if copy.audience == "public" else "may be seen by the panel alone"
        each = "It has" if len(copy.redacted) == 1 else "Each has"
        yield (
            *count(len(copy.redacted), "recommendation", "recommendations"),
            f" {why}. {each} one line, REDACTED, in Appendix F, and is counted nowhere else.",
        )
