"""What running text tells by its look where no style does: headings, numbers typed before a paragraph. Pure."""

import re
from collections.abc import Sequence

from .cells import BULLETS, even
from .marks import Piece, common, words_of

START = "the start of the paper"  # what stands before the first heading stands under this
_NUMBERED = re.compile(r"^\s*(?:(\d{1,3}(?:\.\d{1,3})*)[.)]?[\t\u2003]\s*|(\d{1,3}(?:\.\d{1,3})*)[.)]\s+)(?=\S)")
_NAMED = re.compile(r"^(?:appendix|annex|schedule)\s+[A-Z0-9]{1,3}\b(?!\s+(?:of|to|is|shows|and)\b)", re.IGNORECASE)
# Protective markings stand alone and in capitals, and head nothing.
_MARKING = re.compile(r"^(?:OFFICIAL|DRAFT|RESTRICTED|CONFIDENTIAL|PROTECT|SECRET|NOT PROTECTIVELY MARKED|REDACTED)\b")
_SENTENCE_END = (".", "?", "!", ",", ";")


def typed_number(raw: str, pieces: Sequence[Piece]) -> tuple[str, list[Piece]] | None:
    """("3", the pieces without it) where a number is typed before the words of a paragraph."""
    found = _NUMBERED.match(raw)
    if not found:
        return None
    left, rest = found.end(), []
    for text, marks in pieces:
        if text[left:]:
            rest.append((text[left:], marks))
        left = max(0, left - len(text))
    return found[1] or found[2], rest


def looks_heading(raw: str, pieces: Sequence[Piece]) -> bool:
    """A short line, no sentence, all bold, underlined or in capitals, or called an appendix."""
    words = even(raw)
    if len(words) > 100 or words.endswith(_SENTENCE_END) or "\n" in raw.strip() or words[:1] in BULLETS:
        return False
    if not re.search(r"[^\W\d_]{2}", words) or _MARKING.match(words):
        return False
    strong = {"bold", "underline"} & common(pieces)
    return bool(strong or _NAMED.match(words) or (words.isupper() and len(words) > 4))


def tabbed(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The columns of a paragraph that is laid out with tabs: a short label, then what belongs to it; else nothing."""
    columns: list[list[Piece]] = [[]]
    for text, marks in pieces:
        for n, part in enumerate(re.split(r"\t+", text)):
            if n and words_of(columns[-1]).strip():
                columns.append([])
            if part:
                columns[-1].append((part, marks))
    columns = [column for column in columns if words_of(column).strip()]
    label = words_of(columns[0]).strip() if columns else ""
    return columns if len(columns) > 1 and len(label) <= 60 and "\n" not in label else []
