"""candour publish --to DIR: the public site and open data from frozen copies."""

import argparse
from pathlib import Path

from django.utils import timezone

from candour.config.verbs import ready


def run(arguments: argparse.Namespace) -> int:
    ready.database()
    from django.conf import settings

    from candour.kernel.publication.static import NotOurs, write_site

    folder = Path(arguments.to)
    try:
        count = write_site(folder, today=timezone.localdate(), site=settings.SITE + "/public")
    except (NotOurs, OSError) as error:
        return ready.refuse(str(error))
    print(f"{count} files of the public site are in {folder}")
    return 0
