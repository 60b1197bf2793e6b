"""Copies of a record's words outside its history: letters that name it, and what packages above keep of it.

What was issued or published is no copy: it stands as it went out.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q

from candour.kernel.history.canonical import open_word
from candour.kernel.history.codec import REMOVED
from candour.kernel.history.models import Entry, Snapshot
from candour.kernel.history.removing import Words
from candour.kernel.notices.models import Notice
from candour.kernel.records.models import Record

Left = Mapping[str, str]  # what a text was -> what is left of it
keepers: list[Callable[[Record, Left], None]] = []  # each takes the words from what it keeps of a record


def left_of(words: Words) -> dict[str, str]:
    """Every text that words are taken from, with what is left of it. Two queries, before they go."""
    left: dict[str, str] = {}
    for shot in Snapshot.objects.filter(pk__in=list(words.states)).order_by("effective", "sequence", "pk"):
        for name in words.states[shot.pk] & shot.words.keys():
            left[open_word(shot.words[name])] = words.rows.get((shot.model, shot.key, name), REMOVED)
    for entry in Entry.objects.filter(pk__in=list(words.entries)):
        for place in words.entries[entry.pk] & entry.words.keys():
            left.setdefault(open_word(entry.words[place]), REMOVED)
    return left


def in_letters(record: Record, left: Left) -> None:
    """Letters that name the record lose what it lost, sent or not."""
    named = Q(subject__contains=record.reference) | Q(text__contains=record.reference)
    for notice in Notice.objects.filter(named):
        subject, text = (mended(each, left) for each in (notice.subject, notice.text))
        if (subject, text) != (notice.subject, notice.text):
            Notice.objects.filter(pk=notice.pk).update(subject=subject[:200], text=text)


def mended(value: Any, left: Left) -> Any:
    """A text, or a structure of them, with each text that lost words as it now reads."""
    if isinstance(value, str):
        for was, now in left.items():
            value = value.replace(was, now)
        return value
    if isinstance(value, dict):
        return {key: mended(each, left) for key, each in value.items()}
    return [mended(each, left) for each in value] if isinstance(value, list) else value
