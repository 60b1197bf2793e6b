"""The counts that a paper states about itself, from its prose. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from candour.kernel.intake.document import Paragraph, Place
from candour.kernel.intake.printed import NUMBER, read_number

_COUNT = re.compile(
    rf"(?<![\w/.,£-])(?P<number>{NUMBER})\s+(?P<words>(?:[\w'’-]+\s+){{0,3}}?(?:risks?|changes?)\b)",
    re.IGNORECASE,
)
_APPENDIX = re.compile(r"\b(appendix|annex|section|schedule)\s+([A-Z0-9]{1,2})\b", re.IGNORECASE)
# "of which two are rated high" counts some of the risks counted before it; "and one has been closed" counts others.
_OF_THESE = re.compile(
    rf"(?:[,;(]?\s*\bof (?:which|these|them),?|,?\s+and)\s+(?P<number>{NUMBER})\s+(?:risks? )?"
    r"(?:are|is|were|was|remain|has|have)\b",
    re.IGNORECASE,
)
_KINDS = (
    ("redacted", r"redact|sensitive|restricted|withheld|exempt"),
    ("downgraded", r"downgrad|de-?\s?escalat|transferred to (?:the )?operational|moved to (?:the )?operational"),
    ("escalated", r"\bescalat"),
    ("changed", r"\bchanges?\b|\bchanged\b|\bincreased in\b|\bmoved\b"),
    ("closed", r"\bclos(?:ed|ure|ing)\b|\barchiv"),
    ("new", r"\bnew(?:ly)?\b"),
)


@dataclass(frozen=True)
class Count:
    """A stated count: kind (live_strategic, high, new ...), number, sentence, and the appendix it points to."""

    kind: str
    number: int
    words: str
    place: Place
    appendix: str = ""


def read_counts(paragraphs: Sequence[Paragraph], bands: Sequence[str]) -> list[Count]:
    """Every count stated in prose, in the order printed. bands: the names of the paper's own bands."""
    found: list[Count] = []
    for block in paragraphs:
        pointed = _APPENDIX.search(block.text)
        appendix = f"{pointed[1].capitalize()} {pointed[2].upper()}" if pointed else ""
        for sentence in re.split(r"(?<=[.;])\s+", block.text):
            hits = list(_COUNT.finditer(sentence))
            ends = [*(hit.start() for hit in hits[1:]), len(sentence)]
            of_these = _OF_THESE.search(sentence) if hits else None
            for hit, end in zip(hits, ends, strict=False):
                end = min(end, of_these.start()) if of_these and of_these.start() > hit.end() else end  # noqa: PLW2901
                number, phrase = read_number(hit["number"]), sentence[hit.start("words") : end]
                kind = _kind(phrase, bands)
                if kind and number is not None:
                    found.append(Count(kind, number, sentence, block.place, appendix))
            if of_these and (kind := _kind(sentence[of_these.end() :], bands)):
                number = read_number(of_these["number"])
                found += [Count(kind, number, sentence, block.place, appendix)] if number is not None else []
    return found


def _kind(phrase: str, bands: Sequence[str]) -> str:
    for kind, pattern in _KINDS:
        if re.search(pattern, phrase, re.IGNORECASE):
            return kind
    for band in bands:
        rated = re.search(rf"(?:rated|graded|scored|assessed)\b.{{0,15}}\b{re.escape(band)}\b", phrase, re.IGNORECASE)
        if rated or re.match(rf"\W*{re.escape(band)}\b", phrase, re.IGNORECASE):
            return band_kind(band)
    if re.search(r"\boperational\b", phrase, re.IGNORECASE):
        return "live_operational"
    if re.search(r"\bstrategic\b", phrase, re.IGNORECASE):
        return "live_strategic"
    return "live" if re.search(r"\blive\b|\bregister\b|\bactive\b|\bopen\b|\bcurrent", phrase, re.IGNORECASE) else ""


def band_kind(band: str) -> str:
    """The key of a band's count: "high", "very_high"."""
    return re.sub(r"\W+", "_", band.strip().casefold())
