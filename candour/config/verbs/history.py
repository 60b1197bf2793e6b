"""candour history verify, candour history seal."""

import argparse
import json
import os

from django.utils import timezone

from candour.config.verbs import ready


def verify(arguments: argparse.Namespace) -> int:
    ready.database()
    from candour.kernel.history.verify import verify as check

    verdict = check(roots=arguments.root, workers=os.cpu_count() or 1)
    if arguments.json:
        print(json.dumps(verdict.as_json()))
    elif verdict.holds:
        print(
            f"Every entry holds: {verdict.entries:,} entries, {verdict.seals:,} seals, last root {verdict.root or 'none yet'}"
        )
    else:
        print(f"The history does not hold. {verdict.failure}")
    return 0 if verdict.holds else 1


def seal(arguments: argparse.Namespace) -> int:
    ready.database()
    from candour.kernel.history.commands import seal as make

    made = make(at=timezone.now())
    print(f"Sealed {made.entries:,} entries, root {made.root}" if made else "Nothing to seal")
    return 0
