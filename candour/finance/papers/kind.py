"""The paper on finance and change as the kernel's papers know it: asked of the database once, written and checked from that."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings

from candour.finance.access import FinancePermission
from candour.finance.papers.paper import Stock, finance_paper
from candour.finance.queries.budgets import budget_on
from candour.finance.queries.collaborations import CollaborationWhole, collaborations_on
from candour.finance.queries.projects import ProjectWhole, projects_on
from candour.finance.queries.rows import BudgetWhole, SchemeWhole
from candour.finance.queries.schemes import schemes_on
from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.papers.document import Document
from candour.kernel.papers.kinds import Check, PaperKind
from candour.kernel.papers.leaks import Told, leak_checks
from candour.kernel.people.models import Organisation

Whole = BudgetWhole | SchemeWhole | ProjectWhole | CollaborationWhole


def gather(actor: Actor, *, organisation: Organisation, as_at: date, since: date, at: datetime) -> Stock:
    """What a body has of finance and change at the end of a day, from what had been recorded by `at` and the actor may see."""
    body = organisation.pk
    return Stock(
        body=organisation.name,
        panel=settings.PANEL_NAME,
        as_at=as_at,
        dated=local_date(at),
        budget=budget_on(actor, body, as_at=as_at, known_on=at),
        savings=tuple(schemes_on(actor, "saving", as_at=as_at, organisation=body, known_on=at)),
        capital=tuple(schemes_on(actor, "capital", as_at=as_at, organisation=body, known_on=at)),
        projects=tuple(projects_on(actor, as_at=as_at, organisation=body, known_on=at)),
        collaborations=tuple(collaborations_on(actor, as_at=as_at, organisation=body, known_on=at)),
    )


def checks(stock: Stock, audience: str, document: Document) -> tuple[Check, ...]:
    """Nothing of a hidden record may stand in a copy, which stops its issue; and what the figures leave open is named."""
    shown = stock.shown(audience)
    found = [_funding(shown), _late(shown)]
    if audience == "panel":
        return tuple(found)
    kept = {one.row.pk for one in shown.everything}
    hidden = [told(one) for one in stock.everything if one.row.pk not in kept]
    return (*leak_checks(document, hidden=hidden, shown=map(told, shown.everything), what="records"), *found)


def _funding(stock: Stock) -> Check:
    wrong = [one.row.reference for one in stock.capital if one.row.line.unfunded and one.row.line.closed_on is None]
    words = (
        "The funding of every capital scheme adds up"
        if not wrong
        else "The funding of a capital scheme does not add up"
    )
    return Check(not wrong, words, ", ".join(wrong))


def _late(stock: Stock) -> Check:
    late = [one.row.reference for one in stock.projects if one.row.state == "Report late"]
    words = "Every highlight report that was due is in" if not late else "A highlight report is late"
    return Check(not late, words, ", ".join(late))


def told(one: Whole) -> Told:
    """What a record says in words, and what hangs on it."""
    row = one.row
    return Told(row.reference, row.title, tuple(text for text in _texts(one) if text))


def _texts(one: Whole) -> Iterable[str]:
    if isinstance(one, SchemeWhole):
        yield one.about
    elif isinstance(one, ProjectWhole):
        yield from (one.texts[name] or "" for name in ("about", "outcome", "lessons"))
        for report in one.reports:
            yield from (report[name] for name in ("progress", "next", "issues"))
        yield from (case["summary"] for case in one.cases)
        yield from (change["asked"] for change in one.changes)
        yield from _of_benefits(one.benefits)
    elif isinstance(one, CollaborationWhole):
        yield one.texts["about"] or ""
        yield from (review["found"] for review in one.reviews)
        yield from _of_benefits(one.benefits)


def _of_benefits(rows: Iterable[object]) -> Iterable[str]:
    for each in rows:
        yield from (each["what"], each["found"] or "")  # type: ignore[index]


FINANCE = PaperKind(
    name="finance",
    label="Finance and change",
    permission=FinancePermission.SEE,
    gather=gather,
    write=finance_paper,
    check=checks,
)
