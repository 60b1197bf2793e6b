"""Reading lists of inspections: grades, and what reports ask for."""

from candour.inspections.intake.columns import FIELDS
from candour.inspections.intake.paper import KIND, propose, recognises
from candour.inspections.intake.save import choices, compare, save
from candour.kernel.intake.kinds import PaperKind

LIST = PaperKind(
    name=KIND,
    label="List of inspections",
    recognises=recognises,
    propose=propose,
    choices=choices,
    compare=compare,
    save=save,
    fields=FIELDS,
    needs=frozenset({"text", "grade"}),
)

__all__ = ["LIST"]
