"""candour load FILE --actor USER: a paper saved through commands, with history effective on the printed dates."""

import argparse
import json
import sys

from django.utils import timezone

from candour.config.loaded import spare_the_collector
from candour.config.verbs import ready
from candour.kernel.intake.progress import Tell, told_to
from candour.kernel.intake.readers import UnreadableFile, read_document

LONG = 5000  # records of a paper of which it is told how far its load has come, at every tenth


def run(arguments: argparse.Namespace) -> int:
    ready.database()
    from candour.kernel.access import Forbidden
    from candour.kernel.access.queries import actor_named
    from candour.kernel.intake.commands import load, read
    from candour.kernel.intake.kinds import UnknownKind
    from candour.kernel.intake.queries import remembered_columns
    from candour.kernel.people.models import Organisation
    from candour.kernel.rules import Refused

    now = timezone.now()
    try:
        actor = actor_named(arguments.actor, timezone.localdate(now))
        told = remembered_columns(actor.organisation or 0)
        reading = read(read_document(arguments.file), arguments.kind, told)
        organisation = Organisation.objects.get(pk=actor.organisation or 0)
        if len(reading.records) >= LONG:
            print(f"Read {len(reading.records):,}", file=sys.stderr, flush=True)
        spare_the_collector()
        with told_to(telling()):
            saved = load(
                reading,
                organisation=organisation,
                actor=actor,
                at=now,
                effective=arguments.effective,
                accept_findings=arguments.accept_findings,
            )
    except (UnreadableFile, UnknownKind, LookupError, Forbidden) as error:
        return ready.refuse(str(error))
    except Organisation.DoesNotExist:
        return ready.refuse(f"{arguments.actor} holds no post, so has no register to load into")
    except Refused as refused:
        errors = [finding for finding in reading.findings if finding.severity == "error"]
        for finding in errors:
            print(f"{finding.reference or '-':12}{finding.place}: {finding.message}", file=sys.stderr)
        print(f"Nothing was saved. {refused.message}", file=sys.stderr)
        if errors and not arguments.accept_findings:
            print(
                "Mend the paper, settle the findings on the page, or add --accept-findings to keep them as printed.",
                file=sys.stderr,
            )
        return 1
    if arguments.json:
        print(json.dumps(saved.as_json(), ensure_ascii=False))
    else:
        print(
            f"{len(saved.made)} made, {len(saved.changed)} changed, {len(saved.unchanged)} unchanged in {organisation}"
        )
        for words in saved.conflicts:
            print(f"Left as recorded, for a person: {words}")
    return 0


def telling() -> Tell:
    """Tells how far a long load has come, a line at each tenth of it, beside the answer and not in it."""
    told = 0

    def tell(what: str, count: int, of: int) -> None:
        nonlocal told
        if of >= LONG and count * 10 // of > told:
            told = count * 10 // of
            print(f"{what} {count:,} of {of:,}", file=sys.stderr, flush=True)

    return tell
