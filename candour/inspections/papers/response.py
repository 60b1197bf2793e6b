"""The response to a report, as it is published: what the local policing body says, the chief officer, and each answer.

Source: Police Act 1996, section 55, as amended by the Policing and Crime Act 2017, section 37.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from candour.inspections.access import InspectionPermission
from candour.inspections.commands.answering import told_of_publication
from candour.inspections.models import Inspection, StepRow
from candour.inspections.queries import answers_of, items_of, to_answer, wanted
from candour.inspections.rules import Item
from candour.kernel.access import Actor
from candour.kernel.calendar import local_date, say_date, statutory_deadline
from candour.kernel.papers.document import Block, Document, Facts, Heading, bullets, fact, para
from candour.kernel.papers.kinds import Check
from candour.kernel.papers.leaks import Told, leak_checks
from candour.kernel.publication.sources import Copy, Ready, Source
from candour.kernel.records.models import Sensitivity, visible

SOURCE = "inspection-response"
SEE = InspectionPermission.SEE


@dataclass(frozen=True)
class Answered:
    """An item with what the response says to it."""

    item: Item
    action: str
    why_none: str


@dataclass(frozen=True)
class Response:
    """Everything that the published response says."""

    body: str
    reference: str
    title: str
    inspectorate: str
    published_on: date
    address: str
    response: str
    comments: str
    asked: str
    answered: tuple[Answered, ...]
    dated: date


def _ready(organisation: int, actor: Actor) -> QuerySet[Inspection]:
    approved = StepRow.objects.filter(which="approve", done_on__isnull=False).values("inspection")
    rows = Inspection.objects.filter(
        visible(actor, SEE, "record__"),
        record__organisation=organisation,
        record__kind="inspection",
        pk__in=approved,
        answers_with=None,
        where="",
    ).exclude(record__sensitivity=Sensitivity.RESTRICTED)
    return rows.select_related("record__organisation", "inspectorate", "asked").order_by("-published_on", "pk")


def ready(organisation: int, actor: Actor, today: date) -> list[Ready]:
    """Responses that are approved, the newest report first. One that is not public yet waits. One query."""
    return [
        Ready(
            one.record.reference,
            f"Response to {one.record.title}",
            one.published_on or today,
            "" if one.record.sensitivity == Sensitivity.PUBLIC else "Say first that everybody may see the inspection",
        )
        for one in _ready(organisation, actor)
    ]


def write(organisation: int, key: str, actor: Actor, at: datetime) -> Copy:
    """The response to the report of a reference. Raises LookupError for one that is not approved, or not public."""
    rows = [one for one in _ready(organisation, actor) if one.record.reference == key]
    if not rows or rows[0].record.sensitivity != Sensitivity.PUBLIC:
        raise LookupError(f"no response to {key!r} is ready to be published")
    it = rows[0]
    items = to_answer(items_of([it.pk], actor=actor, today=local_date(at))[it.pk])
    answers = answers_of(it.pk, items)
    public = [item for item in items if item.sensitivity == Sensitivity.PUBLIC]
    hidden = [item for item in items if item.sensitivity != Sensitivity.PUBLIC]
    said = Response(
        body=it.record.organisation.name,
        reference=key,
        title=it.record.title,
        inspectorate=it.inspectorate.name,
        published_on=it.published_on or local_date(at),
        address=it.address,
        response=it.response,
        comments=it.comments,
        asked=it.asked.title if it.asked else "",
        answered=tuple(Answered(item, *answers.get(item.pk, ("", ""))) for item in public),
        dated=local_date(at),
    )
    document = response_document(said)
    silent = [item for item in wanted(items) if not any(answers.get(item.pk, ("", "")))]
    told = [Told(item.reference, item.title, answers.get(item.pk, ("", ""))) for item in hidden]
    shown = [Told(key, it.record.title, (it.response, it.comments))]
    shown += [Told(item.reference, item.title, answers.get(item.pk, ("", ""))) for item in public]
    checks = (
        Check(
            not silent,
            "Each recommendation is answered" if not silent else "A recommendation is not answered",
            ", ".join(item.reference for item in silent if item in public),
            stops=True,
        ),
        Check(
            not hidden,
            "Everything that the report asks for may be published"
            if not hidden
            else "Something that the report asks for may not be published, and is left out",
            "" if not hidden else f"{len(hidden)} left out",
        ),
        *leak_checks(document, hidden=told, shown=shown, what="items"),
    )
    return Copy(f"Response to {it.record.title}", said.published_on, document, checks, {"report": key})


def response_document(said: Response) -> Document:
    """The response as a document. Pure."""
    return Document(
        f"Response to {said.title}",
        said.body,
        (*_words(said), *_answers(said), *_copies(said)),
        subtitle="Published under section 55 of the Police Act 1996",
        meta=(
            fact("Report", said.title),
            fact("Inspectorate", said.inspectorate),
            fact("Report published", say_date(said.published_on)),
            *((fact("The report stands at", said.address),) if said.address else ()),
            fact("Last day for this response", say_date(statutory_deadline(said.published_on))),
            fact("Our reference", said.reference),
        ),
        date=said.dated,
    )


def _paragraphs(text: str) -> Iterator[Block]:
    for part in text.split("\n"):
        if part.strip():
            yield para(part.strip())


def _words(said: Response) -> Iterator[Block]:
    yield Heading(1, "Our response")
    yield from _paragraphs(said.response or "Nothing was written.")
    yield Heading(1, "The chief officer’s comments")
    yield from _paragraphs(said.comments or "No comments were received.")


def _answers(said: Response) -> Iterator[Block]:
    yield Heading(1, "What is done about what the report asks for")
    if not said.answered:
        yield para("The report makes no recommendation.")
    for one in said.answered:
        yield Heading(2, f"{one.item.sort_words} {one.item.reference}")
        facts = [fact("What the report asks for", one.item.title)]
        if one.action:
            facts.append(fact("What is done", one.action))
        elif one.why_none:
            facts.append(fact("Why nothing is done", one.why_none))
        else:
            facts.append(fact("What is done", "This is answered by what is done about the recommendations."))
        if one.item.due:
            facts.append(fact("By", say_date(one.item.due)))
        yield Facts(tuple(facts))


def _copies(said: Response) -> Iterator[Block]:
    yield Heading(1, "Copies")
    yield bullets(said.inspectorate, "The Secretary of State", "The chief officer of the force", marker="point")


RESPONSE = Source(
    SOURCE,
    "Response to an inspection",
    "Responses to inspections",
    SEE,
    ready,
    write,
    published=told_of_publication,
)
__all__ = ["RESPONSE", "SOURCE", "Answered", "Response", "response_document"]
