"""The health check: each failing that a review of commissioned services found, as a rule with its sentence and its fix.

Every check is a rule table, read here for a page and compiled to SQL for lists. See docs/rules/agreements.md.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from candour.commissioning.rules.states import Line, unsigned_sides
from candour.kernel.calendar import say_date
from candour.kernel.money import pounds
from candour.kernel.rules import TODAY, Condition, Field, Op, Rule, Table, Today, read, table

Result = Literal["fail", "warn", "pass"]
RESULTS: Mapping[Result, str] = {"fail": "Fail", "warn": "Warn", "pass": "Pass"}
STALE = 365  # days after which a contact has to be confirmed again
WARNED, PRESSING = 183, 91  # days before an end without a decision on what comes next


@dataclass(frozen=True)
class Check:
    """A check: what it is called when it fails and when it passes, its table, what it says of a line, and how to mend it.

    page: the page that mends it, as the last part of its address.
    """

    name: str
    fails: str
    passes: str
    table: Table
    says: Callable[[Line, date], str]
    fix: str
    page: str


def _when(outcome: Result, *asked: tuple[str, Op] | tuple[str, Op, object]) -> Rule:
    return Rule(outcome, tuple(Condition(*each) for each in asked))


def _check(*rules: Rule) -> Table:
    """What has ended is not held against anybody any more: its failings stand in its history."""
    return table(_when("pass", ("closed_on", "is not none")), *rules, Rule("pass"))


def _day(day: date | None) -> str:
    return say_date(day) if day else "no day"


def _nothing(line: Line, today: date) -> str:
    return ""


def _signed(line: Line, today: date) -> str:
    missing = unsigned_sides(line)
    if not missing:
        return ""
    if len(missing) == 2:
        return "Neither the office nor the provider has signed it."
    first = line.office_signed_on or line.provider_signed_on
    by = "the office" if line.office_signed_on else "the provider"
    return f"Signed by {by} alone, on {_day(first)}."


def _dates(line: Line, today: date) -> str:
    missing = [words for day, words in ((line.starts, "first day"), (line.ends, "last day")) if day is None]
    return f"It has no {' and no '.join(missing)}."


def _contact(line: Line, today: date) -> str:
    return f"Last confirmed on {_day(line.confirmed_on)}." if line.contacts else "Nobody at the provider is named."


def _copy(line: Line, today: date) -> str:
    found = (
        (line.undated, "it has no date"),
        (line.blank_signature, "a signature block is blank"),
        (line.title_differs, "its title is not the title of the register"),
    )
    said = [words for holds, words in found if holds]
    return f"In the copy on file {', '.join(said)}." if said else ""


def _ordered(line: Line, today: date) -> str:
    signed = f"both had signed on {_day(line.signed_on)}" if line.signed_on else "not both have signed"
    return f"The first order was raised on {_day(line.first_ordered_on)}; {signed}."


def _over(line: Line, today: date) -> str:
    return f"{pounds(line.ordered)} ordered, {pounds(line.value)} agreed."


def _value(line: Line, today: date) -> str:
    return "It is not said what it costs." if line.value is None else _over(line, today)


CHECKS: tuple[Check, ...] = (
    Check(
        "specification", "No specification", "Specification on file",
        _check(_when("fail", ("specified", "==", False))),
        lambda line, today: "What is bought is written nowhere.", "Write or attach the specification", "change",
    ),
    Check(
        "code", "No project code", "Reference and project code",
        _check(_when("fail", ("project_code", "==", ""))),
        lambda line, today: "Finance and the register cannot be matched.", "Enter the project code", "change",
    ),
    Check(
        "dates", "Dates are missing", "First and last day",
        _check(_when("fail", ("starts", "is none")), _when("fail", ("ends", "is none"))),
        _dates, "Enter the dates", "change",
    ),
    Check(
        "expired", "Expired but running", "Not past its last day",
        _check(_when("fail", ("ends", "<", TODAY))),
        lambda line, today: f"It ended on {_day(line.ends)}, and nobody has recorded that it is over.",
        "Record an extension, or that it ended", "vary",
    ),
    Check(
        "signatures", "Not signed by both", "Signed by both",
        _check(
            _when("pass", ("signed_on", "is not none")),
            _when("warn", ("starts", ">", TODAY)),
            _when("fail", ("signed_on", "is none")),
        ),
        _signed, "Record the signature", "sign",
    ),
    Check(
        "copy", "The agreement is not on file", "The agreement is on file",
        _check(_when("fail", ("copy", "==", False), ("signed_on", "is not none")), _when("warn", ("copy", "==", False))),
        lambda line, today: "No copy of the agreement is kept here.", "Attach the whole agreement", "document",
    ),
    Check(
        "template", "Old template", "Current template",
        _check(_when("fail", ("old_template", "==", True))),
        lambda line, today: "A newer template was in use when it was attached.", "Put it on the current template", "document",
    ),
    Check(
        "brackets", "Brackets left in the text", "No brackets left",
        _check(
            _when("fail", ("brackets", ">", 0), ("signed_on", "is not none")), _when("warn", ("brackets", ">", 0))
        ),
        lambda line, today: f"{line.brackets} {'place is' if line.brackets == 1 else 'places are'} still to be filled in.",
        "Fill them in, and attach the new copy", "document",
    ),
    Check(
        "text", "The copy is incomplete", "Dated, signed and titled",
        _check(
            _when("warn", ("undated", "==", True)),
            _when("warn", ("blank_signature", "==", True)),
            _when("warn", ("title_differs", "==", True)),
        ),
        _copy, "Attach a complete copy", "document",
    ),
    Check(
        "kpis", "No KPIs", "KPIs set", _check(_when("fail", ("kpis", "==", False))),
        lambda line, today: "Nothing says what good looks like.", "Set the KPIs", "change",
    ),
    Check(
        "monitoring", "No monitoring", "Monitoring set", _check(_when("fail", ("monitored", "==", False))),
        lambda line, today: "No return is asked for.", "Say which returns are due when", "change",
    ),
    Check(
        "management", "No management plan", "Management plan", _check(_when("fail", ("managed", "==", False))),
        lambda line, today: "Nobody has said who looks after it and how.", "Write or attach a plan", "change",
    ),
    Check(
        "contact", "Contact is stale or missing", "Contact confirmed",
        _check(
            _when("fail", ("contacts", "==", 0)), _when("warn", ("confirmed_on", "<", Today(-STALE)))
        ),
        _contact, "Confirm the contact", "contact",
    ),
    Check(
        "ordered", "Order raised before the agreement", "No order before the agreement",
        _check(
            _when("fail", ("first_ordered_on", "is not none"), ("signed_on", "is none")),
            _when("warn", ("first_ordered_on", "<", Field("signed_on"))),
        ),
        _ordered, "Have both sign it", "sign",
    ),
    Check(
        "value", "Over its value", "Within its value",
        _check(
            _when("fail", ("value", "is none")), _when("fail", ("ordered", ">", Field("value")))
        ),
        _value, "Record a variation, with its ground", "vary",
    ),
    Check(
        "next", "Ends without a decision", "What comes next is decided",
        _check(
            Rule("pass", (Condition("follows", ">", ""),)),
            _when("fail", ("ends", "<=", Today(PRESSING))),
            _when("warn", ("ends", "<=", Today(WARNED))),
        ),
        lambda line, today: f"It ends on {_day(line.ends)}, and nobody has decided what comes next.",
        "Record the decision", "next",
    ),
    Check(
        "override", "The gate was overridden", "The gate was not overridden",
        _check(
            _when("pass", ("overridden_on", "is none")),
            _when("warn", ("signed_on", "is none")),
            _when("warn", ("specified", "==", False)),
            _when("warn", ("kpis", "==", False)),
            _when("warn", ("starts", "is none")),
            _when("warn", ("ends", "is none")),
        ),
        lambda line, today: f"On {_day(line.overridden_on)}, good until {_day(line.overridden_until)}.",
        "Mend what the gate asks for", "change",
    ),
)  # fmt: skip
BY_NAME: Mapping[str, Check] = {check.name: check for check in CHECKS}


SOME_DAY = date(2000, 1, 1)  # any will do for what fails whatever the day


def _dated(check: Check) -> bool:
    """Whether it depends on the day that a check fails: a rule that says so, or one before it, asks the day."""
    last = max((n for n, rule in enumerate(check.table) if rule.outcome == "fail"), default=-1)
    return any(isinstance(asked.value, Today) for rule in check.table[: last + 1] for asked in rule.when)


DATED: tuple[Check, ...] = tuple(check for check in CHECKS if _dated(check))
UNDATED: tuple[Check, ...] = tuple(check for check in CHECKS if not _dated(check))


def fails_any_day(line: Line) -> bool:
    """Whether a check fails whatever the day: kept on the read line, so that a list need not work it out."""
    return any(read(check.table, line, SOME_DAY) == "fail" for check in UNDATED)


@dataclass(frozen=True)
class Finding:
    """What a check says of one agreement on a day."""

    check: Check
    result: Result
    said: str

    @property
    def title(self) -> str:
        return self.check.passes if self.result == "pass" else self.check.fails

    @property
    def word(self) -> str:
        return RESULTS[self.result]


def health(line: Line, today: date) -> tuple[Finding, ...]:
    """Every check on a day: what fails, then what warns, then what passes."""
    found = []
    for check in CHECKS:
        result: Result = read(check.table, line, today)  # type: ignore[assignment]
        found.append(Finding(check, result, "" if result == "pass" else check.says(line, today)))
    return tuple(sorted(found, key=lambda one: list(RESULTS).index(one.result)))


def gate(line: Line) -> list[str]:
    """What is missing before an order, a payment or a start; empty where the gate is passed."""
    return [
        *(["the specification"] if not line.specified else []),
        *(["the KPIs"] if not line.kpis else []),
        *(["the first day"] if line.starts is None else []),
        *(["the last day"] if line.ends is None else []),
        *(f"the signature of {side[0].lower()}{side[1:]}" for side in unsigned_sides(line)),
    ]


def overridden(line: Line, day: date) -> bool:
    """Whether an override of the gate holds on a day."""
    return bool(line.overridden_on and line.overridden_until and line.overridden_on <= day <= line.overridden_until)
