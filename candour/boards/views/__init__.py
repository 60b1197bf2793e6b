"""The pages of boards."""

from candour.boards.views.agenda import (
    add_item,
    change_item,
    issue_agenda,
    place_item,
    take_up,
    withdraw_item,
)
from candour.boards.views.asking import ask, withdraw_question
from candour.boards.views.feeds import calendar, feed
from candour.boards.views.forward import forward, move, plan_once, plan_year
from candour.boards.views.item import (
    item,
)
from candour.boards.views.listing import (
    board,
    boards,
)
from candour.boards.views.meeting import (
    meeting,
)
from candour.boards.views.minuting import (
    correct,
    minute,
    take_back,
)
from candour.boards.views.packs import (
    clear_matches,
    draft_pack,
    end_clearance,
    issue_pack,
    issue_supplement,
    pack_file,
    packs,
    share_pack,
    stop_share,
)
from candour.boards.views.papers import (
    add_paper,
    add_written,
    settle_draft,
    take_off,
)
from candour.boards.views.registers import (
    action_log,
    change_decision,
    decision,
    decisions,
    replace_action,
)
from candour.boards.views.setting_up import (
    agree_terms,
    change_board,
    change_seat,
    end_board,
    end_seat,
    give_seat,
    set_sight,
    set_up,
    terms,
)
from candour.boards.views.sitting import (
    actions,
    attendance,
    close_meeting,
    minutes,
    open_meeting,
    sign,
    take_attendance,
)
from candour.boards.views.standing import (
    add_standing,
    call_off,
    change_meeting,
    change_standing,
    end_limit,
    end_standing,
    limits,
    place_standing,
    plan_meeting,
    set_limit,
)

__all__ = [
    "action_log",
    "actions",
    "add_item",
    "add_paper",
    "add_standing",
    "add_written",
    "agree_terms",
    "ask",
    "attendance",
    "board",
    "boards",
    "calendar",
    "call_off",
    "change_board",
    "change_decision",
    "change_item",
    "change_meeting",
    "change_seat",
    "change_standing",
    "clear_matches",
    "close_meeting",
    "correct",
    "decision",
    "decisions",
    "draft_pack",
    "end_board",
    "end_clearance",
    "end_limit",
    "end_seat",
    "end_standing",
    "feed",
    "forward",
    "give_seat",
    "issue_agenda",
    "issue_pack",
    "issue_supplement",
    "item",
    "limits",
    "meeting",
    "minute",
    "minutes",
    "move",
    "open_meeting",
    "pack_file",
    "packs",
    "place_item",
    "place_standing",
    "plan_meeting",
    "plan_once",
    "plan_year",
    "replace_action",
    "set_limit",
    "set_sight",
    "set_up",
    "settle_draft",
    "share_pack",
    "sign",
    "stop_share",
    "take_attendance",
    "take_back",
    "take_off",
    "take_up",
    "terms",
    "withdraw_item",
    "withdraw_question",
]
