"""Where risks are filed against what they are. Pure."""

import re
from collections.abc import Iterator, Sequence

from candour.kernel.calendar import say_date
from candour.kernel.intake.document import Finding
from candour.kernel.intake.printed import words_key

from ..appearances import Section
from ..joined import Risk
from ..paper import Paper
from ..values import read_day, read_direction
from .words import section_name

_NAMED = re.compile(r"^(appendix|annex|schedule)\s+([A-Z0-9]{1,2})\b", re.IGNORECASE)


def check(paper: Paper, risks: Sequence[Risk]) -> Iterator[Finding]:
    """Filed as new, high or closed and not so; listed or detailed alone; appendices that lack."""
    overview = any(risk.row and risk.row.section.role == "overview" for risk in risks)
    detailed = {one.section.role for risk in risks for one in risk.details}
    details = overview and ("high" in detailed or _mostly_detailed(risks))
    for risk in risks:
        yield from _new(paper, risk)
        yield from _closed(risk)
        yield from _high(paper, risk, detailed=details)
        gone = {one.section.role for one in risk.appearances} == {
            "closed"
        }  # off the register since, so not in its overview
        if overview and not risk.row and not gone:
            where = section_name(risk.appearances[0].section)
            message = f"{risk.reference} is detailed in {where} but missing from the overview."
            place = risk.appearances[0].place
            yield Finding(
                "overview-missing", "error", place, risk.reference, "detail only", "a row in the overview", message
            )
    yield from _alone(risks)
    yield from _appendices(paper)


def _new(paper: Paper, risk: Risk) -> Iterator[Finding]:
    one = risk.has("new")
    if not one or (one.kind == "row" and len(risk.appearances) == 1):
        return
    direction = read_direction(one.text("direction")) or risk.record["direction"]
    if direction == "new":
        return
    first = risk.record["first_recorded"]
    started = f", first recorded {say_date(day)}" if (day := read_day(first or "")) else ""
    before, after = one.text("score"), one.text("proposed_score")
    scores = f", {before} to {after}" if before and after and before != after else ""
    moving = {"down": "falling", "up": "rising", "same": "unchanged"}.get(direction or "", "without the word new")
    says = f"{one.section.heading}{started}{scores} {one.text('direction')}".strip()
    message = f"{risk.reference} is filed in {section_name(one.section)} as new, but it is {moving}{scores}{started}."
    yield Finding("filed-as-new", "error", one.place, risk.reference, says, "the section for changed scores", message)


def _closed(risk: Risk) -> Iterator[Finding]:
    one, row = risk.has("closed"), risk.row
    if not one or not row or row.section.role != "overview":
        return
    status = row.text("status")
    if re.search(
        r"clos|downgrad|operational|archiv", " ".join([status, row.text("direction"), row.text("title")]), re.I
    ):
        return
    where, name = section_name(row.section), section_name(one.section)
    says = f"{where}: {status or 'no status'}; {one.section.heading}"
    message = f"{risk.reference} is in {name} as closed or downgraded, while {where} still lists it as live"
    message += f" with the status {status}." if status else "."
    yield Finding("closed-still-live", "warning", row.place, risk.reference, says, "live or closed, not both", message)


_SOME = {"new", "changed", "closed", "redacted", "high"}
_MOST = 4  # of five risks those that both lists must have, to be lists of one register


def _alone(risks: Sequence[Risk]) -> Iterator[Finding]:
    """A summary and a table of details that hold the same risks but for one or two: those that one of them leaves out."""
    listed = [risk for risk in risks if not risk.record["redacted"] and not risk.has("closed") and risk.reference]
    held: dict[Section, list[Risk]] = {}
    for risk in listed:
        for one in risk.appearances:
            if one.kind == "row" and one.section.role not in _SOME:
                held.setdefault(one.section, []).append(risk)
    if len(held) != 2:
        return
    (summary, first), (detail, other) = held.items()
    both = [risk for risk in first if risk in other]
    if len(both) < _MOST - 1 or len(both) * 5 < _MOST * max(len(first), len(other)):
        return
    for risk in first:
        if risk not in both:
            message = (
                f"{risk.reference} is listed in {section_name(summary)}, but {section_name(detail)} does not detail it."
            )
            place = risk.appearances[0].place
            yield Finding(
                "detail-missing", "error", place, risk.reference, "a row alone", "a detail of the risk", message
            )
    for risk in other:
        if risk not in both:
            where = section_name(summary)
            message = f"{risk.reference} is detailed in {section_name(detail)} but missing from {where}."
            place = risk.appearances[0].place
            yield Finding(
                "overview-missing", "error", place, risk.reference, "detail only", f"a row in {where}", message
            )


def _mostly_detailed(risks: Sequence[Risk]) -> bool:
    """Whether a paper details its risks as a rule: half of those in its overview or more, in no section for a few."""
    listed = [risk for risk in risks if risk.row]
    roles = {one.section.role for risk in risks for one in risk.details}
    told = [risk for risk in listed if risk.details]
    return len(told) * 2 >= len(listed) > 2 and not roles & {"new", "changed", "closed", "redacted"}


def _high(paper: Paper, risk: Risk, *, detailed: bool) -> Iterator[Finding]:
    """Top band and the section for it: one without the other. Redacted risks have no detail to look for."""
    score, top = risk.record["score"], paper.scale.top_band
    if score is None or not top:
        return
    band = paper.scale.band(score)
    filed = risk.has("high")
    roles = {one.section.role for one in risk.details}
    tops = {words_key(name) for name, _low, _high in paper.scale.bands if words_key(name).endswith("high")} | {
        words_key(top)
    }
    if filed and band and words_key(band) not in tops:
        message = (
            f"{risk.reference} is filed in {section_name(filed.section)} with a score of {score}, which is {band}."
        )
        yield Finding(
            "filed-as-high", "error", filed.place, risk.reference, f"score {score}", f"a score in {top}", message
        )
    if detailed and band == top and not roles and not risk.record["redacted"]:
        place = risk.appearances[0].place
        message = f"{risk.reference} scores {score}, which is {band}, but no appendix details it."
        yield Finding(
            "detail-missing", "error", place, risk.reference, f"score {score}, {band}", "a detail of the risk", message
        )


def _appendices(paper: Paper) -> Iterator[Finding]:
    """Appendices in the list of contents that the paper does not hold."""
    held = {_key(one.heading) for one in paper.sections} | {
        _key(one.text) for one in paper.prose if one not in paper.listed
    }
    for one in paper.listed:
        if _key(one.text) and _key(one.text) not in held and len(paper.listed) > 1:
            message = (
                f"{section_name(Section('', one.text))} is in the list of appendices but not in this copy of the paper."
            )
            yield Finding(
                "appendix-missing", "note", one.place, "", one.text, "the appendix, or no mention of it", message
            )


def _key(heading: str) -> str:
    found = _NAMED.match(heading)
    return f"{found[1].casefold()} {found[2].upper()}" if found else ""
