"""Counts of recommendations: the table of a report against those listed, sentences against the table. Pure."""

from collections.abc import Iterator

from candour.kernel.intake.document import Finding
from candour.kernel.intake.printed import counted

from ..found import Report
from ..paper import Paper


def check(paper: Paper) -> Iterator[Finding]:
    """By report and priority. A recommendation whose priority cannot be read may be of any."""
    for report in paper.reports:
        yield from _listed(report)
        for word, number, said, place in report.said:
            stated = report.counts.get(word)
            if stated is not None and stated != number:
                message = f"{report.title}: the text says {said}; the table gives {stated} of priority {word}."
                yield Finding(
                    "count-in-words", "error", place, report.title, said, f"{stated} of priority {word}", message
                )


def _listed(report: Report) -> Iterator[Finding]:
    unclear = sum(one.priority not in report.counts for one in report.recommendations)
    for word, stated in report.counts.items():
        right = sum(one.priority == word for one in report.recommendations)
        if report.partly and not right:  # a table of all reports counts what this one does not set out
            continue
        if report.count_place and not right <= stated <= right + unclear:
            message = (
                f"{report.title}: the table states {counted(stated, 'recommendation')} of priority {word}; {right} "
                f"are listed."
            )
            says = f"priority {word}: {stated}"
            yield Finding("count-differs", "error", report.count_place, report.title, says, f"{right} listed", message)
