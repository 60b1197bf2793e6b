"""What the updates tell against what the record prints: scores, controls, titles. Pure."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from candour.kernel.calendar import say_date
from candour.kernel.intake.document import Finding, Place
from candour.kernel.intake.printed import counted, words_key

from ..joined import Risk
from ..paper import Paper
from ..values import read_day
from .controls import in_place

_MOVE = (
    r"(?:reduc\w*|increas\w*|chang\w*|lower\w*|rais\w*|decreas\w*|mov\w*|amend\w*|revis\w*|rescored|drop\w*|now|set|is)"
)
_LINK = r"(?:\s+(?:has|have|had|been|be|was|is|to\s+be|now|score|rating|level|therefore)){0,4}"
_NO_SCORE = r"\b(?!\s*(?:[/%]|(?:st|nd|rd|th)\b|years?\b|months?\b))"
_TOLD = re.compile(
    rf"\b(?P<what>likelihood|impact|risk\s+score|score|rating)(?:\s+(?:score|rating|level))?{_LINK}"
    rf"(?:\s+{_MOVE}{_LINK})?(?:\s+from\s+\d{{1,2}})?\s*"
    rf"(?:\s(?:to|at|as|of)|[:=–-])?\s+(?P<value>\d{{1,2}}){_NO_SCORE}",
    re.IGNORECASE,
)
_TOLD_BEFORE = re.compile(
    r"\b(?:reduce[ds]?|increase[ds]?|lower(?:ed)?|raised?|changed?|amend(?:ed)?)\s+(?:the\s+)?"
    r"(?:(?P<what>likelihood|impact|risk\s+score|score)(?:\s+score)?\s+)?(?:from\s+\d{1,2}\s+)?to\s+"
    rf"(?P<value>\d{{1,2}}){_NO_SCORE}",
    re.IGNORECASE,
)
_NEW_CONTROL = re.compile(
    r"\bnew\s+controls?(?:\s+measures?)?\s+(?:has\s+been\s+|have\s+been\s+)?added\b(?P<rest>[^\n]*)", re.IGNORECASE
)
# Without the word new, only what names the control after a colon or a dash adds one.
_ADDED = re.compile(r"\b(?:control|controls)(?:\s+measures?)?\s+added(?P<rest>\s*[-–—:][^\n]*)", re.IGNORECASE)
_DELETED = re.compile(
    r"\b(?:(?:delete|remove)d?\s+control|controls?\s+(?:now\s+)?(?:removed|deleted|withdrawn))\s*[-–—:][\s–—:-]*"
    r"(?P<text>[^\n]{12,})",
    re.IGNORECASE,
)
_RETITLED = re.compile(
    r"\bchange(?:d)?\s+(?:of\s+)?(?:the\s+)?(?:risk\s+)?title\s+to\s+[\"'“‘]?"
    r"(?P<title>[A-Z][^\n,;.\"”]{6,90}?)(?=\s*(?:[,;.\"”]|\s[-–—]|$|\n))",
    re.IGNORECASE,
)
_ENDS = {
    "the",
    "a",
    "an",
    "of",
    "and",
    "or",
    "but",
    "to",
    "be",
    "it",
    "with",
    "for",
    "by",
    "from",
    "which",
    "that",
    "in",
    "additional",
}


_INTENDED = re.compile(
    r"\b(?:aim\w*|will|would|should|could|may|might|plan\w*|intend\w*|expect\w*|hop\w+|target\w*|if|once|when|until|propos\w*)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\s*(?:once|when|if|after|by\s+(?:the\s+)?(?:end\b|[A-Z]|\d))")
_CLOSES = re.compile(r"\s*(?:from\s+\d|[.,;)\n]|$|due\b|as\b|because\b|following\b)")


def check(paper: Paper, risks: Sequence[Risk]) -> Iterator[Finding]:
    """Each risk's updates and controls against its row."""
    for risk in risks:
        updates = _by_date(risk.record["updates"])
        place = next(
            (one.lists["updates"] for one in (*risk.details, *risk.appearances) if "updates" in one.lists), Place()
        )
        yield from _scores(paper, risk, updates, place)
        yield from _new_controls(risk, updates, place)
        yield from _deleted(risk, updates, place)
        yield from _retitled(risk, updates, place)
        yield from _removed(risk)
        yield from _status(risk)
        yield from _cut(risk)


def _by_date(updates: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Oldest first, whichever way round the paper prints them; undated ones stay before what they precede."""
    dated = [update for update in updates if update["date"]]
    return sorted(dated, key=lambda update: update["date"])


def _told(text: str) -> Iterator[tuple[str, int, str]]:
    """(score | likelihood | impact, value, words) in the order told; what is only intended is left out."""
    found = list(_TOLD.finditer(text))
    ends = {hit.end() for hit in found}
    found += [hit for hit in _TOLD_BEFORE.finditer(text) if hit.end() not in ends]
    for hit in sorted(found, key=lambda one: one.end()):
        before, after = re.split(r"[.;\n]", text[: hit.start()])[-1], text[hit.end() :]
        unnamed = not hit["what"] and not _CLOSES.match(after)
        if unnamed or _INTENDED.search(before + hit[0]) or _CONDITION.match(after):
            continue
        what = (hit["what"] or "score").casefold()
        yield (what if what in ("likelihood", "impact") else "score"), int(hit["value"]), hit[0].strip()


def _scores(paper: Paper, risk: Risk, updates: Sequence[dict[str, Any]], place: Place) -> Iterator[Finding]:
    """The last score, likelihood and impact told against those printed. A later one replaces an earlier one."""
    last: dict[str, tuple[int, str, str]] = {}
    for update in updates:
        for what, value, words in _told(update["text"]):
            last[what] = (value, words, update["date"])
            if what == "score":
                # A new score settles the factors told before it.
                last = {name: told for name, told in last.items() if name == "score" or told[2] == update["date"]}
    record, scale = risk.record, paper.scale
    for what, (value, words, iso) in last.items():
        printed = record["score"] if what == "score" else record[f"{what}_value"]
        offered = {printed, record["proposed_score"]} if what == "score" else {printed}
        limit = scale.size**2 if what == "score" else scale.size
        if printed is None or value in offered or (limit and value > limit):
            continue
        shown = str(printed) if what == "score" else record[what]
        day = say_date(read_day(iso))  # type: ignore[arg-type]
        message = f"{risk.reference}: the update of {day} gives {what} {value}; the paper prints {shown}"
        message += "." if str(printed) in shown else f" ({printed})."
        other = record["impact_value"] if what == "likelihood" else record["likelihood_value"]
        if what != "score" and other and other * value == record["score"]:
            message += f" With {value}, the score printed ({record['score']}) would be right."
        yield Finding(
            f"narrative-{what}", "error", place, risk.reference, f"{day}: {words}; printed {shown}", str(value), message
        )


def _similar(words: str, text: str) -> bool:
    """Whether most of the telling words of one are in the other."""
    telling = {word for word in words_key(words).split() if len(word) > 3}
    return bool(telling) and len(telling & set(words_key(text).split())) * 3 >= len(telling) * 2


def _new_controls(risk: Risk, updates: Sequence[dict[str, Any]], place: Place) -> Iterator[Finding]:
    """A control that an update adds and the list lacks; or, in the newest update, none of the list marked new."""
    texts = [control["text"] for control in risk.record["controls"]]
    for update in updates:
        new = list(_NEW_CONTROL.finditer(update["text"]))
        starts = {hit.start("rest") for hit in new}
        for found in [*new, *(hit for hit in _ADDED.finditer(update["text"]) if hit.start("rest") not in starts)]:
            named = re.match(r"\s*[-–—:]+\s*(?P<text>[^.]{6,})", found["rest"])
            day = say_date(read_day(update["date"]))  # type: ignore[arg-type]
            if named:
                if texts and not any(_similar(named["text"], text) for text in texts):
                    message = (
                        f"{risk.reference}: the update of {day} adds a control that the list of controls does not have."
                    )
                    yield Finding(
                        "control-not-listed",
                        "warning",
                        place,
                        risk.reference,
                        found[0].strip(),
                        "the control in the list",
                        message,
                    )
            elif update is updates[-1] and texts and not any(control["new"] for control in risk.record["controls"]):
                message = (
                    f"{risk.reference}: the update of {day} adds new controls, but none in the list is marked as new."
                )
                yield Finding(
                    "control-not-marked-new",
                    "note",
                    place,
                    risk.reference,
                    found[0].strip(),
                    "the new controls marked",
                    message,
                )


def _deleted(risk: Risk, updates: Sequence[dict[str, Any]], place: Place) -> Iterator[Finding]:
    for update in updates:
        for found in _DELETED.finditer(update["text"]):
            key = words_key(found["text"])
            kept = next(
                (one for one in risk.record["controls"] if words_key(one["text"]) in key and not one["removed"]), None
            )
            if kept and len(words_key(kept["text"])) > 12:
                day = say_date(read_day(update["date"]))  # type: ignore[arg-type]
                message = f"{risk.reference}: the update of {day} deletes a control that is still in the list."
                yield Finding(
                    "control-deleted-listed", "warning", place, risk.reference, kept["text"], "no such control", message
                )


def _retitled(risk: Risk, updates: Sequence[dict[str, Any]], place: Place) -> Iterator[Finding]:
    """The last change of title told against the title printed."""
    told = [(update["date"], found["title"]) for update in updates for found in _RETITLED.finditer(update["text"])]
    if not told or risk.record["redacted"]:
        return
    iso, title = told[-1]
    if words_key(title) not in words_key(risk.record["title"]):
        day = say_date(read_day(iso))  # type: ignore[arg-type]
        message = f"{risk.reference}: the update of {day} changes the title, but the paper prints another."
        says = f"{day}: {title}; printed {risk.record['title']}"
        yield Finding("title-not-changed", "warning", place, risk.reference, says, title, message)


def _removed(risk: Risk) -> Iterator[Finding]:
    """A control marked as removed with no reason beside it, nor in an update that names it."""
    for control in risk.record["controls"]:
        if not control["removed"] or control.get("removed_why"):
            continue
        lines = [line for update in risk.record["updates"] for line in update["text"].split("\n")]
        reasons = [
            line
            for line in lines
            if re.search(r"remov|delet|withdr|no longer", line, re.I) and _similar(control["text"], line)
        ]
        if not reasons:
            place = next((one.lists["controls"] for one in risk.appearances if "controls" in one.lists), Place())
            printed = control.get("text_printed", control["text"])
            message = f"{risk.reference}: a control is marked as removed, and no reason is given."
            yield Finding(
                "control-removed-unexplained", "warning", place, risk.reference, printed, "the reason", message
            )


def _status(risk: Risk) -> Iterator[Finding]:
    """A status that says nothing is left to do, beside a control marked as new."""
    status = risk.record["status"] or ""
    new = [one for one in risk.record["controls"] if one["new"] and not one["removed"] and not in_place(one)]
    if new and re.fullmatch(r"(?:managed|controlled)", status.strip(), re.IGNORECASE):
        place = risk.printed("status").place  # type: ignore[union-attr]
        message = f"{risk.reference} is {status}, yet it lists {counted(len(new), 'new control')}."
        message += " Check whether they are in place."
        yield Finding(
            "status-new-control",
            "note",
            place,
            risk.reference,
            status,
            "Controls Tasked, if one is still to do",
            message,
        )


_PARTICIPLE = re.compile(r"(?:ed|paid|made|dealt|put|brought|sought|cared)$", re.IGNORECASE)


def _cut(risk: Risk) -> Iterator[Finding]:
    """A control or update that ends in the middle of a sentence."""
    for name in ("controls", "updates"):
        place = next((one.lists[name] for one in (*risk.details, *risk.appearances) if name in one.lists), Place())
        for entry in risk.record[name]:
            words = entry["text"].split()
            stranded = len(words) > 4 and bool(_PARTICIPLE.search(words[-2]))  # "hoped for" may well end a sentence
            if len(words) > 4 and words[-1].casefold() in _ENDS and not stranded:
                message = f"{risk.reference}: the words of an entry under {name} end in the middle of a sentence."
                yield Finding(
                    "text-cut-short", "note", place, risk.reference, " ".join(words[-8:]), "the whole sentence", message
                )
