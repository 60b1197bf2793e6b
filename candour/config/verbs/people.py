"""candour people FILE: joiners, movers and leavers from a nightly file; nothing is saved where anything is wrong."""

import argparse
import json
import sys
from pathlib import Path

from django.utils import timezone

from candour.config.verbs import ready


def run(arguments: argparse.Namespace) -> int:
    """0 where it is done, or would be (--check); 1 with the findings where an error stands in the way; 2 for no such file."""
    ready.database()
    from django.conf import settings

    from candour.kernel.rules import Refused
    from candour.kernel.signin.commands.people_file import carry_out, judge
    from candour.kernel.signin.people.reading import Unreadable, read_rows

    try:
        rows = read_rows(Path(arguments.file).read_bytes())
    except OSError as error:
        return ready.refuse(f"{arguments.file} cannot be read: {error.strerror}")
    except Unreadable as error:
        return ready.refuse(str(error))
    now = timezone.now()
    judged = judge(rows, today=timezone.localdate(now), leavers=arguments.leavers)
    wrong = [f"{finding.place}: {finding.message}" for finding in judged.errors]
    if not wrong and not arguments.check:
        try:
            carry_out(judged.plan, at=now, inviting=settings.LOCAL_ACCOUNTS and not settings.DIRECTORY["issuer"])
        except Refused as refused:
            wrong = [refused.message]
    saved = not wrong and not arguments.check
    if arguments.json:
        told = {"rows": len(rows), "saved": saved, "changes": judged.plan.counts(), "wrong": wrong}
        print(
            json.dumps(told | {"findings": [each.as_json() for each in judged.findings]}, ensure_ascii=False, indent=1)
        )
        return 1 if wrong else 0
    for finding in judged.findings:
        about = f"{finding.reference}: " if finding.reference else ""
        print(f"{finding.severity:9}{finding.place}: {about}{finding.message}")
    if wrong:
        print(f"Nothing was saved. {len(wrong)} to mend, the first: {wrong[0]}", file=sys.stderr)
        return 1
    done = "made" if saved else "would be made"
    print(f"{len(rows)} rows read, {len(judged.plan.changes)} changes {done}")
    return 0
