"""candour reference: the pages of docs/reference, written from the code so that they cannot be wrong for long."""

import argparse
import ast
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from candour.config.environment import VARIABLES
from candour.config.home import PACKAGE
from candour.config.verbs import ready

FOLDER = PACKAGE.parent / "docs" / "reference"


def run(arguments: argparse.Namespace) -> int:
    ready.set_up()
    pages = {
        "models.md": models(),
        "permissions.md": permissions(),
        "events.md": events(),
        "settings.md": settings(),
        "commands.md": verbs(),
        "api.md": api(),
    }
    stale = [name for name, text in pages.items() if not _stands(FOLDER / name, text)]
    if arguments.check:
        for name in stale:
            print(f"docs/reference/{name} is out of date: run make reference", file=sys.stderr)
        return 1 if stale else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in stale:
        (FOLDER / name).write_text(pages[name])
        print(f"Written docs/reference/{name}")
    return 0


def _stands(path: Path, text: str) -> bool:
    return path.exists() and path.read_text() == text


def table(title: str, lead: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A page that is one table."""
    lines = [f"# {title}", "", lead, "", "| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def first_sentence(text: str | None) -> str:
    return (text or "").strip().split("\n\n")[0].replace("\n", " ")


def models() -> str:
    """Every model: what it is, its columns, whether each state is kept."""
    from django.apps import apps

    from candour.kernel.history.models import Recorded

    parts = ["# Models", "", "Written by `candour reference`. A recorded model keeps every state of its rows.", ""]
    for model in sorted(apps.get_models(), key=lambda model: model._meta.label_lower):
        if not model.__module__.startswith("candour."):
            continue
        kept = "recorded" if issubclass(model, Recorded) else "not recorded"
        parts += [f"## {model._meta.label_lower}", "", f"{first_sentence(model.__doc__)} ({kept})", ""]
        parts += ["| column | kind | to |", "| --- | --- | --- |"]
        for field in model._meta.concrete_fields:
            to = field.related_model._meta.label_lower if field.is_relation and field.related_model else ""
            parts.append(f"| {field.name} | {type(field).__name__} | {to} |")
        parts.append("")
    return "\n".join(parts)


def permissions() -> str:
    """Every permission and the roles that hold it."""
    from candour.config.roles import ROLES

    every = sorted({str(permission) for role in ROLES.values() for permission in role.permissions})
    rows = [
        (permission, ", ".join(role.name for role in ROLES.values() if permission in role.permissions))
        for permission in every
    ]
    lead = "Written by `candour reference` from candour/config/roles.py, the one page that says who may do what."
    return table("Permissions", lead, ("permission", "roles that hold it"), rows)


def events() -> str:
    """Every event that a recording writes, and the command that writes it."""
    rows = sorted({(event, f"{path}, {function}") for path, function, event in recorded_events()})
    lead = "Written by `candour reference`. Each is the event of an entry of the history."
    return table("Events", lead, ("event", "written by"), rows)


def recorded_events() -> Iterator[tuple[str, str, str]]:
    """(module, function, event) for every recording opened in the code."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text())):
            if not isinstance(function, ast.FunctionDef):
                continue
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"recording", "recording_many"}:
                    first = node.args[0] if node.args else None
                    if isinstance(first, ast.Constant) and isinstance(first.value, str):
                        yield str(path.relative_to(PACKAGE.parent)), function.name, first.value


def settings() -> str:
    lead = "Written by `candour reference` from candour/config/environment.py. All are environment variables."
    return table("Settings", lead, ("variable", "without it", "what it is"), [tuple(row) for row in VARIABLES])


def verbs() -> str:
    """Every verb of the command line with its options."""
    from candour.config.cli import parser

    top = parser()
    lines = ["# Commands", "", "Written by `candour reference` from candour/config/cli.py.", ""]
    actions: Any = top._subparsers
    for action in actions._group_actions:
        helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
        for name, verb in action.choices.items():
            usage = " ".join(verb.format_usage().removeprefix("usage: ").split())
            lines += [f"## candour {name}", "", f"{helps.get(name, '')}.", "", f"    {usage}", ""]
    return "\n".join(lines)


def api() -> str:
    """Every address of the API: its scope, what it can be asked, what is sent and what it answers."""
    from candour.api.views import told

    parts = [
        "# API",
        "",
        "Written by `candour reference` from the code. How to ask is in [docs/api.md](../api.md).",
        "",
    ]
    for section in told():
        parts += [f"## {section.title}", ""]
        for one in section.operations:
            parts += [f"### {one.summary}", "", f"`{one.method} {one.address}`, scope `{one.scope}`", ""]
            for title, fields in (("Asked", one.asked), ("Sent", one.sent), ("Answered", one.answered)):
                if fields:
                    said = (
                        f"`{field.name}` {field.kind}{f' ({field.words})' if field.words else ''}" for field in fields
                    )
                    parts += [f"{title}: {'; '.join(said)}.", ""]
    return "\n".join(parts).rstrip("\n") + "\n"
