"""The pages that people read: every link leads somewhere, and every command that they name exists."""

import argparse
import re
from pathlib import Path

import pytest

from candour.config.cli import parser

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as they are made on the usual hosts."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_somewhere(page: Path) -> None:
    lost = []
    for link in LINK.findall(FENCE.sub("", page.read_text())):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.is_relative_to(ROOT) or not target.exists() or (anchor and anchor not in anchors(target)):
            lost.append(link)
    assert lost == []


def calls(page: Path) -> list[tuple[str, list[str]]]:
    """(make or candour, words) for every call that a page prints as code: in a span, or indented by four."""
    code = re.findall(r"`([^`\n]+)`", page.read_text())
    code += [line.strip() for line in page.read_text().splitlines() if line.startswith("    ")]
    found = []
    for text in code:
        if match := re.match(r"(?:\.venv/bin/)?(make|candour) ([a-z].*)$", text.split("  #")[0].strip()):
            found.append((match[1], match[2].replace("\\|", "|").split()))
    return found


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def verb_parser(words: list[str]) -> tuple[argparse.ArgumentParser, list[str]]:
    """The parser of the verb (and act) that words begin with, and the words that are left. Raises KeyError."""
    found, left = parser(), words
    while found._subparsers is not None:
        choices = next(iter(found._subparsers._group_actions)).choices
        assert isinstance(choices, dict)
        found, left = choices[left[0]], left[1:]
    return found, left


# The pages of docs/reference are written from the parser itself.
@pytest.mark.parametrize("page", [page for page in PAGES if page.parent.name != "reference"], ids=named)
def test_every_command_named_exists_with_its_options(page: Path) -> None:
    wrong = []
    for tool, words in calls(page):
        if tool == "make":
            wrong += [f"make {words[0]}"] if words[0] not in targets() else []
            continue
        try:
            verb, left = verb_parser(words)
        except (KeyError, IndexError):
            wrong.append(f"candour {' '.join(words)}")
            continue
        known = {option for action in verb._actions for option in action.option_strings}
        wrong += [
            f"candour {' '.join(words)}: {option}"
            for option in re.findall(r"--[a-z-]+", " ".join(left))
            if option not in known
        ]
    assert wrong == []


def test_the_readme_names_every_verb() -> None:
    (group,) = (action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    said = {words[0] for tool, words in calls(ROOT / "README.md") if tool == "candour"}
    assert said == set(group.choices)


def test_decisions_are_numbered_without_a_gap_and_listed() -> None:
    names = sorted(path.name for path in (ROOT / "docs/adr").glob("*.md"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    listed = LINK.findall((ROOT / "docs/architecture.md").read_text())
    assert [name for name in names if f"adr/{name}" not in listed] == []


def test_every_decision_says_its_context_what_was_decided_and_what_follows() -> None:
    wanted = ["## Context", "## Decision", "## Consequences"]
    odd = [
        path.name
        for path in sorted((ROOT / "docs/adr").glob("*.md"))
        if re.findall(r"^## .+$", path.read_text(), re.MULTILINE) != wanted
        or not path.read_text().startswith(f"# {path.name[:4]} ")
    ]
    assert odd == []


def test_pictures_stay_small() -> None:
    heavy = [named(path) for path in (ROOT / "docs").rglob("*.png") if path.stat().st_size > 200_000]
    assert heavy == []
