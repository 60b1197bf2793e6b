"""Reading workbooks of figures, wide and long."""

from candour.kernel.intake.kinds import PaperKind
from candour.performance.intake.paper import propose, recognises
from candour.performance.intake.save import choices, compare, save

MEASURES = PaperKind(
    name="measures",
    label="Figures of measures",
    recognises=recognises,
    propose=propose,
    choices=choices,
    compare=compare,
    save=save,
)

__all__ = ["MEASURES"]
