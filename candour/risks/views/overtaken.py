"""Two people at one risk: the second is shown what the first changed, field by field, beside their own answers.

Nothing is saved and no answer is lost. A field that the second left as they found it takes what the first made of it; one
that both changed keeps the second's answer, and saving again is then done knowingly.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from candour.kernel.records.forms import VerbForm
from candour.kernel.records.happened import events_since
from candour.kernel.records.telling import Shown
from candour.kernel.web.forms import BoundField
from candour.kernel.web.page import Request
from candour.risks.models import Control, Risk
from candour.risks.queries import Others, others_of
from candour.risks.queries.one import score_points_of
from candour.risks.views.events import Known, named_in, shown
from candour.risks.views.titles import ASSESSMENT, CONTROL


@dataclass(frozen=True)
class Beside:
    """A field that somebody changed. yours: the answer on the form, where it asks for that field. clash: both changed it."""

    field: str
    was: str
    now: str
    yours: str = ""
    asked: bool = False
    clash: bool = False


@dataclass(frozen=True)
class News:
    """What somebody entered after the form was opened."""

    title: str
    by: str
    at: datetime
    why: str
    rows: tuple[Beside, ...]

    @property
    def clash(self) -> bool:
        return any(row.clash for row in self.rows)


def news_of(request: Request, it: Risk, form: VerbForm, *, current: bool = True) -> list[News]:
    """What was entered since the form was opened, newest first; the form then counts it as read and takes over what its
    sender had left as it was. current False: the form knows nothing of the news yet, so that it is shown again next time.
    """
    seen = form.cleaned_data.get("seen") or 0
    happened = events_since(it.record, request.actor, seen)
    points = score_points_of(it)
    controls = dict(Control.objects.filter(risk=it).values_list("pk", "text"))
    others: Others = others_of(it, actor=request.actor, **named_in(happened))
    entries = [shown(event, Known(points, controls, others)) for event in happened]
    first_seen = _as_first_seen(entries, form)
    if current:
        form.rewrite(_taken_over(form, first_seen) | {"seen": str(it.record.head_sequence)})
        form.full_clean()
    return [_news(entry, form, first_seen) for entry in entries]


def _news(entry: Shown, form: VerbForm, first_seen: dict[str, tuple[str, Any]]) -> News:
    rows = []
    for group in entry.groups:
        for diff in group.diffs:
            label = f"{diff.field}: {group.title}" if group.title else diff.field
            bound = _asked_as(form, group.model, group.key, diff.name)
            if bound is None:
                rows.append(Beside(label, diff.old, diff.new))
                continue
            yours = _said(bound)
            clash = not _same(bound, *first_seen[bound.name]) and not _same(bound, diff.new, diff.new)
            rows.append(Beside(label, diff.old, diff.new, yours, asked=True, clash=clash))
    by = f"{entry.actor}, agreed by {entry.approver}" if entry.approver else entry.actor
    return News(entry.told.title, by, entry.recorded_at, entry.told.why, tuple(rows))


def _as_first_seen(entries: Iterable[Shown], form: VerbForm) -> dict[str, tuple[str, Any]]:
    """By field of the form what stood there when it was opened, in words and as it is kept: before the oldest change."""
    found: dict[str, tuple[str, Any]] = {}
    for entry in entries:  # newest first, so that the oldest has the last word
        for group in entry.groups:
            for diff in group.diffs:
                bound = _asked_as(form, group.model, group.key, diff.name)
                if bound is not None:
                    found[bound.name] = (diff.old, diff.raw)
    return found


def _taken_over(form: VerbForm, first_seen: dict[str, tuple[str, Any]]) -> dict[str, str]:
    """What stands now, for what was left as it was found and for an answer that the form no longer offers."""
    found = {}
    for bound in form.answers:
        untouched = bound.name in first_seen and _same(bound, *first_seen[bound.name])
        offered = [option.value for option in bound.options]
        gone = bool(offered) and bound.kind in {"radios", "scale", "select"} and str(bound.answer) not in offered
        if untouched or gone:
            standing = bound.field.prepare_value(bound.initial)
            found[bound.html_name] = "" if standing is None else str(standing)
    return found


def _asked_as(form: VerbForm, model: str, key: int, name: str) -> BoundField | None:
    """The field of the form that asks for a field of a row; None where it asks for no such thing."""
    asked = name
    if model not in form.edits:
        return None
    if model == ASSESSMENT:
        which, _, asked = name.partition(" ")
        asked = asked if which == form.purpose else ""
    elif model == CONTROL and form.row is None:
        asked = {"pending": f"control-{key}", "effect": f"control-{key}", "due": f"control-{key}-due"}.get(name, "")
    elif form.row not in {None, key}:
        asked = ""
    return next(iter(_named(form, asked)), None)


def _named(form: VerbForm, name: str) -> Iterator[BoundField]:
    yield from (bound for bound in form.answers if bound.name == name)


def _said(bound: BoundField) -> str:
    """The answer on the form in words: what a choice says, with its number for a level."""
    chosen = next((option for option in bound.options if option.chosen), None)
    if chosen is None:
        return str(bound.answer)
    return f"{chosen.value} {chosen.text}" if bound.kind == "scale" else chosen.text if chosen.value else ""


def _same(bound: BoundField, words: str, raw: Any) -> bool:
    """Whether the answer is what stood there, in words or as it is kept. A control's answers are told apart by words alone."""
    answers = {_plain(bound.answer), _plain(_said(bound))}
    return _plain(words) in answers or (raw is not None and _plain(raw) in answers)


def _plain(value: Any) -> str:
    return " ".join(str(value).split())
