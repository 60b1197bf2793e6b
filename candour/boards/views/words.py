"""The words in which pages speak of what happened to boards, meetings and agenda items."""

from collections.abc import Mapping

from candour.boards.rules.words import ANSWERS, GROUNDS, PRESENCES, PURPOSES, ROLES
from candour.kernel.records.telling import EVENTS as OF_ANY_RECORD
from candour.kernel.records.telling import Vocabulary

EVENTS: Mapping[str, str] = OF_ANY_RECORD | {
    "board.set_up": "Board set up",
    "board.changed": "Board changed",
    "board.ended": "Board ended",
    "board.seat_given": "Seat given",
    "board.seat_changed": "Seat changed",
    "board.seat_ended": "Seat ended",
    "board.terms_agreed": "Terms of reference agreed",
    "board.standing_added": "Standing item added",
    "board.standing_changed": "Standing item changed",
    "board.standing_ordered": "Standing items put in another order",
    "board.forward_plan_changed": "Forward plan changed",
    "board.standing_ended": "Standing item ended",
    "limit.set": "Limit of who may decide set",
    "limit.ended": "Limit ended",
    "meeting.planned": "Meeting planned",
    "meeting.changed": "Time or place changed",
    "meeting.moved": "Meeting moved",
    "meeting.called_off": "Meeting called off",
    "agenda.issued": "Agenda sent out",
    "item.added": "Item added",
    "item.changed": "Item changed",
    "item.placed": "Item moved on the agenda",
    "item.withdrawn": "Item withdrawn",
    "item.paper_added": "Paper added",
    "item.paper_settled": "Paper made final",
    "item.paper_taken_off": "Paper taken off",
    "item.question_asked": "Question to the board added",
    "item.question_withdrawn": "Question to the board withdrawn",
    "decision.recorded": "Decision recorded",
}
FIELDS: Mapping[str, str] = {
    "title": "Title",
    "owner": "Presented by",
    "held_on": "Held on",
    "starts_at": "Starts at",
    "lasts": "Minutes planned",
    "venue": "Venue",
    "issued_on": "Agenda sent out",
    "called_off_on": "Called off",
    "purpose": "Purpose",
    "minutes": "Minutes",
    "closed": "Closed part",
    "ground": "Ground for the closed part",
    "lapses_on": "Ground lapses",
    "introduction": "Introduction",
    "number": "Number",
    "text": "Text",
    "answer": "Answer",
    "why": "Why",
}
VOCABULARY = Vocabulary(
    events=EVENTS,
    fields=FIELDS,
    special={},
    places={
        ("boards.item", "purpose"): PURPOSES,
        ("boards.item", "ground"): GROUNDS,
        ("boards.attendance", "presence"): PRESENCES,
        ("boards.question", "answer"): ANSWERS,
        ("boards.seat", "role"): ROLES,
    },
    repeating=("added_on", "started_on"),
    silent=("record", "meeting", "item", "board", "position", "first_planned", "kind", "reference", "organisation"),
    others=(("boards.question", "about"),),
)
