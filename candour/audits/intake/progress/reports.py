"""The reports that a progress report brings: opinion, counts by priority, and each recommendation with its parts. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence

from candour.audits.intake.words import ADVISORY, opinion_among, opinion_word
from candour.kernel.intake.document import Place
from candour.kernel.intake.lines import Line
from candour.kernel.intake.printed import words_key

from .found import Report
from .inline import ends_reports
from .labels import (
    KNOWN_BY,
    OPINION,
    title_of,
)
from .plans import Graded
from .recommended import Listed
from .walk import Walk

_BACK = 6  # lines above the opinion in which the title of its report stands


def read_reports(
    lines: Sequence[Line],
    tables: Collection[Place] = (),
    listed: Sequence[Listed] = (),
    graded: Sequence[Graded] = (),
    counted: Sequence[Graded] = (),
) -> tuple[list[Report], set[int]]:
    """Every report, and the numbers of the lines that are in one. A report begins at the heading above its opinion, or at
    one that holds it.

    tables: the rows of tables that are known. Neither there nor in a further column does "Opinion" begin a report. listed: the
    tables of recommendations; graded: the reports that tables name.
    """
    begins = _begins(lines, {*tables, *(place for one in listed for place in one.places)})
    starts = [start for start, _opinion in begins]
    ends = [*starts[1:], len(lines)][: len(begins)]
    ends = [min(end, _end(lines, opinion)) for end, (_start, opinion) in zip(ends, begins, strict=True)]
    found, used = [], set()
    for (start, opinion), end in zip(begins, ends, strict=True):
        report = _report(lines, start, opinion)
        found.append(report)
        used |= set(range(start, end))
        inside = {line.place for line in lines[start:end]}
        mine: dict[Place | None, Listed] = {one.first: one for one in listed if one.first in inside}
        _read(report, [line for line in lines[opinion:end] if line.place not in tables], mine)
    places = {place for one in listed for place in one.places}
    rest = [one for one in listed if not any(one.first in {line.place for line in report.lines} for report in found)]
    _tabled(found, graded, rest)
    _counted(found, counted)
    return found, used | {n for n, line in enumerate(lines) if line.place in places}


def _begins(lines: Sequence[Line], tables: Collection[Place]) -> list[tuple[int, int]]:
    """(the line of its title, the line of its opinion) of every report; the same line where the heading holds both."""
    found: list[tuple[int, int]] = []
    for n, line in enumerate(lines):
        if line.kind == "heading" and not line.cell and OPINION.match(line.words) is None and _headed(line.words)[0]:
            found.append((n, n))
        elif OPINION.match(line.words) and line.place not in tables and (line.cell < 2 or not _lone(line)):
            title = _title(lines, n)
            if not (found and found[-1][0] == title == found[-1][1]):  # the heading has said it already
                found.append((title, n))
    return found


def _headed(words: str) -> tuple[str, str]:
    """(title, opinion) of a heading that holds both: "Payroll – Limited assurance"; ("", "") of any other."""
    opinion, rest = opinion_among(words)
    title = re.sub(r"^\W+|[\s|–—:;,.(\[-]+$", "", rest)
    title = re.sub(r"\s*\|\s*", " ", title).strip(" –-:,(")
    return (title, opinion) if opinion and re.search(r"[A-Za-z]{3}", title) and len(words) <= 120 else ("", "")


def headed(words: str) -> bool:
    """Whether a heading holds a title and an opinion."""
    return bool(_headed(words)[0])


def _report(lines: Sequence[Line], start: int, opinion: int) -> Report:
    """The report of a title, with what stands between it and the opinion: its reference and its day."""
    headed, said = _headed(lines[start].words) if start == opinion else ("", "")
    title, year, shared = title_of(headed or lines[start].words)
    title = re.sub(r"^\d{1,2}(?:\.\d{1,2})*[.)]?\s+(?=[A-Z])", "", title) if headed else title
    report = Report(title, year, shared, lines[start].place, opinion_text=said)
    for line in lines[start + 1 : opinion]:
        if known := KNOWN_BY.match(line.words):
            report.reference, report.issued = known["reference"] or report.reference, known["day"] or report.issued
    return report


def _tabled(found: list[Report], graded: Sequence[Graded], rest: Sequence[Listed]) -> None:
    """What tables say besides: the counts of a report, reports that no section tells of, recommendations by audit."""
    known = {words_key(one.title): one for one in found}
    for row in graded:
        report = known.get(words_key(row.title))
        if report is None:
            report = Report(row.title, row.year, False, row.place, row.opinion, row.opinion_text, tabled=True)
            report.reference = row.reference
            known[words_key(row.title)] = report
            found.append(report)
        if row.counts and not report.counts:
            report.counts, report.count_place, report.partly = dict(row.counts), row.place, True
    for listed in rest:
        for audit, one in listed.found:
            said = audit or listed.under
            title, year, shared = title_of(_headed(said)[0] or said)
            if words_key(title) not in known:
                known[words_key(title)] = Report(title, year, shared, one.place, tabled=True)
                found.append(known[words_key(title)])
            known[words_key(title)].recommendations.append(one)


def _counted(found: Sequence[Report], counted: Sequence[Graded]) -> None:
    """What a table counts by audit, given to the reports of those audits."""
    known = {words_key(one.title): one for one in found}
    for row in counted:
        report = known.get(words_key(row.title))
        if report is not None and not report.counts:
            report.counts, report.count_place, report.partly = dict(row.counts), row.place, True


def _lone(line: Line) -> bool:
    """The word alone, as a table of several reports is headed."""
    return line.words.strip(" :").casefold() in {"opinion", "assurance opinion", "audit opinion"}


def _title(lines: Sequence[Line], opinion: int) -> int:
    """The nearest heading above, or the line directly above."""
    for n in range(opinion - 1, max(0, opinion - _BACK) - 1, -1):
        if lines[n].kind == "heading" and len(lines[n].words) <= 120 and not KNOWN_BY.match(lines[n].words):
            return n
    return max(0, opinion - 1)


def _end(lines: Sequence[Line], last: int) -> int:
    """A heading that is called a section or an appendix ends the last report."""
    for n in range(last + 1, len(lines)):
        named = re.match(r"(?:section|appendix|annex)\s+\w+\b|statement of\b", lines[n].words, re.IGNORECASE)
        if (lines[n].kind == "heading" and named) or ends_reports(lines[n]):
            return n
    return len(lines)


def _read(report: Report, lines: Sequence[Line], listed: Mapping[Place | None, Listed]) -> None:
    report.lines = list(lines)
    match = OPINION.match(lines[0].words)
    said, skip = report.opinion_text or (match["rest"].strip() if match else ""), 1
    if not said and len(lines) > 1:
        said, skip = lines[1].words, 2
    report.opinion_text, report.opinion = said, opinion_word(said)
    if ADVISORY.search(said):
        report.opinion = None
    Walk(report, listed).over(lines[skip:])
