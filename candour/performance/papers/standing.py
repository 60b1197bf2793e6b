"""A measure among the bodies of a group, for its page and for papers: in words, as bars and as a table."""

from candour.kernel.web.bars import Bar, bars
from candour.kernel.web.drawing import Chart, Table
from candour.performance import rules
from candour.performance.papers.drawn import short
from candour.performance.queries import Comparison, MeasureRow

HEADS = ("Body", "Figure", "Rank", "Quarter")


def standing_words(row: MeasureRow, found: Comparison) -> tuple[str, ...]:
    """Where the body stands, what the mean is and of whom, and who is missing: a sentence each."""
    own, said = found.own, []
    period = row.say_period(found.period)
    if own.rank:
        quarter = f", in the {own.quarter.lower()}" if own.quarter else ""
        said.append(
            f"{own.peer.name}, {row.say(own.peer.value)} in {period}, is {rules.say_rank(own, found.placed)}{quarter}."
        )
    else:
        said.append(f"{own.peer.name} has no figure of {period}{' that is shown' if own.peer.hidden else ''}.")
    said.append(mean_words(row, found))
    if found.mean.lacking:
        why = "that gave parts" if found.mean.kind == "weighted" and found.mean.value is not None else "with a figure"
        said.append(f"Not in the mean, which is of those {why}: {listed(found.mean.lacking)}.")
    if found.other.value is not None and not found.other.lacking:
        said.append(f"The {rules.MEAN_WORDS[found.other.kind]} of the same bodies is {row.say(found.other.value)}.")
    if found.missing:
        said.append(f"Without a figure of {period}: {listed(found.missing)}.")
    if found.hidden:
        said.append(f"Not shown, as the number is small: {listed(found.hidden)}.")
    return tuple(said)


def mean_words(row: MeasureRow, found: Comparison) -> str:
    """The mean that the measure states, in a sentence: never a mean of rates under the name of a weighted one."""
    mean, name = found.mean, rules.MEAN_WORDS[found.mean.kind]
    if mean.value is None:
        lacks = "nobody gave the parts that it is made of" if mean.kind == "weighted" else "nobody gave a figure"
        return f"There is no {name}: {lacks}."
    count = len(mean.of)
    inside = "with" if row.own_in else "without"
    return f"The {name} of {count} {'body' if count == 1 else 'bodies'}, {inside} {found.group.own}, is {row.say(mean.value)}."


def listed(names: tuple[str, ...]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def standing_chart(row: MeasureRow, found: Comparison, *, key: str) -> Chart:
    """Every body as a bar, the best first, with the mean as a line. key: unique on the page."""
    rows = [
        Bar(
            one.peer.name,
            None if one.peer.value is None else float(one.peer.value),
            _figure(row, one),
            marked=one.peer.own,
        )
        for one in found.ranked
    ]
    table = Table(HEADS, tuple(table_row(row, found, one) for one in found.ranked))
    mean = found.mean
    line = None
    if mean.value is not None:
        line = (float(mean.value), f"{rules.MEAN_WORDS[mean.kind].capitalize()} {short(row, mean.value)}")
    title = f"{row.title}: {found.group.name}, {row.say_period(found.period)}"
    return bars(rows, table, line=line, key=key, title=title, desc=" ".join(standing_words(row, found)))


def table_row(row: MeasureRow, found: Comparison, one: rules.Ranked) -> tuple[str, str, str, str]:
    rank = rules.say_rank(one, found.placed)
    return one.peer.name, _figure(row, one), rank[:1].upper() + rank[1:] or "none", one.quarter or "none"


def _figure(row: MeasureRow, one: rules.Ranked) -> str:
    if one.peer.hidden:
        return "not shown"
    return row.say(one.peer.value) if one.peer.value is not None else "no figure"
