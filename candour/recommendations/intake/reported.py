"""The recommendations that an auditor's progress report prints: raised from its audits, once its audits are saved.

The audits know nothing of recommendations, so saving such a paper is put together here: the audits first, by their own
reader, then what each report recommends. An audit from which anything was raised is left as it is. A recommendation that a
tracker brought in before is the same where its audit is called so and its text begins alike.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from candour.audits.intake import save as audits
from candour.audits.intake.auditor import starts_of
from candour.audits.intake.days import last_day
from candour.audits.models import AuditLine
from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.intake.kinds import Match, Saved
from candour.kernel.intake.printed import counted, words_key
from candour.kernel.people.models import Organisation
from candour.kernel.records.models import Record
from candour.kernel.scales.models import Scale
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.commands import Due, NewRecommendation, Owner, raise_many
from candour.recommendations.queries import RecommendationRow, by_reference

from .plan import response_of, roles_of
from .same import alike
from .save import FAR, posts_for

Values = Mapping[str, Any]
HEADING = 90  # signs of a heading made of the first words of a text: progress reports print none
_MAY = RecommendationPermission.RAISE


def compare(
    records: Sequence[Values], *, organisation: Organisation, effective: date | None, actor: Actor
) -> list[Match]:
    """What saving would do to the audits of each report, and how many recommendations it would raise from them."""
    found = audits.compare(records, organisation=organisation, effective=effective, actor=actor)
    return [
        _with_count(match, _lacking(record, organisation, effective or FAR, actor))
        for match, record in zip(found, records, strict=True)
    ]


def _with_count(match: Match, lacking: Sequence[tuple[Values, Values]]) -> Match:
    if not lacking or match.match == "Cannot be saved":
        return match
    return replace(match, plan=(*match.plan, f"{counted(len(lacking), 'recommendation')} raised from its reports"))


def save(
    records: Sequence[Values],
    meta: Values,
    *,
    organisation: Organisation,
    source: Mapping[str, str],
    effective: date | None,
    actor: Actor,
    at: datetime,
) -> Saved:
    """The audits and what their reports recommend, or nothing; loaded again, it changes nothing."""
    said: dict[str, Any] = {"organisation": organisation, "effective": effective, "actor": actor, "at": at}
    with transaction.atomic():
        saved = audits.save(records, meta, source=source, **said)
        made = [one for record in records for one in _raise(record, source.get("file") or "a paper", **said)]
    return replace(saved, made=(*saved.made, *made))


def _lacking(record: Values, organisation: Organisation, day: date, actor: Actor) -> list[tuple[Values, Values]]:
    """(report, recommendation) of each that the register does not hold; none for an actor who may raise none."""
    if not actor.holds(_MAY, organisation.pk):
        return []
    held = list(by_reference(actor, organisation=organisation.pk, today=day).values())
    known = {row.came_from_id for row in held if row.came_from_id}
    lines = {key for key, line in _lines(record, organisation).items() if line.pk in known}
    return [
        (report, one)
        for report in record["reports"]
        if _key(report, record) not in lines
        for one in report["recommendations"]
        if _words(one) and not any(_held(report, one, row) for row in held)
    ]


def _held(report: Values, one: Values, row: RecommendationRow) -> bool:
    return alike(report["title"], _words(one), row.audit, row.text or row.finding)


def _words(one: Values) -> str:
    """What is recommended; where the page lost it, what was found."""
    return str(one["text"] or one["finding"])


def _key(report: Values, record: Values) -> tuple[str, str]:
    return words_key(report["title"]), report["year"] or record.get("year") or ""


def _lines(record: Values, organisation: Organisation) -> dict[tuple[str, str], AuditLine]:
    """The audits of the years that a report tells of, by title and year. One query."""
    years = {year for report in record["reports"] if (year := _key(report, record)[1])}
    rows = AuditLine.objects.filter(organisation=organisation, year__in=years).select_related("record")
    return {(words_key(line.record.title), line.year): line for line in rows.order_by("pk")}


def _raise(
    record: Values, file: str, *, organisation: Organisation, effective: date | None, actor: Actor, at: datetime
) -> list[str]:
    """Raise what the reports of a paper recommend; gives the references."""
    day = effective or local_date(at)
    lacking = _lacking(record, organisation, day, actor)
    lines = _lines(record, organisation)
    wanted = [(report, one, lines[key]) for report, one in lacking if (key := _key(report, record)) in lines]
    if not wanted:
        return []
    owned = [{"owners": one["owners"], "audit_date": None} for _report, one, _line in wanted]
    posts = posts_for(owned, organisation=organisation, day=day, file=file, actor=actor, at=at)
    scales = list(
        Scale.objects.filter(kind=Scale.Kind.PRIORITY, organisation__in={line.provider_id for *_, line in wanted})
    )
    taken = set(
        Record.objects.filter(organisation=organisation, kind="recommendation").values_list("reference", flat=True)
    )
    found = []
    for report, one, line in wanted:
        reference = next(name for name in _names(line, one) if name not in taken)
        taken.add(reference)
        answering = [posts.get(role.casefold()) for role in roles_of(one)] or [None]
        owners = [Owner(post, _dues(one, line, day)) for post in answering]
        word, scale = _graded(one["priority"], line, scales)
        graded: dict[str, Any] = {"priority": word, "priority_scale": scale, "owners": owners}
        found.append(replace(_new(report, one, line, day), reference=reference, **graded))
    raise_many(found, organisation=organisation, actor=actor, at=at, reason=f"Read from {file}", effective=day)
    return [new.reference for new in found]


def _names(line: AuditLine, one: Values) -> Iterator[str]:
    """IA23-01-2 for the second of an audit, then with further letters where that is taken."""
    yield f"{line.reference}-{one['reference']}"
    yield from (f"{line.reference}-{one['reference']}-{n}" for n in range(2, 1000))


def _dues(one: Values, line: AuditLine, day: date) -> list[Due]:
    reported = line.final_on or day
    return [
        Due(
            target["text"][:200],
            last_day(target["date"]),
            "Printed in its report" if n else "",
            "",
            day if n else reported,
        )
        for n, target in enumerate(one["targets"])
    ]


def _new(report: Values, one: Values, line: AuditLine, day: date) -> NewRecommendation:
    first = _words(one).split("\n")[0]
    return NewRecommendation(
        reference=line.reference,
        title=first if len(first) <= HEADING else f"{first[: HEADING - 4].rsplit(' ', 1)[0]} ...",
        audit=report["title"],
        printed=one["reference"][:60],
        text=one["text"],
        finding=one["finding"],
        risk=one["risk"],
        response=response_of({"response_text": one["response_text"], "outcome": None}),
        response_text=one["response_text"],
        reported_on=min(line.final_on or day, day),
        came_from=line.record,
    )


def _graded(word: str, line: AuditLine, scales: Sequence[Scale]) -> tuple[str, Scale | None]:
    """The priority by its word, or by its number among the steps, on the auditor's scale of the year of the audit."""
    own = [one for one in scales if one.organisation_id == line.provider_id and not one.called_off]
    own.sort(key=lambda one: not one.in_force(starts_of(line.year)))
    for scale in own:
        steps = scale.words_of().steps
        if scale.words_of().named(word):
            return word, scale
        if word.isdigit() and 1 <= int(word) <= len(steps):
            return steps[int(word) - 1].word, scale
    return word, None
