"""What is known of an agreement and does not depend on today (the read line), and the state that follows from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from candour.kernel.rules import TODAY, Condition, Rule, Table, Today, read, table

SIDES: Mapping[str, str] = {"office": "The office", "provider": "The provider"}
NEXT: Mapping[str, str] = {
    "recommission": "Commission it anew",
    "extend": "Extend it",
    "renew": "Renew it with the same provider",
    "stop": "Let it end",
}
# Procurement Act 2023, section 74 and schedule 8; the last for agreements that it does not cover.
GROUNDS: Mapping[str, str] = {
    "provided": "Provided for in the agreement",
    "insubstantial": "Not substantial",
    "below": "Below the threshold",
    "light": "Light touch, exempt",
    "urgency": "Urgency and the protection of life",
    "unforeseen": "Unforeseeable circumstances",
    "risk": "A known risk came about",
    "additional": "Additional services",
    "transfer": "Transfer on restructuring",
    "agreed": "Agreed by both parties, no public contract",
}
SOON = 183  # days before its end on which an agreement is said to end soon


@dataclass(frozen=True)
class Facts:
    """What the agreement's own row says. organisation, provider, stream are ids; value in pence; texts as they stand."""

    organisation: int
    sensitivity: str
    kind: str
    provider: int
    stream: int
    project_code: str = ""
    starts: date | None = None
    ends: date | None = None
    last_end: date | None = None
    notice_on: date | None = None
    closed_on: date | None = None
    value: int | None = None
    specification: str = ""
    kpis: str = ""
    monitoring: str = ""
    management: str = ""
    follows: str = ""
    office_signed_on: date | None = None
    provider_signed_on: date | None = None
    overridden_on: date | None = None
    overridden_until: date | None = None
    step: str = ""
    step_due: date | None = None
    owed_from: date | None = None
    checked_until: date | None = None
    diligence: str = ""


@dataclass(frozen=True)
class Variation:
    """A change of value (pence, more or less), of the end, or both."""

    on: date
    change: int = 0
    new_end: date | None = None


@dataclass(frozen=True)
class Order:
    on: date
    value: int


@dataclass(frozen=True)
class Document:
    """A paper of an agreement and what its text check found. which: "agreement", "specification", "plan"."""

    which: str
    old_template: bool = False
    brackets: int = 0
    undated: bool = False
    blank_signature: bool = False
    title_differs: bool = False


@dataclass(frozen=True)
class Returned:
    """A return that stands: when it is due, came, and is assessed by; verdict as rules.follow has it."""

    due: date
    received_on: date | None = None
    assess_by: date | None = None
    verdict: str = ""


@dataclass(frozen=True)
class Attached:
    """What hangs on an agreement. confirmed: the day on which each standing contact was last confirmed.

    documents: oldest first; the last agreement among them is the copy in use. paid: pence. serves: numbers of priorities.
    """

    variations: Sequence[Variation] = ()
    orders: Sequence[Order] = ()
    confirmed: Sequence[date] = ()
    documents: Sequence[Document] = ()
    returns: Sequence[Returned] = ()
    paid: int = 0
    serves: Sequence[int] = ()


@dataclass(frozen=True)
class Line:
    """The read line. ends: the end as extended; value, ordered: pence; signed_on: the day on which both had signed.

    copy: whether the agreement itself is on file; brackets and the rest are of that copy. overridden_until: the last day of
    the last override of the gate, from overridden_on. step, step_due: what comes next in its process, and its planned day.
    owed_from, checked_until, diligence: of its provider, see rules.care.Care. scheduled: whether returns are asked for by their
    days; return_due, assess_by: of the first that has not come, and of the first that came and is not assessed. paid: pence.
    serves: the numbers of the priorities of plans that it serves, with commas; whoever shows them asks which one may see.
    """

    organisation: int
    sensitivity: str
    kind: str
    provider: int
    stream: int
    project_code: str
    starts: date | None
    ends: date | None
    last_end: date | None
    notice_on: date | None
    closed_on: date | None
    value: int | None
    ordered: int
    first_ordered_on: date | None
    office_signed_on: date | None
    provider_signed_on: date | None
    signed_on: date | None
    specified: bool
    kpis: bool
    monitored: bool
    managed: bool
    contacts: int
    confirmed_on: date | None
    copy: bool
    old_template: bool
    brackets: int
    undated: bool
    blank_signature: bool
    title_differs: bool
    follows: str
    overridden_on: date | None
    overridden_until: date | None
    step: str
    step_due: date | None
    owed_from: date | None
    checked_until: date | None
    diligence: str
    scheduled: bool = False
    return_due: date | None = None
    assess_by: date | None = None
    paid: int = 0
    serves: str = ""


def line(facts: Facts, attached: Attached) -> Line:
    """The read line of an agreement from its row and what hangs on it."""
    moved = [each.new_end for each in attached.variations if each.new_end]
    which = {each.which for each in attached.documents}
    copy = next((each for each in reversed(attached.documents) if each.which == "agreement"), None)
    of_copy = copy or Document("agreement")
    office, provider = facts.office_signed_on, facts.provider_signed_on
    changed = sum(each.change for each in attached.variations)
    return Line(
        **{name: getattr(facts, name) for name in _PLAIN},
        ends=moved[-1] if moved else facts.ends,
        value=None if facts.value is None else facts.value + changed,
        ordered=sum(each.value for each in attached.orders),
        first_ordered_on=min((each.on for each in attached.orders), default=None),
        signed_on=max(office, provider) if office and provider else None,
        specified=bool(facts.specification.strip()) or "specification" in which,
        kpis=bool(facts.kpis.strip()),
        monitored=bool(facts.monitoring.strip() or attached.returns),
        managed=bool(facts.management.strip()) or "plan" in which,
        contacts=len(attached.confirmed),
        confirmed_on=max(attached.confirmed, default=None),
        copy=copy is not None,
        old_template=of_copy.old_template,
        brackets=of_copy.brackets,
        undated=of_copy.undated,
        blank_signature=of_copy.blank_signature,
        title_differs=of_copy.title_differs,
        scheduled=bool(attached.returns),
        return_due=min((each.due for each in attached.returns if each.received_on is None), default=None),
        assess_by=min((each.assess_by for each in _waiting(attached.returns) if each.assess_by), default=None),
        paid=attached.paid,
        serves=",".join(map(str, sorted(attached.serves))),
    )


def _waiting(returns: Iterable[Returned]) -> list[Returned]:
    """Those that came and are not assessed."""
    return [each for each in returns if each.received_on is not None and not each.verdict]


_PLAIN = (
    *("organisation", "sensitivity", "kind", "provider", "stream", "project_code", "starts", "last_end", "notice_on"),
    *("closed_on", "follows", "office_signed_on", "provider_signed_on", "overridden_on", "overridden_until"),
    *("step", "step_due", "owed_from", "checked_until", "diligence"),
)

STATE: Table = table(
    Rule("Ended", (Condition("closed_on", "is not none"),)),
    Rule("Running expired", (Condition("ends", "<", TODAY),)),
    Rule("Draft", (Condition("signed_on", "is none"), Condition("starts", "is none"))),
    Rule("Draft", (Condition("signed_on", "is none"), Condition("starts", ">", TODAY))),
    Rule("Running unsigned", (Condition("signed_on", "is none"),)),
    Rule("To start", (Condition("starts", ">", TODAY),)),
    Rule("Ending soon", (Condition("ends", "<=", Today(SOON)),)),
    Rule("Running"),
)

STATE_TONES: Mapping[str, str] = {
    "Draft": "",
    "To start": "blue",
    "Running": "green",
    "Running unsigned": "red",
    "Running expired": "red",
    "Ending soon": "amber",
    "Ended": "line",
}
STATE_WORDS: Mapping[str, str] = {
    "Draft": "It has not begun, and not both have signed it.",
    "To start": "Both have signed it, and its first day is still to come.",
    "Running": "Both have signed it, and it runs.",
    "Running unsigned": "Its first day has come, and not both have signed it.",
    "Running expired": "Its last day has passed, and nobody has recorded an extension or that it ended.",
    "Ending soon": "It runs, and ends within six months.",
    "Ended": "Somebody recorded that it is over.",
}


def state(line: Line, today: date) -> str:
    """Derived from the line, never typed."""
    return read(STATE, line, today)


def unsigned_sides(line: Line) -> list[str]:
    """Who has not signed, in words."""
    signed = {"office": line.office_signed_on, "provider": line.provider_signed_on}
    return [words for side, words in SIDES.items() if signed[side] is None]


def total(values: Iterable[int | None]) -> int:
    """The sum of what is known, in pence."""
    return sum(value or 0 for value in values)
