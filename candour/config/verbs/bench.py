"""candour bench: the table of DESIGN, measured in a database of its own."""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from candour.config.verbs import ready
from candour.config.verbs.demo import collect

WHAT = {
    "risks": "risks",
    "recommendations": "recommendations, those beyond 5,000 as copies of these",
    "boards": "actions of boards and as many decisions",
    "agreements": "agreements",
    "history": "entries of the history",
    "measures": "measures with 2,540 figures each",
    "users": "risks, and people who work on them",
    "all": "risks, as many recommendations, actions and decisions of boards, and agreements",
}


def run(arguments: argparse.Namespace) -> int:
    ready.set_up()
    from django.conf import settings
    from django.db import connection
    from django.utils import timezone

    from candour.config.bench.build import Register, own_database
    from candour.config.loaded import set_apart

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    collect()
    set_apart()  # as the server does, so that no page pays for what was loaded before it
    with own_database():
        register = Register()
        tell(f"Making {arguments.rows:,} {WHAT[arguments.what]} on {connection.vendor} …")
        found = []
        for figure in figures_of(register, arguments.rows, arguments.what, arguments.minutes):
            found.append(figure)
            tell(line(figure))
    if arguments.chart:
        Path(arguments.chart).write_text(growth_of(found, connection.vendor))
    if arguments.json:
        print(
            json.dumps(
                {
                    "database": connection.vendor,
                    "rows": arguments.rows,
                    "what": arguments.what,
                    "figures": [f.as_json() for f in found],
                },
                indent=1,
            )
        )
    else:
        print(
            "\n".join(
                table(found, connection.vendor, f"{arguments.rows:,} {WHAT[arguments.what]}", timezone.localdate())
            )
        )
    return 0


def growth_of(figures: list, vendor: str) -> str:
    """How everything, and a save, takes longer as more people work: the middle and the 95th percentile."""
    from candour.config.bench.chart import growth

    lines: dict[str, list[tuple[int, float]]] = {}
    for figure in figures:
        people, _, kind = figure.name.partition(" at once: ")
        if kind in {"everything", "save a review"}:
            lines.setdefault(f"{kind}, median", []).append((int(people), figure.median))
            lines.setdefault(f"{kind}, p95", []).append((int(people), figure.p95))
    return growth(f"Answers as more people work, {vendor}", lines)


def tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def figures_of(register, rows: int, what: str, minutes: float) -> Iterator:  # type: ignore[no-untyped-def, type-arg]
    """Every figure, as it is measured. what: a key of WHAT."""
    from candour.config.bench import agreements, boards, history, measures, recommendations, users

    if what in ("risks", "all"):
        yield from of_risks(register, rows)
    if what in ("recommendations", "all"):
        yield from recommendations.measures(register, rows, copied=what == "recommendations")
    if what in ("boards", "all"):
        yield from boards.measures(register, rows)
    if what in ("agreements", "all"):
        yield from agreements.measures(register, rows)
    if what == "users":
        yield from users.measures(register, rows, minutes)
    if what == "measures":
        yield from measures.measures(register, rows)
        return  # figures written in bulk have no root to verify
    if what == "recommendations" and rows > recommendations.RAISED:
        return  # copies have no history to verify
    if what == "history":
        yield from history.measures(register, rows)
    else:
        yield from history.verified()


def of_risks(register, rows: int) -> Iterator:  # type: ignore[no-untyped-def, type-arg]
    """Every figure of the register of risks."""
    from django.test import Client
    from django.utils import timezone

    from candour.config.bench import papers, serve, weigh, workbook
    from candour.config.bench.build import analyse
    from candour.config.bench.measure import Figure, after_another, again, once, page, timed
    from candour.config.bench.save import opened, save
    from candour.kernel.access.queries import actor_for
    from candour.kernel.records.models import Record
    from candour.risks import queries

    register.add(min(rows, papers.SIZE))
    analyse()
    yield from papers.panel_paper(register)
    rest = max(rows - papers.SIZE, 1)
    making = once("making", lambda: register.add(rest))
    yield Figure(
        "risks raised, of 6 recorded rows each",
        round(rest / making.median),
        round(rest / making.median),
        unit="risks/s",
    )
    analyse()
    client = Client()
    client.force_login(register.person)
    yield page(client, "list of 50", "/risks/")
    yield again(client, "list of 50", "/risks/")
    yield page(client, "filter by status", "/risks/?status=Overdue+Control")
    yield page(client, "filter by words", "/risks/?q=custody+radio")
    yield page(client, "filter by movement", "/risks/?movement=new")
    yield page(client, "filter by appetite", "/risks/?appetite=over")
    yield page(client, "sort by owner", "/risks/?sort=owner")
    yield after_another(client, "sort by owner", "/risks/", "/risks/?sort=owner")
    yield page(client, "page 100" if rows >= 5000 else "page 2", f"/risks/?page={100 if rows >= 5000 else 2}")
    yield page(client, "reviews due, everybody’s", "/risks/due/?post=all")
    yield page(client, "ageing", "/risks/ageing/")
    yield page(client, "detail", "/risks/office/B000007/")
    yield again(client, "detail", "/risks/office/B000007/")
    reviews = [opened(client) for _ in range(32)]  # two to warm up
    median, p95 = timed(lambda: save(client, reviews.pop()), 30)
    yield Figure("save a review", median, p95, hold="100")
    yield page(client, "search", "/search?q=custody+radio")
    yield page(client, "desk", "/desk/")
    yield serve.throughput(client, "/risks/")
    yield serve.throughput(client, "/risks/", meanwhile=lambda: save(client, opened(client)))
    today = timezone.localdate()
    actor = actor_for(register.person, today)
    past = today - timedelta(days=30)

    def as_at(count: int, texts: bool) -> list:
        first = Record.objects.order_by("pk").values("pk")[:count]
        return queries.register(actor, today=today, as_at=past, texts=texts, only=Record.objects.filter(pk__in=first))

    yield once("1,000 risks with children as at a past day", lambda: as_at(1000, True), hold="0.5")
    if rows >= 10000:
        yield once("10,000 risks without texts as at a past day", lambda: as_at(10000, False), hold="1")
    yield weigh.page_weight(client, "/risks/")
    yield from workbook.measures(register)


def line(figure) -> str:  # type: ignore[no-untyped-def]
    more = [f"{figure.queries} queries"] if figure.queries is not None else []
    more += [f"bare {figure.bare} ms, {figure.ratio} times"] if figure.bare else []
    more += [f"hold {figure.hold}"] if figure.hold else []
    return f"{figure.name:46}{figure.median:>10} {figure.unit:11}p95 {figure.p95:>8}  {', '.join(more)}"


def table(figures: list, vendor: str, of: str, day: date) -> list[str]:
    """The figures as a Markdown table."""
    lines = [
        f"{of} on {vendor}, {day:%d %B %Y}",
        "",
        "| what | median | p95 | unit | queries | bare | ratio | hold |",
    ]
    lines.append("| --- | ---: | ---: | --- | ---: | ---: | ---: | --- |")
    for figure in figures:
        cells = (
            figure.name,
            figure.median,
            figure.p95,
            figure.unit,
            figure.queries,
            figure.bare,
            figure.ratio,
            figure.hold,
        )
        lines.append("| " + " | ".join("" if cell is None else str(cell) for cell in cells) + " |")
    return lines
