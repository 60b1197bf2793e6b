"""What commands of recommendations, cycles and audits take."""

from datetime import date
from typing import Any

from candour.audits.commands import NewAudit
from candour.audits.models import Audit, Promise
from candour.kernel.access import CANDOUR
from candour.kernel.records.models import Record
from candour.kernel.records.raised import NewRaised
from candour.recommendations.commands import NewRecommendation, Said, ask_date, close_cycle, record_update, workbook
from candour.recommendations.commands.dates import waiting_of
from candour.recommendations.models import Ask, Cycle, Recommendation
from tests.everywhere.world import World
from tests.factories import NOW, START, TODAY

# What is done to a recommendation whose closure was proposed, and to one that the panel closed; the others are open.
AT_STAGES = {
    ".withdraw_closure": "proposed",
    ".decide_closure": "proposed",
    ".answer_closure": "proposed",
    ".verify_closure": "closed",
    ".reopen": "closed",
}


def of_recommendations(world: World, name: str) -> dict[str, Any]:
    """The same for what only the commands of recommendations and boards take, or take another of."""
    meeting = {"board": "Audit Panel", "met_on": TODAY, "minute": "41", "resolved": "To close it"}
    if not name.startswith("candour.recommendations."):
        return meeting
    which = next((stage for end, stage in AT_STAGES.items() if name.endswith(end)), "seen")
    it = Recommendation.objects.select_related("record").get(pk=world.recommendations[which].pk)
    new = NewRecommendation("Z1", "Another")
    raised = NewRaised("Z1", "Another", "inspection", it.record)
    part = world.recommendations["seen"].assignments.select_related("recommendation__record").get()
    if name.endswith((".answer_date", ".withdraw_date")) and waiting_of(part) is None:
        ask_date(part, text="May 2027", due=date(2027, 5, 31), actor=CANDOUR, at=NOW, reason="For a test")
    return (
        meeting
        | {
            "recommendation": it,
            "assignment": world.recommendations["seen"].assignments.get(),
            "new": new,
            "found": [raised if name.endswith(".raise_from_records") else new],
            "owner": world.house.posts["finance"],
            "answer": "refused" if name.endswith(".answer_date") else "agreed",
            "asked": waiting_of(part),
            "decision": world.items["seen"].decisions.get(),
            "verdict": "implemented",
            "outcome": "superseded",
            "response": "in part",
            "response_text": "Words",
            "case": "It is done",
            "finding": "Words",
            "risk": "Words",
            "achieved": "Half of it",
            "repeat_of": world.recommendations["hidden"].record,
        }
        | of_cycles(world, name)
    )


def of_cycles(world: World, name: str) -> dict[str, Any]:
    """The same for what only the commands of update cycles take, or take another of."""
    asks = Ask.objects.select_related("recommendation__record", "cycle", "post", "answer")
    asked = asks.get(pk=world.asked.pk)
    if name.endswith(".send_back") and asked.answer is None:
        record_update(asked.recommendation, achieved="Half of it", by=world.asked.post, actor=CANDOUR, at=NOW)
    if name.endswith(".open_cycle"):
        for cycle in Cycle.objects.filter(closed_on=None):
            close_cycle(cycle, actor=CANDOUR, at=NOW, reason="For another")
    answers: Any = {"achieved": "Half", "left": "Half", "barriers": "None", "closure": "no"}
    if name.endswith(".bring_back"):
        part = world.recommendations["seen"].assignments.select_related("recommendation__record").get()
        looked_at = part.recommendation.record.head_sequence
        answers = [workbook.Answer(part.recommendation_id, looked_at, part.pk, Said(TODAY, achieved="Half"))]
    return {
        "ask": asks.get(pk=world.asked.pk),
        "cycle": Cycle.objects.get(pk=world.asked.cycle_id),
        "post": world.house.posts["chief"],
        "answers": answers,
        "starts": TODAY,
        "ends": None,
        "due": TODAY,
        "name": "note.txt" if name.endswith(".add_evidence") else "July 2026",
    }


def of_audits(world: World, name: str) -> dict[str, Any]:
    """The same for what only the commands of audits take, or take another of."""
    if not name.startswith("candour.audits."):
        return {}
    audit = Audit.objects.get(pk=world.audits["proposed" if name.endswith(".answer_survey") else "seen"].pk)
    audit.left = "cancelled" if name.endswith(".reinstate") else ""
    new = Record(kind="audit", reference="Z1", title="Another", organisation=world.house.office)
    row = Audit(record=new, provider=audit.provider, year="2026/27", planned_on=TODAY)
    return {
        "audit": audit,
        "found": [NewAudit(new, row)],
        "provider": audit.provider,
        "year": "2027/28",
        "planned": {"panel": date(2026, 7, 20)},
        "stage": "brief",
        "on": TODAY,
        "opinion": 2,
        "satisfaction": 2,
        "days": 3,
        "scope": "Words",
        "measure": "draft",
        "allowed": 9,
        "panel_on": date(2026, 7, 9),
        "issued_on": None,
        "promise": Promise(
            organisation=world.house.office, provider=audit.provider, measure="final", allowed=5, starts=START
        ),
    }
