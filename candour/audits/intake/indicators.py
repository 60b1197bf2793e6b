"""What a progress report states of the auditor's performance, held against what Candour computes from the audits."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from candour.audits.queries import MeasureRow, record_of
from candour.kernel.access import Actor
from candour.kernel.people.models import Organisation

# The words of an indicator by the measure that they name; the first that is found.
_MEASURES = (
    ("satisfaction", r"satisf|survey"),
    ("draft", r"\bdraft report"),
    ("final", r"\bfinal report"),
    ("brief", r"\bbrief\b|terms of reference"),
    ("progress", r"progress report"),
)


def measure_of(words: str) -> str:
    """The measure that an indicator names; "" for one that Candour does not take."""
    return next((name for name, form in _MEASURES if re.search(form, words, re.IGNORECASE)), "")


def differing(record: Mapping[str, Any], provider: Organisation, actor: Actor, day: date) -> list[str]:
    """Each rate that the paper states and Candour does not compute, in words. Three queries."""
    stated = [
        (one, name)
        for one in record["kpis"]
        if one["of"] is not None and one["percent"] is not None and (name := measure_of(one["indicator"]))
    ]
    if not stated or not record.get("year"):
        return []
    measures = record_of(actor, provider.pk, record["year"], today=day).measures
    return list(_told(stated, {row.measure.name: row for row in measures}))


def _told(stated: list[tuple[Mapping[str, Any], str]], computed: Mapping[str, MeasureRow]) -> Iterator[str]:
    for one, name in stated:
        row = computed[name]
        tally, said = row.tally, f"{one['indicator']}: the paper states {one['done']} of {one['of']}"
        if not row.promised:
            yield f"{said}; nothing is agreed with this auditor for it, so it is not computed"
        elif (one["done"], one["of"]) != (tally.met, tally.told):
            unknown = f", and {tally.unknown} cannot be told" if tally.unknown else ""
            yield f"{said}; from the days recorded it is {tally.met} of {tally.told}{unknown}"
