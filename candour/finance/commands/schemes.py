"""Budgets are opened; schemes are added, changed, rated, and finished."""

from datetime import date, datetime

from candour.finance import rules
from candour.finance.access import FinancePermission
from candour.finance.commands.base import new_record, require_report, retitled, standing, step_in, words_for
from candour.finance.models import Budget, Scheme
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record, Sensitivity
from candour.kernel.rules import Refused, need_reason


def open_budget(
    *,
    organisation: Organisation,
    year: date,
    actor: Actor,
    at: datetime,
    reason: str,
    title: str = "",
    reference: str = "",
    owner: Post | None = None,
    sensitivity: str = Sensitivity.OFFICE,
    effective: date | None = None,
) -> Budget:
    """Open the budget of a body for the financial year in which a day lies; its figures are loaded into it.

    Raises Refused where the year has one already.
    """
    require(actor, FinancePermission.MANAGE, Record(organisation=organisation))
    first, day = rules.starts_year(year), effective or local_date(at)
    said = rules.say_year(first)
    if Budget.objects.filter(record__organisation=organisation, year=first, record__closed_on=None).exists():
        raise Refused("year", f"The budget of {said} is open already: load figures into it")
    record = new_record(
        "budget", first=said, organisation=organisation, title=title or f"Budget {said}",
        reference=reference or said, owner=owner, sensitivity=sensitivity,
    )  # fmt: skip
    with recording("budget.opened", actor=actor, at=at, effective=day, reason=need_reason(reason)):
        record.save()
        return Budget.objects.create(record=record, year=first, opened_on=day)


def change_budget(
    budget: Budget,
    *,
    title: str,
    owner: Post | None,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Budget:
    """Change what a budget is called, and who answers for it."""
    record = budget.record
    require(actor, FinancePermission.MANAGE, record)
    standing(record)
    why, title = need_reason(reason, "Say why it changes"), retitled(record, title)
    with recording("budget.changed", record, actor=actor, at=at, effective=effective, reason=why):
        record.title, record.owner = title, owner
        record.save()
    return budget


def add_scheme(
    *,
    organisation: Organisation,
    sort: str,
    title: str,
    actor: Actor,
    at: datetime,
    reason: str,
    about: str = "",
    cashable: bool = False,
    reference: str = "",
    owner: Post | None = None,
    sensitivity: str = Sensitivity.OFFICE,
    effective: date | None = None,
) -> Scheme:
    """Add a scheme to the savings plan ("saving") or to the capital programme ("capital").

    Raises Refused for another sort, no title, a title or a reference that is taken.
    """
    require(actor, FinancePermission.MANAGE, Record(organisation=organisation))
    if sort not in rules.SORTS:
        raise Refused("sort", "Choose whether it saves or builds")
    day = effective or local_date(at)
    record = new_record(
        "finance-scheme", first={"saving": "SAV-01", "capital": "CAP-01"}[sort], organisation=organisation, title=title,
        reference=reference or _next(organisation, sort), owner=owner, sensitivity=sensitivity,
    )  # fmt: skip
    with recording("finance_scheme.added", actor=actor, at=at, effective=day, reason=need_reason(reason)):
        record.save()
        kept = cashable and sort == "saving"
        return Scheme.objects.create(record=record, sort=sort, about=about.strip(), cashable=kept, added_on=day)


def _next(organisation: Organisation, sort: str) -> str:
    """The reference after the highest of a sort: savings and capital schemes count apart."""
    prefix = {"saving": "SAV-", "capital": "CAP-"}[sort]
    held = Record.objects.filter(organisation=organisation, kind="finance-scheme", reference__startswith=prefix)
    numbers = [int(each[4:]) for each in held.values_list("reference", flat=True) if each[4:].isdigit()]
    return f"{prefix}{max(numbers, default=0) + 1:02}"


def change_scheme(
    scheme: Scheme,
    *,
    title: str,
    about: str,
    cashable: bool,
    owner: Post | None,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Scheme:
    """Change what a scheme is called and says, whether it is cashable, and who answers for it."""
    record = scheme.record
    require(actor, FinancePermission.MANAGE, record)
    standing(record)
    why, title = need_reason(reason, "Say why it changes"), retitled(record, title)
    with recording("finance_scheme.changed", record, actor=actor, at=at, effective=effective, reason=why):
        record.title, record.owner = title, owner
        record.save()
        scheme.about, scheme.cashable = about.strip(), cashable and scheme.sort == "saving"
        scheme.save()
    return scheme


def rate_scheme(
    scheme: Scheme, *, rating: int, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Scheme:
    """Rate how a scheme is going with a word of the body's scale of that day. By who answers for it, or manages schemes.

    Raises Refused for no reason, no scale, a step it does not have, and where nothing changes.
    """
    record = scheme.record
    require_report(actor, record)
    standing(record)
    day = effective or local_date(at)
    words = words_for(record.organisation_id, day, "rating")
    step = step_in(words, rating, "rating")
    if (scheme.scale_id, scheme.rating) == (words.id, step):
        raise Refused("rating", "It is rated so already: choose another word")
    why = need_reason(reason, "Say what it is rated on")
    with recording("finance_scheme.rated", record, actor=actor, at=at, effective=day, reason=why):
        named = words.step(step)
        scheme.scale_id, scheme.rating, scheme.word = words.id, step, named.word if named else ""
        scheme.save()
    return scheme


def finish_scheme(
    scheme: Scheme, *, on: date, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Scheme:
    """Record that a scheme is finished or stopped. Raises Refused for a day to come and where it has ended."""
    record = scheme.record
    require(actor, FinancePermission.MANAGE, record)
    standing(record)
    if on > local_date(at):
        raise Refused("on", "Enter today, or a day before it")
    why = need_reason(reason, "Say how it ended")
    with recording("finance_scheme.finished", record, actor=actor, at=at, effective=effective, reason=why):
        record.closed_on = on
        record.save()
    return scheme
