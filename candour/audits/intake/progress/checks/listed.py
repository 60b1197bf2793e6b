"""The list of reports issued against the reports that follow. Pure."""

from collections.abc import Iterator

from candour.kernel.intake.document import Finding
from candour.kernel.intake.printed import words_key

from ..paper import Paper


def check(paper: Paper) -> Iterator[Finding]:
    """Listed and not there, there and not listed, with another opinion."""
    yield from _graded(paper)
    if not paper.issued:
        return
    reports = {(words_key(one.title), one.year): one for one in paper.reports if not one.tabled}
    listed = {(words_key(one.title), one.year): one for one in paper.issued}
    for key, row in listed.items():
        if key not in reports:
            message = f"{row.title} {row.year or ''} is in the list of reports issued, but no report of it follows."
            yield Finding(
                "report-missing", "error", row.place, row.title, row.title, "the report, or no mention of it", message
            )
            continue
        report = reports[key]
        if (row.opinion or "") != (report.opinion or ""):
            message = (
                f"{report.title} is listed with the opinion {row.opinion_text}; its report gives "
                f"{report.opinion_text or 'none'}."
            )
            yield Finding(
                "report-opinion", "error", report.place, report.title, report.opinion_text, row.opinion_text, message
            )
    for key, report in reports.items():
        if key not in listed:
            message = (
                f"The report {report.title} {report.year or ''} follows, but is not in the list of reports issued."
            )
            yield Finding(
                "report-not-listed", "error", report.place, report.title, report.title, "a line in the list", message
            )


def _graded(paper: Paper) -> Iterator[Finding]:
    """A table of reports that gives another opinion than the report itself."""
    reports = {words_key(one.title): one for one in paper.reports if not one.tabled}
    for row in paper.tables.graded:
        report = reports.get(words_key(row.title))
        if report is not None and (row.opinion or "") != (report.opinion or ""):
            message = (
                f"{report.title} is listed with the opinion {row.opinion_text}; its report gives "
                f"{report.opinion_text or 'none'}."
            )
            yield Finding(
                "report-opinion", "error", report.place, report.title, report.opinion_text, row.opinion_text, message
            )
