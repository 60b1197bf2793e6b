"""Who answers for a risk: posts that are vacant, and people printed in place of posts. Pure."""

import re
from collections.abc import Iterator, Sequence

from candour.kernel.intake.document import Finding
from candour.kernel.intake.printed import blank, words_key

from ..joined import POSTS, Risk
from ..paper import Paper
from ..posts import post_of, vacant

_GONE = re.compile(
    r"\b(?:vacant|vacancy|unfilled|no longer in post|has left|have left|resigned|has retired|post is empty)\b",
    re.IGNORECASE,
)
_FILLED = re.compile(
    r"\b(?:appointed|filled|in post|has started|have started|started in|took up|recruited|has joined)\b", re.IGNORECASE
)
_LABELS = {"owner": "owner", "responsible_officer": "responsible officer"}


def check(paper: Paper, risks: Sequence[Risk]) -> Iterator[Finding]:
    """Each risk's owner and responsible officer as printed, then what its updates tell of them."""
    for risk in risks:
        for name in POSTS:
            yield from _printed(risk, name)
        yield from _told(risk)


def _printed(risk: Risk, name: str) -> Iterator[Finding]:
    printed = risk.printed(name)
    if printed is None or (blank(printed.text) and not vacant(printed.text)):
        return
    if vacant(printed.text):
        message = f"{risk.reference}: the {_LABELS[name]} is printed as {printed.text}, so nobody answers for the risk."
        yield Finding("owner-vacant", "warning", printed.place, risk.reference, printed.text, "a post", message)
    elif post_of(printed.text) != printed.text.strip():
        message = (
            f"{risk.reference}: the {_LABELS[name]} is printed with a person's name. Candour keeps the post alone."
        )
        should = post_of(printed.text) or "a post"
        yield Finding("owner-person", "note", printed.place, risk.reference, printed.text, should, message)


def _told(risk: Risk) -> Iterator[Finding]:
    """An update that calls the post of the owner vacant, where no later one says that it was filled."""
    titles = [title for name in POSTS if (title := risk.record[name])]
    gone: dict[str, str] = {}
    for update in sorted(risk.record["updates"], key=lambda one: one["date"] or ""):
        for sentence in re.split(r"(?<=[.;\n])\s+", update["text"]):
            for title in titles:
                if not _mentions(sentence, title):
                    continue
                if _FILLED.search(sentence):
                    gone.pop(title, None)
                elif _GONE.search(sentence):
                    gone[title] = sentence.strip()
    places = [one.lists["updates"] for one in risk.appearances if "updates" in one.lists]
    for title, sentence in gone.items():
        message = f"{risk.reference} belongs to the {title}, and an update calls that post vacant."
        should = f"another owner while there is no {title}"
        yield Finding("owner-vacant", "warning", places[0], risk.reference, sentence, should, message)


def _mentions(sentence: str, title: str) -> bool:
    initials = "".join(word[0] for word in re.findall(r"[A-Z]\w+", title))
    named = words_key(title) in words_key(sentence)
    return named or (len(initials) >= 3 and bool(re.search(rf"\b{initials}\b", sentence)))
