"""What the lines of a recommendation's story begin: an update, an answer, an owner, a target. By forms of words. Pure."""

import re
from dataclasses import dataclass

from candour.audits.intake.words import PRIORITY_WORDS

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
PERIOD = (
    rf"20\d\d-\d\d-\d\d|(?:\d{{1,2}}(?:st|nd|rd|th)?[\s-]+)?{_MONTH}\b\.?\s*(?:[-’']?20\d\d|[-’']?\d\d(?!\d))?|{_MONTH}20\d\d|"
    r"\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}\.\d{1,2}\.\d{2,4}|"
    r"q(?:tr|uarter)?\s?[1-4][\s,(–-]{1,3}(?:20)?\d\d(?:\s?[/-]\s?(?:20)?\d\d)?|20\d\d\s?[/-]\s?\d\d\s+q[1-4]"
)
_FLAGS = re.IGNORECASE
# The line that says how grave a recommendation is opens its text: "Medium Priority Recommendation: ..."
ANCHOR = re.compile(
    rf"^(?P<word>{PRIORITY_WORDS})(?:\s+priority)?\s+recommendations?\b\s*(?P<number>\d{{1,2}}(?!\d))?\s*(?:[:–-]\s*(?P<rest>.*)|$)",
    _FLAGS,
)
ANCHOR_LABEL = re.compile(
    rf"^(?:priority|grade|grading|risk rating)\s*[:–-]\s*(?P<word>{PRIORITY_WORDS})\b[^:]{{0,20}}$", _FLAGS
)
HEADING = re.compile(r"^(?P<reference>[A-Z]{0,6}[-/ ]?\d{1,3}(?:\.\d{1,2}){0,3})(?:[.:)]\s*|\s+)(?P<title>[^\W\d].*)$")
_UPDATES = (
    re.compile(
        rf"^(?:progress\s+|latest\s+)?updates?\s*(?:as at|for|in|of|"
        rf"[:–-])?\s*(?P<period>{PERIOD})\s*(?:[:–-]+\s*)?(?P<rest>.*)$",
        _FLAGS,
    ),
    re.compile(rf"^(?P<period>{PERIOD})\s+(?:progress\s+)?update\s*(?:[:–-]+\s*|$)(?P<rest>.*)$", _FLAGS),
    re.compile(r"^(?:progress\s+|latest\s+)?updates?(?P<period>)\s*:\s*(?P<rest>.*)$", _FLAGS),
)
_HISTORY = re.compile(
    r"^(?P<label>(?:[\w ]{1,25}\s[–-]\s|historical\s+)?(?:achievements?|summary of progress|"
    r"progress)\b[^:?]{0,110}):\s*(?P<rest>.*)$",
    _FLAGS,
)
_QUESTIONS = (
    (
        "achieved",
        r"(?:what (?:has|have) been (?:achieved|completed|done)|achievements? to date|achieved)\b[^?:]{0,60}[?:]+",
    ),
    (
        "left",
        r"(?:what(?:,? if anything,?)? (?:is|remains|has)(?: still)? (?:left )?to (?:be )?(?:complete|do|done|"
        r"completed)|what is left|"
        r"remaining to complete|outstanding (?:actions?|work)|work (?:left|outstanding|remaining)|left to (?:do|"
        r"complete))\b[^?:]{0,50}[?:]+",
    ),
    ("milestones", r"(?:milestones\b[^:?]{0,30}|timeline for completion)\s*[:?–-]*"),
    ("barriers", r"(?:any |what )?(?:are the )?barriers(?: to completion)?\b[^?:]{0,90}[?:]+"),
    ("proposed_text", r"is (?:the|this) recommendation\s+[‘'“\"]?proposed (?:closed|for closure)[’'”\"]?\s*\?+"),
)
QUESTIONS = tuple((name, re.compile(rf"^{pattern}\s*(?P<rest>.*)$", _FLAGS)) for name, pattern in _QUESTIONS)
# The form's own words after its last question; what is answered stands before or behind them.
PROMPT = re.compile(
    r"if (?:so|yes),?\s+please provide(?:.*?(?:to )?support closure(?! i\.e)\W|.*?has been met\W|[^.?]*[.?]|.*$)\s*",
    _FLAGS,
)
_OTHERS = (
    ("response", r"(?:initial\s+)?management(?:['’]s)?\s+(?:response|comments?|action)s?\s*[:–-]*|response\s*[:–]"),
    (
        "owner",
        r"(?:responsible (?:person|officer|owner|manager|lead|party|individual|post)s?|responsibility(?: ?/ "
        r"?timescale)?|"
        r"(?:action |business |lead |recommendation )?owners?|lead officer|lead|assigned to)\s*[:–]",
    ),
    (
        "target",
        r"(?:(?:original |revised |current |agreed |new )?target(?: (?:completion|implementation))?(?: dates?)?|"
        r"timescales?|due date|"
        r"implementation date|deadline|completion date)\s*[:–-]",
    ),
)
OTHERS = tuple((name, re.compile(rf"^(?P<label>{pattern})\s*(?P<rest>.*)$", _FLAGS)) for name, pattern in _OTHERS)
CLOSED_MARK = re.compile(
    r"^\W*(?:now\s+|completed?\s+(?:and\s+)?)?propos(?:ed|al)\s+(?:for\s+closure|closed|to\s+close)\W*$", _FLAGS
)
VERDICT = re.compile(
    r"^\W*(?:(?:partly|partially|not|fully)\s+)?implemented\W*$|^\W*superseded\W*$|^\W*(?:risk|not) accepted\W*$",
    _FLAGS,
)
REPEAT = re.compile(
    r"\b(?:repeat(?:ed|s)?|revisit(?:ed)?|carried forward)\b[^.]{0,40}\brecommendations?\b|\brepeat rec\b", _FLAGS
)
END = re.compile(r"^\W*end(?: of (?:the )?(?:report|document|table|tracker|appendix|recommendations))?\W*$", _FLAGS)


# Where lines of a cell were run together, a label in the middle of one begins the next.
_RUN_ON = re.compile(
    rf"(?<=[\w.,;:)’'?])(?<!Initial)\s+(?=(?:(?:Initial )?Management Response|Target Date|Responsible (?:Person|Officer|Owner)|"
    rf"(?:Update|UPDATE)\s+(?i:{PERIOD})\s*):|(?:What (?:has|have) been (?:achieved|completed)|"
    r"What is left to (?:complete|do)|"
    r"Any barriers to completion|Is (?:the|this) recommendation .{0,3}proposed closed.{0,2})\s?\?|PROPOSED\s+CLOSED$)"
)


def apart(words: str) -> list[str]:
    """The lines of a text, each label at the beginning of one."""
    return _RUN_ON.split(words)


def heading_of(text: str) -> re.Match[str] | None:
    """The match of a line that is a reference with a heading: "4.2 Count the stock". A date is none."""
    return None if re.match(rf"\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}\b", text, _FLAGS) else HEADING.match(text)


@dataclass(frozen=True)
class Label:
    """What a line begins, the label as printed, the period of an update as printed, and the words after it."""

    kind: str
    label: str
    rest: str
    period: str = ""


def label_of(words: str, *, in_update: bool) -> Label | None:
    """The label that a line begins with, or None. "Achievements to date" is an answer inside an update, else a history."""
    for pattern in _UPDATES:
        if found := pattern.match(words):
            head = words[: found.start("rest")].strip(" :–-")
            if len(head) <= 60:
                return Label("update", head, found["rest"], found["period"].strip())
    for name, pattern in QUESTIONS:
        if (found := pattern.match(words)) and (in_update or name != "achieved"):
            return Label(name, words[: found.start("rest")].strip(), found["rest"])
    if (found := _HISTORY.match(words)) and (not in_update or re.search(r"\d{4}", found["label"])):
        return Label("history", found["label"].strip(), found["rest"])
    for name, pattern in OTHERS:
        if found := pattern.match(words):
            return Label(name, found["label"].strip(" :–-"), found["rest"])
    return None
