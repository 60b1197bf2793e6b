"""candour read FILE: what a paper proposes and where it contradicts itself. Writes nothing and makes no database."""

import argparse
import json
import os
from collections.abc import Mapping
from pathlib import Path

from candour.config.verbs.ready import refuse, set_up
from candour.kernel.intake.document import Reading
from candour.kernel.intake.mapping import Told
from candour.kernel.intake.readers import UnreadableFile, read_document


def run(arguments: argparse.Namespace) -> int:
    set_up()
    from candour.kernel.intake.commands import read, read_against
    from candour.kernel.intake.kinds import UnknownKind

    try:
        reading = read(read_document(arguments.file), arguments.kind, remembered())
        if arguments.against:
            reading = read_against(reading, read(read_document(arguments.against), None, remembered()))
    except (UnreadableFile, UnknownKind) as error:
        return refuse(str(error))
    print(json.dumps(reading.as_json(), indent=2, ensure_ascii=False) if arguments.json else told(reading))
    return 0


def remembered() -> Mapping[str, Told]:
    """The columns that people named on the page, where there is a database that knows any; else none."""
    from django.conf import settings
    from django.db import DatabaseError

    from candour.kernel.intake.queries import remembered_columns

    if not os.environ.get("DATABASE_URL") and not Path(settings.DATABASES["default"]["NAME"]).exists():
        return {}
    try:
        return remembered_columns(None)
    except DatabaseError:  # not reachable, or older than this
        return {}


def told(reading: Reading) -> str:
    """A reading for people: the counts, then every finding with its place."""
    lines = [
        f"{reading.source.get('file')}: {reading.kind}, {reading.meta.get('date') or 'no date'}",
        f"{len(reading.records)} records proposed, {len(reading.set_aside)} things set aside, {len(reading.findings)} findings",
        "",
    ]
    for finding in reading.findings:
        lines.append(f"{finding.severity.upper():8}{finding.reference or '-':12}{finding.place}")
        lines.append(f"        {finding.message}")
        lines.append(f"        says: {finding.says}")
        lines.append(f"        should: {finding.should}")
    return "\n".join(lines)
