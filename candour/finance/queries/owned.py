"""Which schemes, projects and collaborations a post answers for until they end."""

from candour.finance.access import FinancePermission
from candour.kernel.establishment.work import Source
from candour.kernel.records.models import Record, visible


def _source(kind: str, many: str, order: int) -> Source:
    return Source(
        name=kind,
        one=kind.removeprefix("finance-"),
        many=many,
        order=order,
        rows=lambda actor, today: Record.objects.filter(
            visible(actor, FinancePermission.SEE), kind=kind, closed_on=None
        ),
        holder="owner",
        record="",
        title="title",
    )


OWNED = (
    _source("budget", "budgets", 50),
    _source("finance-scheme", "schemes", 51),
    _source("project", "projects", 52),
    _source("collaboration", "collaborations", 53),
)
