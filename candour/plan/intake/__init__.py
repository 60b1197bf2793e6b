"""Delivery plans as the kernel reads them in."""

from collections.abc import Mapping

from candour.kernel.intake.document import Document, Reading
from candour.kernel.intake.kinds import PaperKind
from candour.kernel.intake.mapping import Told
from candour.kernel.intake.tidy import tidy
from candour.plan.intake.checks import findings_of
from candour.plan.intake.choices import choices
from candour.plan.intake.columns import FIELDS
from candour.plan.intake.reading import KIND, LABEL, meta_of, read_paper, recognises
from candour.plan.intake.save import compare, save


def propose(document: Document, source: Mapping[str, str] | None = None, told: Told | None = None) -> Reading:
    """The reading of a delivery plan."""
    paper = read_paper(tidy(document), told)
    records, where = [one.record for one in paper.rows], dict(source or document.source)
    return Reading(KIND, where, meta_of(paper), records, paper.found.aside, findings_of(paper))


DELIVERY_PLAN = PaperKind(
    name=KIND,
    label=LABEL,
    recognises=recognises,
    propose=propose,
    choices=choices,
    compare=compare,
    save=save,
    fields=FIELDS,
    needs=frozenset({"activity"}),
)

__all__ = ["DELIVERY_PLAN", "propose"]
