"""Proposed closures: the list against the markers, markers against answers, closure with work left. Pure."""

import re
from collections.abc import Iterator

from candour.kernel.intake.document import Finding
from candour.kernel.intake.printed import words_key

from ..paper import Paper
from ..record import Recommendation
from ..summary import Closure

_NOTHING = re.compile(
    r"^\W*(?:nothing|none|nil|n/?a\b|no(?: further| more| outstanding)? (?:work|actions?|steps?)|not applicable|"
    r"complete[d]?\b|no\b\W*$)",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\bsubject to\b|\bonce\b[^.]{0,120}\b(?:approved|agreed|signed|published|confirmed|completed|received)\b|"
    r"\bprovided that\b|"
    r"\bconditional\b|\bpending\b|\bdependent (?:up)?on\b|\bif (?:approved|agreed)\b|\bwill allow\b[^.]{0,80}\bclos",
    re.IGNORECASE,
)


def check(paper: Paper) -> Iterator[Finding]:
    """The list in both directions, then each recommendation proposed closed."""
    if paper.summary.has_closures:
        yield from _listed(paper)
    marks = any(one.story.marked for one in paper.found)
    for one in paper.told:
        yield from _answers(one, marks=marks)
        if one.record["proposed_closed"]:
            yield from _open_ends(one)


def _listed(paper: Paper) -> Iterator[Finding]:
    left = list(paper.found)
    before = 0
    for row in paper.summary.closures:
        yield from _pages(row, before)
        before = min(row.pages) if row.pages else before
        same = [one for one in paper.of(row.audit, row.reference) if one in left]
        same.sort(
            key=lambda one: (
                not one.record["proposed_closed"],
                words_key(one.entry.audit.title) != words_key(row.audit),
            )
        )
        says = f"{row.audit} {row.reference} {row.heading}".strip()
        if not same:
            message = f"The list of proposed closures names {row.audit} {row.reference}, which the paper does not hold."
            yield Finding("listed-unknown", "error", row.place, "", says, "a recommendation of this paper", message)
            continue
        left.remove(same[0])
        if not same[0].record["proposed_closed"]:
            message = (
                f"{same[0].key} is in the list of proposed closures, but its entry is not marked as proposed closed."
            )
            yield Finding(
                "listed-not-closed",
                "error",
                row.place,
                same[0].key,
                says,
                "proposed closed in both, or in neither",
                message,
            )
        yield from _name(row, same[0])
    for one in left:
        if one.record["proposed_closed"]:
            message = f"{one.key} is marked as proposed closed, but the list of proposed closures does not name it."
            place = one.story.marked or one.entry.place
            yield Finding(
                "closed-not-listed",
                "error",
                place,
                one.key,
                "proposed closed",
                "a row in the list of closures",
                message,
            )


def _pages(row: Closure, before: int) -> Iterator[Finding]:
    if row.pages and row.pages[0] > row.pages[1]:
        message = (
            f"The list of proposed closures gives pages {row.pages_text} for {row.audit} {row.reference}, which "
            f"run backwards."
        )
        yield Finding("page-range", "error", row.place, "", row.pages_text, f"{row.pages[1]}-{row.pages[0]}", message)
    elif row.pages and row.pages[0] < before:
        message = (
            f"{row.audit} {row.reference} is said to be on page {row.pages_text}, before the row above it on page "
            f"{before}."
        )
        yield Finding("page-order", "note", row.place, "", row.pages_text, f"a page from {before} on", message)


def _name(row: Closure, one: Recommendation) -> Iterator[Finding]:
    """An audit that is called otherwise in the list, more than by leaving words out."""
    listed, called = (
        set(words_key(row.audit).split()) - {"and"},
        set(words_key(one.entry.audit.title).split()) - {"and"},
    )
    if listed - called and called - listed:
        message = f"The list of proposed closures calls the audit {row.audit}, the entry {one.entry.audit.title}."
        yield Finding("audit-name", "note", row.place, one.key, row.audit, one.entry.audit.title, message)


def _answers(one: Recommendation, *, marks: bool) -> Iterator[Finding]:
    last = one.last
    if last is None or last.proposes is None:
        return
    says = last.answer("proposed_text").partition("\n")[0]
    if one.story.marked and last.proposes is False:
        message = f"{one.key} is marked as proposed closed, but its owner answers: {says}"
        yield Finding(
            "closed-answered-no", "error", one.story.marked, one.key, says, "the marker and the answer agree", message
        )
    if marks and not one.story.marked and last.proposes:
        message = f"The owner of {one.key} proposes to close it, but it is not marked as proposed closed."
        yield Finding("closed-not-marked", "error", last.place, one.key, says, "a marker, or another answer", message)


def _open_ends(one: Recommendation) -> Iterator[Finding]:
    last = one.last
    if last is None:
        return
    left = "\n".join(
        line
        for line in last.answer("left").split("\n")
        if not re.match(r"(?:timeline|milestones)\b", line, re.IGNORECASE)
    )
    if left and not _NOTHING.match(left):
        message = f"{one.key} is proposed closed while its owner says that there is work left."
        yield Finding(
            "closed-work-left", "warning", last.place, one.key, _short(left), "nothing left, or open", message
        )
    for words in (last.answer("proposed_text"), last.answer("text")):
        if found := _CONDITION.search(words):
            start = words.rfind(".", 0, found.start()) + 1
            message = f"{one.key} is proposed closed on a condition that is not met yet."
            yield Finding(
                "closed-on-condition",
                "warning",
                last.place,
                one.key,
                _short(words[start:].strip()),
                "the condition met, or open",
                message,
            )
            break


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= 200 else f"{flat[:197].rstrip()} ..."
