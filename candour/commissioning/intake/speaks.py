"""What the words of a heading speak for where it is not known as a whole, if its column holds such a thing. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from candour.commissioning.intake.days import read_day
from candour.kernel.intake.amounts import read_amount
from candour.kernel.intake.printed import blank

_PAID = (
    r"\bsuppliers?\b|\bcontractors?\b|\bproviders?\b|\bvendors?\b|\brecipients?\b|\bgrantees?\b|\bpayees?\b|\bawarded to\b|"
    r"\b(?:funded|successful|receiving|recipient|voluntary|supported|grantee) (?:organisations?|bod(?:y|ies)|"
    r"groups?|charit(?:y|ies)|"
    r"projects? name)\b|\bbeneficiar|\bcreditors?\b|\bmerchants?\b|\bpaid to\b|\bsuccessful (?:bidder|tenderer|applicant)"
)
_MONEY = (
    r"\bvalue\b|\bsum\b|\bamount\b|\bcosts?\b|\bprice\b|\bspend\b|\btotal\b|\baward(?:ed)?\b|\bfunding\b|\bfunded\b|\bgrant\b|"
    r"\bpayment\b|\bgbp\b|\bnet\b|\bgross\b"
)
# By the first form that a heading holds.
_REGISTER = (
    ("supplier_number", rf"(?:{_PAID}).*\b(?:id|number|no|ref|code)$|\b(?:vat|duns|ukprn|companies house|"
                        rf"charity)\b.*\b(?:no|number)"),
    ("title", r"^what\b.*\bfor$"),
    ("contact", r"\b(?:contract|grant|agreement|project|commissioning|lead|responsible|council|force|category|contact|"
                r"commercial|business|service|delivery|procurement)\b.*"
                r"\b(?:manager|officer|owner|lead|contact|person)\b|\bcontact\b|"
                r"\b(?:managed|led|owned) by\b"),
    ("supplier", _PAID),
    ("maximum_end", r"\b(?:max(?:imum)?|latest|extended|extensions?|final|ultimate)\b.*\b(?:end|expiry|expires|finish|date)\b|"
                    r"\b(?:end|expiry) date\b.*\bextension|\bextendable (?:to|until)\b|\bextension (?:to|until|end)\b|"
                    r"\boptions?\b.*\bextend(?:ed)? (?:to|until)\b"),
    ("notice", r"\bnotice\b"),
    ("signed", r"\bsign(?:ed|ature)\b"),
    ("date", r"\b(?:award|decision|approval|approved|decided)\b.*\b(?:date|on)\b|\bdate\b.*\b(?:award|approv|decid|decision)"),
    ("start", r"\b(?:start|commenc\w*|begin\w*|effective|from)\b"),
    ("end", r"\b(?:end|ends|ending|expiry|expires|expiration|finish\w*|completion|until)\b"),
    ("value_a_year", rf"\b(?:annual|annually|per annum|yearly|pa|per year|each year)\b.*(?:{_MONEY})|"
                     rf"(?:{_MONEY}).*\b(?:annual|per annum|"
                     r"yearly|pa|per year|a year)\b"),
    ("value", _MONEY),
    ("period", r"\b(?:term|period|duration|length)\b"),
    ("reference", r"\b(?:ref|reference|number|no|id|identifier)$|^(?:contract|agreement|grant|award|project)\b.*\bcode$"),
    ("procedure", r"\b(?:procurement|tender\w*|award|purchas\w*)\b.*\b(?:route|process|procedure|method|type|used|exercise)\b|"
                  r"\broute to market\b|\bprocess used\b|\bhow (?:let|procured|bought)\b"),
    ("status", r"\b(?:status|state)\b"),
    ("stream", r"\b(?:fund|funder|stream|scheme|programme|pot)\b"),
    ("kind", r"\btype\b|\bkind\b|\bcategory\b"),
    ("area", r"\b(?:area|district|location|locality|region|ward|borough)\b"),
    ("title", r"\bfunded to\b|\b(?:title|name|description|services?|goods|works|projects?|purpose|subject|activity|"
              r"details|scope)\b"),
)  # fmt: skip
_SPEND = (
    ("supplier_number", rf"(?:{_PAID}).*\b(?:id|number|no|ref|code)$|\bvat\b.*\b(?:no|number|registration)"),
    ("number", r"\b(?:transaction|trans|txn|invoice|document|doc|voucher|payment|journal|cheque|bacs|posting|batch|"
               r"order|reference|"
               r"line)\b.*\b(?:no|num|number|ref|reference|id)\b|\b(?:transaction|invoice|voucher|document|payment) "
               r"?(?:id|no|ref)?$|"
               r"\btransno\b|\binvno\b"),
    ("date", r"\bdate\b|\bpaid on\b|\bposted\b"),
    ("supplier", _PAID),
    ("amount", _MONEY),
    ("purpose", r"\b(?:account|expense|expenditure|spend|subjective|nominal|ledger|detail|product|commodity|"
                r"merchant)\b.*\b(?:desc\w*|"
                r"description|type|category|name|text|code|area)\b|\b(?:description|narrative|purpose|category|details?|procl\w*)\b"),
    ("stream", r"\b(?:cost ?cent(?:re|er)|department|dept|directorate|service|division|business unit|portfolio|fund)\b"),
)  # fmt: skip
_FORMS = {
    family: tuple((field, re.compile(form)) for field, form in forms)
    for family, forms in (("register", _REGISTER), ("spend", _SPEND))
}
# No heading of who is paid, for what or how much: taxes, counts, yes and no.
_NEVER = re.compile(
    r"\birrecoverable\b|\bvat\b.*\brecover|^is\b|\bwhether\b|\bsme\b|\bvcse\b|\breview\b|\bcpv\b|\bpostcode\b|\baddress\b|\bemail\b|"
    r"\btelephone\b|\bnumber of\b|\bno of\b|\bapplied\b|\brequested\b|\bremaining\b|\bbudget\b|\ballocation\b|\bpost code\b"
)
_SHORT = {
    "mgr": "manager", "mngr": "manager", "off": "officer", "desc": "description", "descr": "description", "amt": "amount",
    "val": "value", "dept": "department", "org": "organisation", "proj": "project", "supp": "supplier", "num": "number",
    "contr": "contract", "cont": "contract", "yr": "year", "dte": "date", "resp": "responsible", "exp": "expiry",
}  # fmt: skip
_MOST = 14  # words of a heading by a transparency code


@lru_cache(maxsize=4096)
def spoken_of(heading: str, family: str) -> tuple[str, ...]:
    """The fields that the words of a heading speak for, the likeliest first; none for a sentence."""
    plain = re.sub(r"\([^)]*\)", " ", heading.casefold().replace("’", "").replace("'", "").replace("£", " gbp "))
    words = " ".join(_SHORT.get(word, word) for word in re.findall(r"[a-z0-9]+", plain))
    if not words or len(words.split()) > _MOST or _NEVER.search(words):
        return ()
    return tuple(field for field, form in _FORMS[family] if form.search(words))


def holds(fields: Sequence[str], held: Sequence[str]) -> str | None:
    """The first of the fields of which most cells of the column hold such a thing; None where there is none, or nothing is
    held."""
    cells = [text for text in held if not blank(text)]
    return next((field for field in fields if cells and _held(field, cells)), None)


def _held(field: str, cells: Sequence[str]) -> bool:
    test = _HELD.get(field)
    return test is None or sum(map(test, cells)) * 5 >= len(cells) * 4


def _day(text: str) -> bool:
    return read_day(text).day is not None or bool(re.search(r"rolling|ongoing|open ended|tbc", text, re.IGNORECASE))


def _amount(text: str) -> bool:
    if re.match(r"(?!GBP)[A-Z]{2,}[-/ ]?\d", text):  # a sign such as CSF-101
        return False
    amount = read_amount(text)
    return bool(re.search(r"\d", text)) and not _day(text) and (amount.pence is not None or bool(amount.unclear))


def _words(text: str) -> bool:
    return bool(re.search(r"[A-Za-z]{2}", text))


def _sign(text: str) -> bool:
    return bool(re.search(r"\d", text)) and len(text) <= 30 and len(text.split()) <= 3


_HELD: Mapping[str, Callable[[str], bool]] = {
    **dict.fromkeys(("start", "end", "maximum_end", "date", "signed", "notice"), _day),
    **dict.fromkeys(("value", "value_a_year", "amount"), _amount),
    **dict.fromkeys(
        ("supplier", "title", "contact", "purpose", "stream", "area", "kind", "procedure", "status"), _words
    ),
    **dict.fromkeys(("reference", "number", "supplier_number"), _sign),
}
