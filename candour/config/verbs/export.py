"""candour export KIND: a register as a workbook, CSV or JSON."""

import argparse
from pathlib import Path

from django.utils import timezone

from candour.config.verbs import ready


def run(arguments: argparse.Namespace) -> int:
    ready.database()
    from candour.kernel.access import CANDOUR
    from candour.kernel.calendar import local_date, say_date
    from candour.kernel.history.replica import report
    from candour.kernel.papers.exports import UnknownExport, export_named
    from candour.kernel.people.models import Organisation

    now = timezone.now()
    suffix = Path(arguments.to).suffix.lower() if arguments.to else None
    try:
        export = export_named(arguments.kind, suffix)
        organisation = Organisation.objects.get(code=arguments.organisation)
    except UnknownExport as error:
        return ready.refuse(str(error))
    except Organisation.DoesNotExist:
        codes = ", ".join(Organisation.objects.order_by("code").values_list("code", flat=True)) or "none yet"
        return ready.refuse(f"there is no organisation {arguments.organisation!r}; there are: {codes}")
    if arguments.as_at and arguments.as_at > local_date(now):
        return ready.refuse(
            f"{say_date(arguments.as_at)} is still to come: a register is exported as it stood, or stands"
        )
    suffix = suffix or (".csv" if ".csv" in export.suffixes else export.suffixes[0])
    with report():
        content = export.write(CANDOUR, organisation=organisation, as_at=arguments.as_at, at=now, suffix=suffix)
    return ready.put(content, arguments.to)
