"""Controls against the status of their risk and against the calendar. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from candour.kernel.calendar import add_months, read_date, say_date
from candour.kernel.intake.document import Finding, Place
from candour.kernel.intake.printed import counted

from ..joined import Risk
from ..paper import Paper

_DONE = (
    r"(?:establish|develop|produc|creat|introduc|recruit|agree|complet|review|put in place|set up|implement|drawn up|"
    r"appoint|deliver|provid|undertak|identif|finalis|approv|sign|commission|procur|conduct|instigat|writ|arrang|confirm|"
    r"held|made|built|install|train|tested|replac|launch|roll|publish|secured|bought|purchas)\w*"
)
_TO_DO = re.compile(
    rf"\b(?:to|will|must|should|needs to|need to)\s+(?:now\s+|then\s+|also\s+)?be\s+(?:\w+\s+)?{_DONE}", re.I
)
_ORDERS = re.compile(  # a control worded as an order is one to carry out
    r"^(?:new control\W*|new\W+)?(?:recruit|draw up|develop|implement|introduce|establish|seek|procure|appoint|put in place|"
    r"set up)\s",
    re.IGNORECASE,
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*"
_SOME_DATE = re.compile(
    rf"\d{{1,2}}[/.-]\d{{1,2}}\b|\b{_MONTH}\b|\b20\d\d\b|\bQ[1-4]\b|\b(?:spring|summer|autumn|winter)\b|"
    r"\bby (?:the )?(?:end|next|close)\b|\bwithin \w+ (?:days|weeks|months)\b|\bno date yet\b",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"\b(?:by|due|due by|due on|target date|target|complete by|deadline)\W{1,3}(?:the\s+)?(?P<end>end\s+(?:of\s+)?)?"
    rf"(?P<date>\d{{1,2}}[/.]\d{{1,2}}[/.](?:\d{{4}}|\d{{2}})|(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{_MONTH}\s+(?:20\d\d|\d\d))\b",
    re.IGNORECASE,
)
_TASKED = re.compile(r"^controls? tasked$|^actions? tasked$", re.IGNORECASE)
_SETTLED = re.compile(r"^(?:managed|controlled)$", re.IGNORECASE)
_RULE = re.compile(r"\b(?:target|completion|due|target completion) dates?\b", re.IGNORECASE)


def check(paper: Paper, risks: Sequence[Risk]) -> Iterator[Finding]:
    """Open controls of each risk: the status that fits them, a date for each, and dates that have passed."""
    ruled = any(_RULE.search(block.text) and "control" in block.text.casefold() for block in paper.prose)
    for risk in risks:
        controls = [one for one in risk.record["controls"] if not one["removed"]]
        status = (risk.record["status"] or "").strip()
        if controls and not risk.has("closed"):
            yield from _dates(risk, controls, status, ruled=ruled)
            yield from _settled(risk, controls, status)
            yield from _passed(paper, risk, controls, status)


def _place(risk: Risk, *, to_do: bool = False) -> Place:
    """Where the controls are printed; of those to do, where these are where they have a place of their own."""
    names = ("pending_controls", "controls") if to_do else ("controls", "pending_controls")
    return next(
        (one.lists[name] for one in (*risk.details, *risk.appearances) for name in names if name in one.lists),
        risk.appearances[0].place,
    )  # fmt: skip


def _words(control: Mapping[str, Any]) -> str:
    return str(control.get("text_printed", control["text"]))


def in_place(control: Mapping[str, Any]) -> bool:
    """Whether the paper says at the end of a control that it is in place."""
    return bool(re.search(r"\(in place\b[^()]*\)$", _words(control)))


def _open(control: Mapping[str, Any]) -> bool:
    """Whether a control is printed as still to come: under further controls, with its date, or in its own words."""
    words = _words(control)
    if in_place(control):
        return False
    state = re.search(r"\((?:due \d|no date yet)[^()]*\)$", words)
    return bool(control.get("pending") or state or _TO_DO.search(words) or _ORDERS.match(words))


def _dates(risk: Risk, controls: Sequence[Mapping[str, Any]], status: str, *, ruled: bool) -> Iterator[Finding]:
    if not _TASKED.match(status):
        return
    tasked = [one for one in controls if _open(one)] or list(controls)
    dateless = [one for one in tasked if not _SOME_DATE.search(_words(one))]
    if not dateless or (len(tasked) > len(dateless) and not any(_open(one) for one in dateless)):
        return
    stated = " The paper says that each has a target completion date." if ruled else ""
    if any(_open(one) for one in dateless):
        message = f"{risk.reference} is {status}, but {counted(len(dateless), 'control')} to do"
        message += f" {'has' if len(dateless) == 1 else 'have'} no date.{stated}"
    else:
        message = f"{risk.reference} is {status}, but no control is printed with a date.{stated}"
    says = "; ".join(_words(one).split("\n")[0][:80] for one in dateless[:3]) + (" ..." if len(dateless) > 3 else "")
    severity = "warning" if ruled else "note"
    place = _place(risk, to_do=any(one.get("pending") for one in dateless))
    yield Finding("control-date-missing", severity, place, risk.reference, says, "a date for each", message)  # type: ignore[arg-type]


def _settled(risk: Risk, controls: Sequence[Mapping[str, Any]], status: str) -> Iterator[Finding]:
    """Managed and Controlled say that nothing is left to do."""
    left = [one for one in controls if _open(one)]
    if left and _SETTLED.match(status):
        place = risk.printed("status")
        message = (
            f"{risk.reference} is {status}, which says that no control is left to do, but {len(left)} of its controls"
        )
        message += f" {'is' if len(left) == 1 else 'are'} still to come."
        says = f"{status}; {_words(left[0])[:120]}"
        where = place.place if place else _place(risk)
        yield Finding("status-open-control", "warning", where, risk.reference, says, "Controls Tasked", message)


def _passed(paper: Paper, risk: Risk, controls: Sequence[Mapping[str, Any]], status: str) -> Iterator[Finding]:
    """A control still to do whose date has passed, beside a status that does not say so."""
    if not paper.stands or "overdue" in status.casefold():
        return
    for control in controls:
        found = _DUE.search(_words(control)) if _open(control) else None
        due = last_day(found["date"], end=bool(found["end"])) if found else None
        if found and due and due < paper.stands:
            message = f"{risk.reference}: a control was due by {say_date(due)}, before this paper, and is still to do."
            message += f" The status is {status}." if status else ""
            says, should = _words(control)[:160], "Overdue Control, or a later date"
            place = _place(risk, to_do=bool(control.get("pending")))
            yield Finding("control-overdue", "warning", place, risk.reference, says, should, message)


def last_day(words: str, *, end: bool = False) -> date | None:
    """The day by which something is due: a month alone runs to its end."""
    if re.match(r"\d", words) and not end:
        return read_date(words)
    first = read_date(words) if re.match(r"\d", words) else read_date(f"1 {words}")
    return None if first is None else date.fromordinal(add_months(first.replace(day=1), 1).toordinal() - 1)
