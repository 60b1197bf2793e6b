"""Reads registers of contracts, lists of grants and files of spend into proposed records and findings. Pure; saves nothing.

By what their headings are called, wherever those stand; two rows of headings are joined. What belongs to no row is told in meta
or set aside, never dropped. A paper of prose that is about contracts gives no row and says so.
"""

import re
from collections.abc import Callable, Mapping

from candour.commissioning.intake.cards import registered
from candour.commissioning.intake.checks import findings_of
from candour.commissioning.intake.columns import headings_at, is_header
from candour.commissioning.intake.names import Family
from candour.commissioning.intake.paper import meta_of, read_paper
from candour.commissioning.intake.table import head_of
from candour.kernel.intake.document import Document, Reading
from candour.kernel.intake.lines import lines_of
from candour.kernel.intake.mapping import Told
from candour.kernel.intake.tidy import tidy

KINDS = {"contracts": "Register of contracts", "grants": "List of grants", "spend": "File of spend"}
_GRANTS = re.compile(r"\bgrants?\b|\brecipients?\b|\bgrantees?\b|\bawarded\b", re.IGNORECASE)
_CONTRACTS = re.compile(
    r"\bcontracts?\b|\bcontractors?\b|\bprocurement\b|\bsuppliers?\b|\btenders?\b|\bagreements?\b", re.IGNORECASE
)
_ABOUT = re.compile(
    r"\bcommissioned services\b|\bcontracts? register\b|\bregister of (?:contracts|agreements)\b"
    r"|\bgrants? (?:register|list|awarded)\b"
    r"|\bcommissioning (?:report|register)\b|\bspend(?:ing)? over\b",
    re.IGNORECASE,
)
Propose = Callable[[Document, Mapping[str, str] | None, Told | None], Reading]


def proposes(kind: str) -> Propose:
    """The reader of a kind: contracts, grants or spend."""

    def propose(document: Document, source: Mapping[str, str] | None = None, told: Told | None = None) -> Reading:
        paper = read_paper(tidy(document), kind, told)
        records = [one.record for one in paper.found]
        findings = findings_of(paper, document.name)
        return Reading(kind, dict(source or document.source), meta_of(paper), records, paper.register.aside, findings)

    return propose


def recognises(kind: str) -> Callable[[Document], float]:
    """How much a document looks like a kind: 0 not at all, 1 for sure."""

    def sure(document: Document) -> float:
        if _spends(document):
            return 0.9 if kind == "spend" else 0.0
        labels = _family_of(document, "register") or _family_of(registered(document), "register")
        if not labels:
            rows = any(row.width > 2 for table in document.tables for row in table.rows)
            prose = kind == "contracts" and not rows and bool(_ABOUT.search(_top(document)))
            return 0.55 if prose else 0.0
        if kind == "spend":
            return 0.0
        grants = len(_GRANTS.findall(labels)) + 2 * len(re.findall(r"\bgrants?\b", _top(document), re.IGNORECASE))
        contracts = len(_CONTRACTS.findall(labels)) + 2 * len(re.findall(r"\bcontracts?\b", _top(document), re.I))
        return 0.85 if (kind == "grants") == (grants > contracts) else 0.6

    return sure


_TERM = re.compile(r"\b(?:end|ends|expiry|expires|term|period|contract (?:title|name|ref\w*))\b", re.IGNORECASE)
_PAYMENT = re.compile(
    r"\b(?:transaction|trans|txn|invoice|voucher|doc(?:ument)?|payment|posting|clearing|journal|ledger|paid|vat)\b",
    re.IGNORECASE,
)


def _spends(document: Document) -> bool:
    """Whether a document is a file of spend: by headings that are known for one, else where it tells of payments and
    no term."""
    labels = _family_of(document, "spend")
    if is_header(labels.split(" | "), "spend"):
        return not _family_of(document, "register", strict=True)
    as_register = _family_of(document, "register")
    return bool(labels) and (not as_register or (bool(_PAYMENT.search(labels)) and not _TERM.search(as_register)))


def _family_of(document: Document, family: Family, *, strict: bool = False) -> str:
    """The headings of the first table that is of a family; "" for none. strict: one with a term or a title of its own."""
    for table in document.tables:
        head = head_of(table, family)
        if head is None:
            continue
        found = headings_at(table, head, family)
        labels = " | ".join(found[0]) if found else ""
        if not strict or re.search(r"\b(?:start|end|expiry|term|contract title|grant title)\b", labels, re.IGNORECASE):
            return labels
    return ""


def _top(document: Document) -> str:
    """The first lines of a document and its name."""
    lines = [line.words for line in lines_of(document)[:12]]
    return " | ".join([*lines, re.sub(r"[-_.]", " ", document.name)])
