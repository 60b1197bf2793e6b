"""Recommendations that nobody answers for. Pure."""

from collections.abc import Iterator

from candour.kernel.intake.document import Finding

from ..paper import Paper


def check(paper: Paper) -> Iterator[Finding]:
    """No owner at all, and owners named without their post."""
    untold = paper.leaves_out("owner", "owners")
    for one in paper.found:
        owners = one.record["owners"]
        ended = one.story.quoted and one.record["outcome"]  # such a paper notes what is amiss of what is live alone
        if not owners and not ended and not untold and "no post answers" not in one.story.noted:
            message = f"{one.key} names nobody who answers for it."
            yield Finding("owner-missing", "warning", one.entry.place, one.key, "no owner", "a post", message)
        elif owners and not any(owner["role"] for owner in owners):
            message = f"{one.key} names a person and no post. Candour keeps posts."
            yield Finding("owner-without-post", "note", one.entry.place, one.key, owners[0]["name"], "a post", message)
