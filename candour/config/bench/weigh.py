"""Page weight on a first visit: the page, its style sheet and its scripts, compressed."""

import gzip

from django.contrib.staticfiles import finders
from django.test import Client

from candour.config.bench.measure import Figure

FILES = ("candour/built/candour.css", "candour/built/candour.js", "django_htmx/htmx-2.min.js", "candour/icon.svg")


def page_weight(client: Client, path: str) -> Figure:
    """Kilobytes compressed in all."""
    total = len(gzip.compress(client.get(path).content))
    for name in FILES:
        found = finders.find(name)
        if found:
            with open(found, "rb") as file:  # noqa: PTH123
                total += len(gzip.compress(file.read()))
    kilobytes = round(total / 1000, 1)
    return Figure("page weight on first visit", kilobytes, kilobytes, unit="kB", hold="90")
