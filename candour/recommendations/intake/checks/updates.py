"""Updates that are missing, undated, out of order, or copied. Pure."""

import re
from collections.abc import Iterator
from itertools import pairwise

from candour.audits.intake.days import month_of
from candour.kernel.intake.document import Finding
from candour.kernel.intake.printed import words_key

from ..paper import Paper
from ..record import Recommendation
from ..updates import Update, answered

_NO_NEWS = re.compile(
    r"\bunwell\b|\bsick|\bon leave\b|\babsen(?:t|ce)\b|\bno (?:further )?update\b|\bnothing to report\b|\bnot "
    r"(?:been )?(?:provided|received|available)\b|"
    r"\bwill be provided\b|\bawait\w*\b|\brecently (?:published|issued)\b|^\W*(?:n/?a|none|tbc)\W*$",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\bsee\b[^.]{0,60}(?:update|above|below|\d\.\d)|\bas above\b|\bupdate[, ]+please see\b", re.IGNORECASE
)
ENDED = ("closed", "implemented", "superseded", "not_accepted", "risk_accepted")
_LONG, _SHARED = 25, 90  # signs of an answer that is no accident when it comes again: of one's own, of another's


def check(paper: Paper) -> Iterator[Finding]:
    """Every recommendation's updates, and answers that two recommendations share."""
    for one in paper.found:
        yield from _this_period(paper, one)
    for one in paper.told:
        yield from _dates(one)
        yield from _copied(one)
    yield from _shared(paper)


def _this_period(paper: Paper, one: Recommendation) -> Iterator[Finding]:
    """No update for the newest month of the tracker, or one that says that there is none."""
    if one.story.quoted:
        yield from _silent(paper, one)
        return
    cycle = paper.cycle
    if not cycle or one.record["outcome"] in ENDED:
        return
    now = [
        update for update in answered(one.story.updates) if update.period == paper.period or _same_month(update, cycle)
    ]
    if not now:
        pointed = next((line.words for line in one.entry.lines if _ELSEWHERE.search(line.words)), "")
        newest = next((update.label for update in reversed(one.story.updates) if update.period), "no dated update")
        message = f"{one.key} has no update for {paper.period}; its newest is {newest}."
        message += " It points to another entry." if pointed else ""
        yield Finding(
            "update-missing",
            "note" if pointed else "warning",
            one.entry.place,
            one.key,
            pointed or newest,
            f"an update for {paper.period}",
            message,
        )
        return
    said = [
        update.answer(name)
        for update in now
        for name in ("text", "achieved", "left", "barriers", "proposed_text")
        if update.answer(name)
    ]
    if len(said) <= 1 and (not said or (len(said[0]) <= 160 and _NO_NEWS.search(said[0]))):
        why = said[0] if said else "nothing under its heading"
        message = f"{one.key} has no news for {paper.period}: {why}"
        yield Finding("update-none", "note", now[0].place, one.key, why, f"an update for {paper.period}", message)


def _silent(paper: Paper, one: Recommendation) -> Iterator[Finding]:
    """No update since the day compared with, where the paper does not say so itself."""
    since = paper.since.isoformat() if paper.since else ""
    heard = any((update.dated or "") > since for update in one.story.updates)
    if since and not heard and not one.record["outcome"] and "no update" not in one.story.noted:
        message = f"{one.key} has no update since {since}, and the paper does not say so."
        yield Finding("update-missing", "warning", one.entry.place, one.key, "no update", f"one after {since}", message)


def _same_month(update: Update, period: str) -> bool:
    """Whether an update printed without a year is of the month of the period."""
    return (
        update.period is None and bool(update.period_text) and month_of(f"{update.period_text} {period[:4]}") == period
    )


def _dates(one: Recommendation) -> Iterator[Finding]:
    before, label = "", ""
    for update in answered(one.story.updates):
        if update.period is None:
            if update.period_text:
                message = f"{one.key} has an update of {update.period_text} without a year."
                yield Finding(
                    "update-without-year", "note", update.place, one.key, update.label, "a month and its year", message
                )
        elif update.period < before:
            message = f"{one.key} has its update of {update.label} below a newer one, {label}."
            yield Finding(
                "update-order", "warning", update.place, one.key, update.label, f"a place above {label}", message
            )
        else:
            before, label = update.period, update.label


def _copied(one: Recommendation) -> Iterator[Finding]:
    """An answer that is word for word the one before it."""
    told = [*answered(one.story.updates)]
    for before, after in pairwise(told):
        for name in ("achieved", "left", "barriers", "text"):
            said = after.answer(name)
            if (
                len(said) >= _LONG
                and words_key(said) == words_key(before.answer(name))
                and before.period != after.period
            ):
                message = f"{one.key} answers in {after.label} word for word as in {before.label}."
                yield Finding(
                    "answer-copied", "warning", after.place, one.key, _short(said), "what has changed since", message
                )


def _shared(paper: Paper) -> Iterator[Finding]:
    """Answers and responses that another recommendation has word for word. One finding a recommendation and update."""
    seen: dict[tuple[str, str], Recommendation] = {}
    for one in paper.told:
        told: set[str] = set()
        said = [("its management response", "response", line, one.entry.place) for line in one.story.response]
        for update in answered(one.story.updates):
            said += [
                (f"its {update.label}", update.period or update.label, update.answer(name), update.place)
                for name in ("achieved", "left", "text")
            ]
        for what, period, words, place in said:
            first = seen.setdefault((period, words_key(words)), one) if len(words) >= _SHARED else one
            if first is not one and what not in told and not (_NO_NEWS.search(words) and len(words) <= 160):
                told.add(what)
                message = f"{one.key} has in {what} the same words as {first.key}."
                yield Finding("answer-shared", "note", place, one.key, _short(words), "words of its own", message)


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= 160 else f"{flat[:157].rstrip()} ..."
