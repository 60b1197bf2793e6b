"""Opinions and priorities against the scale of their year. Pure."""

from collections.abc import Iterator

from candour.kernel.intake.document import Finding

from ..paper import Paper
from ..tables import ScaleFound


def check(paper: Paper) -> Iterator[Finding]:
    """A report is graded on the scale that the paper prints for its year."""
    scales = {(one.kind, one.year): one for one in paper.tables.scales}
    for report in paper.reports:
        opinions, priorities = scales.get(("opinion", report.year)), scales.get(("priority", report.year))
        if opinions and report.opinion and report.opinion.casefold() not in opinions.words:
            message = (
                f"{report.title} has the opinion {report.opinion}, which the scale of {report.year} does not have."
            )
            yield Finding(
                "opinion-off-scale", "error", report.place, report.title, report.opinion_text, _words(opinions), message
            )
        off = [word for word in report.counts if priorities and word.casefold() not in priorities.words]
        if off and priorities:
            message = f"{report.title} grades by {', '.join(off)}; the scale of {report.year} has {_words(priorities)}."
            place = report.count_place or report.place
            yield Finding(
                "priority-off-scale", "warning", place, report.title, ", ".join(off), _words(priorities), message
            )
        for one in report.recommendations:
            if report.counts and one.priority and one.priority not in report.counts:
                should = f"one of {', '.join(report.counts)}"
                message = (
                    f"{report.title}, recommendation {one.number}, prints {one.priority_text}, which is no "
                    f"priority of its report."
                )
                yield Finding("priority-unknown", "error", one.place, report.title, one.priority_text, should, message)


def _words(scale: ScaleFound) -> str:
    return ", ".join(level["word"] for level in scale.levels)
