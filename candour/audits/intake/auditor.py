"""The auditor of a progress report and its dated scales: those that stand, or as the paper prints them."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from candour.audits.models import Audit
from candour.audits.queries import auditors
from candour.kernel.access import Actor
from candour.kernel.establishment.commands import set_up_organisation
from candour.kernel.intake.printed import words_key
from candour.kernel.people.models import Organisation
from candour.kernel.rules import Refused
from candour.kernel.scales.commands import bring_in_words
from candour.kernel.scales.models import Scale
from candour.kernel.scales.rules import Step, Tone, Words

Record = Mapping[str, Any]
KINDS = {"opinion": Scale.Kind.OPINION, "priority": Scale.Kind.PRIORITY}
NOT_SAID = "The paper does not say who the auditor is, and it cannot be told from the plan: print “Auditor: name” in it"


def auditor_for(record: Record, organisation: Organisation) -> Organisation | None:
    """The auditor that the paper names; where it names none, the only one of the body, or the only one there is.

    None for one that is named and not known yet. Raises Refused where it cannot be told. Two queries.
    """
    known, named = auditors(), words_key(record.get("auditor") or "")
    if named:
        return next((one for one in known if _is(named, one)), None)
    own = set(
        Audit.objects.filter(record__organisation=organisation).order_by().values_list("provider", flat=True).distinct()
    )
    likely = [one for one in known if one.pk in own] or known
    if len(likely) != 1:
        raise Refused("records", NOT_SAID)
    return likely[0]


def _is(named: str, one: Organisation) -> bool:
    short = words_key(one.short_name)
    return named in {words_key(one.name), short} or named.startswith(f"{short} ")


def set_up_auditor(record: Record, *, file: str, actor: Actor, at: datetime) -> Organisation:
    """An auditor that a paper names and Candour did not know. Raises Refused for a name that is no auditor's."""
    name = str(record["auditor"])[:200]
    if Organisation.objects.filter(name=name).exists():
        raise Refused("records", f"The paper says that its auditor is {name}, which is not recorded as one that audits")
    code = base = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:30] or "auditor"
    taken = set(Organisation.objects.values_list("code", flat=True))
    number = 2
    while code in taken:
        code, number = f"{base}-{number}", number + 1
    said: dict[str, Any] = {"actor": actor, "at": at, "reason": f"Named in {file}"}
    short = name.split()[0][:60]
    if Organisation.objects.filter(short_name=short).exists():
        short = name[:60]
    return set_up_organisation(name=name, short_name=short, code=code, kind=Organisation.Kind.AUDITOR, **said)


def starts_of(year: str) -> date:
    """The first day of a financial year as it is written, 2023/24."""
    return date(int(year[:4]), 4, 1)


def printed_scales(record: Record) -> list[tuple[str, str, Words]]:
    """(kind, year, words) of each scale that the paper prints with its year, the earliest first."""
    found = [(one["kind"], one["year"], _words(one)) for one in record["scales"] if one["year"]]
    return sorted(found, key=lambda one: (one[0], one[1]))


def _words(one: Record) -> Words:
    levels, last = one["levels"], len(one["levels"]) - 1
    worst_first = one["kind"] == "priority"  # priorities are printed from the highest, opinions from the best
    steps = []
    for n, level in enumerate(levels):
        grave = last - n if worst_first else n
        tone: Tone = "high" if grave == last else "low" if 2 * grave < last else "medium"
        meaning = " ".join(text for name, text in level.items() if name != "word" and text)
        steps.append(Step(n + 1, level["word"], meaning, tone))
    return Words(0, f"{'Opinions' if one['kind'] == 'opinion' else 'Priorities'} of {one['year']}", tuple(steps))


def lacking(
    printed: Sequence[tuple[str, str, Words]], held: Sequence[Scale]
) -> tuple[list[tuple[str, str, Words]], list[str]]:
    """(the printed scales to bring in, what differs in words). A scale that stands is never changed."""
    wanted, other = [], []
    for kind, year, words in printed:
        of_kind = [scale for scale in held if scale.kind == KINDS[kind] and not scale.called_off]
        then = [scale for scale in of_kind if scale.in_force(starts_of(year))]
        if any(_alike(scale.words_of(), words) for scale in then):
            continue
        if any(scale.starts >= starts_of(year) for scale in of_kind):
            other.append(f"The paper prints other {words.name.casefold()} than are recorded")
        else:
            wanted.append((kind, year, words))
    return wanted, other


def _alike(one: Words, other: Words) -> bool:
    return [words_key(step.word) for step in one.steps] == [words_key(step.word) for step in other.steps]


def bring_in(
    wanted: Sequence[tuple[str, str, Words]], *, provider: Organisation, file: str, actor: Actor, at: datetime
) -> None:
    """The printed scales, each from the first day of its year."""
    for kind, year, words in wanted:
        said: dict[str, Any] = {"actor": actor, "at": at, "reason": f"Printed in {file}"}
        bring_in_words(words, kind=KINDS[kind], organisation=provider, starts=starts_of(year), **said)


def as_scales(printed: Sequence[tuple[str, str, Words]]) -> list[Scale]:
    """Printed scales as they would stand, unsaved."""
    steps = [(kind, year, {"steps": [vars(step) for step in words.steps]}) for kind, year, words in printed]
    return [Scale(kind=KINDS[kind], starts=starts_of(year), definition=definition) for kind, year, definition in steps]


def opinions_for(year: str, scales: Sequence[Scale]) -> list[Scale]:
    """The scales of opinions that an audit of a year can be graded by: that of the year first, then any later, then earlier."""
    of_kind = [scale for scale in scales if scale.kind == Scale.Kind.OPINION and not scale.called_off]
    first = starts_of(year)
    in_year = [scale for scale in of_kind if scale.in_force(first)]
    later = [scale for scale in of_kind if scale.starts > first]
    best = sorted(in_year, key=lambda one: one.starts, reverse=True) + sorted(later, key=lambda one: one.starts)
    return best or of_kind
