"""Plain text: aligned by spaces, tabbed cards, lines of label and answer, an e-mailed note."""

from .bank import Stranger, expect, risks


def aligned() -> Stranger:
    """Columns kept apart by spaces, ruled off by dashes."""
    known = risks("P")
    widths = (6, 50, 24, 4, 4, 7, 12)

    def line(*cells: object) -> str:
        return "".join(str(cell).ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()

    out = ["RISK REGISTER", "", line("Ref", "Risk", "Owner", "I", "L", "Score", "Reviewed"), "-" * sum(widths)]
    out += [line(one.reference, one.title, one.owner, *one.now, one.score, f"{one.last:%d/%m/%Y}") for one in known]
    names = "reference title owner levels score last"
    return Stranger("port-aligned.txt", "\n".join(out).encode(), [expect(one, names) for one in known])


def answers() -> Stranger:
    """Each risk as lines of label, colon and answer, a blank line between; bullets for its controls."""
    known, out = risks("V"), ["Risk register of the valuation office", "Date: 1 October 2025", ""]
    for one in known:
        out += [
            f"Risk reference: {one.reference}", f"Risk title: {one.title}", f"Owner: {one.owner}",
            f"Score: {one.now[0]} x {one.now[1]} = {one.score}", f"Date raised: {one.first:%d %B %Y}", "Controls:",
            *(f"- {text}" for text in one.controls), "",
        ]  # fmt: skip
    names = "reference title owner score levels first controls"
    return Stranger(
        "valuation-answers.txt", "\n".join(out).encode(), [expect(one, names) for one in known], dated="2025-10-01"
    )


def tabbed_cards() -> Stranger:
    """Saved as text from Word: cards of label, tab, answer, with two pairs to a line."""
    known, out = risks("ZR"), ["Appendix 1: Risk register", ""]
    for one in known:
        out += [
            f"Reference\t{one.reference}\tOwner\t{one.owner}", f"Title\t{one.title}",
            f"Impact\t{one.now[0]}\tLikelihood\t{one.now[1]}\tScore\t{one.score}",
            "Controls\t" + " ".join(f"• {text}" for text in one.controls), f"Next review\t{one.next:%d/%m/%Y}", "",
        ]  # fmt: skip
    names = "reference title owner score levels next controls"
    return Stranger("zoo-tabbed-cards.txt", "\n".join(out).encode(), [expect(one, names) for one in known])


def piped() -> Stranger:
    """Markdown: a table with pipes, a ruling line, the direction as words."""
    known, words = risks("MD"), {"→": "Unchanged", "↑": "Worsening", "↓": "Improving"}
    out = ["# Risk register", "", "| Ref | Risk | Owner | Current L | Current I | Current score | Target score | Trend |",
           "|---|---|---|:-:|:-:|:-:|:-:|---|"]  # fmt: skip
    out += [
        f"| {one.reference} | {one.title} | {one.owner} | {one.now[1]} | {one.now[0]} | **{one.score}** |"
        f" {one.target[0] * one.target[1]} | {words[one.arrow]} |"
        for one in known
    ]
    names = "reference title owner levels score target_score direction"
    return Stranger("museum-piped.md", "\n".join(out).encode(), [expect(one, names) for one in known])


PAPERS = (aligned, answers, tabbed_cards, piped)
