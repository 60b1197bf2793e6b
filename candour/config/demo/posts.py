"""Posts of the demo, those who sign in, and who held which post when. A person is named after the post."""

from candour.config.demo.shapes import Post, Spell, User

POSTS = {
    "ce": Post("Chief Executive", "office", "Executive"),
    "cfo": Post("Chief Finance Officer", "office", "Finance"),
    "policy": Post("Policy and Compliance Officer", "office", "Governance"),
    "comms": Post("Head of Communications", "office", "Communications"),
    "commissioning": Post("Commissioning Officer", "office", "Commissioning"),
    "director": Post("Director of Commissioning", "office", "Commissioning", week=80),
    "estates": Post("Head of Estates", "office", "Finance"),
    "violence": Post("Director, Violence Reduction", "office", "Commissioning"),
    "volunteers": Post("Volunteers and Custody Visiting Manager", "office", "Governance"),
    "support": Post("Business Support Officer", "office", "Governance"),
    "commissioner": Post("Police and Crime Commissioner", "office"),
    "deputy": Post("Deputy Police and Crime Commissioner", "office"),
    "scorer": Post("Community Safety Adviser", "office", "Commissioning"),
    "scorer2": Post("Grants Officer", "office", "Commissioning"),
    "performance": Post("Head of Performance", "office", "Governance"),
    "secretary": Post("Board Secretary", "office", "Governance"),
    "admin": Post("Business Manager", "office", "Governance"),
    "panel": Post("Panel Member", "office", "Panels and auditors"),
    "chair": Post("Panel Chair", "office", "Panels and auditors"),
    "panel2": Post("Second Panel Member", "office", "Panels and auditors"),
    "panel3": Post("Third Panel Member", "office", "Panels and auditors"),
    "panel4": Post("Fourth Panel Member", "office", "Panels and auditors"),
    "ethics": Post("Ethics Committee Chair", "office", "Panels and auditors"),
    "pcp": Post("Police and Crime Panel Chair", "office", "Panels and auditors"),
    "audit": Post("Internal Auditor", "office", "Panels and auditors"),
    "cc": Post("Chief Constable", "force", "Chief officers"),
    "dcc": Post("Deputy Chief Constable", "force", "Chief officers"),
    "acc": Post("Assistant Chief Constable", "force", "Chief officers"),
    "engagement": Post("Director of Communications and Engagement", "force", "Communications"),
    "risk": Post("Force Risk Manager", "force", "Corporate development"),
    "ops": Post("Chief Superintendent, Operations", "force", "Operations"),
    "digital": Post("Chief Digital Officer", "force", "Digital, data and technology"),
    "people": Post("Director of People", "force", "People"),
    "resources": Post("Director of Finance and Resources", "force", "Finance and resources"),
    "standards": Post("Head of Professional Standards", "force", "Professional standards"),
    "contact": Post("Head of Contact and Control", "force", "Operations"),
}

OFFICE_OWNER = (("business_owner", "office"),)
FORCE_OWNER = (("business_owner", "force"),)
PANEL = (("panel_member", "office"), ("panel_member", "force"))

USERS = (
    User("policy.officer", "policy", (("policy_officer", "office"),)),
    User("board.secretary", "secretary", (("board_secretary", "office"),)),
    User("administrator", "admin", (("administrator", "office"), ("administrator", "force"))),
    User("chief.executive", "ce", (("chief_officer", "office"),)),
    User("finance.officer", "cfo", (("chief_officer", "office"), ("finance_officer", "office"))),
    User("head.communications", "comms", OFFICE_OWNER),
    User("performance.manager", "performance", (("performance_manager", "office"),)),
    User("commissioning.officer", "commissioning", (("commissioning_officer", "office"),)),
    User("grant.scorer", "scorer", (("grant_scorer", "office"),)),
    User("force.risk", "risk", (("policy_officer", "force"),)),
    User("force.assistant.chief", "acc", (("chief_officer", "force"),)),
    User("panel.member", "panel", PANEL),
    User("auditor", "audit", (("auditor", "office"), ("auditor", "force"))),
    User("reader", "support", (("reader", "office"),)),
    User("commissioner", "commissioner", (("chief_officer", "office"),), named=False),
    User("deputy.commissioner", "deputy", (("reader", "office"),), named=False),
    User("panel.chair", "chair", PANEL, named=False),
    User("panel.second", "panel2", PANEL, named=False),
    User("panel.third", "panel3", PANEL, named=False),
    User("panel.fourth", "panel4", PANEL, named=False),
    User("ethics.chair", "ethics", (("reader", "office"),), named=False),
    User("pcp.chair", "pcp", (), named=False),
    User("chief.constable", "cc", (("chief_officer", "force"),), named=False),
    User("deputy.chief.constable", "dcc", (("chief_officer", "force"),), named=False),
    User("force.engagement", "engagement", FORCE_OWNER, named=False),
    User("second.scorer", "scorer2", (("grant_scorer", "office"),), named=False),
    User("head.estates", "estates", OFFICE_OWNER, named=False),
    User("violence.reduction", "violence", OFFICE_OWNER, named=False),
    User("volunteers.manager", "volunteers", OFFICE_OWNER, named=False),
    User("force.operations", "ops", FORCE_OWNER, named=False),
    User("force.digital", "digital", FORCE_OWNER, named=False),
    User("force.people", "people", FORCE_OWNER, named=False),
    User("force.resources", "resources", FORCE_OWNER, named=False),
    User("force.standards", "standards", FORCE_OWNER, named=False),
    User("force.contact", "contact", FORCE_OWNER, named=False),
)

# The post of the table above is held from the first week unless a spell here says otherwise.
SPELLS = (
    Spell("chief.executive", "ce", 92, reason="Appointed after open competition"),
    Spell("finance.officer", "ce", None, 92, "Acting until the post is filled", "The new Chief Executive has started"),
    Spell(
        "commissioning.officer", "director", 80, 9, "Acting while the new post is advertised", "The acting spell ended"
    ),
    Spell("force.assistant.chief", "ops", None, 70, "In post", "Promoted to Assistant Chief Constable"),
    Spell("force.assistant.chief", "acc", 70, reason="Promoted from Chief Superintendent"),
    Spell("force.operations", "ops", 69, reason="Posted from the crime command"),
)

# Roles that a post needs beyond the table: whoever holds it has them.
ROLES_OF_POSTS = (
    ("director", "business_owner", "office"),
    ("ops", "business_owner", "force"),
    ("volunteers", "grant_scorer", "office"),  # scores where another has an interest
)


def spells() -> list[Spell]:
    """Every spell: those written out, and one from the first week for each user that has none for their own post."""
    written = {(spell.username, spell.post) for spell in SPELLS}
    own = [Spell(user.username, user.post) for user in USERS if (user.username, user.post) not in written]
    return [*own, *SPELLS]
