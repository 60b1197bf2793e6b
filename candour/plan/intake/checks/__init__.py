"""What a delivery plan contradicts itself in, or leaves unclear."""

from candour.plan.intake.checks.rows import findings_of

__all__ = ["findings_of"]
