"""How agreements are called and numbered, and the numbers of charities and companies. See docs/rules/agreements.md."""

import re
from collections.abc import Collection, Mapping
from itertools import count

KINDS: Mapping[str, str] = {
    "contract": "Contract",
    "grant": "Grant",
    "partnership": "Partnership agreement",
    "joint": "Joint working agreement",
    "service": "Service level agreement",
}
YEAR = re.compile(r"^(\d{4})/(\d{2})$")
CODE = re.compile(r"^[A-Z][A-Z0-9]{0,7}$")
SHORT = re.compile(r"\b[A-Z]{2,}[A-Z0-9]*\b")
# Charity Commission for England and Wales: six or seven digits, "-1" for a linked charity; OSCR: SC and six digits;
# Charity Commission for Northern Ireland: NIC and six digits. None has a check digit.
CHARITY = re.compile(r"^([1-9]\d{5,6}(-\d{1,3})?|SC0\d{5}|NIC\d{6})$")
# Companies House: eight digits, or a prefix of the kind or nation (OC, SC, NI, CE ...) and six.
COMPANY = re.compile(
    r"^(\d{8}|(?:AC|CE|CS|FC|GE|IP|LP|NA|NC|NI|NL|NO|NP|NV|NZ|OC|OE|R0|RC|RS|SA|SC|SF|SG|SI|SL|SO|SP|SR|SZ|ZC)\d{6})$"
)


def standard_title(service: str, area: str, provider: str, year: str) -> str:
    """Advocacy for victims, Mereford, Northgate Support, 2025/26: the same parts in the same order, whoever writes it."""
    parts = (" ".join(part.split()) for part in (service, area, provider, year))
    return ", ".join(part for part in parts if part)


def shortened(text: str) -> str:
    """The first abbreviation in a text, "" where there is none: such titles were near impossible to find again."""
    found = SHORT.search(text)
    return found[0] if found else ""


def reference(code: str, year: str, taken: Collection[str]) -> str:
    """The next free reference of a stream in a year: VS-2025-04. A new year has numbers of its own."""
    start = f"{code}-{year[:4]}-"
    return next(name for number in count(1) if (name := f"{start}{number:02}") not in taken)


def year_ok(year: str) -> bool:
    """Whether a text is a financial year as it is written: 2025/26."""
    found = YEAR.match(year)
    return bool(found and (int(found[1]) + 1) % 100 == int(found[2]))


def charity_number(text: str) -> str:
    """The number without spaces, in capitals; "" for none. Raises ValueError for what no regulator gives."""
    plain = "".join(text.split()).upper()
    if plain and not CHARITY.match(plain):
        raise ValueError("Enter a charity number: 6 or 7 digits, or SC or NIC and 6 digits")
    return plain


def company_number(text: str) -> str:
    """The number as Companies House prints it, with its leading noughts; "" for none. Raises ValueError for no number."""
    plain = "".join(text.split()).upper()
    if plain.isascii() and plain.isdigit() and len(plain) in (6, 7):
        plain = plain.zfill(8)  # written without its noughts
    if plain and not COMPANY.match(plain):
        raise ValueError("Enter a company number: 8 digits, or 2 letters and 6 digits")
    return plain
