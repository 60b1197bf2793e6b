"""The verbs of boards. Each: may they, do the rules allow it, record it, give the row back."""

from candour.boards.commands.acting import set_action, supersede_action
from candour.boards.commands.agenda import (
    NewItem,
    add_item,
    add_written,
    attach,
    change_item,
    issue_agenda,
    place_item,
    settle_draft,
    take_off,
    withdraw_item,
)
from candour.boards.commands.answering import Answered, answer_question, answer_questions
from candour.boards.commands.asking import ask, take_up, withdraw_question
from candour.boards.commands.bringing_in import HeldAction, HeldItem, bring_in_meeting, bring_in_replacements
from candour.boards.commands.clearing import clear_match, end_clearance
from candour.boards.commands.deciding import NewDecision, change_decision, decide, record_decision
from candour.boards.commands.feeds import end_feed, make_feed
from candour.boards.commands.forward import move_once, move_standing, plan_once, plan_year
from candour.boards.commands.making import begin_making, end_making, tell_making
from candour.boards.commands.packs import NewPack, issue_pack, may_issue, share_pack, stop_share
from candour.boards.commands.planning import call_off, change_meeting, move_meeting, plan_meeting
from candour.boards.commands.setting_up import (
    BoardFacts,
    agree_terms,
    change_board,
    change_seat,
    end_board,
    end_seat,
    give_seat,
    set_up_board,
)
from candour.boards.commands.sight import set_sight
from candour.boards.commands.signing import correct_minute, sign_off
from candour.boards.commands.sitting import (
    Taken,
    close_meeting,
    declare_interest,
    open_meeting,
    take_attendance,
    withdraw_interest,
    write_minute,
)
from candour.boards.commands.standing import (
    StandingFacts,
    add_standing,
    change_standing,
    end_limit,
    end_standing,
    order_standing,
    place_standing,
    set_limit,
)

__all__ = [
    "Answered",
    "BoardFacts",
    "HeldAction",
    "HeldItem",
    "NewDecision",
    "NewItem",
    "NewPack",
    "StandingFacts",
    "Taken",
    "add_item",
    "add_standing",
    "add_written",
    "agree_terms",
    "answer_question",
    "answer_questions",
    "ask",
    "attach",
    "begin_making",
    "bring_in_meeting",
    "bring_in_replacements",
    "call_off",
    "change_board",
    "change_decision",
    "change_item",
    "change_meeting",
    "change_seat",
    "change_standing",
    "clear_match",
    "close_meeting",
    "correct_minute",
    "decide",
    "declare_interest",
    "end_board",
    "end_clearance",
    "end_feed",
    "end_limit",
    "end_making",
    "end_seat",
    "end_standing",
    "give_seat",
    "issue_agenda",
    "issue_pack",
    "make_feed",
    "may_issue",
    "move_meeting",
    "move_once",
    "move_standing",
    "open_meeting",
    "order_standing",
    "place_item",
    "place_standing",
    "plan_meeting",
    "plan_once",
    "plan_year",
    "record_decision",
    "set_action",
    "set_limit",
    "set_sight",
    "set_up_board",
    "settle_draft",
    "share_pack",
    "sign_off",
    "stop_share",
    "supersede_action",
    "take_attendance",
    "take_off",
    "take_up",
    "tell_making",
    "withdraw_interest",
    "withdraw_item",
    "withdraw_question",
    "write_minute",
]
