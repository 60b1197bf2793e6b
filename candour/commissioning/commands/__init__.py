"""The verbs of an agreement. Each: may they, do the rules allow it, record it, give the row back."""

from candour.commissioning.commands.attaching import add_contact, attach, confirm_contact
from candour.commissioning.commands.gate import GOOD_FOR, order, override, shut
from candour.commissioning.commands.life import decide_next, end, restrict, sign, vary
from candour.commissioning.commands.raising import change_agreement, raise_agreement
from candour.commissioning.commands.settings import add_provider, add_stream, change_provider, set_template

__all__ = [
    "GOOD_FOR",
    "add_contact",
    "add_provider",
    "add_stream",
    "attach",
    "change_agreement",
    "change_provider",
    "confirm_contact",
    "decide_next",
    "end",
    "order",
    "override",
    "raise_agreement",
    "restrict",
    "set_template",
    "shut",
    "sign",
    "vary",
]
