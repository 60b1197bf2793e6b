"""Who answers for a recommendation, as printed: posts, names, and the days between them. Pure."""

import re
from typing import TypedDict

from .days import due_days, without
from .posts import is_of_posts, posts_of

_RANK = (
    r"(?:(?:T/|A/)?(?:D/?|Det\.? )?(?:C/?Supt|Ch Supt|Supt|C/?Insp|Ch Insp|Insp|Sgt|PS|PC|CI|DCI|DI|DS|DC|"
    r"Superintendent|"
    r"Inspector|Sergeant)|Mrs?|Ms|Dr|Miss)"
)
_ROLE = re.compile(
    r"\b(?:interim|acting|temporary|deputy|assistant|chief|head|director|manager|officer|lead|leader|strategic|"
    r"senior|snr|principal|financial?|business|commissioning|consultant|project|programme|policy|human|evidence|"
    r"estates|fleet|HR|IT|"
    r"ACO|ACC|DCC|CC|CFO|PCC|OPCC|executive|coordinator|administrator|administration|analyst|accountant|advis[eo]r|"
    r"partner|"
    r"treasurer|solicitor|secretary|clerk|governance|risk|security|department|team|owner|"
    r"(?:inspector|engineer|surveyor|supervisor|controller|registrar|technician|specialist|auditor)(?!\s+\w))\b",
    re.IGNORECASE,
)
_TITLED = re.compile(r"^[A-Z][\w’'&-]*(?:\s+(?:and|of|the|for|&|[A-Z][\w’'-]*)){0,5}$")
_WORD = r"(?:[A-Z][\w’'-]+|[A-Z]\.?)"  # a name, or an initial of one
_NAME = re.compile(rf"^(?:{_RANK}\s+)?{_WORD}(?:\s+{_WORD}){{0,3}}\s+[A-Z][\w’'-]+$")
# What says when, or how far it is, beside the people.
_BESIDE = re.compile(
    r"\[[^\]]*\]|\b(?:revised?(?: target)?(?: date)?(?: to)?|"
    r"target(?: date)?(?: change[ds]?)?(?: for completion)?(?: is)?(?: the)?(?: to)?|"
    r"implemented(?: by)?|completed?(?: by)?|ongoing|on-going|immediate(?:ly)?|hopefully|within [\w ]{1,20} months|"
    r"end of|by end|not applicable|n/a|TBC|TBA|circa|to be (?:ready|confirmed|agreed)[^–-]*)\b",
    re.IGNORECASE,
)
_POST = r"(?:Advis[eo]r|Manager|Officer|Lead|Leader|Head|Director|Team|Analyst|Coordinator|Partner|Executive|Inspector)"
_APART = re.compile(
    rf"\s*[|;]\s*|\s+/\s+|(?<=\))(?=[A-Z])|\s+(?:and|&)\s+(?={_RANK}\s+[A-Z])|\s+(?:and|"
    rf"&)\s+(?=[A-Z][\w'’-]+\s+(?!{_POST}\b)[A-Z][\w'’-]+\s+[–-]\s)"
    rf"|(?<=[a-z])\s+(?=(?:Det\s)?{_RANK}\s+[A-Z][a-z]+\s+[A-Z][a-z])|"
    rf"(?<=[A-Z]{{3}})\s+(?=(?:Det\s)?{_RANK}\s+[A-Z][a-z]+\s+[A-Z][a-z])"
)

_SIGNS = " .,:;–—-\t"


class Owner(TypedDict):
    role: str
    name: str


def owners_of(text: str) -> list[Owner]:
    """Each post and person of a text like "J Bloggs - Head of Stores / Director of People", days and states left out."""
    rest = _BESIDE.sub(" | ", without(text, due_days(text)))
    found: list[Owner] = []
    for piece in _APART.split(rest):
        words = piece.strip(_SIGNS)
        if words and re.search(r"[A-Za-z]{2}", words) and len(words) <= 120:
            found += [owner for owner in _owners(words) if owner not in found]
    return found


def _owners(words: str) -> list[Owner]:
    """The person at a post, or each post that the words join."""
    owner = _owner(words)
    if owner is None or owner["name"]:
        return [owner] if owner else []
    return [one for part in posts_of(words) if (one := _owner(part))] or [owner]


def signed_by(text: str) -> list[Owner]:
    """Who a paragraph ends with after a dash, where that is a person at a post: "... is done - J Bloggs Head of Stores"."""
    tail = re.split(r"\s[–-]\s|^[–-]\s", text.strip().rstrip("."))
    for words in (" – ".join(tail[-2:]), tail[-1]) if len(tail) > 1 else ():
        owner = _owner(without(words, due_days(words)).replace("|", " ").strip(" ,"))
        if len(words) <= 90 and owner and owner["name"] and (owner["role"] or re.match(_RANK, owner["name"])):
            return [owner]
    return []


def _owner(words: str) -> Owner | None:
    """A person and a post in whichever form they are printed; a post alone, a person alone."""
    if owner := _parted(words):
        return owner
    if _is_name(words):
        return Owner(role="", name=words)
    hit = _ROLE.search(words)
    role = words[hit.start() :].strip() if hit else ""
    if hit and _NAME.match(before := words[: hit.start()].strip(" ,–-")) and not is_of_posts(before, role):
        return Owner(role=role, name=before)
    post = hit or (is_of_posts(words) and _TITLED.match(words))
    return Owner(role=words, name="") if post and words[:1].isupper() and len(words) <= 90 else None


def _parted(words: str) -> Owner | None:
    """ "J Bloggs - Head of Stores", "Head of Stores, J Bloggs", "J Bloggs (Head of Stores)", "ACO HR Jo Bloggs"."""
    found = re.match(r"^(.+?)\s*(?:\s[–-]\s?|\s?[–-]\s|,\s+)(.+)$", words)
    if found and (pair := _pair(found[1].strip(), found[2].strip())):
        return pair
    found = re.match(r"^(.+?)\s*\(([^()]+)\)$", words)
    if found and _is_name(found[1]) and not _is_name(found[2]):
        return Owner(role=found[2].strip(), name=found[1].strip())
    if found and _is_name(found[2]) and _ROLE.search(found[1]):
        return Owner(role=found[1].strip(), name=found[2].strip())
    found = re.match(r"^((?:[A-Z]{2,5}\s+)+)([A-Z][a-z'’-]+\s+[A-Z][\w'’-]+)$", words)
    return (
        Owner(role=found[1].strip(), name=found[2])
        if found and not _ROLE.search(found[2]) and not is_of_posts(found[2]) and not _is_name(words)
        else None
    )


def _pair(left: str, right: str) -> Owner | None:
    """A person and a post either way round."""
    if _is_name(left) and not _is_name(right):
        return Owner(role=right, name=left)
    named = _ROLE.search(left) and _is_name(right) and not is_of_posts("", left)
    return Owner(role=left, name=right) if named else None


def _is_name(words: str) -> bool:
    plain = re.sub(rf"^{_RANK}\s+", "", words)
    return bool(_NAME.match(words)) and not _ROLE.search(plain) and not is_of_posts(plain)
