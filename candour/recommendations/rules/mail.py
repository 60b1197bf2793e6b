"""The letters of a cycle, in plain words. No name of a person and nothing of a restricted record stands in a letter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from candour.kernel.calendar import say_date

Kind = Literal["opened", "before", "after", "handover", "sent back", "again", "cover"]
TOLD = frozenset({"public", "office"})  # the sensitivities whose heading may stand in a mail

SUBJECTS: dict[Kind, str] = {
    "opened": "{cycle}: please answer by {due}",
    "before": "{cycle}: answers are due by {due}",
    "after": "{cycle}: answers were due by {due}",
    "handover": "{cycle}: your post has answers to give by {due}",
    "sent back": "{cycle}: an answer was sent back",
    "again": "{cycle}: a reminder to answer by {due}",
    "cover": "{cycle}: please answer for another post by {due}",
}
FIRST: dict[Kind, str] = {
    "opened": "The audit liaison asks what has moved since last time.",
    "before": "These have no answer yet. They are due by {due}.",
    "after": "These have no answer yet. They were due by {due}.",
    "handover": "You have taken over this post. These have no answer yet, and are due by {due}.",
    "sent back": "The audit liaison sent an answer back. The link says what is asked for.",
    "again": "The audit liaison reminds you of these.",
    "cover": "You answer for this post for now. These have no answer yet, and are due by {due}.",
}
# What a letter was for, by the first word of its mark.
LETTERS: Mapping[str, str] = {
    "opened": "Request",
    "before": "Reminder before the day",
    "after": "Reminder after the day",
    "line": "To the post above",
    "handover": "To the new holder",
    "back": "Answer sent back",
    "again": "Reminder by hand",
    "cover": "To who answers meanwhile",
}


@dataclass(frozen=True)
class Key:
    """What a letter of a cycle is for: the cycle, its mark, the post that it is about, and the post written to."""

    cycle: int
    mark: str
    post: int
    to: int

    def __str__(self) -> str:
        return f"{beginning(self.cycle)}{self.mark}:{self.post}:{self.to}"

    @property
    def words(self) -> str:
        """What it was for, in words."""
        return LETTERS.get(self.mark.partition(":")[0], "Letter")


def beginning(cycle: int) -> str:
    """How the key of each letter of a cycle begins."""
    return f"cycle:{cycle}:"


def read_key(key: str) -> Key:
    """The key of a letter of a cycle, as str(Key(...)) writes it. Raises ValueError for any other."""
    _, cycle, rest = key.split(":", 2)
    mark, post, to = rest.rsplit(":", 2)
    return Key(int(cycle), mark, int(post), int(to))


@dataclass(frozen=True)
class Item:
    """A recommendation that a letter names."""

    reference: str
    title: str
    sensitivity: str
    due: date

    @property
    def said(self) -> str:
        """Reference and heading; the reference alone of one that is restricted."""
        return named(self.reference, self.title, self.sensitivity)


def named(reference: str, title: str, sensitivity: str) -> str:
    """What a letter calls a recommendation: reference and heading; the reference alone of one that is restricted."""
    return f"{reference} {title}" if sensitivity in TOLD else reference


def subject(kind: Kind, *, cycle: str, due: date) -> str:
    """What the letter is called. It names no recommendation: a subject is read over shoulders."""
    return SUBJECTS[kind].format(cycle=cycle, due=say_date(due))


def text(kind: Kind, *, post: str, cycle: str, items: Sequence[Item]) -> str:
    """A letter to a post about what is asked of it. {link} stays, for the address that is put there when it is sent."""
    due = min(item.due for item in items)
    lines = [f"To the {post}", "", FIRST[kind].format(due=say_date(due)), ""]
    lines += [f"- {item.said}{'' if item.due == due else f', by {say_date(item.due)}'}" for item in items]
    lines += [
        "",
        "Answer four questions on each here. You need no password, and can stop and come back:",
        "{link}",
        "",
        f"The link is for your post and for the {cycle} cycle alone. Do not pass it on: what is sent through it is kept "
        "as your post’s answer. If it does not open, ask the audit liaison for another.",
    ]
    return "\n".join(lines)


def to_the_line(*, post: str, above: str, cycle: str, items: Sequence[Item]) -> str:
    """A letter to the post above about what a post has not answered. It opens nothing: the answer is the post's to give."""
    due = min(item.due for item in items)
    lines = [f"To the {above}", "", f"The {post} answers to you, and has not answered these in the {cycle} cycle.", ""]
    lines += [f"- {item.said}, due by {say_date(item.due)}" for item in items]
    lines += ["", f"They have been due since {say_date(due)}, and reminders have gone to the post."]
    return "\n".join([*lines, "Candour, signed in: {link}"])


def date_answered(*, post: str, named: str, granted: bool) -> str:
    """A letter to a post about a new date that it asked for. What was said about it is read in Candour."""
    became = (
        "is granted. It stands in the ledger of its dates" if granted else "is refused. The date that stands stands"
    )
    lines = [f"To the {post}", "", f"The new date that you asked for {became}:", "", f"- {named}", ""]
    return "\n".join([*lines, "Who agreed it, or why not, is on its page. Candour, signed in: {link}"])
