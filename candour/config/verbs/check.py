"""candour check: whether this installation may hold real data."""

import argparse
import json
import os

from django.utils import timezone

from candour.config.verbs import ready

MARKS = {"good": "ok", "warning": "look", "bad": "MEND"}


def run(arguments: argparse.Namespace) -> int:
    """0 where nothing must be mended, 1 where something must. Changes nothing, and makes no database."""
    ready.set_up()
    from candour.config.health import BAD, look

    found = list(look(os.environ, at=timezone.now()))
    good = all(finding.state != BAD for finding in found)
    if arguments.json:
        print(json.dumps({"good": good, "findings": [finding.as_json() for finding in found]}, indent=1))
    else:
        for finding in found:
            print(f"{MARKS[finding.state]:6}{finding.name:10}{finding.words}")
    return 0 if good else 1
