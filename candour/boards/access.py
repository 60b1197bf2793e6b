"""What there is to permit about boards."""

from enum import StrEnum


class BoardPermission(StrEnum):
    SEE = "boards.see"
    SET_UP = "boards.set_up"  # boards, seats, terms of reference, standing items, limits
    PLAN = "boards.plan"  # meetings, agendas, questions
    CONTRIBUTE = "boards.contribute"  # papers to an item
    ISSUE = "boards.issue"  # agendas and packs go out
    CLEAR = "boards.clear_matches"  # titles that stand in an upload by chance
    MINUTE = "boards.minute"  # attendance, minutes, answers, actions
    RECORD = "boards.record"  # record what a board resolved
