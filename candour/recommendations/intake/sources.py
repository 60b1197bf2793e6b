"""Who made a recommendation, from the words of a cell or a heading. Pure."""

import re

# The values are those of models.Source; the first form that is found counts.
_FORMS = (
    ("cause of concern", r"\bcauses? (?:of|for) concern\b|\bcoc\b"),
    ("afi", r"\bareas? (?:for|of) improvement\b|\bafis?\b"),
    ("inspection", r"\bhmicfrs\b|\bhmic\b|\binspectorate\b|\bhis majesty[’']?s inspector"),
    ("ico", r"\binformation commissioner|\bico\b"),
    ("peer review", r"\bpeer\b"),
    ("external audit", r"\bexternal audit(?:or)?s?\b"),
    ("internal audit", r"\binternal audit(?:or)?s?\b|\bia\b"),
)
_GENERAL = r"(?:report|recommendation|inspection|review|audit|office|force|constabulary|national|annual)s?\b"
_INSPECTED = re.compile(r"^\W*recommendations?\W*$", re.IGNORECASE)


def source_of(words: str) -> str | None:
    """cause of concern, afi, inspection, ico, peer review, external audit, internal audit; None where none is named."""
    if len(words) > 90:
        return None
    if found := next((name for name, form in _FORMS if re.search(form, words, re.IGNORECASE)), None):
        return found
    return None


def says_more(words: str) -> bool:
    """Whether words that name a source name a report too: "Internal Audit - Procurement 2024/25"."""
    rest = re.sub("|".join(form for _name, form in _FORMS), " ", words, flags=re.IGNORECASE)
    return bool(re.search(rf"\b(?!{_GENERAL})[a-z]{{4,}}", rest, re.IGNORECASE))


def within_inspection(words: str, around: str | None) -> str | None:
    """The same of a cell that says only "Recommendation", beside causes of concern and areas for improvement."""
    if _INSPECTED.match(words) and around in ("cause of concern", "afi", "inspection"):
        return "inspection"
    return source_of(words)
