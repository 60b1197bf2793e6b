"""Headings put together from the words of the trade: "Existing Risk Control Measures", "Date Risk First Identified". Pure.

Asked after the list of whole headings in labels.py. A heading is read where it holds a word that names a field and every other
word is one that goes with it: a single word that is not known leaves it unread, for a person to say.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_ANY = frozenset(
    [
        "the",
        "of",
        "a",
        "an",
        "and",
        "or",
        "for",
        "to",
        "in",
        "on",
        "at",
        "our",
        "this",
        "that",
        "is",
        "are",
        "be",
        "risk",
        "risks",
        "s",
        "corporate",
        "strategic",
        "operational",
        "register",
        "key",
        "any",
        "all",
    ]
)
_LATER = frozenset(
    [
        "further",
        "additional",
        "planned",
        "future",
        "proposed",
        "required",
        "needed",
        "outstanding",
        "new",
        "more",
        "next",
        "improvement",
        "pending",
        "remaining",
        "extra",
        "recommended",
        "upcoming",
        "necessary",
        "agreed",
        "intended",
        "identified",
    ]
)


@dataclass(frozen=True)
class Rule:
    """A field, the words of which a heading needs one, and those that may stand beside them."""

    field: str
    heads: frozenset[str]
    beside: frozenset[str]
    needs: frozenset[str] = frozenset()  # one of these too, where a head alone says too little

    def fits(self, words: frozenset[str]) -> bool:
        told = bool(words & self.heads) and (not self.needs or bool(words & self.needs))
        return told and words <= self.heads | self.beside | _ANY


def _rule(field: str, heads: str, beside: str, needs: str = "") -> Rule:
    return Rule(field, frozenset(heads.split()), frozenset(beside.split()), frozenset(needs.split()))


_DONE = "existing current currently already established implemented operating now present actual"
_MEASURES = (
    "measures measure actions activities activity arrangements factors strategies strategy systems system processes process "
    "procedures policies place internal main primary principal summary list description details detail framework preventive "
    "preventative detective corrective directive recovery reactive proactive mitigating management manage what we how have do "
    "doing can reduce effective"
)
_CONTROL = (
    "control controls controlling mitigation mitigations mitigating mitigants mitigant safeguards safeguard defences defenses "
    "countermeasures barriers treatments protections"
)
_OF_SCORE = (
    "score rating level since last previous period quarter meeting review month report year from prior update position"
)
_WHEN = "date day when first last most recent was were month"
RULES = (
    _rule("reference", "reference ref id urn identifier code", "unique number no item record entry log line system"),
    _rule("first_recorded",
        "raised identified opened added logged created registered recorded entered creation origin inception",
          _WHEN + " originally initially initial start", "date day when on first originally initially month start"),
    _rule("next_review", "next", "review reviewed date due scheduled planned formal when board of assessment update"),
    _rule("last_review", "reviewed assessed updated refreshed", _WHEN + " latest previous"),
    _rule("last_review", "last latest", "review update assessment date score assessed formal when"),
    _rule("direction", "direction trend movement travel trajectory arrow change dot",
        _OF_SCORE + " residual current net rag of indicator"),
    _rule("updates", "update updates progress commentary comment comments narrative position",
          "latest current quarterly monthly owner owners management lead action actions notes note quarter month latest "
          "made since "
          "last review meeting and summary status report recent"),
    _rule("controls", _CONTROL, f"{_MEASURES} {_DONE} already"),
    _rule("controls", "actions measures arrangements",
        f"{_DONE} taken complete completed place mitigate manage to date so far in"),
    _rule("pending_controls", _CONTROL, f"{_MEASURES} {' '.join(_LATER)} plan plans"),
    _rule("pending_controls", "action actions plan plans steps improvements work treatment mitigations",
          f"{' '.join(_LATER)} mitigate mitigating mitigation control controls response reduce manage management treat "
          f"treatment "
          "taken take being address gaps close reach achieve target score level been smart deliver"),
    _rule("owner", "owner owners sponsor accountable accountability ownership sro",
          "senior executive exec officer responsible name title post role position board department departmental "
          "service director "
          "chief lead command thematic portfolio by person individual overall level group area manager job"),
    _rule("lead", "lead leads",
          "senior executive exec officer responsible name title post role position board department departmental "
          "service director chief "
          "command thematic portfolio by person individual overall officers business management delivery manager day"),
    _rule("responsible_officer", "manager handler assigned assignee managed responsible responsibility delegated allocated",
          "senior officer name title post role position by person individual department service to of for managing "
          "holder day team "
          "overall lead manager"),
    _rule("appetite", "appetite tolerance", "level category statement area within our outside set position agreed"),
    _rule("status", "status", "current overall open closed live register workflow approval state"),
    _rule("source", "cause causes trigger triggers driver drivers source sources root vulnerability vulnerabilities",
          "contributory contributing factor factors main possible potential underlying of event hazards what might "
          "would why could happen it"),
    _rule("effect", "effect effects implications implication outcome outcomes",
          "potential possible main likely adverse impact impacts consequence consequences what would could happen then"),
    _rule("summary", "description descriptor statement definition explanation scenario",
          "event detail details full long summary brief and what what might could happen including cause consequence "
          "causes consequences effect impact impacts effects"),
    _rule("title", "title name heading headline", "short brief event category summary and"),
    _rule("category", "category categories theme classification type domain",
          "area family sub group primary main class"),
    _rule("response", "response treatment strategy",
        "option options type approach treat tolerate transfer terminate decision chosen"),
    _rule("proximity", "proximity velocity imminence", "time"),
)  # fmt: skip


# Headings that ask: "How is the risk managed?", "What more needs to be done?".
_ASKED = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("effect", r"what would (?:then )?(?:happen|follow|it mean|this mean).*"),
        (
            "pending_controls",
            r"what (?:else|more|next|further)\b.*|what .*\b(?:more|else|further|next|will|need|plan\w*|should|must)\b.*",
        ),
        (
            "controls",
            r"how .*\b(?:manag|control|mitigat|treat|reduc|address)\w*.*|what .*\b(?:in place|doing|done|"
            r"already|currently)\b.*",
        ),
        ("owner", r"wh(?:o|ose) .*\b(?:own|responsib|account|lead|manag)\w*.*"),
        ("effect", r"what .*\b(?:impact|effect|consequence|result)s?\b.*|so what|why (?:it|does it) matters?"),
        ("source", r"(?:why|what) .*\b(?:cause|lead to|trigger)\w*.*|why (?:might|could|would|it might|it could) .*"),
        ("summary", r"what (?:could|might|can|may) (?:go wrong|happen).*"),
        ("updates", r"what (?:has|have) .*\b(?:chang|happen)\w*.*"),
        ("next_review", r"when .*\breview\w*.*"),
    )
)


def composed(words: Sequence[str]) -> str | None:
    """The field that the words of a heading come to; None where a word is not known, or they come to nothing."""
    if not 1 < len(words) <= 9:
        return None
    if words[0].isdigit() or sum(map(str.isdigit, words)) > 1:
        return None  # a day with words beside it is no heading
    if words[0] in ("how", "what", "who", "whose", "why", "when", "so"):
        text = " ".join(words)
        return next((name for name, pattern in _ASKED if pattern.fullmatch(text)), None)
    said = frozenset(word for word in words if not word.isdigit())
    later = bool(said & _LATER)
    for rule in RULES:
        if rule.fits(said) and not (rule.field == "controls" and later):
            return rule.field
    return None
