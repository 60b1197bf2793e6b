"""How many risks each of many filters holds, counted together: the views of a list, its bands, the flags of the desk."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from candour.kernel.access import Actor
from candour.kernel.composed import Tally
from candour.kernel.records.compile import holds
from candour.risks import rules
from candour.risks.models import RiskLine
from candour.risks.queries.appetite import Against
from candour.risks.queries.lists import RiskFilter, lines
from candour.risks.queries.movement import direction_since


def tallied(
    actor: Actor,
    register: RiskFilter,
    wanted: Mapping[Any, RiskFilter],
    *,
    today: date,
    since: date | None,
    against: Against | None = None,
) -> dict[Any, int]:
    """How many lines of one register each filter holds, in one query that reads them once. No filters ask nothing.

    against: what appetite asks, for filters that have any.
    """
    if not wanted:
        return {}
    each = tuple(dict.fromkeys(wanted.values()))
    stands = against if any(one.appetite for one in each) else None
    counts = _tally(actor, register, each, (today, since), stands)
    return {key: counts[f"n{each.index(one)}"] for key, one in wanted.items()}


def _counted(
    actor: Actor,
    register: RiskFilter,
    wanted: tuple[RiskFilter, ...],
    days: tuple[date, date | None],
    against: Against | None,
) -> tuple[QuerySet[RiskLine], dict[str, Count]]:
    """The lines of a register, and what counts those that each filter holds, by its place."""
    today, since = days
    rows = lines(actor, register).alias(direction=direction_since(since))
    held = [held_by(each, today=today, since=since, against=against) for each in wanted]
    return rows, {f"n{place}": Count("pk", filter=asked) for place, asked in enumerate(held)}


_tally = Tally(_counted)


def countable(wanted: RiskFilter) -> bool:
    """Whether a filter is counted beside others: not words, which an index finds, nor those that are closed."""
    return not (wanted.words or wanted.closed)


def held_by(wanted: RiskFilter, *, today: date, since: date | None, against: Against | None) -> Q | None:
    """What a filter asks of a line beside its register, as narrowed() does; None where it holds them all.

    The rows have direction, as movement.direction_since gives it.
    """
    asked = {name: getattr(wanted, name) for name in ("owner", "band", "sensitivity", "impact", "likelihood")}
    found = Q(**{name: value for name, value in asked.items() if value not in {None, ""}})
    if wanted.status:
        found &= Q(holds(rules.STATUS, wanted.status, today))
    if wanted.movement and wanted.movement != "same" and since is not None:
        found &= Q(moved_on__gt=since)  # settles most rows without their scores
    if wanted.movement == "changed":
        found &= ~Q(direction="same")
    elif wanted.movement:
        found &= Q(direction=wanted.movement)
    if wanted.appetite and against:
        found &= against(wanted.appetite)
    return found or None
