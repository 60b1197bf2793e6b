"""What is published of agreements as open data, and by which rules. Pure. See docs/rules/open-data.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote

# Exemptions of the Freedom of Information Act 2000 under which a value is withheld.
REASONS: Mapping[str, str] = {
    "personal": "Personal information (section 40)",
    "commercial": "Commercial interests (section 43)",
    "safety": "Health and safety (section 38)",
    "law": "Law enforcement (section 31)",
    "confidence": "Given in confidence (section 41)",
    "security": "National security (section 24)",
}
PARTS: Mapping[str, str] = {
    "supplier": "Who provides it",
    "value": "What it costs",
    "all": "The whole agreement",
}
# The codes of OCDS 1.1 (codelist method) for how a contract was let.
PROCEDURES: Mapping[str, str] = {
    "open": "Open: anybody could tender",
    "selective": "Selective: those who qualified could tender",
    "limited": "Limited: some were asked",
    "direct": "Direct award",
}
# Procurement Regulations 2024 (SI 2024/692), regulation 39: how performance against a KPI is described.
RATINGS: Mapping[str, str] = {
    "good": "Good",
    "approaching": "Approaching target",
    "improvement": "Requires improvement",
    "inadequate": "Inadequate",
    "other": "Other",
}
PROCURED = ("contract", "service")  # the kinds that are let, and so contracts to the standard
KPIS_OVER, KPIS_AT_LEAST, KPI_MONTHS = 5_000_000_00, 3, 12  # Procurement Act 2023, sections 52 and 71; pence
UNREGISTERED = "ocds-000000"  # keeps the shape of an ocid until a prefix is registered
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


@dataclass(frozen=True)
class Publisher:
    """What a body tells the standards of itself. contracts_over, spend_over: pence, of which more is published."""

    code: str
    name: str
    ocid_prefix: str = ""
    giving_prefix: str = ""
    scheme: str = ""
    number: str = ""
    website: str = ""
    licence: str = LICENCE
    contracts_over: int = 10_000_00
    spend_over: int = 500_00

    @property
    def identifier(self) -> str:
        """GB-PPON-ABCD; its code where it has no identifier."""
        return f"{self.scheme}-{self.number}" if self.scheme and self.number else self.code

    @property
    def giving(self) -> str:
        return self.giving_prefix or f"360G-{self.code}"


@dataclass(frozen=True)
class Supplier:
    """A provider as it is published. pk is its number, of which its identifier is made where it has no other."""

    pk: int
    name: str
    charity: str = ""
    company: str = ""

    @property
    def identifiers(self) -> tuple[tuple[str, str], ...]:
        """(scheme, number) of each register that it is in, as org-id.guide names the registers; charities first."""
        found = []
        if self.charity.startswith("SC"):
            found.append(("GB-SC", self.charity))
        elif self.charity.startswith("NIC"):
            found.append(("GB-NIC", self.charity.removeprefix("NIC")))
        elif self.charity:
            found.append(("GB-CHC", self.charity))
        if self.company:
            found.append(("GB-COH", self.company))
        return tuple(found)


@dataclass(frozen=True)
class Change:
    """A variation as it is published: pence more or less, a new last day, or both."""

    pk: int
    on: date
    ground: str
    change: int = 0
    new_end: date | None = None


@dataclass(frozen=True)
class Spent:
    """A payment. amount in pence; withheld: the exemption under which it is redacted, "" for none."""

    number: str
    on: date
    amount: int
    purpose: str = ""
    withheld: str = ""


@dataclass(frozen=True)
class Measured:
    """A KPI with its ratings, the earliest first: (last day of what is rated, rating)."""

    name: str
    target: str = ""
    ratings: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True)
class Publishable:
    """An agreement that may be published, with what hangs on it. value: pence, as first agreed. withheld: exemption by part."""

    pk: int
    reference: str
    organisation: str
    kind: str
    service: str
    area: str
    text: str
    supplier: Supplier
    stream: str
    stream_code: str
    year: str
    starts: date | None = None
    ends: date | None = None
    last_end: date | None = None
    value: int | None = None
    awarded_on: date | None = None
    procedure: str = ""
    bids: int | None = None
    office_signed_on: date | None = None
    provider_signed_on: date | None = None
    closed_on: date | None = None
    changes: tuple[Change, ...] = ()
    payments: tuple[Spent, ...] = ()
    indicators: tuple[Measured, ...] = ()
    withheld: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Its title without the provider, whose name may be withheld: Advocacy for victims, Countywide, 2026/27."""
        return ", ".join(part for part in (self.service, self.area, self.year) if part)

    @property
    def signed_on(self) -> date | None:
        both = (self.office_signed_on, self.provider_signed_on)
        return max(day for day in both if day) if all(both) else None

    def value_on(self, day: date) -> int | None:
        """What it was worth on a day, in pence."""
        if self.value is None:
            return None
        return self.value + sum(one.change for one in self.changes if one.on <= day)

    def ends_on(self, day: date) -> date | None:
        """Its last day as it stood on a day."""
        moved = [one.new_end for one in self.changes if one.on <= day and one.new_end]
        return moved[-1] if moved else self.ends


def begun_on(row: Publishable, day: date) -> date | None:
    """The day from which a contract is published: its award, else its signature by both, else its first day; None to come."""
    first = row.awarded_on or row.signed_on or row.starts
    return first if first and first <= day else None


def decided_on(row: Publishable) -> date | None:
    """The day on which a grant was decided: as recorded, else that on which the office signed."""
    return row.awarded_on or row.office_signed_on


def is_over(row: Publishable, body: Publisher, day: date) -> bool:
    """Whether a contract is worth more than the body's threshold. Specified Information Order 2011: exceeding £10,000."""
    value = row.value_on(day)
    return row.kind in PROCURED and value is not None and value > body.contracts_over


def in_identifier(reference: str) -> str:
    """A reference as a part of an identifier: letters, digits, -, . and _ stand, the rest is percent-encoded."""
    return quote(reference, safe="")
