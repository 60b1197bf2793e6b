"""Plain text: a table with pipes, lines of label and answer, columns kept apart by spaces, tabbed lines."""

from .bank import KNOWN, Stranger, expect


def piped() -> Stranger:
    """Markdown: a table with pipes and a ruling line; names of people beside their posts."""
    out = ["# Audit recommendations", "", "| Ref | Report | Recommendation | Priority | Owner | Target | Status | Update |",
           "|---|---|---|:-:|---|---|---|---|"]  # fmt: skip
    out += [
        f"| {one.reference} | {one.audit} | {one.text} | {one.priority} | {one.owners[0]} (J Bloggs) | "
        f"{one.due:%d %B %Y} | {one.status} |"
        f" {one.updates[-1][0]:%B %Y}: {one.updates[-1][1]} |"
        for one in KNOWN
    ]
    names = "reference audit text priority due status outcome last"
    records = [expect(one, names, "%d %B %Y", owners=[one.owners[0]]) for one in KNOWN]
    return Stranger("office-piped.md", "\n".join(out).encode(), records, findings=("target-passed",))


def labels() -> Stranger:
    """Saved from a database: a block of lines for each, label, colon and answer, a blank line between."""
    out = ["Audit recommendations as at 20 October 2025", ""]
    for one in KNOWN:
        out += [
            f"Recommendation ref: {one.reference}", f"Audit title: {one.audit}", f"Recommendation: {one.text}",
            f"Priority: {one.priority}", f"Responsible officer: {'; '.join(one.owners)}", f"Target date: {one.due:%d/%m/%Y}",
            f"Management response: {one.response}", f"Update {one.updates[-1][0]:%B %Y}: {one.updates[-1][1]}",
            f"Status: {one.status}", "",
        ]  # fmt: skip
    names = "reference audit text priority owners due response last status outcome"
    return Stranger(
        "database-labels.txt", "\n".join(out).encode(), [expect(one, names) for one in KNOWN], dated="2025-10-20",
        findings=("target-passed",),
    )  # fmt: skip


def aligned() -> Stranger:
    """Columns kept apart by spaces, ruled off by dashes."""
    widths = (6, 22, 66, 10, 28, 13, 12)

    def line(*cells: str) -> str:
        return "".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()

    out = [
        "AUDIT RECOMMENDATIONS",
        "",
        line("Ref", "Audit", "Recommendation", "Priority", "Owner", "Due date", "Status"),
        "-" * sum(widths),
    ]
    out += [
        line(one.reference, one.audit, one.text, one.priority, one.owners[0], f"{one.due:%d/%m/%Y}", one.status)
        for one in KNOWN
    ]
    records = [expect(one, "reference audit text priority due status outcome", owners=[one.owners[0]]) for one in KNOWN]
    return Stranger("port-aligned.txt", "\n".join(out).encode(), records)


PAPERS = (piped, labels, aligned)
