"""The panel paper of many risks, written in each form."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from candour.config.bench.measure import Figure, once
from candour.kernel.access import Actor

HOLD = {".docx": "5", ".html": "1", ".pdf": "15"}
SIZE = 1000


def panel_paper(actor: Actor, register: Any, today: date, since: date) -> Iterator[Figure]:
    """Seconds for a paper of at most a thousand risks: composed, then each form."""
    from candour.kernel.papers.render import render
    from candour.risks.bench import paper_of

    made: list[Any] = []
    yield once(
        f"paper of {SIZE:,} risks, composed",
        lambda: made.append(paper_of(actor, register, SIZE, timezone.now(), since)),
    )
    for suffix, hold in HOLD.items():
        yield once(f"paper of {SIZE:,} risks as {suffix[1:]}", lambda suffix=suffix: render(made[0], suffix), hold=hold)
