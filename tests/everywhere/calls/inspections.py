"""What commands of inspections take."""

from datetime import date
from typing import Any

from candour.inspections.commands import answering
from candour.inspections.commands.following import NewNote, close_review
from candour.inspections.models import Inspection, Review, StatementItem
from candour.inspections.queries.reviews import open_items
from candour.kernel.access import CANDOUR
from candour.kernel.records.models import Record
from tests.everywhere.world import FAR, World
from tests.factories import NOW, TODAY


def brought_up(it: Inspection, name: str, world: World) -> None:
    """Do what must come before a step of the clock, where it is not done."""
    said: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
    done = set(it.steps.exclude(done_on=None).values_list("which", flat=True))
    if name.endswith(".record_comments") and "invite" not in done:
        answering.invite_comments(it, post=world.house.posts["owner"], due=TODAY, **said)
    if name.endswith(".approve_response") and "draft" not in done:
        answering.draft_response(it, response="Words", answers={}, **said)
    if name.endswith((".send_copy", ".close_inspection")) and "publish" not in done:
        answering.response_published_elsewhere(it, on=TODAY, where="https://example.org", **said)


def of_inspections(world: World, name: str) -> dict[str, Any]:
    """The same for what only the commands of inspections take, or take another of."""
    if not name.startswith("candour.inspections."):
        return {}
    rows = Inspection.objects.select_related("record__organisation", "record__owner", "inspectorate", "asked")
    it = rows.get(pk=world.inspections["seen"].pk)
    item = StatementItem.objects.select_related("record__organisation").get(pk=world.stated["seen"].pk)
    stated = ".statement." in name
    record = Record.objects.select_related("organisation").get(pk=world.cause.pk)
    review = Review.objects.select_related("organisation").get(pk=world.review.pk)
    brought_up(it, name, world)
    it = rows.get(pk=it.pk)
    it.record.closed_on = TODAY if name.endswith(".reopen_inspection") else None
    if name.endswith(".answered_on_its_own"):
        it.answers_with = world.inspections["proposed"].record
    if name.endswith(".publish_report"):
        it.published_on, it.statutory = None, False
    if name.endswith(".carry_over"):
        it.published_on = date(2020, 1, 6)
    asked: list[Any] = []
    if name.endswith(".open_review"):
        asked = open_items(world.house.office.pk, actor=CANDOUR, today=TODAY)
        if review.closed_on is None:
            close_review(review, missing=0, actor=CANDOUR, at=NOW)
    return {
        "inspection": it,
        "item": item if stated else record,
        "inspectorate": it.inspectorate,
        "kind": "peel",
        "areas": ["Preventing crime"],
        "about": "",
        "on": date(2026, 5, 5) if name.endswith(".correct_publication") else TODAY,
        "grades": {"Preventing crime": 3},
        "post": world.house.posts["owner"],
        "due": date(2026, 6, 19) if not name.endswith(".open_review") else FAR,
        "comments": "None",
        "response": "Words",
        "answers": {},
        "where": "https://example.org",
        "to": world.inspections["proposed"] if name.endswith(".carry_over") else "copy-force",
        "how": "By post",
        "which": "draft",
        "other": world.inspections["proposed"],
        "review": review,
        "month": date(2026, 5, 1),
        "items": asked,
        "missing": 1,
        "found": [NewNote(record, it, "Words")],
        "new": NewNote(record, it, "Words"),
        "year": "2026/27",
        "section": "Custody",
        "asked": "",
        "said": "on track",
        "text": "Words",
        "left": "done",
        "sensitivity": "restricted",
    }
