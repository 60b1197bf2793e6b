"""What each level of impact means in each category, lowest first, for the demo's two bodies."""

from candour.kernel.scales.rules import Guide

OFFICE_GUIDE = (
    Guide(
        "Finance",
        (
            "Under £50,000, met from the budget of the year",
            "£50,000 to £250,000, met by moving money between headings",
            "£250,000 to £1m, which takes from reserves or from a commissioned service",
            "Over £1m, or a report by the external auditor in the public interest",
        ),
    ),
    Guide(
        "Service",
        (
            "A query is answered a few days late",
            "A grant or a report slips by a quarter",
            "People who need a commissioned service wait, or are turned away",
            "A service to victims stops and nothing takes its place",
        ),
    ),
    Guide(
        "Reputation",
        (
            "A complaint that the office settles itself",
            "Local press for a day; the panel asks a question",
            "Regional coverage for a week; the panel calls a special meeting",
            "National coverage; confidence in the office is openly in doubt",
        ),
    ),
    Guide(
        "People",
        (
            "Extra work for one team for a week",
            "A post that matters stands empty for a month",
            "Several key posts are empty, or somebody is badly hurt",
            "Somebody dies, or the office cannot staff what the law asks of it",
        ),
    ),
    Guide(
        "Legal",
        (
            "A small breach, put right the same day",
            "A breach that has to be reported, without penalty",
            "A regulator acts, or a decision is challenged in court",
            "A decision is struck down, or a statutory duty is not met",
        ),
    ),
)

FORCE_GUIDE = (
    Guide(
        "Finance",
        (
            "Under £100,000",
            "£100,000 to £500,000, met by the command",
            "£500,000 to £2m, which moves a programme of the year",
            "£2m to £5m, which moves the medium-term plan",
            "Over £5m, or more than the general reserve",
        ),
    ),
    Guide(
        "Policing",
        (
            "One team works round it",
            "Neighbourhood work is set aside for days",
            "Response or investigation is slower across a district for weeks",
            "A critical service stops for hours, and mutual aid is asked for",
            "The force cannot answer emergencies or protect life",
        ),
    ),
    Guide(
        "Confidence",
        (
            "Talk inside the force",
            "A local story; one councillor writes in",
            "A regional story that lasts; an inspection finds an area for improvement",
            "A national story; a cause of concern, or an inquiry is called",
            "Consent to policing is lost in a part of the area",
        ),
    ),
    Guide(
        "Safety",
        (
            "First aid",
            "Treatment and a few days away from work",
            "An injury that is reported to the regulator",
            "A life-changing injury to anybody",
            "Somebody dies in custody, on duty or through what the force did",
        ),
    ),
)
