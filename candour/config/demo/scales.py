"""The scales of the two bodies: four by four for the office, five by five with a fourth band for the force.

The office scored on another scale until CHANGED: the same levels, with High beginning at 9.
"""

from dataclasses import replace

from candour.config.demo.guides import FORCE_GUIDE, OFFICE_GUIDE
from candour.kernel.scales.rules import Band, Level, Matrix

CHANGED = 99  # the week in which the office's present scale came in force
WHY_CHANGED = "The panel asked that a score of 8 be reported as high; agreed at its winter meeting"

OFFICE = Matrix(
    id=0,
    name="Office risk scale, 4 × 4",
    impact=(
        Level(1, "Low", "Under £50,000. Felt inside the office only; put right within a week."),
        Level(2, "Medium", "£50,000 to £250,000. Local press for a day; one objective of the plan slips by a quarter."),
        Level(3, "High", "£250,000 to £1m. Regional coverage; a service to victims is interrupted; a duty is missed."),
        Level(4, "Very high", "Over £1m. National coverage; people come to harm; a court or inspectorate steps in."),
    ),
    likelihood=(
        Level(1, "Rare", "Less than 1 in 20 within a year. Has not happened here.", "Under 5%"),
        Level(2, "Possible", "1 in 20 to 1 in 3. Has happened elsewhere.", "5% to 33%"),
        Level(3, "Likely", "1 in 3 to 3 in 4. Has happened here in the last three years.", "33% to 75%"),
        Level(4, "Very high", "More than 3 in 4, or it is happening now.", "Over 75%"),
    ),
    bands=(
        Band("High", 8, 16, 3, "high", "Goes to the panel in full, with every control, at each meeting"),
        Band("Medium", 5, 7, 3, "medium", "Watched by the senior team; goes to the panel in one line"),
        Band("Low", 1, 4, 6, "low", "Kept by its owner; the controls in place are enough"),
    ),
    guide=OFFICE_GUIDE,
    longest=(("project", 3),),
)

OFFICE_BEFORE = replace(
    OFFICE,
    name="First office scale, 4 × 4",
    bands=(
        Band("High", 9, 16, 3, "high", "Goes to the panel in full"),
        Band("Medium", 4, 8, 6, "medium", "Watched by the senior team"),
        Band("Low", 1, 3, 12, "low", "Looked at once a year"),
    ),
    guide=(),
    longest=(),
)

FORCE = Matrix(
    id=0,
    name="Force risk scale, 5 × 5",
    impact=(
        Level(1, "Slight", "Under £100,000. One team notices; no effect on the public."),
        Level(2, "Minor", "£100,000 to £500,000. A local service is slower for days."),
        Level(3, "Moderate", "£500,000 to £2m. A service is reduced for weeks; an area for improvement is found."),
        Level(4, "Major", "£2m to £5m. A critical service stops for hours; serious injury; a cause of concern."),
        Level(5, "Extreme", "Over £5m. Loss of life, or the force cannot meet a core duty."),
    ),
    likelihood=(
        Level(1, "Remote", "Once in ten years or less.", "Under 10%"),
        Level(2, "Unlikely", "Once in three to ten years.", "10% to 30%"),
        Level(3, "Possible", "Once in one to three years.", "30% to 60%"),
        Level(4, "Probable", "Within the year.", "60% to 90%"),
        Level(5, "Almost certain", "Within the quarter, or already with us.", "Over 90%"),
    ),
    bands=(
        Band("Critical", 20, 25, 1, "high", "Gold group meets within the week; the Chief Constable decides"),
        Band("High", 12, 19, 2, "high", "Taken at the force’s risk board with a plan and dates"),
        Band("Medium", 5, 11, 3, "medium", "Held by the command, and looked at each quarter"),
        Band("Low", 1, 4, 6, "low", "Held by the team that owns it"),
    ),
    guide=FORCE_GUIDE,
)

SCALES = {"office": OFFICE, "force": FORCE}
BEFORE = {"office": OFFICE_BEFORE}
