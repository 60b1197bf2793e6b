"""The scales of the two bodies: four by four for the office, five by five with a fourth band for the force."""

from candour.kernel.scales.rules import Band, Level, Matrix

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
        Level(1, "Rare", "Less than 1 in 20 within a year. Has not happened here."),
        Level(2, "Possible", "1 in 20 to 1 in 3. Has happened elsewhere."),
        Level(3, "Likely", "1 in 3 to 3 in 4. Has happened here in the last three years."),
        Level(4, "Very high", "More than 3 in 4, or it is happening now."),
    ),
    bands=(Band("High", 8, 16, 3, "high"), Band("Medium", 5, 7, 3, "medium"), Band("Low", 1, 4, 6, "low")),
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
        Level(1, "Remote", "Once in ten years or less."),
        Level(2, "Unlikely", "Once in three to ten years."),
        Level(3, "Possible", "Once in one to three years."),
        Level(4, "Probable", "Within the year."),
        Level(5, "Almost certain", "Within the quarter, or already with us."),
    ),
    bands=(
        Band("Critical", 20, 25, 1, "high"),
        Band("High", 12, 19, 2, "high"),
        Band("Medium", 5, 11, 3, "medium"),
        Band("Low", 1, 4, 6, "low"),
    ),
)

SCALES = {"office": OFFICE, "force": FORCE}
