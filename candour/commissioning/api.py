"""Agreements for scripts: the register, one agreement with its money; providers; grant rounds."""

from datetime import date
from typing import Any, ClassVar

from ninja import Query, Router
from pydantic import Field

from candour.commissioning.access import CommissioningPermission
from candour.commissioning.models import Agreement, Round
from candour.commissioning.queries.one import agreement_at, in_full, providers
from candour.commissioning.queries.past import matches, register_on, shown_on
from candour.commissioning.queries.register import SORTS, VIEWS, AgreementFilter, page_of
from candour.commissioning.queries.rounds.one import round_at, rounds_page
from candour.commissioning.rules import STATE_WORDS
from candour.kernel.access import Actor
from candour.kernel.service import api
from candour.kernel.service.api import Asked, Found, Named


class AgreementFilters(api.Listed):
    """What the register can be narrowed to: what its page can."""

    view: str = api.choice(VIEWS, usual="running")
    stream: str = Field("", max_length=8, description="The code of a funding stream")
    year: str = Field("", pattern=r"^(\d{4}/\d{2})?$", description="A financial year such as 2026/27")
    provider: api.Number | None = Field(None, description="The number of a provider")
    state: str = api.choice(STATE_WORDS)
    sort: str = api.order(SORTS, "stream")


class AgreementOut(api.RowOut):
    """An agreement on a day. Amounts are in pence."""

    kind: str
    provider: str
    provider_number: int
    stream: str
    year: str
    state: str
    starts: date | None
    ends: date | None = Field(description="As extended")
    last_end: date | None
    value: int | None = Field(description="Pence, with its variations")
    ordered: int = Field(description="Pence")
    signed_on: date | None
    closed_on: date | None
    failing: list[str] = Field(description="The checks that it fails")

    taken: ClassVar[dict[str, str]] = api.RowOut.taken | {
        "provider_number": "line.provider",
        "value": "line.value",
        "ordered": "line.ordered",
        "failing": "failing_titles",
    }


class VariationOut(api.Out):
    """A variation: pence more or less, and a new end where it has one."""

    on: date
    ground: str
    change: int
    new_end: date | None


class OrderOut(api.Out):
    """A purchase order, in pence."""

    number: str
    on: date
    value: int


class AgreementWhole(api.WholeOut, AgreementOut):
    """An agreement with its variations, orders and checks."""

    follows: str
    variations: list[VariationOut]
    orders: list[OrderOut]
    gate: list[str] = Field(description="What stands in the way of orders and payments")


class ProviderFilters(api.Searched):
    """The providers of agreements that the token may read."""


class ProviderOut(api.Out):
    """A provider. number: what agreements are narrowed by."""

    number: int
    name: str
    charity_number: str
    company_number: str

    taken: ClassVar[dict[str, str]] = {"number": "pk"}


class RoundFilters(api.Listing):
    """Grant rounds, the last to close first."""


class RoundOut(api.RowOut):
    """A grant round. Amounts are in pence."""

    stream: str
    opens: date
    closes: date
    budget: int
    state: str
    applications: int = Field(description="As far as the post of the token may see them")
    awarded: int


class RoundWhole(api.WholeOut, RoundOut):
    """A grant round with what hangs on it."""


def _titled(row: Any, **more: Any) -> Named:
    return Named(row, failing_titles=[one.title for one in row.failing], **more)


def _agreements(asked: Asked[AgreementFilters]) -> Found:
    given, view = asked.wanted, asked.wanted.view or "running"
    wanted = AgreementFilter(
        view, given.stream, given.year, asked.organisation, given.provider, given.state, words=given.q
    )

    def then() -> list[Any]:
        rows = shown_on(register_on(asked.actor, wanted, as_at=asked.day), wanted)
        return [row for row in rows if matches(row, view, asked.day)]

    found = api.found_on(asked, live=lambda: page_of(asked.actor, wanted, today=asked.day, **asked.page), then=then)
    return Found([_titled(row) for row in found.rows], found.total)


def _agreement(it: Agreement, *, actor: Actor, day: date, past: date | None) -> Any:
    whole = in_full(it, actor=actor, today=day, as_at=past)
    if whole is None:
        return None
    hanging = whole.hanging
    return _titled(whole.row, variations=hanging.variations, orders=hanging.orders, gate=whole.gate)


def _rounds(asked: Asked[RoundFilters]) -> Found:
    part: dict[str, Any] = {"offset": asked.wanted.offset, "size": asked.wanted.limit}
    rows, total = rounds_page(asked.actor, today=asked.day, organisation=asked.organisation, **part)
    return Found(rows, total)


def _round(it: Round, *, actor: Actor, day: date, past: date | None) -> Any:
    rows, _ = rounds_page(actor, today=day, offset=0, size=1, only=it.record.pk)
    return rows[0] if rows else None


agreements = api.routes(
    api.Register(
        name="agreements",
        of="agreements",
        one="agreement",
        many="Agreements",
        see=CommissioningPermission.SEE,
        filters=AgreementFilters,
        row=AgreementOut,
        whole=AgreementWhole,
        rows=_agreements,
        find=agreement_at,
        full=_agreement,
    )
)
rounds = api.routes(
    api.Register(
        name="rounds",
        of="agreements",
        one="grant round",
        many="Grant rounds",
        see=CommissioningPermission.SEE,
        filters=RoundFilters,
        row=RoundOut,
        whole=RoundWhole,
        rows=_rounds,
        find=round_at,
        full=_round,
        past=False,
    )
)
provider_router = Router(tags=["Providers"])


@provider_router.get(
    "", response={200: api.page_shape(ProviderOut)} | api.REFUSALS, url_name="api-providers",
    operation_id="list_providers", summary="List providers", description="Scope: agreements:read",
)  # fmt: skip
def _providers(request: Any, asked: Query[ProviderFilters]) -> Any:
    actor = api.entered(request, "agreements:read")
    read = api.asked_of(request, asked, actor=actor, see=CommissioningPermission.SEE)
    rows = providers(actor)
    if read.organisation is not None:
        rows = rows.filter(organisation=read.organisation)
    for word in asked.q.split():
        rows = rows.filter(name__icontains=word)
    return api.page_out(read, Found(list(rows[read.part]), rows.count()))
