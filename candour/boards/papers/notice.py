"""A decision as a notice for the public: what was resolved, why, what was considered, what it costs, who took it."""

from collections.abc import Sequence
from datetime import date, datetime

from candour.boards.access import BoardPermission
from candour.boards.models import Decision
from candour.boards.papers.hidden import checks_of
from candour.kernel.access import Actor
from candour.kernel.calendar import say_date
from candour.kernel.papers.document import Block, Document, Fact, Heading, fact, para
from candour.kernel.papers.leaks import Told
from candour.kernel.publication.models import Published
from candour.kernel.publication.sources import Copy, Ready, Source

TITLE = 110  # letters of a resolution that stand in a list


def ready(organisation: int, actor: Actor, today: date) -> list[Ready]:
    """The decisions taken at meetings that were held here and are not withheld, newest first. One query."""
    rows = Decision.objects.filter(organisation=organisation, withheld=False, item__closed=False)
    rows = rows.exclude(item__meeting__closed_at=None).order_by("-met_on", "-pk")
    return [Ready(key_of(row), title_of(row), row.met_on) for row in rows]


def write(organisation: int, key: str, actor: Actor, at: datetime) -> Copy:
    """The notice of one decision. Raises LookupError for one that is none, is withheld, or whose meeting goes on."""
    number = key.partition("/")[2]
    rows = Decision.objects.filter(organisation=organisation, withheld=False, item__closed=False)
    rows = rows.exclude(item__meeting__closed_at=None).select_related(
        "organisation", "mover", "seconder", "taken_by", "item__meeting__record", "item__record"
    )
    found = rows.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 16 else None
    if found is None or found.item is None or key_of(found) != key:
        raise LookupError(f"there is no decision {key!r} to publish")
    document = notice(found)
    shown = [Told(found.item.record.reference, found.item.record.title, (found.resolved, found.reasons))]
    checks = checks_of(document, organisation=organisation, meeting=found.item.meeting_id, shown=shown)
    facts = {
        "board": found.board,
        "meeting": found.item.meeting.record.reference,
        "key": found.key,
        "value": str(found.value) if found.value is not None else None,
        "taken_by": found.taken_by.title if found.taken_by else found.board,
    }
    return Copy(title_of(found), found.met_on, document, checks, facts)


def notice(decision: Decision) -> Document:
    """The notice as a paper."""
    blocks: list[Block] = [Heading(1, "What was decided"), *_paragraphs(decision.resolved)]
    if decision.reasons:
        blocks += [Heading(1, "Why"), *_paragraphs(decision.reasons)]
    if decision.advice:
        blocks += [Heading(1, "What was considered"), *_paragraphs(decision.advice)]
    return Document(
        "Decision notice",
        decision.organisation.name,
        tuple(blocks),
        subtitle=title_of(decision),
        meta=tuple(_facts(decision)),
        date=decision.met_on,
    )


def _facts(decision: Decision) -> list[Fact]:
    found = [fact("Date", say_date(decision.met_on)), fact("Taken at", decision.board)]
    if decision.minute:
        found.append(fact("Minute", decision.minute))
    if decision.taken_by:
        found.append(fact("Taken by", decision.taken_by.title))
    found.append(fact("Key decision", "Yes" if decision.key else "No"))
    if decision.value is not None:
        found.append(fact("Value", f"£{decision.value:,.2f}".removesuffix(".00")))
    if decision.mover:
        seconded = f", seconded by the {decision.seconder.title}" if decision.seconder else ""
        found.append(fact("Moved by", f"{decision.mover.title}{seconded}"))
    if decision.votes_for is not None:
        against, abstained = decision.votes_against or 0, decision.abstained or 0
        found.append(fact("Vote", f"{decision.votes_for} for, {against} against, {abstained} abstained"))
    return found


def _paragraphs(text: str) -> list[Block]:
    return [para(line.strip()) for line in text.splitlines() if line.strip()]


def key_of(decision: Decision) -> str:
    """2026/41: the year in which it was taken and its number in the register."""
    return f"{decision.met_on.year}/{decision.pk}"


def published_as(decisions: Sequence[Decision]) -> dict[int, Published]:
    """By number of the decision its notice, where it is public. One query."""
    keys = {key_of(row): row.pk for row in decisions}
    rows = Published.objects.filter(source="decision", key__in=keys, withdrawn_on=None).order_by("edition")
    return {keys[row.key]: row for row in rows.select_related("organisation").defer("document", "checks")}


def title_of(decision: Decision) -> str:
    """The first line of what was resolved, cut at a word where it is long."""
    line = decision.resolved.strip().splitlines()[0]
    return line if len(line) <= TITLE else f"{line[:TITLE].rsplit(' ', 1)[0]} …"


NOTICES = Source(
    name="decision", word="Decision", plural="Decisions", permission=BoardPermission.SEE, ready=ready, write=write
)
