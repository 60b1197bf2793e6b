"""The agreements that the office kept before: streams, providers and services of which rules make two hundred and fifty-six.

Invented, like everything of the demo; made from a seed, so that each demo has the same ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass

SEED = 20_241_101
MANY = 256


@dataclass(frozen=True)
class Fund:
    """A stream of the demo. budget, low and high: pounds, of a year and of one agreement. kinds: drawn from, by how often.

    years: how long its agreements run. services: what it pays for.
    """

    code: str
    name: str
    budget: int
    funder: str
    ring_fence: str
    conditions: str
    low: int
    high: int
    kinds: tuple[str, ...]
    years: tuple[int, ...]
    services: tuple[str, ...]


FUNDS = (
    Fund(
        "DA", "Domestic abuse fund", 2_900_000, "Ministry of Justice", "Services for victims of domestic abuse",
        "Half of it goes to specialist services. Returns in October and May.", 18_000, 240_000,
        ("contract", "contract", "grant", "partnership"), (1, 2, 3),
        ("Advocacy in court", "Places of safety", "Recovery groups", "Help for children", "Work with those who harm",
         "Support in hospital", "A helpline by night", "Training of housing officers"),
    ),
    Fund(
        "SV", "Sexual violence services", 1_900_000, "Ministry of Justice", "Services for victims of sexual violence",
        "Monthly figures of waiting lists.", 20_000, 260_000, ("contract", "contract", "grant"), (1, 2, 3),
        ("Counselling for adults", "Counselling for children", "Independent advisers", "Support before trial",
         "Forensic nurses", "Peer support"),
    ),
    Fund(
        "YP", "Young people at risk", 1_250_000, "", "", "", 4_000, 90_000, ("grant", "grant", "contract"), (1, 1, 2),
        ("Mentors in schools", "Sport on Friday nights", "Detached youth work", "Theatre about knives", "Summer camps",
         "Music studio", "Work placements", "Boxing academy", "Bicycle workshop"),
    ),
    Fund(
        "NB", "Neighbourhoods fund", 620_000, "Home Office", "Places named in the bid",
        "Evaluated by the funder; claims each quarter.", 3_000, 60_000, ("grant", "grant", "grant", "contract"), (1, 1, 2),
        ("Better street lights", "Clean alleys", "Watch groups", "Cameras by the station", "Community guardians",
         "Burglary packs", "Night marshals", "Graffiti removal"),
    ),
    Fund(
        "RR", "Reducing reoffending", 1_450_000, "", "", "A quarter is matched by the probation service.", 12_000, 180_000,
        ("contract", "partnership", "grant"), (1, 2, 3),
        ("Housing on release", "Work after custody", "Help with debts", "Women’s centre", "Drug treatment in custody",
         "Family visits", "Restorative work in prison"),
    ),
    Fund(
        "RO", "Rural crime fund", 280_000, "", "", "", 2_000, 30_000, ("grant", "grant", "service"), (1, 1, 2),
        ("Farm watch", "Property marking", "Horse patrols", "Heritage wardens", "Rural trackers"),
    ),
    Fund(
        "RS", "Road safety partnership", 540_000, "Fines paid on courses", "Road safety",
        "Spent by the partnership’s plan.", 5_000, 110_000, ("joint", "service", "grant", "contract"), (1, 2, 3),
        ("Speed watch", "Drivers under twenty-five", "Biker training", "School crossings", "Crash analysis"),
    ),
    Fund(
        "MH", "Mental health and custody", 2_100_000, "", "", "Paid with the health board in equal parts.", 25_000, 420_000,
        ("partnership", "joint", "contract", "service"), (2, 3, 3),
        ("Street triage", "Liaison and diversion", "Appropriate adults", "Custody visitors’ training", "Crisis café"),
    ),
)  # fmt: skip

FIRST = (
    *(
        "Alder",
        "Ashby",
        "Beacon",
        "Birch",
        "Bridge",
        "Canal",
        "Cedar",
        "Cornmill",
        "Ferry",
        "Foxhall",
        "Garden",
        "Granary",
    ),
    *(
        "Harbour",
        "Heath",
        "Juniper",
        "Kingsway",
        "Lime Tree",
        "Linden",
        "Maple",
        "Market",
        "Orchard",
        "Oxbow",
        "Quay",
        "Rowan",
    ),
)
SECOND = ("Trust", "Project", "Partnership", "Community Association", "Collective")
AREAS = (
    *("Countywide", "Countywide", "Countywide", "North district", "South district", "East district", "West district"),
    *("Town centre", "Rural parishes"),
)
LEADS = ("commissioning", "commissioning", "commissioning", "director", "violence", "scorer2")
TEXTS: Mapping[str, str] = {
    "kpis": "First contact within five working days: 90%\nPeople who complete what they began: 75%",
    "monitoring": "A return by the tenth working day after each quarter.",
    "management": "The lead meets the provider twice a year; risks are written down there.",
}

# name, what has to be seen, which agreements ask for it, months, least cover in pounds
CHECKS = (
    ("Accounts", "The last accounts, examined or audited.", (), 18, 0),
    ("Data protection", "Registration with the regulator, and who answers for it.", (), 12, 0),
    ("Employers’ liability insurance", "The certificate, in the provider’s name.", ("contract",), 12, 10_000_000),
    ("Policies", "Equality, complaints, and health and safety.", (), 36, 0),
    ("Public liability insurance", "The certificate, in the provider’s name.", (), 12, 5_000_000),
    ("Safeguarding", "The policy, its lead, and how staff are vetted.", ("contract", "grant", "partnership"), 24, 0),
)  # fmt: skip

NEW_CHECK = ("Modern slavery statement", "Published and of this year.", ("contract",), 12, None)

# by kind of agreement: what is done, working days, post, what must be there
PROCESSES: Mapping[str, tuple[tuple[str, int, str, str], ...]] = {
    "contract": (
        ("Assess the need", 20, "", ""),
        ("Write the specification", 15, "", "specified"),
        ("Agree the budget", 5, "cfo", ""),
        ("Advertise and evaluate", 45, "", ""),
        ("See the provider’s due diligence", 10, "", "diligence"),
        ("Decide the award", 10, "ce", ""),
        ("Draft the agreement", 10, "", "kpis"),
        ("Have both sign", 10, "ce", "signed"),
        ("File the signed copy", 5, "", "copy"),
    ),
    "grant": (
        ("Set criteria and open the round", 15, "", ""),
        ("Score and decide", 25, "director", ""),
        ("See the provider’s due diligence", 10, "", "diligence"),
        ("Have both sign", 10, "", "signed"),
        ("File the signed copy", 5, "", "copy"),
    ),
    "partnership": (
        ("Agree what each brings", 20, "director", ""),
        ("Write the specification", 15, "", "specified"),
        ("Agree who controls the data", 10, "policy", ""),
        ("Have both sign", 15, "ce", "signed"),
        ("File the signed copy", 5, "", "copy"),
    ),
    "service": (
        ("Write the specification", 15, "", "specified"),
        ("Agree the charge", 10, "cfo", "value"),
        ("Have both sign", 10, "", "signed"),
    ),
}
