"""The panel paper of many risks, written in each form."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from candour.config.bench.measure import Figure, once
from candour.kernel.access import CANDOUR

HOLD = {".docx": "5", ".html": "1", ".pdf": "15"}
SIZE = 1000


def panel_paper(register: Any) -> Iterator[Figure]:
    """Seconds for the paper of all risks so far, a thousand at most: composed, then in each form."""
    from candour.kernel.papers.kinds import paper
    from candour.kernel.papers.render import render

    made: list[Any] = []

    def compose() -> None:
        made.append(paper("risk-register", actor=CANDOUR, organisation=register.office, at=timezone.now()))

    yield once(f"panel paper of {register.made:,} risks, composed", compose)
    for suffix, hold in HOLD.items():
        yield once(f"panel paper of {register.made:,} risks as {suffix[1:]}", write(render, made, suffix), hold=hold)


def write(render: Any, made: list[Any], suffix: str) -> Any:
    return lambda: render(made[0], suffix)
