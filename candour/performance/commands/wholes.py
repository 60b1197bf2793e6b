"""The whole of a period from the parts of one file: computed before anything small is left out; of categories never typed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from candour.performance import rules
from candour.performance.commands.new import NewFigure
from candour.performance.models import Observation
from candour.performance.rules.figures import PARTS

Parts = dict[str, NewFigure]


def with_wholes(figures: Sequence[NewFigure]) -> list[NewFigure]:
    """The figures with wholes that follow from them.

    Where all categories of a breakdown are given, their sum is the whole, whatever is printed as the total. Where all areas are
    given and one is too small to be kept, their sum is the whole unless one is given: afterwards nobody could add it up.
    One query, where there is such a breakdown.
    """
    wholes: dict[tuple[int, date], NewFigure] = {}
    parts: dict[tuple[int, date], Parts] = {}
    for one in figures:
        if one.body:
            continue
        key = one.measure.pk, rules.starts_period(one.period, one.measure.frequency)
        if one.area:
            parts.setdefault(key, {})[one.area] = one
        else:
            wholes[key] = one
    wanted = {key: found for key, held in parts.items() if (found := _complete(held, given=key in wholes))}
    if not wanted:
        return list(figures)
    known = _known({pk for pk, _ in wanted})
    made = {}
    for key, names in wanted.items():
        breakdown = rules.breakdown_of(names[0])[0]
        if known.get((key[0], breakdown), set()) <= set(names):
            made[key] = _added([parts[key][name] for name in names])
    replaced = {id(wholes[key]) for key in made if key in wholes}
    return [*(one for one in figures if id(one) not in replaced), *made.values()]


def _complete(held: Parts, *, given: bool) -> list[str]:
    """The parts that make the whole: of the first breakdown of categories without a gap; else areas, one of them too small."""
    found = rules.by_breakdown(sorted(held))
    for breakdown, names in found.items():
        counts = [_count(held[name]) for name in names]
        if any(count is None for count in counts):
            continue
        smallest = held[names[0]].measure.smallest
        small = any(count is not None and 0 < count < smallest for count in counts)
        if breakdown or (small and not given):
            return names
    return []


def _count(one: NewFigure) -> Decimal | None:
    if one.suppressed:
        return None
    if one.measure.unit in PARTS:
        return one.numerator if one.denominator is not None else None
    return one.value


def _known(measures: Iterable[int]) -> Mapping[tuple[int, str], set[str]]:
    """Every part that was ever loaded, by measure and breakdown. One query."""
    rows = Observation.objects.filter(measure__in=list(measures)).exclude(area="")
    found: dict[tuple[int, str], set[str]] = {}
    for measure, area in rows.values_list("measure_id", "area").distinct():
        found.setdefault((measure, rules.breakdown_of(area)[0]), set()).add(area)
    return found


def _added(parts: Sequence[NewFigure]) -> NewFigure:
    measure, provisional = parts[0].measure, any(part.provisional for part in parts)
    if measure.unit in PARTS:
        tops, bottoms = (
            sum((getattr(part, name) for part in parts), Decimal(0)) for name in ("numerator", "denominator")
        )
        return NewFigure(measure, parts[0].period, numerator=tops, denominator=bottoms, provisional=provisional)
    value = sum((part.value for part in parts if part.value is not None), Decimal(0))
    return NewFigure(measure, parts[0].period, value=value, provisional=provisional)
