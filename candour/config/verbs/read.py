"""candour read FILE: what a paper proposes and where it contradicts itself. Touches no database."""

import argparse
import json

from candour.config.verbs.ready import refuse, set_up
from candour.kernel.intake.document import Reading
from candour.kernel.intake.readers import UnreadableFile, read_document


def run(arguments: argparse.Namespace) -> int:
    set_up()
    from candour.kernel.intake.commands import read
    from candour.kernel.intake.kinds import UnknownKind

    try:
        reading = read(read_document(arguments.file), arguments.kind)
    except (UnreadableFile, UnknownKind) as error:
        return refuse(str(error))
    print(json.dumps(reading.as_json(), indent=2, ensure_ascii=False) if arguments.json else told(reading))
    return 0


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
