"""What commands of measures and their groups take."""

from datetime import date
from decimal import Decimal
from typing import Any

from candour.performance.commands import NewFigure
from candour.performance.models import Explanation, Group, Measure, MeasureSet, Member
from tests.everywhere.world import World
from tests.factories import TODAY


def of_measures(world: World, name: str) -> dict[str, Any]:
    """The same for what only the commands of measures take, or take another of."""
    if not name.startswith("candour.performance."):
        return {}
    unasked = name.endswith((".ask_explanation", ".end_measure"))
    rows = Measure.objects.select_related("record__organisation", "record__owner")
    it = rows.get(pk=world.measures["proposed" if unasked else "seen"].pk)
    return {
        "measure": it,
        "found": it.breaks.select_related("measure__record").get(),
        "explanation": Explanation.objects.select_related("measure__record").get(measure=world.measures["seen"].pk),
        "figures": [NewFigure(it, date(2026, 5, 1), value=Decimal(7))],
        "file_name": "figures.csv",
        "sha256": "",
        "period": date(2026, 3, 1) if name.endswith(".break_limits") else date(2026, 5, 1),
        "signal": "Outside a limit",
        "post": world.house.posts["owner"],
        "asked": "What changed?",
        "answer": "Nineteen left",
        "recovers_on": None,
        "due": TODAY,
        "why": "New recording",
        "on": TODAY,
        "title": "Something counted",
        "counts": "Things",
        "sensitivity": "restricted",
        "facts": {},
    } | (of_groups(world, name) if ".grouping." in name or ".sets." in name else {})


def of_groups(world: World, name: str) -> dict[str, Any]:
    """The same for what only the commands of groups of bodies and of sets of measures take."""
    found = MeasureSet.objects.select_related("organisation").get(pk=world.measure_set.pk)
    group = Group.objects.select_related("organisation").get(pk=world.group.pk)
    return {
        "group": group,
        "member": Member.objects.select_related("group").get(group=group, body="Northmere"),
        "name": "Another group",
        "own": "Mereford",
        "source": "Put together for a test",
        "body": "Eastmere",
        "bodies": ["Eastmere", "Westmere"],
        "joined": TODAY,
        "left": TODAY,
        "found": found,
        "headings": "First\nThird" if name.endswith(".begin_set") else "First\nSecond",
        "starts": TODAY,
        "ends": None,
        "text": "What the force does for it",
        "wanted": [(found, "Second")],
    }
