"""docs/security/asvs.md answers every number of levels 1 and 2 once, and names nothing that is not there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs/security/asvs.md").read_text()
ROW = re.compile(
    r"^\| (\d+\.\d+\.\d+) \| (\d) \| (.+?) \| (met|does not apply|\*\*not met\*\*) \| (.*) \|$", re.MULTILINE
)
FOLDERS = "tests|candour|docs|deploy|tools|assets"
NAMED = re.compile(rf"`((?:{FOLDERS})/[\w./-]+|[A-Z]\w+\.md|[\w.-]+\.(?:toml|lock|json))(?:::(\w+))?`")
# The levels of the items of each section of OWASP ASVS 5.0.0, in order.
LEVELS = {
    "1.1": "22", "1.2": "1111122223", "1.3": "112222222223", "1.4": "222", "1.5": "123",
    "2.1": "122", "2.2": "112", "2.3": "12223", "2.4": "23",
    "3.1": "3", "3.2": "113", "3.3": "12223", "3.4": "11222233", "3.5": "11122333", "3.6": "3", "3.7": "22333",
    "4.1": "12233", "4.2": "23333", "4.3": "22", "4.4": "1222",
    "5.1": "2", "5.2": "112333", "5.3": "113", "5.4": "222",
    "6.1": "122", "6.2": "111111112222", "6.3": "11223333", "6.4": "112233", "6.5": "22222333", "6.6": "2223",
    "6.7": "33", "6.8": "2222",
    "7.1": "222", "7.2": "1111", "7.3": "22", "7.4": "11222", "7.5": "223", "7.6": "22",
    "8.1": "1233", "8.2": "1123", "8.3": "133", "8.4": "23",
    "9.1": "111", "9.2": "1222",
    "10.1": "22", "10.2": "223", "10.3": "22223", "10.4": "1111122222233333", "10.5": "22222", "10.6": "22",
    "10.7": "222",
    "11.1": "2233", "11.2": "22233", "11.3": "11233", "11.4": "1222", "11.5": "23", "11.6": "23", "11.7": "33",
    "12.1": "12233", "12.2": "11", "12.3": "22223",
    "13.1": "2333", "13.2": "222223", "13.3": "2233", "13.4": "1222233",
    "14.1": "22", "14.2": "12223333", "14.3": "122",
    "15.1": "12233", "15.2": "12233", "15.3": "1222222", "15.4": "3333",
    "16.1": "2", "16.2": "22222", "16.3": "2222", "16.4": "222", "16.5": "2223",
    "17.1": "23", "17.2": "22223333", "17.3": "22",
}  # fmt: skip


def numbers(*levels: str) -> set[str]:
    return {
        f"{section}.{place}"
        for section, found in LEVELS.items()
        for place, level in enumerate(found, 1)
        if level in levels
    }


def test_the_list_is_that_of_the_standard() -> None:
    assert [len(numbers(level)) for level in "123"] == [70, 183, 92]


def test_every_number_of_the_two_levels_is_answered_once() -> None:
    found = [(number, level) for number, level, *_ in ROW.findall(PAGE)]
    assert sorted(number for number, _ in found) == sorted(numbers("1", "2"))
    assert {number for number, level in found if level == "1"} == numbers("1")


def test_every_line_of_the_tables_is_read() -> None:
    lines = [line for line in PAGE.splitlines() if re.match(r"\| \d", line)]
    assert len(lines) == len(ROW.findall(PAGE))


def test_the_counts_at_the_head_are_right() -> None:
    answers = [answer for _, _, _, answer, _ in ROW.findall(PAGE)]
    met, none, not_met = (answers.count(answer) for answer in ("met", "does not apply", "**not met**"))
    assert f"Of {len(answers)}: {met} are met, {none} do not apply, {not_met} are not met." in PAGE


def test_what_is_not_met_stands_among_what_is_left_at_risk() -> None:
    left = (ROOT / "docs/security/threat-model.md").read_text().partition("## What is left at risk")[2]
    lacking = [number for number, _, _, answer, _ in ROW.findall(PAGE) if answer == "**not met**"]
    assert [number for number in lacking if not re.search(rf"(?<![\d.]){re.escape(number)}(?![\d.])", left)] == []


@cache
def functions_of(path: Path) -> frozenset[str]:
    found = (node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef))
    return frozenset(found)


@pytest.mark.parametrize("page", sorted((ROOT / "docs/security").glob("*.md")), ids=lambda page: page.name)
def test_every_file_and_test_named_is_there(page: Path) -> None:
    lost = [
        (name, test)
        for name, test in NAMED.findall(page.read_text())
        if not (ROOT / name).exists() or (test and test not in functions_of(ROOT / name))
    ]
    assert lost == []
