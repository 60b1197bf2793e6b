"""Reading finance workbooks: budget monitoring, reserves, the medium-term plan, savings, capital and its funding."""

from candour.finance.intake.paper import propose, recognises
from candour.finance.intake.save import choices, compare, save
from candour.kernel.intake.kinds import PaperKind

FINANCE = PaperKind(
    name="finance",
    label="Finance: budget, reserves, plan, savings, capital",
    recognises=recognises,
    propose=propose,
    choices=choices,
    compare=compare,
    save=save,
)

__all__ = ["FINANCE"]
