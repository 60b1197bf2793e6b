"""What the paper states about itself against what it lists. Pure."""

from collections.abc import Iterator, Sequence

from candour.kernel.intake.document import Finding, Severity
from candour.kernel.intake.printed import counted

from ..counts import Count, band_kind
from ..joined import Risk
from ..paper import Paper
from .words import references, section_name


def check(paper: Paper, risks: Sequence[Risk]) -> Iterator[Finding]:
    """Every stated count that the rows contradict, and every section that holds another number than the count's."""
    overview = [risk for risk in risks if risk.row and risk.row.section.role != "closed"]
    known = overview or list(risks)
    if not known:
        return
    for count in paper.counts:
        if count.kind in ("live_strategic", "live"):
            yield from _live(paper, count, known)
        elif count.kind == "redacted":
            yield from _plain(count, [risk for risk in risks if risk.record["redacted"]], "marked as redacted")
        elif count.kind == "new":
            yield from _new(count, risks)
        elif count.kind == "changed":
            yield from _changed(count, risks)
        elif count.kind in ("closed", "downgraded"):
            yield from _closed(paper, count, risks)
        else:
            yield from _band(paper, count, known, risks)


def _finding(count: Count, should: str, message: str, severity: Severity = "error") -> Finding:
    return Finding(f"count-{count.kind.replace('_', '-')}", severity, count.place, "", count.words, should, message)


def _live(paper: Paper, count: Count, known: Sequence[Risk]) -> Iterator[Finding]:
    """Rows of the overview; where leaving out the closed and downgraded ones gives the count, that is said."""
    if count.number == len(known):
        return
    leaving = [risk for risk in known if risk.has("closed")]
    row = known[0].row
    where = section_name(row.section if row else known[0].appearances[0].section)
    should = f"{counted(len(known), 'row')} in {where}"
    message = f"The paper states {counted(count.number, 'live risk')}; {where} lists {len(known)}."
    if leaving and len(known) - len(leaving) == count.number:
        closed = section_name(leaving[0].has("closed").section)  # type: ignore[union-attr]
        should += f", {count.number} without the {len(leaving)} of {closed}"
        message += (
            f" The difference is {references(leaving)}, which {closed} takes off the register while {where} still lists"
            f" them: say which of the two is meant."
        )
        yield _finding(count, should, message, "warning")
    else:
        yield _finding(count, should, f"{message} One of the two must be put right.")


def _plain(count: Count, rows: Sequence[Risk], what: str) -> Iterator[Finding]:
    if count.number != len(rows):
        named = f" ({references(rows)})" if rows else ""
        should = f"{counted(len(rows), 'risk')} {what}{named}"
        yield _finding(count, should, f"The paper states {count.number}; {should}.")


def _new(count: Count, risks: Sequence[Risk]) -> Iterator[Finding]:
    new = [risk for risk in risks if risk.record["direction"] == "new"]
    filed = [risk for risk in risks if risk.has("new") and risk not in new]
    if count.number == len(new):
        return
    should = f"{counted(len(new), 'new risk')} ({references(new)})" if new else "no new risks"
    message = f"The paper states {counted(count.number, 'new risk')}; the rows show {len(new)}."
    if filed and len(new) + len(filed) == count.number:
        message += f" It comes to {count.number} only with {references(filed)}, filed as new but not new."
    yield _finding(count, should, message)


def _changed(count: Count, risks: Sequence[Risk]) -> Iterator[Finding]:
    changed = [risk for risk in risks if _moves(risk)]
    gone = [risk for risk in changed if {one.section.role for one in risk.appearances} == {"closed"}]
    told = [risk for risk in risks if risk.record["previous_score"] is None and risk.has("changed")]
    if count.number in {len(changed), len(changed) - len(gone), len({*map(id, [*changed, *told])})}:
        return
    said = any(risk.record[name] is not None for risk in risks for name in ("previous_score", "direction"))
    if not said and not told and count.number <= len(risks):
        return  # the paper prints neither a score before nor a direction: nothing contradicts the count
    moves = [f"{risk.reference} ({_moves(risk)})" for risk in changed]
    should = f"{counted(len(changed), 'change')}: {', '.join(moves)}" if moves else "no changes"
    yield _finding(count, should, f"The paper states {counted(count.number, 'change')} of score; it prints {should}.")


def _moves(risk: Risk) -> str:
    """ "16 to 8" where any printing gives a score other than the one before it."""
    record = risk.record
    before, now = record["previous_score"], record["score"]
    if before is not None and now is not None and before != now:
        return f"{before} to {now}"
    for one in risk.details:
        first, second = one.text("score"), one.text("proposed_score")
        if first.isdigit() and second.isdigit() and first != second:
            return f"{first} to {second}"
    return ""


def _closed(paper: Paper, count: Count, risks: Sequence[Risk]) -> Iterator[Finding]:
    """Closed and downgraded risks share a section in most papers: both counts together are held against it."""
    both = [one for one in paper.counts if one.kind in ("closed", "downgraded")]
    filed = [risk for risk in risks if risk.has("closed")]
    stated = {one.kind: one.number for one in both}
    if sum(stated.values()) == len(filed) or count is not both[0]:
        return
    words = " and ".join(f"{number} {kind}" for kind, number in stated.items())
    should = f"{counted(len(filed), 'risk')} listed ({references(filed)})" if filed else "none listed"
    yield _finding(count, should, f"The paper states {words}; {len(filed)} are listed as closed or downgraded.")


def _band(paper: Paper, count: Count, known: Sequence[Risk], risks: Sequence[Risk]) -> Iterator[Finding]:
    """Risks of a band by their printed score, and the appendix that the sentence says details them."""
    band = next((name for name, _low, _high in paper.scale.bands if band_kind(name) == count.kind), "")
    if not band:
        return
    rated = [risk for risk in known if paper.scale.band(risk.record["score"]) == band]
    if count.number != len(rated):
        should = f"{counted(len(rated), 'risk')} with a score in the band {band}"
        yield _finding(
            count, should, f"The paper states {count.number} risks rated {band}; the scores printed give {len(rated)}."
        )
    section = paper.section_of(count.appendix) if count.appendix else None
    if not section or section.role == "overview":
        return
    inside = [risk for risk in risks if any(one.section == section for one in risk.appearances)]
    apart = [
        risk for risk in rated if risk not in inside and any(one.section.role == "redacted" for one in risk.details)
    ]
    if count.number in {len(inside), len(inside) + len(apart)}:
        return
    name = section_name(section)
    elsewhere = [risk for risk in rated if risk not in inside]
    hidden = [risk for risk in elsewhere if risk.record["redacted"]]
    open_ = [risk for risk in elsewhere if not risk.record["redacted"]]
    should = f"{counted(len(inside), 'risk')} in {name}"
    message = f"The paper points to {name} for {counted(count.number, 'risk')} rated {band}; it details {len(inside)}."
    message += f" {references(open_)} stand elsewhere." if open_ else ""
    message += f" {references(hidden)} are redacted." if hidden else ""
    yield Finding("section-count", "warning", count.place, "", count.words, should, message)
