"""What commands of finance and change take."""

from datetime import date
from typing import Any

from candour.finance.commands import NewAmount
from candour.finance.models import Benefit, Budget, Case, Change, Collaboration, Project, Scheme
from candour.finance.rules import Share as Portion
from tests.everywhere.building import again as with_record
from tests.everywhere.world import World
from tests.factories import TODAY
from tests.finance.factories import a_project


def of_finance(world: World, name: str) -> dict[str, Any]:
    """The same for what only the commands of finance take, or take another of."""
    if not name.startswith("candour.finance."):
        return {}
    project = with_record(Project, world.projects["seen"].pk)
    if name.endswith((".submit_case", ".ask_change", ".close_project")):  # nothing of it waits for an answer
        made = Project.objects.filter(record__reference="Z8").first() or a_project(
            world.house, reference="Z8", title="Z8"
        )
        project = with_record(Project, made.pk)
    joint = with_record(Collaboration, world.collaborations["seen"].pk)
    scheme = with_record(Scheme, world.schemes["seen"].pk)
    benefit = Benefit.objects.select_related("record").get(record=world.projects["seen"].pk)
    benefit.cashable = False  # so that no amount is asked for
    day = {"on": TODAY, "due": TODAY, "starts": None, "ends": None, "review_due": TODAY, "effective": None}
    words = ("asked", "progress", "outcome", "lessons", "what", "found", "lead", "about", "title", "answered_by")
    steps = dict.fromkeys(("time", "benefits"), 1) | {"cost": 5 if name.endswith(".ask_change") else 1, "rating": 1}
    return (
        dict.fromkeys(words, "Another")
        | day
        | steps
        | {
            "it": scheme,
            "budget": with_record(Budget, world.budgets["seen"].pk),
            "scheme": scheme,
            "project": project,
            "collaboration": joint,
            "of": joint,
            "benefit": benefit,
            "case": Case.objects.select_related("project__record").get(project=world.projects["seen"].pk),
            "change": Change.objects.select_related("project__record").get(project=world.projects["seen"].pk),
            "amounts": [NewAmount(scheme.record, "capital", date(2026, 4, 1), "budget", 7)],
            "position": TODAY,
            "file_name": "finance.xlsx",
            "sha256": "",
            "year": date(2040, 4, 1),
            "sort": "saving",
            "cashable": False,
            "kind": "full",
            "value": 5,
            "answer": "approved",
            "period": date(2026, 6, 1),
            "pence": 5,
            "shares": [Portion("Both", 10_000)],
            "every": 3,
            "sensitivity": "restricted",
        }
    )
