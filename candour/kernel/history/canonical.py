"""What is hashed (pure): one text for one value, and commitments that let a word be removed without breaking a chain.

Canonical text is JSON with sorted keys, no spaces, no floats, dates as ISO and times as UTC with microseconds.
A commitment is the SHA-256 of a random salt followed by the word; whoever holds neither can learn nothing from it.
"""

import hashlib
import json
import secrets
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

COMMIT = "commit"
EXACT = frozenset({str, int, bool, type(None)})  # values that are their own canonical value
SALT_LENGTH = 32  # hexadecimal characters
decode = json.JSONDecoder().raw_decode
encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


def plain(value: Any) -> Any:
    """A value as JSON can hold it exactly.

    Raises TypeError for a float, which has no one text, and ValueError for a time without its zone, which is no one moment.
    """
    if type(value) in EXACT:
        return value
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("a time without its zone has no canonical text")
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, (date, time, Decimal)):
        return str(value)  # of a day or time, as ISO writes it
    if isinstance(value, float):
        raise TypeError("a float has no canonical text; store a whole number or a Decimal")
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def canonical(value: Any) -> str:
    """The one text of a value made of dicts, lists, strings, whole numbers, booleans, None, dates and times."""
    return encode(plain(value))


def parse(text: str) -> Any:
    """The value of a canonical text; quicker than json.loads. Raises ValueError where there is more or less than one value."""
    value, end = decode(text)
    if end != len(text):
        raise ValueError("more follows than one value")
    return value


def spoken(words: str) -> dict[str, str]:
    """The salted words beside a text, by their place in it, from how they are kept."""
    return parse(words) if len(words) > len("{}") else {}


def digest(text: str) -> str:
    """SHA-256 of a text, 64 hexadecimal characters."""
    return hashlib.sha256(text.encode()).hexdigest()


def snapshot_digest(model: str, key: int, effective: date | str, facts: str) -> str:
    """What an entry's canonical text says of one of its snapshots: where it belongs, from when (ISO), and what it holds."""
    return digest(f"{model}|{key}|{effective}|{facts}")


def seal_start(previous_root: str, sealed_at: datetime) -> str:
    """What a seal's root is begun with, before the hashes of its entries: the root before it and when it was made."""
    return f"{previous_root}|{plain(sealed_at)}|"


def seal_word(word: str) -> tuple[dict[str, str], str]:
    """(what the canonical text holds, what is kept beside it): a commitment, and the salt followed by the word."""
    salted = secrets.token_hex(SALT_LENGTH // 2) + word
    return {COMMIT: digest(salted)}, salted


def open_word(salted: str) -> str:
    """The word of a salted word."""
    return salted[SALT_LENGTH:]


def is_commitment(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {COMMIT}
