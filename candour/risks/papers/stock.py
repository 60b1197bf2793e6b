"""What a risk paper is made from, and what of it each audience may see. Pure: rows in, rows out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from candour.kernel.papers.audiences import READ_BY, may_read
from candour.kernel.scales.rules import Matrix
from candour.risks.queries.reasons import Happened
from candour.risks.queries.rows import RiskRow


@dataclass(frozen=True)
class Stock:
    """The register of one body as it stood on a day, and what happened since another: every copy is made from it.

    rows: every risk of every level that was live on as_at, and those closed after since, highest score first.
    happened: by risk number, what took effect after since, oldest first. scale: the matrix in force on as_at.
    """

    body: str
    panel: str
    as_at: date
    since: date
    dated: date
    rows: tuple[RiskRow, ...]
    happened: Mapping[int, tuple[Happened, ...]] = field(default_factory=dict)
    scale: Matrix | None = None
    admit_redacted: bool = True


@dataclass(frozen=True)
class Part:
    """What one audience may see of the rows, what is admitted as REDACTED (references, in order), and what is hidden."""

    rows: tuple[RiskRow, ...]
    redacted: tuple[str, ...]
    hidden: tuple[RiskRow, ...]


def for_audience(rows: Iterable[RiskRow], audience: str, *, admit_redacted: bool) -> Part:
    """The one place where it is decided what a copy holds. Rows keep their order.

    Whatever an audience may not read is not in the copy at all, so no count, order, total or link can know of it. A live
    strategic risk that is restricted may be admitted as its reference, sorted by reference. Raises ValueError for an
    audience that does not exist.
    """
    readable, rows = may_read(audience), tuple(rows)
    shown = tuple(row for row in rows if row.sensitivity in readable)
    hidden = tuple(row for row in rows if row.sensitivity not in readable)
    admitted = (row.reference for row in hidden if admit_redacted and row.restricted and is_live(row))
    return Part(shown, tuple(sorted(admitted)), hidden)


def is_live(row: RiskRow) -> bool:
    """Whether a risk stands on the strategic register."""
    return row.line.kind == "strategic" and row.line.closed_on is None


@dataclass(frozen=True)
class Copy:
    """One audience's copy, sorted into what its appendices show. Every figure of the paper is the length of one of these."""

    stock: Stock
    audience: str
    live: tuple[RiskRow, ...]
    operational: int
    projects: int
    high: tuple[RiskRow, ...]
    new: tuple[RiskRow, ...]
    changed: tuple[RiskRow, ...]
    came: tuple[RiskRow, ...]
    closed: tuple[RiskRow, ...]
    proposed: tuple[RiskRow, ...]
    left: tuple[RiskRow, ...]
    redacted: tuple[str, ...]
    hidden: tuple[RiskRow, ...]

    @property
    def restricted(self) -> tuple[RiskRow, ...]:
        """Restricted risks of a copy that shows them, once each."""
        found = {row.pk: row for row in (*self.live, *self.closed, *self.left) if row.restricted}
        return tuple(found.values())

    @property
    def matrices(self) -> tuple[Matrix, ...]:
        """The scale in force, and any other that a risk of this copy was scored on."""
        found = {self.stock.scale.id: self.stock.scale} if self.stock.scale else {}
        found |= {row.matrix.id: row.matrix for row in (*self.live, *self.closed, *self.left) if row.matrix}
        return tuple(found.values())


def copy_of(stock: Stock, audience: str) -> Copy:
    """The copy of an audience. Raises ValueError for an audience that does not exist."""
    part = for_audience(stock.rows, audience, admit_redacted=stock.admit_redacted)
    live = tuple(row for row in part.rows if is_live(row))
    others = [row for row in part.rows if row.line.kind != "strategic" and row.line.closed_on is None]
    return Copy(
        stock=stock,
        audience=audience,
        live=live,
        operational=sum(row.line.kind == "operational" for row in others),
        projects=sum(row.line.kind == "project" for row in others),
        high=tuple(row for row in live if row.band and row.band.tone == "high"),
        new=tuple(row for row in live if direction(row, stock.since) == "new"),
        changed=tuple(row for row in live if direction(row, stock.since) in {"up", "down"}),
        came=tuple(row for row in live if came_from(row, stock.happened)),
        closed=tuple(row for row in part.rows if row.line.kind == "strategic" and row.line.closed_on is not None),
        proposed=tuple(row for row in live if row.proposed),
        left=tuple(row for row in others if came_from(row, stock.happened) == "strategic"),
        redacted=part.redacted,
        hidden=part.hidden,
    )


def direction(row: RiskRow, since: date) -> str:
    """How a risk moved; one recorded since and not yet scored is new too."""
    if row.line.score is None and row.line.first_recorded > since:
        return "new"
    return row.direction


def came_from(row: RiskRow, happened: Mapping[int, tuple[Happened, ...]]) -> str:
    """The level that a risk stood at on the day compared with, where it has another now; else ""."""
    levels = [event.level for event in happened.get(row.pk, ()) if event.level]
    return levels[0][0] if levels and levels[0][0] != row.line.kind else ""


def reason_for(row: RiskRow, copy: "Copy", *events: str, on: date | None = None) -> str:
    """The reason given with the last of some events of a risk (on one day), and who agreed it, where this audience may
    read it; else ""."""
    said = [one for one in copy.stock.happened.get(row.pk, ()) if one.event in events and on in (None, one.day)]
    if not said or said[-1].sensitivity not in READ_BY[copy.audience]:
        return ""
    agreed = f"Agreed by {said[-1].approver}" if said[-1].approver else ""
    return ". ".join(part for part in (said[-1].reason.rstrip("."), agreed) if part) if agreed else said[-1].reason


def merged_into(row: RiskRow, copy: "Copy") -> str:
    """The reference of the risk that this one was merged into, where the copy shows that one too; else ""."""
    shown = {each.pk: each.reference for each in (*copy.live, *copy.closed, *copy.left)}
    return shown.get(row.merged_into_id or 0, "")


def moved_on(row: RiskRow, happened: Mapping[int, tuple[Happened, ...]]) -> date | None:
    """The day on which a risk last changed its level."""
    return next((one.day for one in reversed(happened.get(row.pk, ())) if one.level), None)
