"""One risk printed twice: the overview against the detail; references; what redaction leaves open. Pure."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from candour.kernel.intake.document import Finding
from candour.kernel.intake.printed import blank, words_key

from ..appearances import Appearance
from ..joined import Risk, cut_short
from ..paper import Paper
from ..values import is_reference, read_day, read_direction, read_score, redacted, reference_key
from .words import section_name

_LABELS = {"owner": "owner", "responsible_officer": "responsible officer", "status": "status", "impact": "impact"}
_LABELS |= {"likelihood": "likelihood", "appetite": "appetite"}


def check(paper: Paper, risks: Sequence[Risk]) -> Iterator[Finding]:
    """References first, then each risk's printings against its first."""
    yield from _references(risks)
    for risk in risks:
        first = risk.row or risk.appearances[0]
        for other in risk.appearances:
            if other is not first:
                yield from _title(risk, first, other)
                yield from _words(risk, first, other)
                yield from _dates(risk, first, other)
                yield from _scores(risk, first, other)
        yield from _direction(risk)
        yield from _redaction(risk)
        yield from _notes(risk)


def _references(risks: Sequence[Risk]) -> Iterator[Finding]:
    times = Counter(reference_key(risk.reference) for risk in risks)
    for risk in risks:
        place, reference = risk.appearances[0].place, risk.reference
        if not reference:
            title = risk.record["title"] or "no title"
            message = f"A risk is printed without a reference ({title}). It cannot be matched with the register."
            yield Finding("reference-missing", "error", place, "", title, "a reference", message)
        elif times[reference_key(reference)] > 1:
            held = {one.section for other in risks if other.reference for one in other.appearances[:1]
                    if reference_key(other.reference) == reference_key(reference)}  # fmt: skip
            where = "in one section" if len(held) == 1 else "in registers that count for themselves"
            message = f"{reference} is printed {times[reference_key(reference)]} times {where}. Each risk has its own."
            yield Finding(
                "reference-duplicate", "error", place, reference, reference, "one row for each reference", message
            )
        elif not is_reference(reference):
            message = f"{reference} does not look like a reference."
            yield Finding("reference-unclear", "note", place, reference, reference, "letters and a number", message)
        yield from _unseen(risk)
        forms = {one.reference for one in risk.appearances}
        if len(forms) > 1:
            says = ", ".join(sorted(forms))
            yield Finding(
                "reference-forms", "note", place, reference, says, reference, f"One reference is printed as {says}."
            )


def _unseen(risk: Risk) -> Iterator[Finding]:
    """Marks in a reference that no page shows: two programs may take it for two, and an eye for neither."""
    for one in risk.appearances:
        printed = one.fields.get("reference")
        if printed is None or not printed.unseen:
            continue
        codes = dict.fromkeys(re.findall(r"\[U\+([0-9A-F]+)\]", printed.unseen))
        marks = ", ".join(unicodedata.name(chr(int(code, 16)), "control character").lower() for code in codes)
        message = (
            f"{one.reference} has a mark in it that no page shows ({marks}): {printed.unseen}. "
            "It was read without; other programs may take it for another reference."
        )
        yield Finding(
            "reference-marks", "warning", printed.place, one.reference, printed.unseen, one.reference, message
        )


def _both(first: Appearance, other: Appearance) -> str:
    return f"{section_name(first.section)} and {section_name(other.section)}"


def _said(first: Appearance, other: Appearance, a: str, b: str) -> str:
    return f"{section_name(first.section)}: {a}; {section_name(other.section)}: {b}"


def _title(risk: Risk, first: Appearance, other: Appearance) -> Iterator[Finding]:
    a, b = first.text("title"), other.text("title")
    if not a or not b or words_key(a) == words_key(b):
        return
    if redacted(a) != redacted(b):
        return
    says = _said(first, other, a, b)
    if cut_short(a, b) or cut_short(b, a):
        whole = b if cut_short(a, b) else a
        short = first if cut_short(a, b) else other
        message = f"{risk.reference}: the title is cut short in {section_name(short.section)}."
        yield Finding("title-cut-short", "note", short.fields["title"].place, risk.reference, says, whole, message)
    else:
        message = f"{risk.reference} has two titles in {_both(first, other)}."
        yield Finding(
            "title-differs", "warning", other.fields["title"].place, risk.reference, says, "one title", message
        )


def _words(risk: Risk, first: Appearance, other: Appearance) -> Iterator[Finding]:
    left = any(one.section and one.section.role == "closed" for one in (first, other))
    for name, label in _LABELS.items():
        if name == "status" and left:
            continue  # among those that left, it says how they left
        a, b = first.text(name), other.text(name)
        if not blank(a) and not blank(b) and words_key(a) != words_key(b):
            message = f"{risk.reference} has two different entries for {label} in {_both(first, other)}."
            code = f"{name.replace('_', '-')}-differs"
            place = other.fields[name].place
            yield Finding(code, "warning", place, risk.reference, _said(first, other, a, b), f"one {label}", message)


def _dates(risk: Risk, first: Appearance, other: Appearance) -> Iterator[Finding]:
    for name, label in (
        ("first_recorded", "first recorded"),
        ("last_review", "last review"),
        ("next_review", "next review"),
    ):
        a, b = first.text(name), other.text(name)
        if a and b and read_day(a) and read_day(b) and read_day(a) != read_day(b):
            message = f"{risk.reference} is dated differently ({label}) in {_both(first, other)}."
            code = f"{name.replace('_', '-')}-differs"
            place = other.fields[name].place
            yield Finding(code, "error", place, risk.reference, _said(first, other, a, b), "one date", message)


def _scores(risk: Risk, first: Appearance, other: Appearance) -> Iterator[Finding]:
    """The current score against the other printing's score or proposed score; the score before against the one before.

    A detail prints the score with the one proposed to the panel. The overview's current score is either of them; when
    it is the proposed one, the detail's score is the one before it.
    """
    now, before = _value(first, "score"), _value(first, "previous_score")
    score, proposed = _value(other, "score"), _value(other, "proposed_score")
    place = other.fields.get("score", other.fields.get("proposed_score"))
    if place is None:
        return
    offered = [value for value in (score, proposed) if value is not None]
    if now is not None and offered and now not in offered:
        says = _said(first, other, str(now), " then ".join(map(str, offered)))
        message = f"{risk.reference} has another score in {_both(first, other)}."
        yield Finding("score-differs", "error", place.place, risk.reference, says, "one score", message)
    earlier = _value(other, "previous_score")
    if earlier is None and "previous_score" not in other.fields and proposed is not None and proposed == now:
        earlier = score
    if before is not None and earlier is not None and before != earlier:
        says = _said(first, other, f"previous score {before}", f"score {earlier}")
        message = f"{risk.reference} had a score of {before} before this paper in {section_name(first.section)},"
        message += f" and of {earlier} in {section_name(other.section)}."
        yield Finding(
            "previous-score-differs", "error", place.place, risk.reference, says, "one previous score", message
        )


def _value(one: Appearance, name: str) -> int | None:
    return read_score(one.text(name)).value if one.text(name) else None


def _direction(risk: Risk) -> Iterator[Finding]:
    """The arrow against the scores beside it, then the arrows of two printings against each other."""
    told: list[tuple[Appearance, str]] = []
    for one in risk.appearances:
        text = one.text("direction")
        direction = read_direction(text)
        if direction:
            told.append((one, direction))
            yield from _arrow(risk, one, direction)
        elif text and not blank(text):
            message = f"{risk.reference}: the direction is printed as {text}, which cannot be read."
            place = one.fields["direction"].place
            yield Finding(
                "direction-unreadable", "warning", place, risk.reference, text, "up, same, down or new", message
            )
    if len({direction for _one, direction in told}) > 1:
        (first, _a), (other, _b) = told[0], next(pair for pair in told if pair[1] != told[0][1])
        says = _said(first, other, first.text("direction"), other.text("direction"))
        message = f"{risk.reference} moves differently in {_both(first, other)}."
        place = other.fields["direction"].place
        yield Finding("direction-differs", "error", place, risk.reference, says, "one direction", message)


def _arrow(risk: Risk, one: Appearance, direction: str) -> Iterator[Finding]:
    now, before = _value(one, "score"), _value(one, "previous_score")
    if before is None and "previous_score" not in one.fields and "proposed_score" in one.fields:
        now, before = _value(one, "proposed_score"), _value(one, "score")
    if now is None or before is None:
        return
    should = "same" if now == before else ("up" if now > before else "down")
    if direction == should or (direction == "new" and before is None):
        return
    words = {"same": "no change", "up": "rising", "down": "falling", "new": "new"}
    message = (
        f"{risk.reference} goes from {before} to {now}, which is {words[should]}; the paper says {words[direction]}."
    )
    says = f"{before} to {now}, {one.text('direction')}"
    place = one.fields["direction"].place
    yield Finding("direction", "error", place, risk.reference, says, words[should], message)


def _redaction(risk: Risk) -> Iterator[Finding]:
    """What a redacted risk still gives away: beside its reference nothing may stand (docs/rules: redaction)."""
    if not risk.record["redacted"]:
        return
    for one in risk.appearances:
        bare = redacted(one.text("title"))
        told = one.text("title") if not bare else ""
        if one.kind == "detail" and (told or one.controls or one.updates or one.text("summary")):
            message = f"{risk.reference} is redacted, but {section_name(one.section)} prints its detail."
            message += " That section must not leave the panel's copy." if one.section.role == "redacted" else ""
            says = told or "controls or updates"
            yield Finding("redacted-detail", "error", one.place, risk.reference, says, "no detail", message)
        elif not bare and told:
            message = f"{risk.reference} is redacted in one place, but {section_name(one.section)} prints its title."
            yield Finding("redacted-title", "error", one.place, risk.reference, told, "REDACTED", message)
        names = ("owner", "impact", "likelihood", "score", "status", "first_recorded", "last_review", "summary")
        given = [name.replace("_", " ") for name in names if one.text(name) and not blank(one.text(name))]
        if bare and given:
            message = f"{risk.reference} is redacted, but the row still gives its {', '.join(given)}."
            says = "; ".join(one.text(name.replace(" ", "_")) for name in given)
            should = "the reference and REDACTED alone"
            yield Finding("redacted-row-tells", "warning", one.place, risk.reference, says, should, message)


def _notes(risk: Risk) -> Iterator[Finding]:
    """What the reader had to decide about labels and lists."""
    for one in risk.appearances:
        for code, place, text in one.notes:
            if code == "list-run-together":
                message = (
                    f"{risk.reference}: a list has lost its bullets, so it is read as one entry. Take it apart by hand."
                )
                yield Finding(code, "note", place, risk.reference, text, "one entry for each item", message)
            else:
                message = f"{risk.reference}: {text}. Check it."
                yield Finding(
                    code, "note", place, risk.reference, text.split(":")[0], "one label for each entry", message
                )
