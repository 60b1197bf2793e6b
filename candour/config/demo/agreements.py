"""The demo's agreements: invented providers, three streams, and every failing that a review can find, somewhere."""

from dataclasses import dataclass
from typing import Any

# code, name, budget of a year in pounds, funder, conditions
STREAMS = (
    ("VS", "Services for victims", 1_150_000, "Ministry of Justice", "Ring-fenced. Returns in October and May, and accounts."),
    ("SF", "Community safety fund", 240_000, "", "Grants to groups in the area, of £25,000 at most each."),
    ("CH", "Healthcare in custody", 6_600_000, "", "Three years, paid from the year in which it began."),
    ("VR", "Violence reduction", 520_000, "Home Office", "A tenth is matched by partners; evaluated each year."),
)  # fmt: skip

# What the body tells the standards of open data of itself; no register gives out these.
OPEN_DATA: dict[str, Any] = {
    "ocid_prefix": "ocds-z0z0z0",
    "giving_prefix": "360G-MerefordOPCC",
    "scheme": "GB-PPON",
    "number": "PZZZ-0000-ZZZZ",
    "website": "https://www.mereford-opcc.example",
    "licence": "",
    "contracts_over": 10_000_00,
    "spend_over": 500_00,
}

# key, name, charity number, company number: of ranges that no register gives out
PROVIDERS = (
    ("northgate", "Northgate Support", "9990011", ""),
    ("lantern", "Lantern House", "9990028", "99900281"),
    ("elmwood", "Elmwood Counselling", "9990035", ""),
    ("restore", "Restore Together", "", "99900427"),
    ("hillcrest", "Hillcrest Refuge", "9990059", ""),
    ("young", "Young Voices of Mereford", "9990066", ""),
    ("brightwater", "Brightwater Youth", "9990073", ""),
    ("streets", "Safer Streets Mereford", "", "99900802"),
    ("second", "The Second Step", "", "99900919"),
    ("calm", "Calm Water Mediation", "9990103", ""),
    ("council", "Meredale Council", "", ""),
    ("hospital", "Mereford General Hospital", "", ""),
    ("meadow", "Meadowside Health", "", "99901059"),
)


@dataclass(frozen=True)
class AgreementTale:
    """An agreement and what is wrong with it.

    begins, ends: weeks back from today, below nought to come. value: pounds. flaws: see agreed.FLAWS.
    """

    stream: str
    kind: str
    service: str
    provider: str
    begins: int
    ends: int
    value: int
    flaws: tuple[str, ...] = ()
    area: str = "Countywide"
    lead: str = "commissioning"


A = AgreementTale
AGREEMENTS = (
    A("VS", "contract", "Support for victims of crime", "northgate", 60, 4, 249_600, ("one signature", "management")),
    A("VS", "contract", "Advocacy after domestic abuse", "lantern", 34, -18, 186_000, ("undecided",)),
    A("VS", "contract", "Counselling after sexual violence", "elmwood", 34, -70, 142_500, ("extended",)),
    A("VS", "contract", "Restorative meetings", "restore", 34, -18, 64_000, ("kpis", "decided")),
    A("VS", "contract", "Places in refuge", "hillcrest", 34, -70, 158_000, ("restricted",)),
    A("VS", "contract", "Help for children who witness abuse", "young", 30, -22, 71_250, ("brackets",)),
    A("VS", "partnership", "Referrals from emergency care", "hospital", 34, -70, 38_000, ("override",)),
    A("VS", "contract", "Support in court", "northgate", 34, -18, 88_000, ("decided", "over")),
    A("VS", "grant", "Peer groups for survivors", "lantern", 30, -22, 19_500, ("monitoring",)),
    A("VS", "grant", "Support for bereaved families", "calm", 26, -26, 24_000, ("stale",)),
    A("VS", "contract", "Translation for victims", "second", 34, -18, 22_400, ("template", "decided")),
    A("VS", "service", "Shared referral desk", "council", 34, -70, 45_000, ("shared",)),
    A("VS", "contract", "Recovery after stalking", "elmwood", 87, 35, 54_000, ("ended",)),
    A("VS", "contract", "Advocacy after domestic abuse", "lantern", 87, 35, 178_000, ("ended",)),
    A("VS", "contract", "Counselling after sexual violence", "elmwood", 87, 35, 136_000, ("ended", "extended")),
    A("VS", "grant", "Peer groups for survivors", "lantern", 87, 35, 18_000, ("ended",)),
    A("VS", "contract", "Support for older victims", "northgate", -6, -58, 61_000, ("draft",)),
    A("SF", "grant", "Boxing club on two evenings", "streets", 28, -24, 12_500, (), "North district"),
    A("SF", "grant", "Street lights by the canal", "council", 28, -24, 24_900, ("no contact",), "South district"),
    A("SF", "grant", "Bike marking days", "streets", 28, -24, 4_800, ("code",)),
    A("SF", "grant", "Mentors for school leavers", "young", 28, -24, 18_000, ("unsigned",), "East district"),
    A("SF", "grant", "Mediation between neighbours", "calm", 28, -24, 21_300),
    A("SF", "grant", "Night café volunteers", "second", 28, -12, 9_750, ("undecided",), "Town centre"),
    A("SF", "grant", "Allotment for young people", "brightwater", 28, -24, 7_400, ("specification",), "West district"),
    A("SF", "grant", "Online safety in libraries", "council", 28, -24, 11_000, ("copy",)),
    A("SF", "grant", "Drama about coercion", "young", 80, 28, 14_200, ("ended",)),
    A("SF", "grant", "Boxing club on two evenings", "streets", 80, 28, 11_800, ("ended",), "North district"),
    A("SF", "grant", "Football on Fridays", "brightwater", 80, 2, 16_600, (), "West district"),
    A("SF", "grant", "Mediation between neighbours", "calm", 80, 28, 19_900, ("ended",)),
    A("SF", "grant", "Watch groups on farms", "streets", 20, -32, 8_250, ("dates",), "Rural parishes"),
    A("VR", "contract", "Outreach on weekend nights", "brightwater", 32, -20, 148_000, ("varied", "decided")),
    A("VR", "contract", "Mentors in custody", "second", 32, -20, 96_500, ("undecided", "stale")),
    A("VR", "joint", "Data shared between partners", "council", 32, -72, 0, ("blank",)),
    A("VR", "contract", "Evaluation of violence reduction", "restore", 32, -46, 42_000, ("template",)),
    A("VR", "partnership", "Navigators in emergency care", "hospital", 32, -20, 118_000, ("unsigned", "decided")),
    A("VR", "grant", "Parents against knives", "young", 24, -28, 15_000, ("kpis", "monitoring", "management")),
    A("VR", "contract", "Safe rides home", "streets", 12, -40, 27_500),
    A("VR", "contract", "Outreach on weekend nights", "brightwater", 84, 32, 139_000, ("ended",)),
    A("VR", "contract", "Mentors in custody", "second", 84, 32, 91_000, ("ended", "varied")),
    A("CH", "contract", "Nurses in custody", "meadow", 30, -126, 6_240_000, ("large", "decided")),
    A("VS", "contract", "Safe rooms in homes", "hillcrest", 22, -30, 36_000, ("withheld",)),
    A("VR", "service", "Analysts for the partnership", "council", 10, -42, 58_000, ("restricted", "brackets"), lead="director"),
)  # fmt: skip
