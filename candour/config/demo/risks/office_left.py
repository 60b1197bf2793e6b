"""Risks that have left the office's register."""

from candour.config.demo.shapes import Close, Control, Merge, Review, Settle, Tale

OFFICE_LEFT = (
    Tale(
        "MPC028",
        "Guidance for the period before an election is broken",
        "comms",
        "comms",
        raised=103,
        score=(3, 2),
        target=(3, 1),
        category="Governance",
        source="County elections fall in the year and staff are new to the rules.",
        event="A post, visit or letter of the office favours a candidate.",
        effect="Complaint to the monitoring officer and to the returning officer.",
        controls=(Control("Briefing and a duty contact for the whole period", due=85),),
        quiet=(99,),
        steps=(
            Review(86, "Briefing booked for all 31 staff."),
            Settle(85, 1, "in place", "Briefing held; 29 attended and two read the slides."),
            Review(78, "Eleven queries to the duty contact, none turned into a complaint.", score=(3, 1)),
            Close(77, "The elections are over. The briefing is kept for the next time.", by="Joint Audit Panel"),
        ),
    ),
    Tale(
        "MPC029",
        "Extensions of contracts are signed after they begin",
        "ce",
        "commissioning",
        raised=102,
        score=(3, 3),
        category="Commissioning",
        source="Letters of extension wait for two signatures in two buildings.",
        event="A provider works for weeks on an extension that nobody has signed.",
        effect="As for services that run on without an agreement.",
        quiet=(99,),
        steps=(
            Review(86, "Four extensions late this quarter. The causes are those of MPC006."),
            Merge(72, "MPC006", "One cause and one set of controls: late signatures.", by="Joint Audit Panel"),
        ),
    ),
    Tale(
        "MPC035",
        "The register of gifts and interests is out of date",
        "ce",
        "policy",
        raised=96,
        score=(2, 2),
        target=(1, 1),
        level="operational",
        category="Governance",
        source="Offers are reported by e-mail and typed up twice a year.",
        event="An offer is missing from the published register.",
        effect="Criticism and a correction in public.",
        controls=(Control("Form on the intranet that goes straight into the register", since=70, added=73),),
        quiet=(86,),
        steps=(
            Review(73, "17 offers in a year, 3 published late. Form being built."),
            Review(
                47, "Form in use: 12 offers, all published within the month.", (1, 1), answers=((1, "works", None),)
            ),
            Close(33, "Target reached and held for two quarters. Watched through the publication calendar."),
        ),
    ),
)
