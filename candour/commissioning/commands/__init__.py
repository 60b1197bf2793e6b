"""The verbs of an agreement. Each: may they, do the rules allow it, record it, give the row back."""

from candour.commissioning.commands.attaching import add_contact, attach, confirm_contact, confirm_contacts
from candour.commissioning.commands.bringing import (
    NewAgreement,
    bring_in_agreements,
    bring_in_payments,
    bring_in_providers,
)
from candour.commissioning.commands.gate import GOOD_FOR, order, override, shut
from candour.commissioning.commands.life import decide_next, end, restrict, sign, vary
from candour.commissioning.commands.publishing import (
    add_indicator,
    end_indicator,
    pay,
    rate,
    set_publishing,
    withhold,
    withhold_no_more,
)
from candour.commissioning.commands.raising import change_agreement, raise_agreement
from candour.commissioning.commands.serving import serve
from candour.commissioning.commands.settings import add_provider, add_stream, change_provider, set_template

__all__ = [
    "GOOD_FOR",
    "NewAgreement",
    "add_contact",
    "add_indicator",
    "add_provider",
    "add_stream",
    "attach",
    "bring_in_agreements",
    "bring_in_payments",
    "bring_in_providers",
    "change_agreement",
    "change_provider",
    "confirm_contact",
    "confirm_contacts",
    "decide_next",
    "end",
    "end_indicator",
    "order",
    "override",
    "pay",
    "raise_agreement",
    "rate",
    "restrict",
    "serve",
    "set_publishing",
    "set_template",
    "shut",
    "sign",
    "vary",
    "withhold",
    "withhold_no_more",
]
