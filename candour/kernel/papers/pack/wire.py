"""What goes to the child that handles PDFs and what comes back: JSON, and then the files one behind the other."""

import json
from collections.abc import Sequence
from typing import Any

_WIDTH = 8  # bytes of the length of the JSON


def packed(head: dict[str, Any], files: Sequence[bytes]) -> bytes:
    said = json.dumps({**head, "sizes": [len(content) for content in files]}).encode()
    return b"".join((len(said).to_bytes(_WIDTH, "big"), said, *files))


def unpacked(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The inverse of packed."""
    start = _WIDTH + int.from_bytes(data[:_WIDTH], "big")
    head = json.loads(data[_WIDTH:start])
    files = []
    for size in head.pop("sizes"):
        files.append(data[start : start + size])
        start += size
    return head, files
