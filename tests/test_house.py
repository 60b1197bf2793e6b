"""The house itself: what import contracts cannot see."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey, Manager, OneToOneField
from django.urls import URLPattern, URLResolver, get_resolver

from candour.config.roles import ROLES
from candour.kernel.history.models import Recorded, RecordedQuerySet
from candour.kernel.web.page import ANYONE, SERVICE, SIGNED_IN

ROOT = Path(__file__).resolve().parents[1]
FLOORS = [
    "calendar",
    "rules",
    "history",
    "jobs",
    "limits",
    "people",
    "access",
    "web",
    "scales",
    "records",
    "actions",
    "evidence",
    "opened",
    "notices",
    "establishment",
    "service",
]
FLOORS += ["retention", "papers", "intake", "publication", "signin"]
PYTHON = [path for path in (ROOT / "candour").rglob("*.py") if "migrations" not in path.parts]


def floor(module: str) -> int:
    """How high a module lies: kernel floors first, then boards, the apps, recommendations, desk and api, config."""
    parts = module.split(".")
    if parts[1] == "kernel":
        return FLOORS.index(parts[2])
    return 100 + {"boards": 0, "recommendations": 2, "desk": 3, "api": 3, "config": 4}.get(parts[1], 1)


def ours() -> list[type]:
    return [model for model in apps.get_models() if model.__module__.startswith("candour.")]


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        else:
            yield route, pattern


def test_foreign_keys_point_down() -> None:
    up = [
        f"{model._meta.label}.{field.name}"
        for model in ours()
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey | OneToOneField)
        and field.related_model.__module__.startswith("candour.")
        and floor(field.related_model.__module__) > floor(model.__module__)
    ]
    assert up == []


def test_every_address_declares_who_may_open_it() -> None:
    undeclared = [route for route, pattern in routes() if not hasattr(pattern.callback, "page")]
    assert undeclared == []


def test_every_permission_that_a_page_asks_for_is_held_by_some_role() -> None:
    held = {str(permission) for role in ROLES.values() for permission in role.permissions}
    asked = {str(pattern.callback.page.who) for _, pattern in routes()} - {ANYONE, SERVICE, SIGNED_IN}
    assert asked - held == set()


def test_every_recorded_model_keeps_watch_over_bulk_writes() -> None:
    loose = [
        f"{model.__name__}.{manager.name}"
        for model in ours()
        if issubclass(model, Recorded)
        for manager in model._meta.managers
        if isinstance(manager, Manager) and not isinstance(manager.get_queryset(), RecordedQuerySet)
    ]
    assert loose == []


def test_every_app_beside_the_floors_has_its_rooms_kept() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    kept = next(contract for contract in contracts if contract["name"] == "Rooms of every app")["containers"]
    there = {path.parent.name for path in (ROOT / "candour").glob("*/__init__.py")} - {
        "config",
        "desk",
        "api",
        "kernel",
    }
    assert {f"candour.{name}" for name in there} == set(kept)


def commands() -> list[tuple[str, str]]:
    found = []
    for path in PYTHON:
        if path.name != "commands.py" and path.parent.name != "commands":
            continue
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and "actor" in ast.dump(node.args):
                found.append((str(path.relative_to(ROOT)), node.name))
    return found


def test_every_command_has_a_test() -> None:
    tests = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("*.py"))
    tests += "\n".join(path.read_text() for path in (ROOT / "candour/config/demo").rglob("*.py"))
    untested = [f"{path}: {name}" for path, name in commands() if not re.search(rf"\b{name}\b", tests)]
    assert untested == []


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_stay_small(path: Path) -> None:
    source = path.read_text()
    assert len(source.splitlines()) <= 500
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and node.end_lineno and node.end_lineno - node.lineno + 1 > 80
    ]
    assert long == []


def test_nothing_names_a_machine_or_a_registry() -> None:
    import subprocess

    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout  # noqa: S607
    if not tracked:
        pytest.skip("not a git checkout")
    wrong = re.compile(r"\"resolved\": *\"http|^--(extra-)?index-url|registry *= *\"?http|/home/[a-z]+/", re.MULTILINE)
    texts = [name for name in tracked.split("\0") if name and (ROOT / name).is_file() and name != "tests/test_house.py"]
    told = [name for name in texts if wrong.search((ROOT / name).read_text(errors="ignore"))]
    assert told == []


def test_every_environment_variable_is_documented() -> None:
    from candour.config.environment import VARIABLES

    read = set()
    for path in PYTHON:
        read |= set(re.findall(r"environ(?:\.get\(|\[)\"([A-Z0-9_]+)\"", path.read_text()))
    assert read - {"DJANGO_SETTINGS_MODULE"} == {name for name, _, _ in VARIABLES}


def test_the_pages_written_from_the_code_are_up_to_date() -> None:
    from candour.config.verbs import reference

    pages = {"models.md": reference.models, "permissions.md": reference.permissions, "events.md": reference.events}
    pages |= {"settings.md": reference.settings, "commands.md": reference.verbs, "api.md": reference.api}
    assert [name for name, write in pages.items() if (reference.FOLDER / name).read_text() != write()] == []
