"""candour paper KIND: a paper written from the register as it stood on a day."""

import argparse
from pathlib import Path

from django.utils import timezone

from candour.config.verbs import ready


def run(arguments: argparse.Namespace) -> int:
    ready.database()
    from candour.kernel.access import CANDOUR
    from candour.kernel.history.replica import report
    from candour.kernel.papers.kinds import UnknownPaper, paper
    from candour.kernel.papers.render import render
    from candour.kernel.people.models import Organisation

    now = timezone.now()
    suffix = Path(arguments.to).suffix if arguments.to else ".txt"
    try:
        organisation = Organisation.objects.get(code=arguments.organisation)
        with report():
            document = paper(
                arguments.kind,
                actor=CANDOUR,
                organisation=organisation,
                as_at=arguments.as_at,
                since=arguments.since,
                audience=arguments.audience,
                at=now,
            )
        content = render(document, suffix)
    except Organisation.DoesNotExist:
        codes = ", ".join(Organisation.objects.order_by("code").values_list("code", flat=True)) or "none yet"
        return ready.refuse(f"there is no organisation {arguments.organisation!r}; there are: {codes}")
    except (UnknownPaper, ValueError) as error:
        return ready.refuse(str(error))
    return ready.put(content, arguments.to)
