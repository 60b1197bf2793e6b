"""Every risk of the demo."""

from candour.config.demo.risks.force_day_to_day import FORCE_DAY_TO_DAY
from candour.config.demo.risks.force_operations import FORCE_OPERATIONS
from candour.config.demo.risks.force_support import FORCE_SUPPORT
from candour.config.demo.risks.office_day_to_day import OFFICE_DAY_TO_DAY
from candour.config.demo.risks.office_governance import OFFICE_GOVERNANCE
from candour.config.demo.risks.office_left import OFFICE_LEFT
from candour.config.demo.risks.office_money import OFFICE_MONEY
from candour.config.demo.risks.office_people import OFFICE_PEOPLE
from candour.config.demo.risks.office_services import OFFICE_SERVICES

TALES = (
    *OFFICE_MONEY,
    *OFFICE_SERVICES,
    *OFFICE_GOVERNANCE,
    *OFFICE_PEOPLE,
    *OFFICE_DAY_TO_DAY,
    *OFFICE_LEFT,
    *FORCE_OPERATIONS,
    *FORCE_SUPPORT,
    *FORCE_DAY_TO_DAY,
)
