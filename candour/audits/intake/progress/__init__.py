"""Reads an auditor's progress report: reports issued, plans, indicators, scales; and where it contradicts itself.

Pure; saves nothing. A report begins at the heading above its opinion, a recommendation at its number and priority, its
parts at their labels, however the columns of the page were cut.
"""

import re
from collections.abc import Mapping

from candour.kernel.intake.document import Document, Reading
from candour.kernel.intake.lines import lines_of
from candour.kernel.intake.mapping import Told
from candour.kernel.intake.tidy import tidy

from .checks import findings_of
from .labels import ANCHOR, OPINION
from .paper import meta_of, read_paper, record_of
from .recommended import recommended
from .reports import headed
from .tables import read_tables

_CALLED = re.compile(
    r"\bprogress report\b|\baudit plan\b.{0,40}\b(?:progress|status|update|position|delivery)\b|\b(?:status|"
    r"delivery|update|position) "
    r"(?:of|on|against)\b.{0,30}\baudit (?:plan|work|programme)\b|\bsummary of (?:internal )?audit (?:work|"
    r"activity)|\binternal audit "
    r"(?:work )?(?:plan|programme|strategy)\b|\binternal controls? assurance\b|\binternal audit (?:progress|update|"
    r"annual|interim|activity)|\bprogress against\b.{0,40}\bplan\b|"
    r"\bannual (?:internal audit )?(?:report|opinion)\b",
    re.IGNORECASE,
)
KIND = "audit-progress"


def propose(document: Document, source: Mapping[str, str] | None = None, told: Told | None = None) -> Reading:
    """The reading of a raw document: one record. told is of no use here: its tables are known by their headings alone."""
    paper = read_paper(tidy(document))
    records = [record_of(paper)] if paper.reports or paper.tables.plan or paper.tables.kpis else []
    return Reading(KIND, dict(source or document.source), meta_of(paper), records, paper.aside, findings_of(paper))


def recognises(document: Document) -> float:
    """How much a document looks like a progress report of an auditor: 0 not at all, 1 for sure."""
    lines = lines_of(document)
    opinions = sum(bool(OPINION.match(line.words)) or (line.kind == "heading" and headed(line.words)) for line in lines)
    anchors = sum(bool(ANCHOR.match(line.words)) for line in lines)
    asked = recommended(document)
    tables = read_tables(document, {place for one in asked for place in one.places})
    called = any(_CALLED.search(line.words) for line in lines[:15] if len(line.words) <= 120)
    told = bool(tables.plan or tables.collaboration_plan or tables.graded or tables.kpis)
    sure = (
        0.15 * min(opinions, 3)
        + 0.1 * min(anchors, 2)
        + 0.25 * bool(tables.plan)
        + 0.15 * bool(tables.kpis)
        + 0.1 * bool(tables.scales)
        + 0.2 * bool(tables.graded)
        + 0.15 * bool(opinions and asked and called)
        + 0.3 * (called and (told or bool(opinions and anchors)))
    )
    return round(min(1.0, sure), 2)
