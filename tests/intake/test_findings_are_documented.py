"""The pages of findings have a row for each finding that the code can give, and for nothing else: one page a reader."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = {
    "candour/risks/intake": "docs/rules/findings.md",
    "candour/recommendations/intake": "docs/rules/recommendation-findings.md",
    "candour/audits/intake/progress": "docs/rules/progress-findings.md",
    "candour/boards/intake": "docs/rules/log-findings.md",
    "candour/performance/intake": "docs/rules/measure-findings.md",
    "candour/plan/intake": "docs/rules/plan-findings.md",
    "candour/commissioning/intake": "docs/rules/agreement-findings.md",
    "candour/inspections/intake": "docs/rules/inspection-findings.md",
    "candour/finance/intake": "docs/rules/finance-findings.md",
}
SEVERITIES = {"error", "warning", "note"}


def said_by(value: ast.expr) -> set[str]:
    """The texts that an expression can be; a * where something is put in."""
    if isinstance(value, ast.Constant):
        return {str(value.value)}
    if isinstance(value, ast.IfExp):
        return said_by(value.body) | said_by(value.orelse)
    if isinstance(value, ast.JoinedStr):
        return {"".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in value.values)}
    return set()


def values_of(name: ast.expr, function: ast.FunctionDef) -> set[str]:
    """What an argument can be: itself, or whatever the function gives its name."""
    if not isinstance(name, ast.Name):
        return said_by(name)
    found: set[str] = set()
    for one in ast.walk(function):
        if isinstance(one, ast.Assign):
            for target in one.targets:
                pairs = (
                    zip(target.elts, one.value.elts, strict=True)
                    if isinstance(target, ast.Tuple) and isinstance(one.value, ast.Tuple)
                    else [(target, one.value)]
                )
                found |= {
                    text
                    for key, value in pairs
                    if isinstance(key, ast.Name) and key.id == name.id
                    for text in said_by(value)
                }
        elif (
            isinstance(one, ast.AnnAssign)
            and isinstance(one.target, ast.Name)
            and one.target.id == name.id
            and one.value
        ):
            found |= said_by(one.value)
    return found


def notes(reader: str) -> set[str]:
    """Codes that the reader leaves on a risk for the checks to give."""
    texts = [path.read_text() for path in (ROOT / reader).glob("*.py")]
    return {code for text in texts for code in re.findall(r"notes\.append\(\(\"([a-z-]+)\"", text)}


def findings(reader: str) -> Iterator[tuple[set[str], set[str]]]:
    """(codes, severities) of each place that makes a finding; no severities where it is told from outside."""
    for path in sorted([*(ROOT / reader / "checks").glob("*.py"), *(ROOT / reader).glob("across.py")]):
        for function in ast.walk(ast.parse(path.read_text())):
            for call in ast.walk(function) if isinstance(function, ast.FunctionDef) else ():
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Finding":
                    codes = values_of(call.args[0], function) or notes(reader)
                    yield codes, values_of(call.args[1], function) & SEVERITIES


def documented(reader: str) -> dict[str, set[str]]:
    text = (ROOT / PAGES[reader]).read_text()
    rows = re.findall(
        r"^\| `([a-z*-]+)` \| ([a-z, ]+) \| \S.* \| \S.* \| (?:arithmetic|the paper|Candour) \|$", text, re.MULTILINE
    )
    assert len(rows) == text.count("\n| `")
    return {code: set(severities.split(", ")) for code, severities in rows}


@pytest.mark.parametrize("reader", PAGES)
def test_every_finding_is_documented_and_every_documented_one_can_be_given(reader: str) -> None:
    assert {code for codes, _ in findings(reader) for code in codes} == set(documented(reader))


@pytest.mark.parametrize("reader", PAGES)
def test_every_finding_has_the_severity_that_is_documented(reader: str) -> None:
    rows = documented(reader)
    told = [
        (codes, severities - set().union(*(rows[code] for code in codes))) for codes, severities in findings(reader)
    ]
    assert [one for one in told if one[1]] == []
    assert set().union(*rows.values()) == SEVERITIES
