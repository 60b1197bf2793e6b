"""Cause, event and effect where one cell tells them behind labels: "Loss of power. Cause: ... Effect: ...". Pure."""

import re

from .labels import field_of

_LABEL = re.compile(
    r"(?:^|(?<=[\s.;]))(?P<label>(?:Risk |Root |Potential |Possible )?(?:Causes?|Sources?|Events?|Effects?|Consequences?|"
    r"Impacts?|Drivers?|Triggers?|Risk|Threat|Vulnerability|Outcome)|Caused by|Resulting in|Leading to|Due to|As a result of)"
    r"\s*(?:\([a-z]\))?\s*[:–]\s+",
)
_FIELDS = {"impact": "effect", "impacts": "effect", "potential impact": "effect", "risk": "event", "event": "event"}


def parts_told(text: str) -> dict[str, str]:
    """ "source", "effect" and "event" (what stands before the first label, or behind one of its own); empty without two."""
    found = list(_LABEL.finditer(text))
    if not found:
        return {}
    parts: dict[str, str] = {}
    if first := text[: found[0].start()].strip(" .;\n"):
        parts["event"] = first
    ends = [*(one.start() for one in found[1:]), len(text)]
    for one, end in zip(found, ends, strict=True):
        label = " ".join(one["label"].casefold().split())
        name = _FIELDS.get(label) or _FIELDS.get(label.rstrip("s")) or field_of(label)
        name = "event" if name in ("summary", "title") else "effect" if name == "impact" else name
        told = text[one.end() : end].strip(" ;\n").removesuffix(".") if end < len(text) else text[one.end() :].strip()
        if name not in ("source", "effect", "event") or not told or name in parts:
            return {}
        parts[name] = told
    return parts if len(parts) > 1 else {}
